"""The ways around a rule, and how a written decision is asked for and appealed."""

from __future__ import annotations

from navigator.languages.translating import to_say
from navigator.program.engine.asked import Asked
from navigator.program.engine.conditions import condition_words, judge
from navigator.program.engine.explaining import because
from navigator.program.engine.facts import Facts, question_of
from navigator.program.engine.wording import listed, once
from navigator.program.rule_answer import AppealAnswer, ExceptionAnswer
from navigator.program.rules import Rule, RuleException

GIVES = {
    "normal_benefit": to_say("once confirmed, the plan's normal benefit holds at other hospitals of the network"),
    "inside_benefit": to_say("once confirmed, the benefit of a center under contract holds at others too"),
    "review": to_say("the plan looks at each case"),
}


def exceptions(asked: Asked, rule: Rule, facts: Facts) -> tuple[ExceptionAnswer, ...]:
    """Judge each exception; unknown conditions leave it open, and one without conditions a person judges."""
    strict = Facts(facts.asked, facts.option, usual=False)
    return tuple(_judged(asked, each, strict) for each in rule.exceptions)


def _judged(asked: Asked, named: RuleException, facts: Facts) -> ExceptionAnswer:
    verdict = judge(named.when, facts)
    how = f" {named.how}" if named.how else ""
    needs = listed([condition_words(asked.rules, each) for each in named.when])
    other = f"It applies with {needs}." if needs else None
    questions: tuple[str, ...] = ()
    if named.when and verdict.holds:
        state, words = "applies", f"{named.title}: the conditions hold, {GIVES[named.gives]}.{how}"
        other = f"Without {needs} it does not apply."
    elif verdict.holds is False:
        state, words = "does_not_apply", f"{named.title}: it needs {needs}."
    else:
        questions = once(question_of(asked.rules, name) for name in verdict.missing)
        words = " ".join((f"{named.title}: {GIVES[named.gives]}.{how}", *questions))
        state = "may_apply"
    rule_words = f"{named.title}: {GIVES[named.gives]}."
    told = because(asked, named.cited, rule_words, verdict.used, other)
    return ExceptionAnswer.model_validate(
        {
            "id": named.id,
            "title": named.title,
            "state": state,
            "words": words,
            "gives": named.gives,
            "how": named.how,
            "questions": questions,
            "explanation": told,
        }
    )


def appeal(asked: Asked, rule: Rule | None) -> AppealAnswer | None:
    """Give the rule's appeal, else the program's; None where the file has neither."""
    named = (rule.appeal if rule else None) or asked.rules.appeal
    if named is None:
        return None
    within = f" within {named.within_days} days" if named.within_days else ""
    to = f" to {named.to}" if named.to and named.to not in named.says else ""
    words = f"{named.says.rstrip('.')}.{f' Appeal{within}{to}.' if within or to else ''}"
    told = because(asked, named.cited, named.says)
    return AppealAnswer(words=words, says=named.says, within_days=named.within_days, to=named.to, explanation=told)
