"""What the member must have or do, and whether another opinion is asked for."""

from __future__ import annotations

from navigator.languages.translating import to_say
from navigator.program.engine.asked import Asked
from navigator.program.engine.conditions import judge
from navigator.program.engine.explaining import because
from navigator.program.engine.facts import Facts, question_of, value_words
from navigator.program.rule_answer import DutyAnswer, SecondOpinionAnswer, UsedFact
from navigator.program.rules import Duty, Rule

_WHO_GOES = to_say("Is there somebody who can go along and help?")
_HOME_DOCTOR = to_say("Is there a doctor at home who takes over the care afterwards?")


def duties(asked: Asked, rule: Rule, facts: Facts) -> tuple[DutyAnswer, ...]:
    """Judge each duty that is, or may be, this member's."""
    return tuple(_judged(asked, duty, facts) for duty in rule.duties if judge(duty.when, facts).holds is not False)


def _judged(asked: Asked, duty: Duty, facts: Facts) -> DutyAnswer:
    member = asked.member
    done = member.companion_available if duty.id == "caregiver" else member.answers.get(duty.id)
    verdict = judge(duty.when, facts)
    questions: tuple[str, ...] = ()
    used: tuple[UsedFact, ...] = verdict.used
    if isinstance(done, bool):
        fact = "somebody can go along" if duty.id == "caregiver" else duty.id.replace("_", " ")
        used = (*used, UsedFact(fact=fact, value=value_words(done), source="member's answer", as_of=None))
    paid = " Their costs are covered." if duty.expenses_covered else ""
    if done is True:
        state, words, other = "met", f"{duty.says}{paid}", None
    elif verdict.holds is None:
        state, words, other = "ask", f"{duty.says}{paid}", None
        questions = tuple(question_of(asked.rules, name) for name in verdict.missing)
    elif done is None and duty.id in ("caregiver", "home_doctor"):
        state, words, other = "ask", f"{duty.says}{paid}", None
        questions = (_WHO_GOES if duty.id == "caregiver" else _HOME_DOCTOR,)
    else:
        state, words, other = "to_do", f"{duty.says}{paid}", "Once it is done, this duty is met."
    told = because(asked, duty.cited, duty.says, used, other)
    return DutyAnswer.model_validate(
        {
            "id": duty.id,
            "state": state,
            "words": " ".join((words, *questions)),
            "says": duty.says,
            "expenses_covered": bool(duty.expenses_covered),
            "questions": questions,
            "explanation": told,
        }
    )


def second_opinion(asked: Asked, rule: Rule) -> SecondOpinionAnswer | None:
    """Say whether another doctor's opinion is asked for or offered; None where the rule says nothing of it."""
    named = rule.second_opinion
    if named is None:
        return None
    by = f" ({named.by})" if named.by else ""
    words = f"A second opinion is asked for first{by}." if named.required else f"A second opinion is offered{by}."
    told = because(asked, named.cited, words)
    return SecondOpinionAnswer(required=named.required, words=words, by=named.by, explanation=told)
