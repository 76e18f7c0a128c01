"""What the program's rule says of one center, a sentence a line, each with its clause."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from collections.abc import Iterator

from navigator.languages.translating import Translator
from navigator.letters import wording
from navigator.line_mode.answers import Answered
from navigator.line_mode.cost_said import elsewhere, here
from navigator.program.answer_parts import parts_of
from navigator.program.rule_answer import Explanation, RuleAnswer

_MONTHS = tuple(month_abbr)
_SHORT_DAY = re.compile(rf"\b({'|'.join(_MONTHS[1:])}) (\d{{1,2}}, \d{{4}}|\d{{4}})\b")


def rule_lines(say: Translator, answered: Answered, at: int) -> Iterator[str]:
    """Say the rule for a center: in English the plan's own sentences, else what follows from the answer's values."""
    costs = answered.costs[at]
    if costs is None:
        yield say("No rule of a program answers here: ask your plan.")
        return
    answer = costs.answer
    yield say(
        "The rule of {employer} for {year}.", employer=answer.program.employer, year=str(answer.program.plan_year)
    )
    if say.language == "en":
        yield from _in_english(answer)
        return
    coverage = wording.mode_words(say, answer.coverage.state, answer.coverage.mode)
    yield _with_clause(say, coverage, answer.coverage.explanation)
    inside = say("At this center you pay: {amount}.", amount=here(say, costs))
    yield _with_clause(say, inside, answer.here.explanation)
    outside = say("At another hospital you pay: {amount}.", amount=elsewhere(say, costs))
    yield _with_clause(say, outside, answer.elsewhere.explanation)
    yield from _beside(say, answer)
    if answer.appeal:
        words = say("You may ask for a written decision, and appeal it.")
        yield _with_clause(say, words, answer.appeal.explanation)
    yield from warning_lines(say, answer)
    yield say("The plan's own words are in English: choose English to hear them.")


def _beside(say: Translator, answer: RuleAnswer) -> Iterator[str]:
    """Say travel, reward, duties, questions and exceptions as far as their values tell them."""
    if answer.travel:
        words = wording.travel_words(say, answer.travel.state, answer.travel.people)
        yield _with_clause(say, words, answer.travel.explanation)
        if answer.travel.cap_left_cents is not None and answer.travel.state != "not_paid":
            yield say("For travel at most {amount}.", amount=say.dollars(answer.travel.cap_left_cents))
    if answer.reward and (reward := wording.reward_words(say, answer.reward.state, answer.reward.amount_cents)):
        yield _with_clause(say, reward, answer.reward.explanation)
    if any(duty.state != "met" for duty in answer.duties):
        yield say("Before the operation there are things to do: ask your plan which.")
    if answer.second_opinion and answer.second_opinion.required:
        yield say("A second opinion is asked for first.")
    if answer.gates:
        count = len(answer.gates)
        yield say.many("The plan asks {count} question first.", "The plan asks {count} questions first.", count)
    if answer.exceptions:
        yield say("There are exceptions to the rule: ask your plan.")


def _in_english(answer: RuleAnswer) -> Iterator[str]:
    for words, clause in parts_of(answer):
        yield _aloud(words)
        if clause:
            yield f"Clause {clause}."
    yield from map(_aloud, answer.warnings)


def warning_lines(say: Translator, answer: RuleAnswer) -> Iterator[str]:
    """Say what must be said with an answer, above all that care may fall into the next plan year."""
    if say.language == "en":
        yield from map(_aloud, answer.warnings)
    elif words := wording.next_year(say, answer.program.plan_year, answer.care_day.year):
        yield words


def _aloud(words: str) -> str:
    """Write months out: a voice says "Dec" as it stands."""
    return _SHORT_DAY.sub(lambda found: f"{month_name[_MONTHS.index(found[1])]} {found[2]}", words)


def _with_clause(say: Translator, words: str, because: Explanation) -> str:
    if because.clause is None:
        return words
    clause = say("Clause {clause}.", clause=because.clause)
    return f"{words} {clause}"
