"""What is said to a member of a center's distance, doubts, quality and cost, from values, in the hearer's language.

No English sentence of the engine is translated: each is made from its figures (CONTRACT 3, 7, 8). What is said of the
credential and the price is the library's, by the same translator (``provider_directory.spoken``).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from navigator.languages.translating import Translator

if TYPE_CHECKING:
    from provider_directory.models import Center, Credential

_PHONE = re.compile(r"^(1(?=\d{10}))?(\d{3})(\d{3})(\d{4})|(\d+)|(\D+)")
"""Of digits and letters alone: country, area, exchange, line; then what is behind them."""
MAYBE_WHOLE_BILL = "maybe_whole_bill"
"""State of a cost where it depends on what is not known whether the plan pays anything there."""
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


def by_digits(number: str) -> str:
    """Write a phone as it is read aloud: "4 1 4, 5 5 5, 0 1 0 1"; what is behind its ten digits follows."""
    signs = "".join(sign for sign in number if sign.isalnum())
    groups = [group for found in _PHONE.findall(signs) for group in found if group]
    return ", ".join(group if group.isalpha() else " ".join(group) for group in groups)


def doubts(say: Translator, told: Credential) -> tuple[str, ...]:
    """Say what may keep a running contract from serving, the weightiest first; empty where nothing is known of it."""
    return doubts_of_contract(say, told.flags) if told.state == "CONTRACT" else ()


def doubts_of_contract(say: Translator, flags: Sequence[str]) -> tuple[str, ...]:
    """Say them by the flags of a credential that rests on a running contract."""
    found = []
    if any(flag.startswith("ends before the likely surgery date") for flag in flags):
        found.append(say("It may end before your day of care: ask first."))
    if any(flag.startswith("suspended from") for flag in flags):
        found.append(say("It will be on hold by your day of care: ask first."))
    if any(flag.startswith("review: ") for flag in flags):
        found.append(say("Public data on it is below the check: ask why."))
    return tuple(found)


def quality(say: Translator, center: Center) -> str:
    """Say a center's score with its range and how many patients it rests on (CONTRACT 2, 8)."""
    score, figure = center.score, center.figure
    if score is None:
        return say("No public figures tell how good this care is there.")
    figures = {"value": score.value, "low": score.low, "high": score.high}
    if score.evidence_class == "general":
        return say("{value} of 100 for safety in general, likely {low} to {high}.", **figures)
    if figure is None or figure.patients is None:
        return say("{value} of 100, likely {low} to {high}.", **figures)
    return say.many(
        "{value} of 100, likely {low} to {high}, from {count} patient.",
        "{value} of 100, likely {low} to {high}, from {count} patients.",
        figure.patients,
        **figures,
    )


def nothing_known(state: str, low_cents: int | None, high_cents: int | None) -> bool:
    """Say whether a reckoned cost tells no amount; "$0 or more" tells none either."""
    return state == "not_estimated" or low_cents is None or (not low_cents and high_cents is None)


def cost(say: Translator, state: str, low_cents: int | None, high_cents: int | None) -> str:
    """Say what the member pays as the rule's answer reckons it: an amount, a range, or that it is not known."""
    if state == "whole_bill":
        return say("the whole bill: the plan pays nothing there")
    if state == MAYBE_WHOLE_BILL:
        return say("it may be the whole bill: ask your plan")
    if low_cents is None or nothing_known(state, low_cents, high_cents):
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
    return say.listed(map(say.term, named))
