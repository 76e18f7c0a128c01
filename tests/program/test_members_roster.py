"""A program's eligibility file: every row accounted for, the least data, and what its rows mean by date."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navigator.ledger.values import RosterPerson
from navigator.program.eligibility import changes_between, covered_on, facts_on_file, medicare_primary
from navigator.program.roster import EligiblePerson, OfProgram, another_program, read_eligible
from provider_directory.errors import SourceProblem
from provider_directory.sources.reading import Reading
from provider_directory.sources.recognise import recognise
from provider_directory.templates.columns import TEMPLATES
from provider_directory.templates.workbook import template_workbook

BREWLINE = OfProgram("brewline-foods", {"ppo": "PPO", "hsa": "HSA plan"})
HEADER = ("member_id", "name", "birth_date", "zip", "coverage_tier", "plan_option", "relationship", "effective", "ends")
JUNE = ("A-1", "June Stellgate", "1974-03-09", "53202", "employee + spouse", "PPO", "employee", "2019-02-01", "")
AS_OF = date(2026, 11, 1)


def read(tmp_path: Path, *rows: Sequence[str], header: Sequence[str] = HEADER) -> Reading[EligiblePerson]:
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    (tmp_path / "members.csv").write_text(text.getvalue(), encoding="utf-8")
    return read_eligible(tmp_path / "members.csv", BREWLINE)


def row(**over: str) -> tuple[str, ...]:
    return tuple((dict(zip(HEADER, JUNE, strict=True)) | over).values())


def person(member_id: str | None = "A-1", **over: Any) -> RosterPerson:
    values: dict[str, Any] = {"name": "June Stellgate", "birth_date": date(1974, 3, 9), "effective": date(2019, 2, 1)}
    return RosterPerson(member_id=member_id, **({"ends": None} | values | over))


def test_the_words_that_files_use_become_ours(tmp_path: Path) -> None:
    reading = read(
        tmp_path, JUNE, row(member_id="A-2", coverage_tier="EE+CH", plan_option="hsa PLAN", relationship="Wife")
    )
    june, other = reading.facts
    assert (june.coverage_tier, june.plan_option, june.relationship) == ("self_spouse", "ppo", "subscriber")
    assert (other.coverage_tier, other.plan_option, other.relationship) == ("self_children", "hsa", "spouse")
    assert (june.birth_date, june.effective, june.ends) == (date(1974, 3, 9), date(2019, 2, 1), None)


@pytest.mark.parametrize(
    ("over", "column", "reason"),
    [
        ({"birth_date": "1974-13-09"}, "birth_date", "bad_date"),
        ({"birth_date": "2174-03-09"}, "birth_date", "bad_birth_date"),
        ({"zip": "532"}, "", ""),
        ({"zip": "5320x"}, "zip", "bad_zip"),
        ({"coverage_tier": "some"}, "coverage_tier", "bad_coverage_tier"),
        ({"plan_option": "gold"}, "plan_option", "unknown_plan_option"),
        ({"ends": "2018-01-01"}, "ends", "ends_before_it_starts"),
        ({"member_id": "", "name": ""}, "member_id, name, birth_date", "nobody_named"),
    ],
)
def test_a_row_that_cannot_be_right_is_set_aside_and_told(
    tmp_path: Path, over: dict[str, str], column: str, reason: str
) -> None:
    reading = read(tmp_path, JUNE, row(**({"member_id": "A-2"} | over)))
    assert reading.read == reading.kept + reading.duplicates + sum(reading.set_aside.values()) == 2
    if not reason:
        assert reading.kept == 2
        return
    (told,) = reading.examples
    assert (told.row, told.column, told.reason) == (3, column, reason)
    assert told.next_step
    assert "1974" not in told.found


def test_twins_collapse_and_one_member_has_one_row(tmp_path: Path) -> None:
    reading = read(tmp_path, JUNE, JUNE, row(zip="53203"))
    assert (reading.kept, reading.duplicates, dict(reading.set_aside)) == (1, 1, {"member_id_twice": 1})


def test_rows_of_another_program_are_counted_apart(tmp_path: Path) -> None:
    reading = read(tmp_path, (*JUNE, "brewline-foods"), (*row(member_id="B"), "other"), header=(*HEADER, "program_id"))
    assert (reading.kept, another_program(reading)) == (1, 1)


@pytest.mark.parametrize("name", ["SSN", "Social Security Number", "employee_ssn", "diagnosis", "ICD-10 code", "BMI"])
def test_a_file_with_a_column_that_nobody_may_send_is_refused_as_a_whole(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceProblem, match="Nothing of the file was kept") as refusal:
        read(tmp_path, (*JUNE, "x"), header=(*HEADER, name))
    assert name in refusal.value.message


@pytest.mark.parametrize("cell", ["219-09-9999", "219 09 9999", "call 219-09-9999 now"])
def test_a_value_that_is_written_as_a_social_security_number_is_found_in_any_column_and_never_repeated(
    tmp_path: Path, cell: str
) -> None:
    with pytest.raises(SourceProblem, match="row 3") as refusal:
        read(tmp_path, (*JUNE, ""), (*row(member_id="A-2"), cell), header=(*HEADER, "remarks"))
    assert "219" not in str(refusal.value)


def test_telephones_and_zips_are_no_social_security_numbers_and_nine_bare_digits_are_asked_about(
    tmp_path: Path,
) -> None:
    extra = ("414-555-0143", "53202-1234")
    reading = read(tmp_path, (*row(member_id="219099999"), *extra), header=(*HEADER, "phone", "zip4"))
    assert reading.kept == 1
    assert "nine digits" in reading.notes[-1]


def test_a_file_of_something_else_is_no_eligibility_file(tmp_path: Path) -> None:
    with pytest.raises(SourceProblem, match="no eligibility file"):
        read(tmp_path, ("1", "2"), header=("ccn", "alliance"))


def test_the_template_can_be_read_and_no_edition_is_ever_built_of_people(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(template_workbook(TEMPLATES["members"]))
    assert read_eligible(tmp_path / "t.xlsx", BREWLINE).read == 0
    found, skipped = recognise(tmp_path)
    assert found == []
    assert "eligibility file" in skipped[0].reason


CELLS = st.tuples(*[st.sampled_from(["", cell, "?", "2020-01-01", "ppo"]) for cell in JUNE])


@settings(max_examples=40)
@given(st.lists(CELLS, max_size=8))
def test_accepted_and_set_aside_are_all_that_was_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Any]
) -> None:
    filled = [one for one in rows if any(one)]
    reading = read(tmp_path_factory.mktemp("r"), *filled)
    assert reading.read == len(filled)
    assert reading.read == reading.kept + reading.duplicates + sum(reading.set_aside.values())


@pytest.mark.parametrize(
    ("over", "covered"),
    [
        ({}, True),
        ({"ends": AS_OF}, True),
        ({"ends": date(2026, 10, 31)}, False),
        ({"effective": AS_OF}, True),
        ({"effective": date(2026, 11, 2)}, False),
        ({"effective": None}, None),
        ({"effective": None, "ends": date(2026, 1, 1)}, False),
    ],
)
def test_coverage_is_judged_by_both_days(over: dict[str, Any], covered: bool | None) -> None:
    assert covered_on(person(**over), AS_OF) is covered


@pytest.mark.parametrize(
    ("facts", "first"),
    [
        ({"other_coverage": "Medicare", "employment": "retiree"}, True),
        ({"other_coverage": "Medicare", "employment": "active"}, None),
        ({"other_coverage": "Medicare, secondary", "employment": "retiree"}, False),
        ({"other_coverage": "Medicare primary", "employment": "active"}, True),
        ({"other_coverage": "another employer's plan", "employment": "active"}, None),
        ({"employment": "active"}, False),
        ({}, None),
    ],
)
def test_whether_medicare_pays_first_is_said_only_where_the_file_tells_it(
    facts: dict[str, str], first: bool | None
) -> None:
    assert medicare_primary(person(facts=facts)) is first
    assert facts_on_file(person(facts=facts), AS_OF).medicare_primary is first


def test_a_person_becomes_facts_without_name_and_number() -> None:
    facts = facts_on_file(person(ends=date(2026, 12, 31), facts={"plan_option": "ppo", "zip": "53202"}), AS_OF)
    assert (facts.plan_option, facts.zip, facts.covered_to) == ("ppo", "53202", date(2026, 12, 31))
    assert facts.eligibility_as_of == AS_OF
    assert "Stellgate" not in facts.model_dump_json()


@pytest.mark.parametrize(
    ("now", "what"),
    [
        ({"ends": date(2026, 8, 31)}, ["ended_backward"]),
        ({"ends": date(2026, 12, 31)}, ["ends"]),
        ({"effective": date(2026, 6, 1)}, ["begins_later"]),
        ({"facts": {"plan_option": "hsa", "coverage_tier": "self"}}, ["plan_option"]),
        ({}, []),
        (None, ["gone"]),
    ],
)
def test_a_newer_file_tells_what_bears_on_open_cases(now: dict[str, Any] | None, what: list[str]) -> None:
    known = {"plan_option": "ppo", "coverage_tier": "self"}
    new = [] if now is None else [person(**({"facts": known} | now))]
    changes = changes_between([person(facts=known)], [*new, person("NEW")], AS_OF)
    assert [change.what for change in changes] == what
    assert all(change.member_id == "A-1" for change in changes)


def test_a_person_without_a_number_is_known_again_by_name_and_birth_date() -> None:
    old, new = person(None, name="Stellgate, June"), person(None, name="June STELLGATE")
    assert changes_between([old], [new], AS_OF) == []
    ended = person(None, ends=date(2025, 12, 31))
    assert changes_between([ended], [], AS_OF) == []
