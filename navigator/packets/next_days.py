"""What happens next, day by day, in the member's language: who does what, made from the steps' own values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from navigator.languages.translating import Translator, to_say
from provider_directory.saying import upper_first

if TYPE_CHECKING:
    from navigator.packets.values import NextStep

_SAID = {
    "send": to_say("We send your referral to the center."),
    "send_again": to_say("We send your referral again."),
    "receipt": to_say("We make sure that the center has it."),
    "call_center": to_say("We call the center."),
    "claims_administrator": to_say("We tell your plan."),
    "authorization": to_say("Your plan gives us its approval number."),
    "acceptance": to_say("The center calls you and says if it can see you."),
    "records": to_say("We send your records to the center."),
    "imaging": to_say("We send your images to the center."),
    "evaluation_date": to_say("The center calls you with a day for the first visit."),
    "travel": to_say("We call you about the trip there."),
    "visit": to_say("We call you and ask how the visit went."),
    "after_visit": to_say("We ask the center what was decided."),
    "call_member": to_say("We call you about the visit that did not take place."),
    "hold_review": to_say("We call you to see if we can go on."),
    "new_date": to_say("The center calls you with another day."),
    "cancel_confirmation": to_say("We make sure that the center has stopped."),
    "another_center": to_say("We call you about another center."),
    "stop": to_say("We tell the center to stop."),
    "follow_up": to_say("We call you and ask how you are."),
    "warranty_end": to_say("We call you before the center's warranty ends."),
}
_YOU_CALL = {
    "acceptance": to_say("The center tells us if it can see you. You call us."),
    "evaluation_date": to_say("The center tells us a day for the first visit. You call us."),
    "new_date": to_say("The center tells us another day. You call us."),
}
"""Where nobody may call the member, and the center tells the desk."""


def day_rows(say: Translator, steps: Iterable[NextStep]) -> tuple[tuple[str, str], ...]:
    """Give each step as its day and its sentence, in the order of the steps."""
    return tuple((_day(say, step), _sentence(say, step)) for step in steps)


def _day(say: Translator, step: NextStep) -> str:
    day = say.weekday(step.by)
    return upper_first(day) if step.on_the_day else say("By {day}", day=day)


def _sentence(say: Translator, step: NextStep) -> str:
    if step.on_the_day:
        if step.at is None:
            return say("You go to the center. Ask for the hour.")
        return say("You go to the center at {hour}, the center's time.", hour=say.hour(step.at))
    if step.who == "member":
        return say("You call us.")
    if step.who == "center" and step.to == "desk" and step.kind in _YOU_CALL:
        return say(_YOU_CALL[step.kind])
    return say(_SAID[step.kind]) if step.kind in _SAID else say("We take care of the next step.")
