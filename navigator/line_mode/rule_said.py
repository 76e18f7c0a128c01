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
from navigator.program.engine.wording import sentence
from navigator.program.rule_answer import Explanation, RuleAnswer
from navigator.program.said_to_member import PlanSaid
from provider_directory.saying import upper_first

_MONTHS = tuple(month_abbr)
_SHORT_DAY = re.compile(rf"\b({'|'.join(_MONTHS[1:])}) (\d{{1,2}}, \d{{4}}|\d{{4}})\b")


def rule_lines(say: Translator, answered: Answered, at: int) -> Iterator[str]:
    """Say the rule for a center: in English the plan's own sentences, else what follows from the answer's values."""
    answer = answered.rules[at]
    if answer is None:
        yield say("No rule of a program answers here: ask your plan.")
        return
    yield from rule_said(say, answer)


def rule_said(say: Translator, answer: RuleAnswer) -> Iterator[str]:
    """Say the rule by its answer, with the cost of each plan option where it is not known which."""
    yield say(
        "The rule of {employer} for {year}.", employer=answer.program.employer, year=str(answer.program.plan_year)
    )
    if say.language == "en":
        yield from _in_english(answer)
        return
    plan = PlanSaid(say, answer.spanish)
    coverage = wording.mode_words(say, answer.coverage.state, answer.coverage.mode)
    yield _with_clause(plan, coverage, answer.coverage.explanation)
    inside = say("At this center you pay: {amount}.", amount=here(say, answer))
    yield _with_clause(plan, inside, answer.here.explanation)
    outside = say("At another hospital you pay: {amount}.", amount=elsewhere(say, answer))
    yield _with_clause(plan, outside, answer.elsewhere.explanation)
    yield from _way_and_reward(plan, answer)
    yield from _asked(plan, answer)
    for exception in answer.exceptions:
        yield _with_clause(plan, plan.exception(exception), exception.explanation)
    if answer.appeal:
        words = " ".join(plan.appeal(answer.appeal.says, answer.appeal.within_days, answer.appeal.to))
        yield _with_clause(plan, words, answer.appeal.explanation)
    yield from warning_lines(say, answer)


def _way_and_reward(plan: PlanSaid, answer: RuleAnswer) -> Iterator[str]:
    """Say what is paid of the way there, and what the plan gives."""
    say = plan.say
    if answer.hsa:
        yield say("A plan with a health savings account (HSA) may not pay before the law's deductible is met.")
    if answer.travel:
        words = wording.travel_words(say, answer.travel.state, answer.travel.people)
        yield _with_clause(plan, words, answer.travel.explanation)
        if answer.travel.cap_left_cents is not None and answer.travel.state != "not_paid":
            yield say("For travel at most {amount}.", amount=say.dollars(answer.travel.cap_left_cents))
    if answer.reward and (reward := wording.reward_words(say, answer.reward.state, answer.reward.amount_cents)):
        yield _with_clause(plan, reward, answer.reward.explanation)


def _asked(plan: PlanSaid, answer: RuleAnswer) -> Iterator[str]:
    """Say what the member must have or do, and what the plan asks about."""
    say = plan.say
    for duty in answer.duties:
        yield _with_clause(plan, plan.duty(duty), duty.explanation)
    if opinion := answer.second_opinion:
        asked = say("A second opinion is asked for first.") if opinion.required else say("A second opinion is offered.")
        how = (upper_first(plan.words(opinion.by)),) if opinion.by else ()
        yield _with_clause(plan, " ".join((asked, *how)), opinion.explanation)
    for gate in answer.gates:
        question = say("The plan asks: {question}", question=plan.questions(gate.questions or (gate.ask,)))
        yield _with_clause(plan, question, gate.explanation)


def _in_english(answer: RuleAnswer) -> Iterator[str]:
    for words, clause in parts_of(answer):
        yield f"{_aloud(words)} Clause {clause}." if clause else _aloud(words)
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


def _with_clause(plan: PlanSaid, words: str, because: Explanation) -> str:
    """Add the clause, with the employer's own words where its file has them in the language."""
    if because.clause is None:
        return words
    say, own = plan.say, plan.own(because.words)
    if own is None or own in words:
        clause = say("Clause {clause}.", clause=because.clause)
    else:
        clause = say("Clause {clause}: “{words}”", clause=because.clause, words=own)
    return f"{sentence(words)} {clause}"
