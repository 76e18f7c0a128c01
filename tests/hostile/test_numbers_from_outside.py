"""A number that somebody wrote is read by our rule or refused in our words: Python alone takes far more than that."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest

from navigator.cli.expected_cost import expected_cost
from navigator.cli.member_facts import facts_of
from navigator.hr.desk import Facts
from navigator.hr.reach_cards import miles_of
from navigator.kiosk.hours import read_hours
from navigator.kiosk.site import read_site
from navigator.ledger.store import Store
from navigator.ledger.verifying import verify
from navigator.program.member_file import read_member
from navigator.program.rule_check import check_program
from navigator.program.tax_limits import loaded_limits
from navigator.program.workbook_cells import number_of
from navigator.referral.lifecycle import moves_from
from navigator.referral.telling import told_of
from navigator.screens import member_fields
from navigator.settings import read_settings
from provider_directory.errors import DirectoryError, FetchProblem
from provider_directory.fetching import Connection, Fetched
from provider_directory.pricing.amounts import amount_of
from provider_directory.routes import read_routes
from provider_directory.sources import values
from provider_directory.sources.workbook_markup import read_markup
from provider_directory.strict_json import parse_strictly
from provider_directory.sync.checking import check_whole
from provider_directory.sync.datasets import DATASETS
from provider_directory.sync.inpatient_pages import _GrowingTable

NO_NUMBERS = ("1_000", "१२", "١٢", "²", "nan", "NaN", "inf", "Infinity", "1e400", "9" * 5000, "0x12", "1 2", "")
TODAY = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
BOOKED = next(move for move in moves_from("accepted") if move.to == "scheduled")


def head(text: str) -> object:
    try:
        return verify(cast("Store", None), f"{text}:49279de9ed75ec99")
    except AttributeError:
        return "the head is taken, and the ledger asked for"


def hour(text: str) -> object:
    return told_of(BOOKED, {"day": date(2026, 12, 14), "hour": f"{text}:30"}, TODAY, "anna").appointment


def cost(text: str) -> object:
    expected_cost(cases=10, surgery_share="46", inside=text, elsewhere=text)
    return "reckoned"


def route_hours(text: str) -> object:
    return next(iter(read_routes(f"fax 414-555-0151 (Mon-Fri {text}:00-17:00)").routes), None)


def row_number(text: str) -> object:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("sheet.xml", f'<worksheet><sheetData><row r="{text}"/></sheetData></worksheet>')
    with zipfile.ZipFile(packed) as archive:
        return read_markup(archive, "sheet.xml", "roster.xlsx")


READERS: tuple[Callable[[str], object], ...] = (
    lambda text: miles_of(Facts({"miles": text or "none"})),
    lambda text: facts_of(None, "A", text),
    lambda text: read_hours([f"mon-fri {text}:00-23:00"], "America/Chicago"),
    lambda text: values.iso_day(f"{text}/1/2026"),
    *(head, hour, cost, route_hours, row_number),
    *(member_fields.money, member_fields.number, values.number, values.whole_number, values.cents),
)


@pytest.mark.parametrize("read", READERS)
def test_what_only_python_calls_a_number_is_refused_or_is_nothing(read: Callable[[str], object]) -> None:
    assert read("12") is not None
    for text in NO_NUMBERS:
        with suppress(DirectoryError):
            assert read(text) is None, text[:20]


@pytest.mark.parametrize("text", NO_NUMBERS[:-4])
def test_an_amount_or_a_cell_that_is_no_number_stays_what_it_is(text: str) -> None:
    assert amount_of(text) is None
    assert number_of(text) == text


def test_numbers_as_people_write_them_are_read() -> None:
    assert miles_of(Facts({"miles": " 120.5 miles "})) == 120.5
    assert facts_of(None, "A", "61.5").road_miles[0].miles == Decimal("61.5")
    assert (values.number("1,000"), values.cents("$12.50"), number_of("$1,700")) == (1000, 1250, 1700)
    assert amount_of("2.45e4") == Decimal(24500)
    assert member_fields.money("1,200.5") == 120050


ENDLESS = ("9" * 5000, "0x" + "F" * 4000, "[0o" + "7" * 8000 + "]", "{ a = 0b" + "1" * 20000 + " }")
"""The first is refused by Python as it is read, the others as soon as anybody writes them."""
FILES: tuple[tuple[str, Callable[[Path], object]], ...] = (
    ("theme", read_settings),
    ("name", read_site),
    ("plan_option", lambda file: read_member(str(file))),
    ("employer", check_program),
    ("2026", loaded_limits),
)


@pytest.mark.parametrize(("key", "read"), FILES, ids=[key for key, _ in FILES])
def test_a_number_without_end_in_a_file_written_by_hand_is_refused_in_words(
    key: str, read: Callable[[Path], object], tmp_path: Path
) -> None:
    for value in ENDLESS:
        file = tmp_path / "by-hand.toml"
        file.write_text(f"{key} = {value}\n")
        try:
            told = str(read(file))
        except DirectoryError as refused:
            told = refused.message
        assert "thousands of digits" in told


@pytest.mark.parametrize("number", ["1e400", "-1e400", "NaN", "-Infinity", "9" * 5000, "1_0", "0x1", "+1", "01"])
def test_json_holds_numbers_of_json_alone(number: str) -> None:
    with pytest.raises(ValueError, match=r"no number of JSON|thousands of digits|Expecting|Extra data"):
        parse_strictly(f'{{"a": [{number}]}}')


@pytest.mark.parametrize("count", ["1.5", '"1"', "null", "-1", "[1]", "1e2"])
def test_a_half_table_whose_note_counts_in_no_whole_numbers_is_begun_anew(count: str, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    for rows, size in ((count, "3"), ("1", count)):
        part, note = Path(f"{table}.part"), Path(f"{table}.pages.json")
        part.write_text("a\n1\n")
        note.write_text(f'{{"version": "1", "rows": {rows}, "size": {size}, "columns": ["a"]}}')
        begun = _GrowingTable(table, "1")
        assert (begun.rows, begun.size, part.read_text()) == (0, 0, "")


class Catalog:
    """Says how many rows a table has."""

    def __init__(self, count: object) -> None:
        self._count = count

    async def json(self, url: str, name: str) -> Any:
        return {"count": self._count}


async def test_a_count_of_rows_is_a_plain_number_or_says_nothing(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("a\n1\n2\n")
    came = Fetched(file, "https://example.org/table.csv", 6, "", None, None, says_its_end=False)

    async def check(count: object) -> None:
        connection = cast("Connection", Catalog(count))
        await check_whole(connection, "https://example.org", DATASETS[0], came, None, 2)

    for silent in (*NO_NUMBERS, True, None, 1.5, [3], {"of": 3}, -3, 2, "2"):
        await check(silent)
    for more in (3, "3", "1,000", 10**12):
        with pytest.raises(FetchProblem, match="cut off"):
            await check(more)
