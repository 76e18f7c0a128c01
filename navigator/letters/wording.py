"""What all pages for members have in common: the foot, the mark of demonstration data, questions, the plan's costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from navigator.languages.demonstration import LONG, SHORT
from navigator.languages.translating import Translator, to_say

if TYPE_CHECKING:
    from navigator.letters.fields import Fields

FOOT = to_say(
    "Information, not medical advice, not a claim decision, not a promise of payment. Your coverage on the day of care "
    "and your plan document decide. You may ask for a written decision and appeal it."
)
DEMONSTRATION = LONG
CUT_SOMEWHERE = to_say("What ends in “…” is shortened here.")
NOT_KNOWN = to_say("not known")

_QUESTIONS = (
    to_say("Is this the best care for me now? What else could help?"),
    to_say("How many people like me do you treat each year?"),
    to_say("What can go wrong, and how often does it?"),
    to_say("How long until I can walk, drive and work?"),
    to_say("Who sees me after I go home?"),
    to_say("What will I have to pay that is not on this page?"),
)


def questions(say: Translator) -> tuple[str, ...]:
    """Give what to ask the surgeon, in words that fit any care."""
    return tuple(say(each) for each in _QUESTIONS)


def demonstration(say: Translator, is_one: bool) -> tuple[str | None, str | None]:
    """Give the sentence and the watermark that stand on every page of invented data; None for real data."""
    return (say(DEMONSTRATION), say(SHORT)) if is_one else (None, None)


def foot(say: Translator, fields: Fields) -> tuple[str, ...]:
    """Give the last sentences of a page for a member; asked for when all its fields are written."""
    return (say(FOOT), *((say(CUT_SOMEWHERE),) if fields.cut_any else ()))


def mode_words(say: Translator, state: str, mode: str | None) -> str:
    """Say how the plan steers, by the state and mode of a rule's answer about its coverage."""
    if state == "covered" and mode in _MODES:
        return say(_MODES[mode])
    if state == "not_in_program":
        return say("Your plan's program says nothing about this care: its normal benefit applies.")
    return say("Ask your plan if it pays for this care.")


_MODES = {
    "mandatory": to_say("Your plan pays for this care at centers under contract. Ask about exceptions."),
    "voluntary": to_say("You may go to any hospital of your network. At a center under contract you may pay less."),
    "tiered": to_say("What you pay depends on the hospital's tier in your plan."),
}


def travel_words(say: Translator, state: str, people: int | None) -> str:
    """Say whether the plan pays for the way, by the state of a rule's answer."""
    if state == "paid" and people:
        return say.many(
            "Your plan pays for the trip there, for {count} person. Ask before you book.",
            "Your plan pays for the trip there, for {count} people. Ask before you book.",
            people,
        )
    if state == "not_paid":
        return say("Your plan does not pay for the trip there.")
    if state == "check_miles":
        return say("Your plan counts the miles by road. Ask if it pays for the trip there.")
    return say("Ask your plan if it pays for the trip there.")


def reward_words(say: Translator, state: str, amount_cents: int | None) -> str | None:
    """Say what the plan gives for using the center; None where it gives nothing."""
    if state == "given" and amount_cents:
        return say("The plan gives you {amount} as a reward.", amount=say.dollars(amount_cents))
    if state == "used_up":
        return say("You have had all of this year's reward.")
    return say("Ask your plan about a reward.") if state == "ask" else None


def next_year(say: Translator, plan_year: int | None, care_year: int | None) -> str | None:
    """Say that care may fall under another year's rules, where it does."""
    if plan_year is None or care_year is None or care_year <= plan_year:
        return None
    return say("These are the plan's rules of {year}. Care after that year may cost you more or less.", year=plan_year)
