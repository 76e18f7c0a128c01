"""What the kiosk says of a center, its cost, the desk and the ticket: short, in plain words, without a price."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from navigator.kiosk.site import Desk
from navigator.languages import sentences, spoken
from navigator.languages.procedure_names import procedure_name
from navigator.languages.translating import Translator, to_say
from navigator.letters import wording
from navigator.line_mode.said import (
    cases_line,
    mandatory_lines,
    none_under_contract,
    none_within,
    phone_line,
    rank_line,
)
from navigator.program.engine.cost_answer import SHORT_MAYBE_WHOLE_BILL
from navigator.ticket import grouped
from provider_directory.saying import upper_first
from provider_directory.time_zones import zone_words

if TYPE_CHECKING:
    from navigator.line_mode.answers import Answered
    from navigator.program.rule_answer import Amount, RuleAnswer
    from provider_directory.models import Center

ZONES = (
    to_say("Eastern"),
    to_say("Central"),
    to_say("Arizona"),
    to_say("Mountain"),
    to_say("Pacific"),
    to_say("Alaska"),
    to_say("Hawaii"),
)
"""As ``zone_words`` names them; said by ``Translator.term``."""
MOST_OF_A_NAME = 40
"""In the smallest code, which fits a screen of 60 by 20."""


def center_lines(say: Translator, answered: Answered, at: int) -> tuple[str, ...]:
    """Give a center on its tile: name and miles, one plain sentence, what the member would pay as a range."""
    center = answered.offer.centers[at]
    return (
        f"{center.facility.name}, {sentences.miles(say, center)}",
        spoken.standing(say, center, answered.asked.program is not None),
        pay_line(say, answered.rules[at]),
    )


def pay_line(say: Translator, answer: RuleAnswer | None) -> str:
    """Say what the member pays at a center as a range over the plan options that they may have."""
    unknown = say("What you would pay is not known: ask your plan.")
    if answer is None:
        return unknown
    found: Sequence[Amount] = answer.here.by_option or (answer.here,)
    lows = [cost.low_cents for cost in found]
    highs = [cost.high_cents for cost in found]
    if answer.here.short == SHORT_MAYBE_WHOLE_BILL or any(cost.state == "whole_bill" for cost in found):
        return f"{upper_first(sentences.cost(say, sentences.MAYBE_WHOLE_BILL, None, None))}."
    if None in lows or None in highs or any(cost.state == "not_estimated" for cost in found):
        return unknown
    low, high = min(each for each in lows if each is not None), max(each for each in highs if each is not None)
    return say("You pay {amount} if approved (estimate)", amount=_range(say, low, high))


def _range(say: Translator, low: int, high: int) -> str:
    if low == high:
        return say.dollars(low)
    if low == 0:
        return say("up to {high}", high=say.dollars(high))
    return say("{low} to {high}", low=say.dollars(low), high=say.dollars(high))


def note_lines(say: Translator, answered: Answered) -> Iterator[str]:
    """Say above the centers what limits the answer: a mandatory rule, none near, none under contract, nothing rated."""
    offer = answered.offer
    if not offer.centers:
        yield say("No center can be offered.")
    yield from mandatory_lines(say, answered)
    if none := none_within(say, answered) or none_under_contract(say, answered):
        yield none
    if offer.note:
        yield say.term(offer.note)


def why_lines(say: Translator, answered: Answered, at: int) -> tuple[str, ...]:
    """Say in five lines why a center stands there: contract, what happened to patients, score, cases, place."""
    center = answered.offer.centers[at]
    figure = spoken.first_figure(say, center)
    standing = (spoken.standing(say, center, answered.asked.program is not None), *_doubts(say, center))
    return (
        " ".join(standing),
        figure or say("No figure about patients of this care is public."),
        spoken.quality(say, center) or sentences.quality(say, center),
        cases_line(say, center),
        rank_line(say, center),
    )


def _doubts(say: Translator, center: Center) -> tuple[str, ...]:
    return sentences.doubts(say, center.credential)[:1]


def contact_lines(say: Translator, center: Center) -> tuple[str, ...]:
    """Say where a center is and its phone."""
    return (*((center.facility.address,) if center.facility.address else ()), phone_line(say, center))


# -- the desk ----------------------------------------------------------------------------------------------------------


def desk_lines(say: Translator, desk: Desk, now: datetime) -> tuple[str, ...]:
    """Say where the people are who go on with a ticket, until when, or when they are there next."""
    whom = whom_to_ask(say, desk)
    found = (whom,) if whom else ()
    if desk.hours is None:
        return found
    zone = say.term(zone_words(desk.hours.time_zone))
    closes = desk.hours.closes_at(now)
    if closes is not None:
        return (*found, say("Open until {hour} {zone}.", hour=hour_words(say, closes), zone=zone))
    opens = desk.hours.opens_next(now)
    hour = hour_words(say, opens.time())
    if opens.date() - now.astimezone(ZoneInfo(desk.hours.time_zone)).date() <= timedelta(days=1):
        return (*found, say("We open at {hour} {zone}. Your ticket still works.", hour=hour, zone=zone))
    day = say.weekday(opens.date())
    return (
        *found,
        say("We open on {day} at {hour} {zone}. Your ticket still works.", day=day, hour=hour, zone=zone),
    )


def whom_to_ask(say: Translator, desk: Desk) -> str:
    """Say how the people of the desk are reached; "" where nothing is known of them."""
    where = desk.where_in(say.language)
    if desk.phone and where:
        return say("Call {phone}, or go to: {where}.", phone=desk.phone, where=where)
    if desk.phone:
        return say("Call {phone}.", phone=desk.phone)
    return say("Go to: {where}.", where=where) if where else ""


def hour_words(say: Translator, at: time) -> str:
    """Write an hour as it stands behind "at": "8:00" in the morning, later "5:00 p.m."."""
    return say.hour(at).removesuffix(" a.m.") if at.hour else say.hour(at)


# -- to take away ------------------------------------------------------------------------------------------------------


def texts_for_phone(say: Translator, answered: Answered, desk: Desk) -> tuple[str, ...]:
    """Give what a phone reads from the code, the fullest first; each holds the ticket, none holds a person.

    The shorter ones are for smaller screens: with the first center alone, and the ticket with the desk's phone.
    """
    code = answered.ticket(say.language)
    ticket = say("Ticket {code}", code=grouped(code)) if code else ""
    ask = f"{ticket} {desk.phone or ''}".strip()
    centers = [_for_phone(center) for center in answered.offer.centers]
    procedure = answered.asked.procedure
    name = procedure_name(say.language, procedure.id, procedure.name)
    foot = say("Information, not medical advice.")
    mark = (say(wording.DEMONSTRATION),) if answered.offer.demonstration else ()
    whole = "\n".join((*mark, name, *centers, *((ask,) if ask else ()), foot))
    first = [answered.offer.centers[0]] if centers else []
    with_first = "\n".join((*centers[:1], *((ask,) if ask else ())))
    shortest = ask or "".join(_for_phone(center, MOST_OF_A_NAME) for center in first)
    return tuple(dict.fromkeys(text for text in (whole, with_first, shortest, name) if text))


def _for_phone(center: Center, most: int | None = None) -> str:
    """Give a center's name, cut to ``most`` letters, and its phone."""
    phone, name = center.facility.phone_to_call, center.facility.name
    cut = f"{name[: most - 1]}…" if most and len(name) > most else name
    return f"{cut}: {phone}" if phone else cut
