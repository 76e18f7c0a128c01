"""The check of a price file names each fault by its rule, its place and what to do."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from price_file_samples import ITEMS, STAY, checked, codes, texts, written
from price_file_texts import csv_text, json_text

from provider_directory.errors import BadInput
from provider_directory.sources.price_file import check_json, checking
from provider_directory.sources.price_file.check_rows import RowCheck
from provider_directory.sources.price_file.quick_rows import QuickRows
from provider_directory.sources.price_file.rules import AFFIRMATION, ATTESTATION

Rows = list[list[str]]


def tall() -> Rows:
    return list(csv.reader(io.StringIO(texts(ITEMS)["tall.csv"])))


def cell(rows: Rows, row: int, column: str, value: str) -> None:
    rows[row - 1][rows[2].index(column)] = value


@pytest.mark.parametrize("layout", ["tall.csv", "wide.csv", "items.json"])
def test_a_sound_file_is_valid_in_every_layout(layout: str, tmp_path: Path) -> None:
    outcome = checked(tmp_path, layout, texts(ITEMS)[layout], None)
    assert outcome.findings.errors == []
    assert outcome.findings.alerts == []
    assert outcome.rows == (5 if layout == "tall.csv" else 3)
    assert outcome.payers == 2


@pytest.mark.parametrize(
    ("row", "column", "value", "code"),
    [
        (4, "description", " ", "value_missing"),
        (4, "setting", "inpatient only", "value_not_allowed"),
        (4, "code|1", "", "value_missing"),
        (4, "code|1|type", "DRGs", "value_not_allowed"),
        (4, "standard_charge|gross", "-5", "not_positive"),
        (4, "standard_charge|min", "1,200", "not_positive"),
        (4, "standard_charge|max", "", "range_missing"),
        (4, "standard_charge|negotiated_dollar", "", "payer_without_charge"),
        (4, "plan_name", "", "value_missing"),
        (4, "standard_charge|methodology", "bundle", "value_not_allowed"),
        (4, "standard_charge|methodology", "", "value_missing"),
        (5, "additional_generic_notes", "", "note_missing"),
        (5, "count", "", "count_missing"),
        (5, "count", "7", "count_form"),
        (5, "count", "0", ""),
        (6, "count", "0", "note_missing"),
        (5, "median_amount", "", "amount_missing"),
        (4, "code|1|type", "NDC", "drug_measure_missing"),
        (4, "drug_type_of_measurement", "EA", "drug_measure_missing"),
        (7, "standard_charge|gross", "", ""),
    ],
)
def test_a_faulty_cell_is_named_by_its_rule(row: int, column: str, value: str, code: str, tmp_path: Path) -> None:
    rows = tall()
    cell(rows, row, column, value)
    outcome = checked(tmp_path, "tall.csv", csv_text(rows))
    assert codes(outcome) == ([code] if code else [])
    for found in outcome.findings.errors:
        assert found.row == row
        assert found.column in rows[2]
        assert found.message.startswith(f"Row {row}, column ")
        assert ", expected " in found.message


def test_rows_without_code_or_charge_and_modifiers_alone_have_their_rules(tmp_path: Path) -> None:
    rows = tall()
    for column in ("code|1", "code|1|type", "code|2", "code|2|type"):
        cell(rows, 7, column, "")
    assert codes(checked(tmp_path, "a.csv", csv_text(rows))) == ["code_missing"]
    cell(rows, 7, "modifiers", "50")
    assert codes(checked(tmp_path, "b.csv", csv_text(rows))) == ["modifier_unexplained"]
    cell(rows, 7, "additional_generic_notes", "half of it")
    assert codes(checked(tmp_path, "c.csv", csv_text(rows))) == []
    for column in ("standard_charge|gross", "standard_charge|discounted_cash", "modifiers"):
        cell(rows, 7, column, "")
    assert codes(checked(tmp_path, "d.csv", csv_text(rows))) == ["code_missing", "charge_missing"]


def _header(change: Callable[[Rows], Any]) -> Callable[[], str]:
    def text() -> str:
        rows = tall()
        change(rows)
        return csv_text(rows)

    return text


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda rows: rows[0].__setitem__(0, "hospital"), "header_missing"),
        (lambda rows: rows[0].__setitem__(5, "license_number|XX"), "state_unknown"),
        (lambda rows: rows[1].__setitem__(0, ""), "value_missing"),
        (lambda rows: rows[1].__setitem__(1, "2026-02-30"), "date_form"),
        (lambda rows: rows[1].__setitem__(7, "yes"), "value_not_allowed"),
        (lambda rows: rows[0].append("version"), "column_twice"),
        (lambda rows: rows[2].append("Count"), "column_twice"),
        (lambda rows: rows[2].__setitem__(0, "name"), "column_missing"),
        (lambda rows: rows[2].append("code|[i]"), "placeholder"),
        (lambda rows: rows[2].append("additional_payer_notes|A|B"), "layout_unclear"),
        (lambda rows: rows.__setitem__(2, [""]), "header_blank"),
        (lambda rows: rows.insert(0, []), "header_blank"),
        (lambda rows: rows.__delitem__(slice(3, None)), "no_rows"),
    ],
)
def test_a_faulty_header_is_named_by_its_rule(change: Callable[[Rows], Any], code: str, tmp_path: Path) -> None:
    assert code in codes(checked(tmp_path, "x.csv", _header(change)()))


def test_a_header_at_fault_leaves_the_rows_unchecked(tmp_path: Path) -> None:
    rows = tall()
    rows[1][1] = "July 1"
    cell(rows, 4, "standard_charge|gross", "-5")
    outcome = checked(tmp_path, "x.csv", csv_text(rows))
    assert (codes(outcome), outcome.rows) == (["date_form"], 0)


def test_a_bar_in_a_payers_name_is_an_error_though_cms_lets_its_charges_go_unread(tmp_path: Path) -> None:
    text = texts(ITEMS)["wide.csv"].replace("|Lake Plan|", "|Lake|Plan|")
    outcome = checked(tmp_path, "wide.csv", text)
    assert codes(outcome) == ["bar_in_payer_name"]
    assert "standard_charge|Lake|Plan|Silver|negotiated_dollar" in [found.column for found in outcome.findings.errors]


@pytest.mark.parametrize("layout", ["tall.csv", "wide.csv", "items.json"])
def test_what_is_odd_but_allowed_is_an_alert(layout: str, tmp_path: Path) -> None:
    text = texts(ITEMS)[layout].replace("19000", "999999999").replace("3.0.0", "2.9")
    text = text.replace("true,Ada", "false,Ada").replace(": true", ": false")
    outcome = checked(tmp_path, layout, text)
    assert outcome.findings.errors == []
    assert {found.code for found in outcome.findings.alerts} == {"nine_nines", "version_differs", "not_confirmed"}


Change = Callable[[dict[str, Any]], Any]


def payer_of(top: dict[str, Any]) -> dict[str, Any]:
    payer: dict[str, Any] = top["standard_charge_information"][0]["standard_charges"][0]["payers_information"][1]
    return payer


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda top: top.pop("hospital_name"), "value_missing"),
        (lambda top: top.update(hospital_address="1 Shore Road"), "wrong_type"),
        (lambda top: top.update(last_updated_on="4/1/2026"), "date_form"),
        (lambda top: top["license_information"].update(state="Wisconsin"), "value_not_allowed"),
        (lambda top: top["attestation"].update(attestation=ATTESTATION[:-1]), "value_not_allowed"),
        (lambda top: top["attestation"].update(confirm_attestation="true"), "wrong_type"),
        (lambda top: top.update(modifier_information=[{"code": 50}]), "wrong_type"),
        (lambda top: top.update(standard_charge_information=[]), "value_missing"),
        (lambda top: top["standard_charge_information"].append("item"), "wrong_type"),
        (lambda top: top["standard_charge_information"][0].update(code_information=[]), "value_missing"),
        (
            lambda top: top["standard_charge_information"][0]["code_information"][0].update(type=["X"]),
            "value_not_allowed",
        ),
        (lambda top: top["standard_charge_information"][0].update(drug_information={"unit": "1"}), "wrong_type"),
        (lambda top: payer_of(top).update(median_amount="19000"), "wrong_type"),
        (lambda top: payer_of(top).update(median_amount=-1), "not_positive"),
        (lambda top: payer_of(top).update(count=24), "count_form"),
        (lambda top: payer_of(top).pop("count"), "count_missing"),
        (lambda top: payer_of(top).pop("10th_percentile"), "amount_missing"),
        (lambda top: payer_of(top).pop("standard_charge_percentage"), "payer_without_charge"),
        (lambda top: payer_of(top).pop("additional_payer_notes"), "note_missing"),
        (lambda top: top["standard_charge_information"][0]["standard_charges"][0].pop("minimum"), "range_missing"),
    ],
)
def test_a_faulty_element_of_json_is_named_by_its_rule(change: Change, code: str, tmp_path: Path) -> None:
    top = json.loads(json_text(ITEMS))
    change(top)
    outcome = checked(tmp_path, "x.json", json.dumps(top))
    assert code in codes(outcome)
    assert all((found.column or "").startswith("/") for found in outcome.findings.errors)


def test_text_that_is_no_json_object_is_one_error(tmp_path: Path) -> None:
    text = json_text(ITEMS)
    assert codes(checked(tmp_path, "a.json", text[:-1])) == ["not_json"]
    assert codes(checked(tmp_path, "b.json", text + "x")) == ["not_json"]  # CMS's validator stops at the last brace
    assert codes(checked(tmp_path, "c.json", f"[{text}]")) == ["not_an_object"]
    assert codes(checked(tmp_path, "d.json", text.replace("20000.50", "NaN"))) == ["wrong_type"]


def test_rules_differ_by_version(tmp_path: Path) -> None:
    rows = tall()
    rows[0] = [name.replace("location_name", "hospital_location") for name in rows[0]]
    older = csv_text(rows).replace(ATTESTATION, AFFIRMATION)
    assert codes(checked(tmp_path, "a.csv", older, "2.0")) == []
    assert codes(checked(tmp_path, "b.csv", older, "2.2")) == ["column_missing"]
    assert codes(checked(tmp_path, "c.csv", older.replace("median", "estimated"), "2.2.1")) == []
    assert codes(checked(tmp_path, "d.csv", older, "3.0"))[0] == "header_missing"


def test_the_first_faults_are_kept_and_all_are_counted(tmp_path: Path) -> None:
    rows = tall()
    rows += [["", *rows[3][1:]] for _ in range(50)]
    outcome = checking.check_price_file(written(tmp_path, "x.csv", csv_text(rows)), None, None, 3)
    assert (len(outcome.findings.errors), outcome.findings.error_count) == (3, 50)


@pytest.mark.parametrize("layout", ["tall.csv", "wide.csv", "items.json"])
def test_a_verdict_alone_is_that_of_the_whole_check(layout: str, tmp_path: Path) -> None:
    text = texts(ITEMS)[layout]
    assert checking.is_valid(written(tmp_path, layout, text))
    assert not checking.is_valid(written(tmp_path, f"wrong {layout}", text.replace("inpatient", "in bed")))


def test_a_verdict_alone_reads_no_further_than_the_first_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checks: list[int] = []
    check = RowCheck.check

    def counted(row_check: RowCheck, row: int, cells: list[str]) -> None:
        checks.append(row)
        check(row_check, row, cells)

    monkeypatch.setattr(RowCheck, "check", counted)
    header, sound = tall()[:3], tall()[3:]
    assert not checking.is_valid(written(tmp_path, "x.csv", csv_text([*header, ["", *sound[0][1:]], *sound])))
    assert checks == [4]


def test_what_is_no_price_file_is_not_judged(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"notes\.txt is no price file"):
        checked(tmp_path, "notes.txt", "hello\n")


WORDS = ("", " ", "0", "-1", "12", "1.5", "999999999", "other", "NDC", "1 through 10", "inpatient", "x", "50")


def test_the_short_way_finds_what_the_plain_check_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(5)  # noqa: S311 - invented faults
    header, sound = tall()[:3], tall()[3:]
    for number in range(60):
        rows = [list(row) for row in sound * 6]
        for _ in range(chance.randint(0, 12)):
            row = chance.choice(rows)
            row[chance.randrange(len(row))] = chance.choice(WORDS)
        csv_file, json_file = f"{number}.csv", f"{number}.json"
        text = csv_text([*header, *rows])
        items = json.loads(json_text([STAY] * 8))
        for item in items["standard_charge_information"]:
            payer = chance.choice(item["standard_charges"][0]["payers_information"])
            payer[chance.choice(list(payer))] = chance.choice([*WORDS, 0, -1, 12, None, True, [], 999_999_999])
        quick = checked(tmp_path, csv_file, text), checked(tmp_path, json_file, json.dumps(items))
        with monkeypatch.context() as plainly:
            plainly.setattr(QuickRows, "is_clean", lambda *_: False)
            plainly.setattr(check_json, "_MOST_SHAPES", 0)
            plain = checked(tmp_path, csv_file, text), checked(tmp_path, json_file, json.dumps(items))
        for one, other in zip(quick, plain, strict=True):
            assert one.findings.errors == other.findings.errors
            assert one.findings.alerts == other.findings.alerts
