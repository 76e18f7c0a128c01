"""The steps of a call, and where a case stands in them (PRODUCT "The call")."""

from __future__ import annotations

from typing import Literal, NamedTuple

from navigator.case.speaker import authority
from navigator.case.value import Case, Identified

StepState = Literal["done", "now", "not_needed", "to_do"]
STEPS = (
    "identify",
    "need",
    "safety",
    "rule",
    "gates",
    "offer",
    "why",
    "choose",
    "intake",
    "consent",
    "create",
    "wrap",
)
"""In the order of a whole call; the open is done as soon as there is a case."""
_WITH_A_CENTER = frozenset({"intake", "consent", "create"})
_OF_CARE = frozenset({"need", "safety", "rule", "gates", "offer", "why", "choose"})


class Step(NamedTuple):
    """One step of a call and its state."""

    word: str
    state: StepState


class Missing(NamedTuple):
    """One thing that must be there before a referral may be sent: a step, and what is missing in words."""

    step: str
    words: str


def steps(case: Case, has_rule: bool = False, has_gates: bool = False) -> tuple[Step, ...]:
    """Give every step with its state; ``has_rule`` and ``has_gates`` say what the program asks for this procedure.

    Exactly one step is now while the case is open: the first that is to do behind the last that is done, or the
    first to do at all.
    """
    states: dict[str, StepState] = {word: _state(word, case, has_rule, has_gates) for word in STEPS}
    if case.standing != "closed":
        last = max((at for at, word in enumerate(STEPS) if states[word] == "done"), default=-1)
        to_do = [word for word in STEPS if states[word] == "to_do"]
        now = next((word for word in to_do if STEPS.index(word) > last), to_do[0] if to_do else "wrap")
        states[now] = "now"
    return tuple(Step(word, states[word]) for word in STEPS)


def missing_to_send(case: Case) -> tuple[Missing, ...]:
    """Say what the call still owes before a referral may be sent, in the order of the steps.

    The record's own fields are judged by ``navigator.referral.record.missing``.
    """
    found = []
    if case.member is None:
        found.append(Missing("identify", "The member is not identified."))
    elif _is_to_be_asked(case.member):
        found.append(Missing("identify", "No match in the eligibility file: ask the employer, and note it."))
    found += _owed_of_caller(case)
    if case.safety is None:
        found.append(Missing("safety", "The safety check is not done."))
    elif case.safety.outcome != "none":
        found.append(Missing("safety", "The safety check sent the caller to urgent help; ask again when that is over."))
    if case.gates is not None and (open_gates := [gate for gate in case.gates if gate.state != "met"]):
        found += [Missing("gates", f"Not yet: {gate.words}") for gate in open_gates]
    if case.other_open and not case.second_referral_reason:
        found.append(Missing("choose", f"Why beside {', '.join(case.other_open)}, which is open for the same care?"))
    if case.consent is None:
        found.append(Missing("consent", "Consent to share is not asked."))
    elif not case.consent.given:
        found.append(Missing("consent", "The member said no, so nothing may be sent."))
    elif case.consent.withdrawn is not None:
        found.append(Missing("consent", "The consent was taken back, so nothing may be sent."))
    return tuple(found)


def _is_to_be_asked(member: Identified) -> bool:
    return member.match == "no_match" and member.employer_asked_at is None


def _owed_of_caller(case: Case) -> tuple[Missing, ...]:
    """Say whether somebody spoke who may consent, on the day on which they did."""
    if case.caller is None:
        return (Missing("identify", "It is not noted who is calling."),)
    day = (case.consent.at if case.consent else case.opened_at).astimezone().date()
    judged = authority(case.caller, case.member.birth_date if case.member else None, day)
    if judged.may_consent:
        return ()
    return (Missing("identify", " ".join(filter(None, (judged.words, judged.would_change)))),)


def _state(word: str, case: Case, has_rule: bool, has_gates: bool) -> StepState:
    if word in _done(case):
        return "done"
    if word in _not_needed(case, has_rule, has_gates):
        return "not_needed"
    return "to_do"


def _done(case: Case) -> frozenset[str]:
    asked_gates = case.gates is not None and all(gate.state != "ask" for gate in case.gates)
    facts = {
        "identify": case.member is not None and not _is_to_be_asked(case.member),
        "need": case.need is not None,
        "safety": case.safety is not None and not _went_on_after_help(case),
        "rule": case.rule is not None,
        "gates": asked_gates,
        "offer": case.offer is not None,
        "why": case.evidence_opened,
        "choose": case.chosen is not None or case.none_fits is not None,
        "intake": case.draft is not None or bool(case.created),
        "consent": case.consent is not None,
        "create": bool(case.created),
        "wrap": case.disposition is not None,
    }
    return frozenset(word for word, done in facts.items() if done)


def _sent_to_help(case: Case) -> bool:
    return case.safety is not None and case.safety.outcome != "none"


def _went_on_after_help(case: Case) -> bool:
    """Say whether a center was chosen or consent was asked after 911 or 988; then the red flags are asked again."""
    if case.safety is None or not _sent_to_help(case):
        return False
    return any(after is not None and after.at >= case.safety.at for after in (case.chosen, case.consent))


def _not_needed(case: Case, has_rule: bool, has_gates: bool) -> frozenset[str]:
    found: set[str] = set()
    if case.reason not in (None, "find_care"):
        found |= _OF_CARE | _WITH_A_CENTER
    if case.none_fits is not None or (_sent_to_help(case) and not _went_on_after_help(case)):
        found |= _WITH_A_CENTER
    if not has_rule:
        found.add("rule")
    if not has_gates or case.gates == ():
        found.add("gates")
    if case.chosen is not None or case.none_fits is not None:
        found.add("why")
    return frozenset(found)
