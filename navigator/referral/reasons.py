"""Why a referral is declined, held, canceled or closed: a code to count by, beside free words (REFERRAL, last line)."""

from __future__ import annotations

from typing import NamedTuple

from navigator.referral.lifecycle import State
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput, Choice

LONGEST = 500
"""Characters of a reason in words."""


class Reason(NamedTuple):
    """A reason by its code, with its words."""

    code: str
    words: str
    leads_to: tuple[State, ...]
    """The states that it may give the reason for."""


_LEAVING: tuple[State, ...] = ("failed", "cancel-requested", "cancelled")

REASONS = (
    Reason("no_contact", "the member could not be reached", ("failed", "no-show", "on-hold", "declined")),
    Reason("not_eligible", "the member is not eligible", ("declined", *_LEAVING)),
    Reason("no_capacity", "the center has no room in time", ("declined", "visit-cancelled", *_LEAVING)),
    Reason("no_help", "the center could not give this care", ("declined", *_LEAVING)),
    Reason("not_wanted", "the member no longer wants it", ("on-hold", "no-show", "visit-cancelled", *_LEAVING)),
    Reason("member_acts_first", "the member has to do something first", ("on-hold", "visit-cancelled", "declined")),
    Reason("elsewhere", "the member is cared for elsewhere", ("declined", "visit-cancelled", *_LEAVING)),
    Reason("gate_not_met", "a condition of the program is not yet met", ("on-hold", "declined", *_LEAVING)),
    Reason("clinical", "the center found a clinical reason against it", ("declined", "visit-cancelled", "on-hold")),
    Reason("too_far", "the way is too far", _LEAVING),
    Reason("keeps_surgeon", "the member stays with the own surgeon", _LEAVING),
    Reason("cost", "the cost speaks against it", _LEAVING),
    Reason("expired", "the referral grew too old", ("failed",)),
    Reason("died", "the member died", _LEAVING),
    Reason("moved_plan", "the member left the plan", _LEAVING),
    Reason("edition_change", "the center's standing changed", ("on-hold", *_LEAVING)),
    Reason("mistake", "it was begun by mistake", _LEAVING),
    Reason(
        "other",
        "another reason, in words",
        ("declined", "on-hold", "no-show", "visit-cancelled", *_LEAVING),
    ),
)
_BY_CODE = {reason.code: reason for reason in REASONS}


def reasons_for(to: State) -> tuple[Reason, ...]:
    """Give the reasons that may lead to a state."""
    return tuple(reason for reason in REASONS if to in reason.leads_to)


def reason_in_words(to: State, code: str | None, words: str | None) -> str | None:
    """Give a reason as one text, from a code, words or both; None where neither is given.

    Raises BadInput for a code that is not known or does not lead there, for "other" without words, for words above
    ``LONGEST`` characters.
    """
    said = clean(words or "", LONGEST + 2)  # the first letter too many may be a blank, which is cut off
    if len(said) > LONGEST:
        raise BadInput(f"The reason has more than {LONGEST} characters.", "Say it in fewer; a note holds more.")
    if code is None:
        return said or None
    choices = tuple(Choice(reason.code, reason.words) for reason in reasons_for(to))
    known = f"For {to}: {', '.join(choice.id for choice in choices) or 'no reason is needed'}."
    if (reason := _BY_CODE.get(code)) is None:
        raise BadInput(f'There is no reason code "{clean(code, 40)}".', known, choices)
    if to not in reason.leads_to:
        raise BadInput(f"The reason code {code} does not lead to {to}.", known, choices)
    if code == "other" and not said:
        raise BadInput("The reason code other says nothing alone.", "Say the reason in words, too.")
    return f"{reason.words}: {said}" if said and code != "other" else said or reason.words
