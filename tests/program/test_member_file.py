"""A member's facts from a file: JSON or TOML, each wrong field told, nothing personal repeated."""

from __future__ import annotations

import io
import json
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navigator.program.member import MemberFacts
from navigator.program.member_file import fit_to, member_of, read_member
from navigator.program.model import load_program
from navigator.program.rule_file import load_rules
from provider_directory.errors import BadInput

WHOLE: dict[str, Any] = {
    "birth_date": "1974-03-09",
    "zip": "53202",
    "coverage_tier": "self_spouse",
    "medicare_primary": False,
    "accumulators": {"as_of": "2026-11-15", "individual": {"deductible_met_cents": 150000}},
    "answers": {"bmi": Decimal("31.5"), "in_treatment": True, "cause": "trauma", "pain_weeks": 14},
}


def test_json_and_toml_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "m.json").write_text(json.dumps(WHOLE, default=float), encoding="utf-8")
    (tmp_path / "m.toml").write_text(
        'birth_date = 1974-03-09\nzip = "53202"\ncoverage_tier = "self_spouse"\nmedicare_primary = false\n'
        "[accumulators]\nas_of = 2026-11-15\n[accumulators.individual]\ndeductible_met_cents = 150000\n"
        '[answers]\nbmi = 31.5\nin_treatment = true\ncause = "trauma"\npain_weeks = 14\n',
        encoding="utf-8",
    )
    read = read_member(str(tmp_path / "m.json"))
    assert read == read_member(str(tmp_path / "m.toml"))
    assert read.answers == WHOLE["answers"]
    assert read.birth_date == date(1974, 3, 9)


def test_standard_input_is_read_and_nothing_need_lie_on_a_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"zip": "53202"}')))
    assert read_member("-").zip == "53202"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"zip": 53202}, "zip: found another form, expected a text in quotes"),
        ({"zip": "5320"}, "zip: found another form, expected five digits"),
        ({"birth_date": "9.3.1974"}, "birth_date: found another form, expected a date, YYYY-MM-DD"),
        ({"coverage_tier": "both"}, 'coverage_tier: found "both", expected one of "self"'),
        ({"medicare_primary": "perhaps"}, 'medicare_primary: found "perhaps", expected true or false'),
        ({"accumulators": {"individual": {}}}, "accumulators.as_of: found nothing, expected a date"),
        (
            {"accumulators": {"as_of": "2026-11-15", "individual": {"deductible_met_cents": -5}}},
            "accumulators.individual.deductible_met_cents: found -5, expected 0 or more",
        ),
        (
            {"accumulators": {"as_of": "2026-11-15", "individual": {"deductable_met_cents": 5}}},
            'accumulators.individual.deductable_met_cents: there is no such field, perhaps "deductible_met_cents"',
        ),
        ({"answers": {"bmi": [1]}}, "answers.bmi: found a list, expected true or false, a number, or a text"),
        ({"ssn": "1"}, "ssn: there is no such field"),
    ],
)
def test_a_wrong_field_is_told_by_path_found_and_expected(change: dict[str, Any], told: str) -> None:
    with pytest.raises(BadInput) as refusal:
        member_of(WHOLE | change)
    assert told in refusal.value.message
    assert "coe schema member" in refusal.value.next_step
    assert "1974" not in str(refusal.value)


@pytest.mark.parametrize(
    "text", ["[]", "{", '{"zip": "53202", "zip": "53203"}', '{"answers": {"bmi": NaN}}', "\xff", "[" * 100_000]
)
def test_what_is_no_member_file_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "m.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(BadInput):
        read_member(str(tmp_path / "m.json"))
    with pytest.raises(BadInput, match="no file"):
        read_member(str(tmp_path / "absent.json"))


CONTENT = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.dates(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(sorted(MemberFacts.model_fields)), inner)
    ),
)


@settings(max_examples=40)
@given(CONTENT)
def test_whatever_is_given_becomes_facts_or_is_refused(content: Any) -> None:
    try:
        found = member_of(content)
    except BadInput:
        return
    assert member_of(found.model_dump()) == found


def test_a_member_must_fit_the_program_and_the_day(demonstration_programs: Path) -> None:
    rules = load_rules(load_program("brewline-foods", demonstration_programs))
    fit_to(member_of({"plan_option": "ppo"}), rules, date(2026, 11, 22))
    with pytest.raises(BadInput) as refusal:
        fit_to(member_of({"plan_option": "gold"}), rules, date(2026, 11, 22))
    with pytest.raises(BadInput, match="covered_to: lies before covered_from"):
        fit_to(member_of({"covered_from": "2026-05-01", "covered_to": "2026-01-01"}), rules, date(2026, 11, 22))
    assert [choice.id for choice in refusal.value.choices] == ["ppo", "hsa"]
    with pytest.raises(BadInput, match=r"accumulators\.as_of"):
        fit_to(member_of(WHOLE), rules, date(2026, 11, 1))


def test_the_example_of_the_document_is_a_member_file() -> None:
    document = (Path(__file__).parents[2] / "docs" / "members.md").read_text(encoding="utf-8")
    example = member_of(json.loads(document.partition("```json\n")[2].partition("```")[0], parse_float=Decimal))
    assert example.model_fields_set >= {"birth_date", "accumulators", "answers", "road_miles"}


def test_every_invented_member_file_is_of_its_program(demonstration_programs: Path) -> None:
    programs = [
        load_rules(load_program(name, demonstration_programs)) for name in ("brewline-foods", "copperline-rail")
    ]
    files = sorted((demonstration_programs / "members").glob("*.json"))
    assert len(files) == 8
    for file in files:
        for rules in programs:
            fit_to(read_member(str(file)), rules, date(2026, 11, 22))
