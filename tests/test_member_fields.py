"""The form of member facts: what a field may hold, and that what it made is shown again as it was meant."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rule_answers import a_rule_answer

from navigator.program.member import MemberFacts
from navigator.program.rules import PlanOption, ProgramRules, Question
from navigator.screens.member_fields import ANSWER, Asked, fields_for, money, number, plan_fields, taken, text_of
from provider_directory.errors import BadInput

TODAY = date(2026, 11, 22)
QUESTIONS = (
    Question("bmi", "What is the BMI?", "number"),
    Question("home_doctor", "Is there a doctor at home?", "yes_no"),
    Question("surgery_class", "Minor or major?", "word", ("minor", "major")),
    Question("cause", "What caused it?", "word"),
)
RULES = ProgramRules(
    "brewline-foods",
    "Brewline Foods",
    2026,
    "1",
    date(2026, 1, 1),
    date(2026, 12, 31),
    None,
    plan_options=(PlanOption("ppo", "PPO", "ppo"), PlanOption("hsa", "HSA plan", "hdhp", True)),
    questions=QUESTIONS,
)


def fields() -> dict[str, Asked]:
    return {asked.field.id: asked for asked in fields_for(RULES, a_rule_answer(), QUESTIONS)}


def fill(facts: MemberFacts, key: str, text: str) -> MemberFacts:
    return taken(facts, fields()[key].field, text, "f-marquette", TODAY)


WORDS = {
    "plan_option": "hsa",
    "coverage_tier": "self_spouse",
    "employment": "cobra",
    "medicare_primary": "no",
    "birth_date": "1974-03-09",
    "deductible_met": "500",
    "out_of_pocket_met": "1,200.50",
    "family_deductible_met": "0",
    "family_out_of_pocket_met": "700",
    "as_of": "2026-11-01",
    f"{ANSWER}bmi": "41.2",
    f"{ANSWER}home_doctor": "yes",
    f"{ANSWER}surgery_class": "minor",
    f"{ANSWER}cause": "a fall",
    f"{ANSWER}companion_available": "no",
    "road_miles": "52",
    "road_source": "plan",
    "travel_nights": "3",
    "lodging_night": "140",
}


def test_every_field_shows_again_what_was_typed_and_forgets_it_when_emptied() -> None:
    facts = MemberFacts()
    assert set(WORDS) == set(fields())
    for key, text in WORDS.items():
        facts = fill(facts, key, text)
    assert MemberFacts.model_validate_json(facts.model_dump_json()) == facts
    assert {key: text_of(facts, key, "f-marquette") for key in WORDS} == WORDS
    for key in set(WORDS) - {"as_of", "road_source"}:
        assert text_of(fill(facts, key, ""), key, "f-marquette") == ""


def test_what_is_met_is_of_today_until_another_day_is_said() -> None:
    facts = fill(MemberFacts(), "deductible_met", "$500")
    assert facts.accumulators is not None
    assert (facts.accumulators.as_of, facts.accumulators.individual.deductible_met_cents) == (TODAY, 500_00)


def test_a_companion_is_both_an_answer_and_a_fact_of_travel() -> None:
    facts = fill(MemberFacts(), f"{ANSWER}companion_available", "yes")
    assert facts.companion_available is True
    assert facts.answers == {"companion_available": True}


def test_road_miles_are_of_one_center() -> None:
    facts = fill(MemberFacts(), "road_miles", "52")
    assert text_of(facts, "road_miles", "f-other") == ""
    assert facts.road_miles[0].miles == Decimal(52)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (f"{ANSWER}bmi", "x"),
        ("deductible_met", "much"),
        ("birth_date", "9/9/2099"),
        ("travel_nights", "2.5"),
        ("lodging_night", "1,000,001"),
    ],
)
def test_what_a_field_cannot_hold_is_refused_with_what_to_type(key: str, text: str) -> None:
    with pytest.raises(BadInput) as refused:
        fill(MemberFacts(), key, text)
    assert refused.value.next_step


@given(st.integers(min_value=0, max_value=100_000_000))
def test_an_amount_is_read_to_the_cent_with_and_without_commas(cents: int) -> None:
    assert money(f"${cents // 100:,}.{cents % 100:02}") == cents == money(f"{cents // 100}.{cents % 100:02}")


@given(st.text(max_size=12))
def test_no_text_makes_an_amount_or_a_number_below_zero(text: str) -> None:
    for read in (money, number):
        with suppress(BadInput):
            assert read(text) >= 0


def test_before_anybody_only_the_plan_is_asked_about() -> None:
    asked = [asked.field.id for asked in plan_fields(RULES)]
    assert asked == ["plan_option", "coverage_tier", "employment", "medicare_primary"]
