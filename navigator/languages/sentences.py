"""What is said to a member of a center, its quality and its cost, made from values in the language of who hears it.

No English sentence of the engine is translated: each is made from its figures (CONTRACT 3, 7, 8).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from navigator.languages.translating import Translator

if TYPE_CHECKING:
    from provider_directory.models import Center, Credential, Score

NEAR = 3
"""Miles below which a ZIP's point says no more than "under 3" (CONTRACT 7)."""


def miles(say: Translator, center: Center) -> str:
    """Say how far it is: "under 3 miles", "about 46 miles" where a point is a ZIP's, else "4.2 miles" (CONTRACT 7)."""
    return distance(say, center.miles, center.miles_precision == "zip")


def distance(say: Translator, far: float, of_zip: bool) -> str:
    """Say a distance in miles; ``of_zip``: a point of it is only a ZIP's."""
    if of_zip and far < NEAR:
        return say("under 3 miles")
    whole = math.floor(far + 0.5)
    if of_zip:
        return say.many("about {count} mile", "about {count} miles", whole)
    return say("{miles} miles", miles=f"{far:.1f}") if far < 10 else say.many("{count} mile", "{count} miles", whole)


def credential(say: Translator, told: Credential, program: bool) -> str:
    """Say in a sentence whether a center is under contract, else what public data says; ``program``: a plan is known.

    Only a contract is a promise of the plan; public data is called no more than it is (CONTRACT 3).
    """
    public = _PUBLIC.get(told.state)
    if public is not None:
        words = say(_PROVISIONAL) if told.label.startswith("no warning") else say(public)
        return say("Not under contract with your plan. {public}", public=words) if program else words
    month = say.month(told.expires) if told.expires else None
    if told.state == "CONTRACT":
        until = say("Under contract with your plan until {month}.", month=month) if month else None
        return until or say("Under contract with your plan.")
    if told.state == "EXPIRED":
        ended = say("Its contract with your plan ended in {month}.", month=month) if month else None
        return ended or say("Its contract with your plan has ended.")
    return say("Its contract with your plan is on hold now.")


def doubts(say: Translator, told: Credential) -> tuple[str, ...]:
    """Say what may keep a running contract from serving, the weightiest first; empty where nothing is known of it."""
    if told.state != "CONTRACT":
        return ()
    found = []
    if any(flag.startswith("ends before the likely surgery date") for flag in told.flags):
        found.append(say("It may end before your day of care: ask first."))
    if any(flag.startswith("suspended from") for flag in told.flags):
        found.append(say("It will be on hold by your day of care: ask first."))
    if any(flag.startswith("review: ") for flag in told.flags):
        found.append(say("Public data on it is below the check: ask why."))
    return tuple(found)


def quality(say: Translator, score: Score | None, general: bool = False) -> str:
    """Say a score with its range and what it means; ``general``: of hospital safety as a whole (CONTRACT 2, 8)."""
    if score is None:
        return say("No public figures tell how good this care is there.")
    return quality_of(say, score.value, score.low, score.high, general or score.evidence_class == "general")


def quality_of(say: Translator, value: int, low: int, high: int, general: bool = False) -> str:
    """Say a score, 0 to 100, with its likely range."""
    if general:
        return say("{value} of 100 for safety in general, likely {low} to {high}.", value=value, low=low, high=high)
    return say("{value} of 100, likely {low} to {high}.", value=value, low=low, high=high)


def cost(say: Translator, state: str, low_cents: int | None, high_cents: int | None) -> str:
    """Say what the member pays as the rule's answer reckons it: an amount, a range, or that it is not known."""
    if state == "whole_bill":
        return say("the whole bill: the plan pays nothing there")
    if state == "not_estimated" or low_cents is None or (not low_cents and high_cents is None):
        return say("not known yet: ask your plan")
    low = say.dollars(low_cents)
    if high_cents is None:
        return say("{low} or more", low=low)
    if low_cents == high_cents:
        return low
    high = say.dollars(high_cents)
    return say("at most {high}", high=high) if state == "at_most" else say("{low} to {high}", low=low, high=high)


def parts(say: Translator, named: Iterable[str]) -> str:
    """List parts of a price in the language; a part that no catalogue knows stands as the contract says it."""
    return say.listed(_part(say, each) for each in named)


def _part(say: Translator, named: str) -> str:
    if after := _TIME_AFTER.fullmatch(named):
        if after[2] == "days":
            return say.many("{count} day after surgery", "{count} days after surgery", int(after[1]))
        return say.many("{count} month after surgery", "{count} months after surgery", int(after[1]))
    return say(_PARTS[named]) if named in _PARTS else named


def to_say(text: str) -> str:
    """Mark a text for the catalogue that is said elsewhere."""
    return text


_TIME_AFTER = re.compile(r"(\d{1,4}) (days|months) after (?:surgery|the procedure)")
_PROVISIONAL = to_say("Public data on it gives no warning.")
_PUBLIC = {
    "MEETS_PUBLIC": to_say("It passes the public check."),
    "PROVISIONAL": to_say("Public data checks it in part."),
    "NOT_MET": to_say("It is below the public check."),
    "NO_EVIDENCE": to_say("There is no public data on it."),
}
_PARTS = {
    named: named
    for named in (
        to_say("anesthesia"),
        to_say("brace"),
        to_say("cardiac rehabilitation"),
        to_say("cardiologist"),
        to_say("chemotherapy"),
        to_say("collar"),
        to_say("evaluation"),
        to_say("facility"),
        to_say("fertility care"),
        to_say("hospital"),
        to_say("implant"),
        to_say("medicines after discharge"),
        to_say("monitoring"),
        to_say("nutrition visits"),
        to_say("organ acquisition"),
        to_say("ostomy supplies"),
        to_say("pacemaker"),
        to_say("pathology"),
        to_say("perfusion"),
        to_say("physical therapy"),
        to_say("rehabilitation"),
        to_say("revision"),
        to_say("revision of an earlier implant"),
        to_say("skin removal"),
        to_say("surgeon"),
        to_say("surgeons"),
        to_say("valve"),
    )
}
