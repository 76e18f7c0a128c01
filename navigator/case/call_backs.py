"""The call-back list: where and when, what was tried, and what is due next (PRODUCT "Most calls are shorter").

Three tries on different days within ten working days; then a letter, and "closed without contact".
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from typing import Literal, NamedTuple

from navigator.case.value import CallBack, Case, Try
from navigator.referral import checks
from navigator.referral.working_days import working_day_from, working_days_after
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput
from provider_directory.time_zones import ZONES

TRIES = 3
_NUMBER = re.compile(r"[+(]?[0-9][0-9() .+-]{8,}")
WITHIN_WORKING_DAYS = 10


class NextTry(NamedTuple):
    """What is due for a call back: a call from a day on, or the letter and the end."""

    what: Literal["call", "letter"]
    on: date
    words: str


class HeardNumber(NamedTuple):
    """What was typed of a call back."""

    number: str | None
    time_zone: str | None
    """IANA name."""
    best_hours: str | None


def heard(text: str) -> HeardNumber:
    """Take "414-555-0100, after 4 pm Central" apart; raises BadInput where it begins with no phone number."""
    said = clean(text, 200)
    if not said:
        return HeardNumber(None, None, None)
    digits = _NUMBER.match(said)
    number = checks.phone(digits[0].strip() if digits else said)
    hours = said[len(digits[0]) if digits else 0 :].strip(" ,;:")
    zone = next((name for word, name in ZONES.items() if word in hours.casefold()), None)
    return HeardNumber(number, zone, hours or None)


def ask_call_back(case: Case, wanted: CallBack) -> Case:
    """Put a case on the call-back list; the caller hung up, or asked for it. Tries made before stay."""
    if case.standing == "closed":
        raise BadInput("This case is closed.", "Begin a new call.")
    tries = case.call_back.tries if case.call_back else ()
    asked_at = case.call_back.asked_at if case.call_back and tries else wanted.asked_at
    return replace(case, standing="call_back", call_back=replace(wanted, asked_at=asked_at, tries=tries))


def tried(case: Case, attempt: Try) -> Case:
    """Note a try; who was reached is no longer on the list. A day's second try counts as the same."""
    if case.call_back is None:
        raise BadInput("This case is not on the call-back list.", "Put it there first.")
    listed = replace(case.call_back, tries=(*case.call_back.tries, attempt))
    return replace(case, call_back=listed, standing="open" if attempt.outcome == "reached" else case.standing)


def due(call_back: CallBack, today: date) -> NextTry:
    """Say what is due: a call, or after three days of tries, or ten working days, the letter."""
    last_day = working_days_after(_day(call_back.asked_at), WITHIN_WORKING_DAYS)
    days = sorted({_day(each.at) for each in call_back.tries})
    if len(days) >= TRIES:
        return NextTry("letter", days[-1], f"tried on {TRIES} days: send the letter, then close without contact")
    if today > last_day and days:
        return NextTry("letter", last_day, "ten working days are over: send the letter, then close without contact")
    on = max(_day(call_back.asked_at), today)
    if days and days[-1] >= on:
        on = working_days_after(days[-1], 1)
    return NextTry("call", working_day_from(on), f"try {len(days) + 1} of {TRIES}")


def _day(at: datetime) -> date:
    return at.astimezone().date()
