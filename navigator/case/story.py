"""A case in plain lines: each says one thing in words, in the order of the call."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from navigator.case.identify import eligibility_words
from navigator.case.reasons import reason_label
from navigator.case.speaker import ACCESS, SPEAKERS
from navigator.case.steps import missing_to_send
from navigator.case.transitions import authority_in
from navigator.case.value import Case
from navigator.case.wrap import disposition_label, why_none_label
from navigator.days import day_words
from navigator.languages.demonstration import LONG as DEMONSTRATION

_SAFETY = {"none": "none of the red flags", "stop": "sent to 911 or the own doctor", "crisis": "988 was given"}


def lines(case: Case, on: date) -> tuple[str, ...]:
    """Give the whole case; ``on`` is the day on which it is judged what the caller may hear."""
    return tuple(_lines(case, on))


def _lines(case: Case, on: date) -> Iterator[str]:
    if case.demonstration:
        yield DEMONSTRATION
    yield f"Opened: {_moment(case.opened_at)} by {case.opened_by}."
    yield f"Reason for the call: {reason_label(case.reason, case.standing == 'closed')}."
    spoke = dict(SPEAKERS)[case.caller.speaker] if case.caller else "not noted"
    yield f"Caller: {spoke}. {authority_in(case, on).words}"
    if case.access:
        yield f"Needs: {', '.join(label.lower() for each, label in ACCESS if each in case.access)}."
    if case.member:
        named = case.member.name or f"member ID {case.member.member_id}"
        yield f"Member: {named}; {eligibility_words(case.member) or 'eligibility not checked'}."
        if case.member.other_roster:
            yield f"Two plans, also {case.member.other_roster}; pays first: {case.member.pays_first or 'not asked'}."
    if case.member and case.member.employer_asked_at:
        yield f"The employer was asked about the coverage: {_moment(case.member.employer_asked_at)}."
    if case.need:
        near = f", near {case.need.place}" if case.need.place else ""
        yield f"Needed: {case.need.procedure_name}{near}."
    yield f"Safety check: {_SAFETY[case.safety.outcome] if case.safety else 'not done'}."
    yield from _shown(case)
    yield from _consent(case)
    yield from _end(case)


def _shown(case: Case) -> Iterator[str]:
    if case.rule:
        clause = f" (clause {case.rule.clause})" if case.rule.clause else ""
        yield f"Rule shown: {case.rule.headline}{clause}."
    for gate in case.gates or ():
        yield f"Gate, {gate.state.replace('_', ' ')}: {gate.words}"
    if case.offer:
        found, edition = len(case.offer.facilities), case.offer.edition[:12]
        yield f"Centers shown: {found}, within {case.offer.miles:.0f} miles, edition {edition}."
    if why := why_none_label(case):
        yield f"No center fits: {why}."
    if case.chosen:
        yield f"Center chosen: {case.chosen.name}."
    if case.second_referral_reason:
        yield f"Second referral for the same care: {case.second_referral_reason}."


def _end(case: Case) -> Iterator[str]:
    yield from (f"Referral made: {number}." for number in case.created)
    if case.draft:
        yield f"Draft: {case.draft}."
        yield from (f"Owed before it may be sent: {owed.words}" for owed in missing_to_send(case))
    if case.call_back:
        hours, tries = case.call_back.best_hours or "no hours", len(case.call_back.tries)
        yield f"Call back: {case.call_back.number or 'no number'}, {hours}; tries: {tries}."
    if case.disposition:
        said = f": {case.disposition.words}" if case.disposition.words else ""
        yield f"Ended as: {disposition_label(case.disposition.kind)}{said}."
    yield f"The tool kept the caller waiting {case.waited.total_ms / 1000:.1f} s in all."


def _consent(case: Case) -> Iterator[str]:
    answer = case.consent
    if answer is None:
        return
    word = "yes" if answer.given else "no"
    yield f"Consent: {word}, {answer.method}, script {answer.script_version} ({answer.language}), {_moment(answer.at)}."
    if answer.withdrawn:
        told = "; ".join(answer.withdrawn.disclosed) or "nothing"
        yield f"Consent taken back: {_moment(answer.withdrawn.at)}; disclosed before: {told}."
    if case.read_back:
        yield f"Read back and confirmed: {_moment(case.read_back.at)}."


def _moment(at: datetime) -> str:
    local = at.astimezone()
    return f"{day_words(local.date())} at {local:%H:%M %Z}"
