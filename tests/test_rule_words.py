"""The rule card and its ladder: every part with its clause, nothing of a body on a public screen, never "denied"."""

from __future__ import annotations

import pytest
from rule_answers import a_cost, a_gate, a_rule_answer, an_explanation

from navigator.screens.rule_rungs import rule_rungs
from navigator.take_away import rule_text
from navigator.widgets.rule_words import RuleHints, mode_words, pay_words, rule_lines

NOT_YET = a_gate(
    "bmi",
    "not_yet",
    words="The plan asks for a BMI below 40; yours: 41.2.",
    would_change="A new BMI below 40. You can ask for a written decision, and appeal it.",
)


def card(shows_gates: bool = True, **over: object) -> str:
    return "\n".join(each.plain for each in rule_lines(a_rule_answer(**over), RuleHints("r", "g", shows_gates)))


def ladder(shows_gates: bool = True, **over: object) -> str:
    rungs = rule_rungs(a_rule_answer(**over), shows_gates, savings=True)
    return "\n".join(each.plain for rung in rungs for each in (rung.summary, *rung.detail))


def test_the_card_says_mode_here_elsewhere_gates_travel_and_the_ways_around() -> None:
    text = card()
    for words in (
        "voluntary  2.1",
        "here      $0.",
        "About $1,500-4,000",
        "1 met, 1 to ask: BMI",
        "check",
        "may apply",
    ):
        assert words in text
    assert "r opens every clause" in text


def test_every_part_of_the_ladder_stands_on_a_clause_or_on_words_that_say_why() -> None:
    answer = a_rule_answer(gates=(NOT_YET,))
    for rung in rule_rungs(answer, gates=True, savings=True):
        detail = "\n".join(each.plain for each in rung.detail)
        assert "clause" in detail or "it says" in detail or "SHA-256" in detail
    assert "otherwise   Without a contract here it would be $3,000." in ladder()


def test_a_fail_is_not_yet_with_what_would_change_it_and_never_denied() -> None:
    for text in (card(gates=(NOT_YET,)), ladder(gates=(NOT_YET,))):
        assert "BMI below 40; yours: 41.2" in text.replace("not yet   ", "")
        assert "A new BMI below 40." in text
        assert "written decision" in text
        assert "denied" not in text.lower()


def test_a_public_screen_shows_nothing_of_a_body() -> None:
    for text in (card(False), ladder(False)):
        assert "bmi" not in text.lower()
        assert "tobacco" not in text


def test_what_is_copied_holds_no_answer_of_the_member() -> None:
    text = rule_text(a_rule_answer(gates=(NOT_YET,)), "Total knee replacement", demonstration=True)
    assert text.startswith("DEMONSTRATION")
    assert "41.2" not in text
    assert "The plan asks: What is the member's bmi? (5.2)" in text
    assert max(map(len, text.splitlines())) <= 76


@pytest.mark.parametrize(
    ("state", "mode", "tier", "words"),
    [
        ("covered", "tiered", "tier 1", "tiered, tier 1"),
        ("left_out", "mandatory", None, "mandatory, not for this member"),
        ("not_in_program", None, None, "not in the program"),
    ],
)
def test_the_rule_in_a_word(state: str, mode: str | None, tier: str | None, words: str) -> None:
    coverage = a_rule_answer().coverage.model_copy(update={"state": state, "mode": mode, "tier": tier})
    assert mode_words(a_rule_answer(coverage=coverage)) == words


def test_what_is_paid_is_said_here_and_elsewhere_or_not_at_all() -> None:
    assert pay_words(a_rule_answer(), "here") == ("$0 here, $1.5k-4k elsewhere", "$0 here", "$0")
    assert pay_words(a_rule_answer(here=a_cost("ask", None, None, state="not_estimated")), "here") == ()


def test_a_long_sentence_of_a_plan_is_cut_on_the_card_and_whole_on_the_ladder() -> None:
    words = "A plan that goes with a health savings account may not pay before the law's deductible, " * 3
    hsa = an_explanation("4.3", words=words.strip())
    assert "…" in card(hsa=hsa)
    assert words.strip() in ladder(hsa=hsa)
