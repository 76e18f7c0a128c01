"""The workbook of a program is the same rules as its TOML, and what is wrong in it is named by sheet and cell."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from command_line import CommandLine

from navigator.program.model import load_program
from navigator.program.opened_file import open_program_file
from navigator.program.program_toml import toml_of
from navigator.program.reading_rules import RulesReading, read_content
from navigator.program.rule_check import check_program
from navigator.program.rule_file import catalogued, read_rules
from navigator.program.rule_form import (
    COST,
    GATES,
    PLAN_OPTIONS,
    PROGRAM,
    QUESTIONS,
    RULES,
    SHEETS,
    TIERS,
    Entry,
    Sheet,
)
from navigator.program.tax_limits import limits_of
from navigator.program.workbook_template import program_workbook
from provider_directory import demo
from provider_directory.errors import BadInput

Row = dict[str, object]
FILES = [
    *sorted((Path(demo.__file__).parent / "program_files").glob("*.toml")),
    *sorted(Path(__file__).with_name("published").glob("*.toml")),
]
WHOLE = """
id = "acme"
employer = "Acme"
alliances = ["Lakeshore Health Alliance", "Prairie"]
plan_year = 2026
valid_from = 2026-07-01
ask = "the desk"
no_center_in_reach = { travel = "Paid." }
appeal = { says = "In writing.", within_days = 60 }
plan_option = [{ id = "ppo plan", type = "ppo", deductible_self = 1700.5, coinsurance = 12.5, hsa_qualified = false }]
question = [{ fact = "union", form = "yes_no", ask = "In the union?" }]

[[rule]]
clause = "4.10"
title = "Knees"
mode = "tiered"
criteria_sets = ["hip-knee"]
members = ["ppo", { fact = "age_years", at_least = 18 }]
not_for = [{ when = [{ fact = "plan_option", is = "ppo plan" }, "minor"], instead = "Ask." }, "hmo"]
outside = [{ percent = 62.5, when = { fact = "cause", none_of = ["trauma", "tumor"] } }, "normal"]
second_opinion = { required = true }
follow_up_days = [7, 30]
duty = [{ id = "other", says = "Bring the pictures." }, "call_first"]

[[rule.tier]]
name = "Tier 1"
centers = "contract"
cost = [{ kind = "copay", copay = 250, deductible_first = false }]

[[rule.tier]]
name = "Tier 2"
centers = "listed"
facilities = ["010001", "90Z001"]
cost = [{ kind = "coinsurance", percent = 7.5 }]

[[rule.gate]]
fact = "cause"
none_of = ["trauma", "old age"]
when = [{ fact = "union", is = false }]

[[rule.travel]]
mileage_cents = 20.5
min_miles = 62.5

[[rule]]
clause = "5"
title = "All else"
same_as = "4.10"
mode = "voluntary"
inside = "waived"
"""


@cache
def template() -> bytes:
    return program_workbook()


def cell_of(value: object) -> object:
    """Write a value of a TOML file as somebody fills in a cell."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Mapping):
        (test,) = value.keys() - {"fact"}
        listed = value[test] if isinstance(value[test], list) else [value[test]]
        return f"{value['fact']} {test.replace('_', ' ')} {', '.join(str(cell_of(one)) for one in listed)}"
    if isinstance(value, list):
        return "; ".join(str(cell_of(one)) for one in value)
    return value


def filled(sheet: Sheet, table: Mapping[str, Any], **first: object) -> Row:
    row: Row = dict(first)
    for entry in sheet.entries:
        found: Any = table
        for part in entry.key.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
        if found is not None and entry.key not in row:
            row[entry.key] = cell_of(found)
    if sheet is GATES:
        (test,) = table.keys() & {"is", "is_not", "at_least", "at_most", "below", "above", "one_of", "none_of"}
        row |= {"test": test.replace("_", " "), "value": cell_of(table[test])}
    return row


def tables(owner: Mapping[str, Any], key: str) -> Iterator[Mapping[str, Any]]:
    """Give the tables of a key; words stay on the sheet Rules."""
    found = owner.get(key, [])
    yield from (one for one in (found if isinstance(found, list) else [found]) if isinstance(one, Mapping))


def rows_of(content: Mapping[str, Any]) -> Iterator[tuple[Sheet, Row]]:
    yield from (
        (sheet, filled(sheet, one)) for sheet in (PLAN_OPTIONS, QUESTIONS) for one in tables(content, sheet.key)
    )
    for number, rule in enumerate(tables(content, "rule")):
        name = f"r{number}"
        words = {
            key: cell_of(
                [one for one in (rule[key] if isinstance(rule[key], list) else [rule[key]]) if isinstance(one, str)]
            )
            for key in ("inside", "outside", "not_for", "duty")
            if key in rule
        }
        opinion = {"second_opinion.required": "yes"} if rule.get("second_opinion") == "required" else {}
        yield RULES, filled(RULES, rule, rule=name, **words, **opinion)
        for sheet in SHEETS:
            if sheet.of_rule:
                yield from ((sheet, filled(sheet, one, rule=name)) for one in tables(rule, sheet.key))
        for tier in tables(rule, "tier"):
            yield from ((COST, filled(COST, one, rule=name, tier=tier["name"])) for one in tables(tier, "cost"))


def workbook(content: Mapping[str, Any], change: Callable[[Any], object] | None = None) -> bytes:
    """Fill in the template as a person does."""
    book = openpyxl.load_workbook(io.BytesIO(template()))
    keys = filled(PROGRAM, content)
    for row in book["Program"].iter_rows(min_row=2):
        row[1].value = keys.get(row[0].value)
    for sheet, cells in rows_of(content):
        names = [cell.value for cell in book[sheet.name][1]]
        book[sheet.name].append([cells.get(name) for name in names])
    if change:
        change(book)
    filled_in = io.BytesIO()
    book.save(filled_in)
    return filled_in.getvalue()


def rules_of(path: Path) -> RulesReading:
    return read_content(open_program_file(path).content, catalogued())


@pytest.fixture
def whole(tmp_path: Path) -> Mapping[str, Any]:
    (tmp_path / "whole.toml").write_text(WHOLE, encoding="utf-8")
    return open_program_file(tmp_path / "whole.toml").content


def test_a_workbook_is_the_same_rules_and_so_is_the_toml_made_of_it(
    coe: CommandLine, tmp_path: Path, whole: Mapping[str, Any]
) -> None:
    (tmp_path / "acme.xlsx").write_bytes(workbook(whole))
    wanted = rules_of(tmp_path / "whole.toml")
    assert wanted.findings == ()
    assert rules_of(tmp_path / "acme.xlsx") == wanted
    assert coe("program", "convert", str(tmp_path / "acme.xlsx"), "--out", str(tmp_path / "made.toml")) == 0
    assert rules_of(tmp_path / "made.toml") == wanted
    program = load_program(str(tmp_path / "acme.xlsx"), tmp_path)
    assert (program.id, program.alliances) == ("acme", ("Lakeshore Health Alliance", "Prairie"))
    assert program.far_from_contract == (("travel", "Paid."),)
    assert coe("program", "convert", str(tmp_path / "acme.xlsx"), "--out", str(tmp_path / "made.toml")) == 2


def test_a_rule_set_that_we_ship_can_be_filled_in(tmp_path: Path) -> None:
    path = next(path for path in FILES if path.stem == "copperline-rail")
    (tmp_path / "p.xlsx").write_bytes(workbook(open_program_file(path).content))
    assert rules_of(tmp_path / "p.xlsx").rules == rules_of(path).rules


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_program_is_the_same_when_it_is_written_anew(path: Path, tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text(toml_of(open_program_file(path).content, path.name), encoding="utf-8")
    assert rules_of(tmp_path / "p.toml") == rules_of(path)


WRONG = {
    ("Program", "A4"): ("aliances", "alliances"),
    ("Program", "B5"): ("soon", "a year"),
    ("Plan options", "D3"): ("pppo", "ppo"),
    ("Plan options", "F3"): ("1,700 or so", "dollars"),
    ("Plan options", "G3"): ("=A1", "a value"),
    ("Rules", "F3"): ("hip-kneee", "hip-knee"),
    ("Rules", "A4"): ("r0", "of its own"),
    ("Rules", "O3"): ("medicar_primary", "medicare_primary"),
    ("Cost", "A3"): ("r7", "rule of the sheet Rules"),
    ("Cost", "B4"): ("Tier 9", "tier of this rule"),
    ("Gates", "C3"): ("under", "one of"),
    ("Gates", "E1"): ("identity", "id"),
    ("Gates", "L3"): ("union perhaps no", "one of"),
}
"""Cell -> what is written there, and what is said to it."""


def spoil(book: Any) -> None:
    for (sheet, cell), (value, _) in WRONG.items():
        book[sheet][cell] = value
    book["Travel"].title = "Travels"


def test_what_is_wrong_in_a_workbook_is_named_by_sheet_and_cell(tmp_path: Path, whole: Mapping[str, Any]) -> None:
    path = tmp_path / "acme.xlsx"
    path.write_bytes(workbook(whole, spoil))
    found = check_program(path, lambda year: limits_of(year, tmp_path / "none"), None)
    told: dict[tuple[str | None, str | None], str] = {}
    for one in found.errors:
        told[one.sheet, one.cell] = f"{told.get((one.sheet, one.cell), '')} {one.expected} {one.next_step}"
    assert {place: word for place, (_, word) in WRONG.items() if word not in told.get(place, "")} == {}
    assert 'Name it "Travel"' in told["Travels", None]
    with pytest.raises(BadInput, match="sheet"):
        read_rules(path)


def test_the_template_explains_every_column_and_what_is_untouched_is_an_empty_program(
    coe: CommandLine, tmp_path: Path
) -> None:
    path = tmp_path / "p.xlsx"
    assert coe("template", "program", "--out", str(path)) == 0
    assert open_program_file(path).content == {}
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["About", *(sheet.name for sheet in SHEETS), "Catalog"]
    explained = {row[1].value for row in book["About"].iter_rows()}
    keys: set[Entry] = {entry for sheet in SHEETS for entry in sheet.entries}
    assert {entry.key for entry in keys} <= explained
    for sheet in SHEETS:
        assert len(book[sheet.name].data_validations.dataValidation) == len(sheet.entries)
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    assert coe("template", "program", "--csv") == 2


def test_the_examples_of_the_template_are_rows_that_can_be_read(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template()))
    for row in book["Program"].iter_rows(min_row=2):
        row[1].value = row[5].value
    for sheet in SHEETS[1:]:
        first = book[sheet.name]["A2"]
        first.value = str(first.value).removeprefix("EXAMPLE: ")
    for sheet in (TIERS, COST):
        assert book[sheet.name]["A2"].value == book["Rules"]["A2"].value
    book["Plan options"]["A2"] = "basic-hdhp"
    book.save(tmp_path / "p.xlsx")
    reading = rules_of(tmp_path / "p.xlsx")
    assert [(one.code, one.place) for one in reading.findings if one.severity == "error"] == []
    assert len(reading.rules.rules) == 1
    assert reading.rules.rules[0].gates


def test_a_file_that_is_no_such_workbook_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["alliance", "ccn"])
    book.save(tmp_path / "other.xlsx")
    (tmp_path / "text.xlsx").write_text("id = 1", encoding="utf-8")
    for name in ("other.xlsx", "text.xlsx"):
        with pytest.raises(BadInput, match=name) as refusal:
            open_program_file(tmp_path / name)
        assert "coe template program" in refusal.value.next_step
