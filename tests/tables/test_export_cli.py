"""The work list and the cases leave the ledger as a file: noted in the audit, and without what must not be named."""

from __future__ import annotations

import csv
import io
import stat
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from command_line import CommandLine
from openpyxl import load_workbook

from navigator.case import transitions
from navigator.case.reasons import SENSITIVE
from navigator.case.stored import as_json
from navigator.case.value import Identified, Need
from navigator.ledger.here import open_here
from navigator.ledger.values import CaseIndex
from navigator.referral.tasks import NewTask
from navigator.tables import calls, work
from provider_directory.testing import a_facility, a_procedure

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
BOMB = '=HYPERLINK("http://evil.example","Hale")'


@pytest.fixture
def kept(coe: CommandLine) -> tuple[str, str]:
    """Keep a referral and a case about a sensitive procedure, the member's name a formula."""
    procedure = a_procedure(name="Removal of a secret", sensitive=True)
    need = Need("secret", procedure.id, procedure.name, "other", "none", True, "53202")
    case = transitions.take_need(transitions.opened(AT, "jstone", "brewline-foods", demonstration=True), need)
    case = transitions.identify(case, Identified("match", BOMB, date(1961, 3, 9), "BF-1", AT, "jstone"))
    with open_here() as ledger:
        saved = ledger.cases.save(as_json(case), CaseIndex(kind="find_care", state="parked", name=BOMB))
        started = ledger.start(edition="e1", demonstration=True, procedure=procedure, facility=a_facility())
        ledger.save_field(started.number, "member_name", BOMB)
        ledger.tasks.add(NewTask(kind="records", due_on=date(2026, 11, 2)), started.number)
    return started.number, saved.id


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_work_list_is_written_for_its_owner_without_formula_or_secret(
    coe: CommandLine, kept: tuple[str, str], tmp_path: Path
) -> None:
    listed = tmp_path / "list.csv"
    assert coe("referral", "worklist", "--csv", str(listed)) == 0, coe.err
    assert f"1 rows are in {listed}" in coe.out
    assert stat.S_IMODE(listed.stat().st_mode) == 0o600
    (row,) = rows_of(listed.read_text(encoding="utf-8"))
    assert tuple(row) == tuple(column.name for column in work.COLUMNS)
    assert (row["number"], row["due"], row["member"]) == (kept[0], "2026-11-02", f"'{BOMB}")
    assert (row["procedure"], row["data"]) == (SENSITIVE, "DEMONSTRATION")
    assert coe("referral", "worklist", "--section", "bill-risk", "--csv", "-") == 0
    assert rows_of(coe.out) == []
    assert coe("referral", "worklist", "--csv", str(listed)) == 2
    assert "is not written over" in coe.err


def test_the_cases_go_into_a_workbook_and_the_audit_says_how_many(
    coe: CommandLine, kept: tuple[str, str], tmp_path: Path
) -> None:
    assert coe("case", "list", "--xlsx", str(tmp_path)) == 0, coe.err
    sheet = load_workbook(tmp_path / "cases.xlsx")["cases"]
    head, row = ([cell.value for cell in line] for line in sheet.iter_rows())
    assert head == [column.name for column in calls.COLUMNS]
    told = dict(zip(head, row, strict=True))
    assert (told["number"], told["procedure"], told["state"]) == (kept[1], SENSITIVE, "parked")
    assert isinstance(told["opened"], datetime)
    assert BOMB not in str(row)
    assert coe("ledger", "audit") == 0
    assert "export cases: 1 rows, xlsx" in coe.out
    assert coe("ledger", "verify") == 0


def test_more_than_one_form_and_a_workbook_to_print_are_refused(coe: CommandLine) -> None:
    assert coe("referral", "worklist", "--csv", "-", "--xlsx", "x.xlsx") == 2
    assert "Choose one of --json, --csv and --xlsx" in coe.err
    assert coe("case", "list", "--xlsx", "-") == 2
    assert "cannot be printed" in coe.err
