"""Gates of an answer: met, not yet or asked, and what would change it (CONTRACT 4)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from rule_cases import CITED, answer, is_, left, member, program, rule

from navigator.program.engine.errors import FactsContradict
from navigator.program.rule_answer import RuleAnswer
from navigator.program.rules import (
    Condition,
    Gate,
)

MINOR = (Condition("age_years", "below", 18),)
GATES = (
    Gate(CITED, "bmi", Condition("bmi", "below", Decimal(40)), "What is the BMI?", None, "A new BMI."),
    Gate(
        CITED,
        "tobacco",
        Condition("tobacco_free_weeks", "at_least", 4),
        "For how many weeks without tobacco?",
        or_when=is_("clearance", True),
    ),
    Gate(CITED, "guardian", Condition("guardian_agrees", "is", True), "Does a parent agree?", when=MINOR),
)


def gated(**facts: Any) -> RuleAnswer:
    return answer(program(rule(gates=GATES)), member(accumulators=left(120_000, 400_000), **facts))


def test_a_gate_is_met_not_yet_or_asked_and_says_the_number_that_would_change_it() -> None:
    found = gated(birth_date="1974-03-09", answers={"bmi": Decimal("41.2")})
    bmi, tobacco = found.gates
    assert (bmi.state, bmi.words) == ("not_yet", "The plan asks for a BMI below 40; yours: 41.2.")
    assert bmi.would_change == (
        "With a BMI below 40 it is met, and the plan then shows $0. A new BMI. "
        "You can ask for a written decision, and appeal it."
    )
    assert (tobacco.state, tobacco.words) == (
        "ask",
        "For how many weeks without tobacco? Or: clearance: yes.",
    )
    assert found.headline == "not yet: a BMI below 40; then $0 here, $4,000 elsewhere"
    assert found.here.words == "$0 here. Not yet: the plan asks for a BMI below 40."


def test_the_line_of_an_answer_keeps_the_cost_where_many_gates_wait() -> None:
    found = gated(birth_date="1974-03-09", answers={"bmi": 42, "tobacco_free_weeks": 1, "clearance": False})
    assert found.headline == "not yet: 2 conditions; then $0 here, $4,000 elsewhere"


def test_a_gate_may_be_met_another_way_and_holds_only_for_those_it_is_for() -> None:
    cleared = gated(birth_date="1974-03-09", answers={"bmi": 31, "tobacco_free_weeks": 1, "clearance": True})
    assert [gate.state for gate in cleared.gates] == ["met", "met"]
    assert cleared.headline == "you pay $0 here, $4,000 elsewhere"
    assert [gate.id for gate in gated(birth_date="2012-03-09").gates] == ["bmi", "tobacco", "guardian"]
    assert [gate.state for gate in gated(answers={"guardian_agrees": False}).gates][2] == "ask"
    border = gated(birth_date="1974-03-09", answers={"bmi": Decimal("39.96")})
    assert "yours: 39.96" in border.gates[0].words


def test_a_gate_met_another_way_says_by_what_and_an_open_one_asks_what_would_settle_it() -> None:
    heavy = Gate(
        CITED,
        "bmi",
        Condition("bmi", "at_least", Decimal(40)),
        "What is the BMI?",
        or_when=(Condition("bmi", "at_least", Decimal(35)), *is_("diabetes", True)),
    )

    def told(**answers: Any) -> Any:
        return answer(program(rule(gates=(heavy,))), member(answers=answers)).gates[0]

    met = told(bmi=36, diabetes=True)
    assert met.words == (
        "The plan asks for a BMI of 40 or more; yours: 36; met another way: a BMI of 35 or more and diabetes: yes."
    )
    assert [used.fact for used in met.explanation.used] == ["BMI", "diabetes"]
    assert (told(bmi=36).state, told(bmi=36).ask) == ("ask", "What is known of: diabetes?")
    assert "Or:" not in told(bmi=36).words
    assert (told().ask, told(bmi=34).state) == ("What is the BMI?", "not_yet")
    young = replace(heavy, or_when=(), when=(Condition("age_years", "below", 65),))
    of_unknown_age = answer(program(rule(gates=(young,))), member(answers={"bmi": 34})).gates[0]
    assert (of_unknown_age.state, of_unknown_age.ask) == ("ask", "What is the member's birth date?")


def test_an_answer_that_cannot_be_compared_is_refused() -> None:
    with pytest.raises(FactsContradict, match="compared with a number"):
        gated(answers={"bmi": "heavy"})
