"""A program's rules as a call asks them: read once, then the offer's "you pay" and the whole answer for one center."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from provider_directory.errors import BadInput

if TYPE_CHECKING:
    from datetime import date

    from navigator.program.gathering import Surroundings
    from navigator.program.member import MemberFacts
    from navigator.program.rule_answer import RuleAnswer
    from navigator.program.rules import ProgramRules, Question, Rule
    from provider_directory.directory import Directory
    from provider_directory.models import Center, Offer, Procedure
    from provider_directory.models import Question as OfferQuestion

NO_CENTER = "a center under contract"


class HasFile(Protocol):
    """What is asked of a program here."""

    @property
    def file(self) -> Path | None: ...


class RulesRead(NamedTuple):
    """The rules of a program file, None where it has none; ``problem`` where they cannot be read."""

    rules: ProgramRules | None
    problem: BadInput | None = None


NO_RULES = RulesRead(None)


def rules_of(program: HasFile | None) -> RulesRead:
    """Read the rules of a program, again only when its file has changed; raises nothing."""
    file = program.file if program else None
    try:
        return _read(file, file.stat().st_mtime_ns) if file else NO_RULES
    except OSError as fault:
        return RulesRead(None, BadInput(f"The program file cannot be read: {fault.strerror}.", "Put it back."))


@lru_cache(maxsize=4)
def _read(file: Path, _changed: int) -> RulesRead:
    from navigator.program.rule_file import read_rules  # deferred: the catalog's ids, after the first frame

    try:
        rules = read_rules(file)
    except BadInput as problem:
        return RulesRead(None, problem)
    return RulesRead(rules) if rules.rules else NO_RULES


async def surroundings(directory: Directory, question: OfferQuestion, offer: Offer) -> Surroundings:
    """Look around the offer's place for what the rules need; raises what the directory raises."""
    from navigator.program.gathering import look_around  # deferred: pydantic, as in every function here

    return await look_around(directory, question, offer.centers)


def paid(
    offer: Offer,
    around: Surroundings,
    question: OfferQuestion,
    procedure: Procedure,
    rules: ProgramRules | None,
    facts: MemberFacts | None,
) -> Offer:
    """Say of each center what the member pays there; of none where the facts contradict or the law's year is missing.

    Why it is not said is told with the answer for the center in hand (``answer_at``).
    """
    from navigator.program.in_offer import with_you_pay
    from navigator.program.member import MemberFacts
    from navigator.program.tax_limits import limits_of

    unknown = tuple(center.model_copy(update={"you_pay": None}) for center in offer.centers)
    try:
        if rules:
            return with_you_pay(offer, question, procedure, rules, limits_of, facts or MemberFacts(), around)
    except BadInput:
        pass
    return offer.model_copy(update={"centers": unknown})


def answer_at(
    center: Center,
    question: OfferQuestion,
    procedure: Procedure,
    around: Surroundings,
    rules: ProgramRules,
    facts: MemberFacts | None,
    public_state: str | None = None,
) -> RuleAnswer:
    """Answer for one center of an offer; raises BadInput as the engine does."""
    from navigator.program.engine.answering import answer_rule
    from navigator.program.gathering import care_of
    from navigator.program.member import MemberFacts
    from navigator.program.tax_limits import limits_of

    member = facts or MemberFacts()
    return answer_rule(rules, member, care_of(procedure, center, question, around, member, public_state), limits_of)


def answers_at(
    centers: Iterable[Center],
    question: OfferQuestion,
    procedure: Procedure,
    around: Surroundings,
    rules: ProgramRules,
    facts: MemberFacts | None,
) -> tuple[RuleAnswer, ...]:
    """Answer for some centers of an offer; none where the facts contradict or the law's year is missing."""
    try:
        return tuple(answer_at(center, question, procedure, around, rules, facts) for center in centers)
    except BadInput:  # why is told with the center in hand, and by `coe rule`
        return ()


def answer_before_center(procedure: Procedure, on: date, rules: ProgramRules, facts: MemberFacts | None) -> RuleAnswer:
    """Answer for any center under contract, before one is in hand: no miles, no price. Raises BadInput likewise."""
    from navigator.program.care import Care, CenterFacts
    from navigator.program.engine.answering import answer_rule
    from navigator.program.gathering import LIKELY_CARE_AFTER, PUBLIC_STATE_NOT_SAID
    from navigator.program.member import MemberFacts
    from navigator.program.tax_limits import limits_of

    center = CenterFacts("", NO_CENTER, True, "under contract", None, PUBLIC_STATE_NOT_SAID)
    care = Care(
        procedure.id,
        procedure.name,
        procedure.service_line,
        procedure.criteria_set,
        on,
        on + LIKELY_CARE_AFTER,
        False,
        center,
    )
    return answer_rule(rules, facts or MemberFacts(), care, limits_of)


def modes(rules: ProgramRules) -> str:
    """Name the modes of all rules, e.g. "mandatory, voluntary"."""
    return ", ".join(dict.fromkeys(rule.mode for rule in rules.rules))


def questions_asked(rules: ProgramRules, answer: RuleAnswer) -> tuple[Question, ...]:
    """Give the program's questions that bear on an answer: those of its gates first, then of its other parts."""
    clause = answer.coverage.explanation.clause
    of_answer = [rule for rule in rules.rules if rule.cited.clause == clause or _has_gates_of(rule, answer)]
    facts = [fact for rule in of_answer for fact in _facts_of(rule)]
    known = {question.fact: question for question in rules.questions}
    return tuple(known[fact] for fact in dict.fromkeys(facts) if fact in known)


def _has_gates_of(rule: Rule, answer: RuleAnswer) -> bool:
    of_answer = {(gate.id, gate.explanation.clause) for gate in answer.gates}
    return bool(of_answer & {(gate.id, gate.cited.clause) for gate in rule.gates})


def _facts_of(rule: Rule) -> Iterator[str]:
    gates = [(gate.condition, *gate.or_when) for gate in rule.gates]
    exceptions = [exception.when for exception in rule.exceptions]
    costs = [*(part.when for part in rule.inside), *(part.when for part in rule.outside)]
    given = [*(part.when for part in rule.rewards), *(part.when for part in rule.travel)]
    duties = [*(part.when for part in rule.duties), *(gate.when for gate in rule.gates)]
    for_whom = [rule.members, *(provision.conditions for provision in rule.not_for)]
    for conditions in (*gates, *exceptions, *costs, *given, *duties, *for_whom):
        yield from (condition.fact for condition in conditions)
