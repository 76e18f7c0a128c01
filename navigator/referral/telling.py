"""What is to be told with each move, as fields of a form, and the move's facts from what was typed there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import partial

from navigator.referral import checks
from navigator.referral.delivery import ROUTE_WORDS, a_try
from navigator.referral.lifecycle import State, Transition
from navigator.referral.making_moves import Told
from navigator.referral.moves import VISITS, an_appointment, visit_kind
from navigator.referral.outcome import OUTCOMES, an_outcome
from navigator.referral.reasons import LONGEST, reasons_for
from navigator.referral.record import Field, FieldValue, as_text
from provider_directory.errors import BadInput

RESULTS = (("sent", "Sent"), ("failed", "Failed"))
DAY_HINT = "12/14/2026"
_HOUR = re.compile(r"([0-9]{1,2}):([0-9]{1,2})")


def fields_of_move(move: Transition, gates_not_yet: tuple[str, ...] = ()) -> tuple[Field, ...]:
    """Give the fields to fill in for a move, in speech order; the required ones carry their mark."""
    fields: list[Field] = []
    if move.actor == "center":
        confirms = move.to == "received"
        fields.append(_text("center_person", "Who at the center said so", required=not confirms))
        if confirms:
            fields.append(_text("receipt", "or the number of the receipt"))
    if move.from_state != "on-hold" or move.to == "declined":
        fields += _OF_STATE.get(move.to, ())
    if move.to == "requested" and move.from_state == "draft" and gates_not_yet:
        fields.append(_text("gates_overridden", "Why all the same", required=True))
    if move.reason_required:
        choices = tuple((reason.code, reason.words) for reason in reasons_for(move.to))
        fields.append(Field("reason_code", "Reason", False, "choice", partial(checks.one_of, choices=choices), choices))
        fields.append(_text("reason", "or in words", limit=LONGEST))
    fields.append(Field("on", "Day it happened", False, "date", checks.calendar_day, hint="empty = today"))
    return tuple(fields)


def one_of_two(move: Transition) -> tuple[tuple[str, str], ...]:
    """Give the pairs of fields, by their ids, of which a move needs at least one."""
    pairs = (("reason_code", "reason"),) if move.reason_required else ()
    return (*pairs, ("center_person", "receipt")) if move.to == "received" and move.actor == "center" else pairs


def told_of(
    move: Transition, values: Mapping[str, FieldValue], now: datetime, by: str, gates_not_yet: tuple[str, ...] = ()
) -> Told:
    """Give what was told from the checked values of the form; raises BadInput where values do not fit each other."""
    said = {name: as_text(value) or None for name, value in values.items()}
    today = now.astimezone().date()
    on, route = values.get("on"), said.get("route")
    return Told(
        reason_code=said.get("reason_code"),
        reason=said.get("reason"),
        center_person=said.get("center_person"),
        receipt=said.get("receipt"),
        on=on if isinstance(on, date) else None,
        delivery=a_try(route, said.get("result") or "sent", now, by, said.get("to"), said.get("note"))
        if route
        else None,
        appointment=an_appointment(
            visit_kind(said.get("visit") or "evaluation"), _day(values), _hour(said.get("hour")), said.get("time_zone")
        )
        if move.to == "scheduled" and values.get("day")
        else None,
        visit=visit_kind(said["visit"] or "") if move.to == "visit-done" and said.get("visit") else None,
        outcome=an_outcome(said["outcome"] or "", _surgery(values), today, said.get("note"))
        if said.get("outcome")
        else None,
        safety_checked=values.get("safety_checked") is True,
        gates_not_yet=gates_not_yet,
        gates_overridden=said.get("gates_overridden"),
        replaced_by=said.get("replaced_by"),
    )


def _text(field_id: str, label: str, required: bool = False, limit: int = 200, hint: str = "") -> Field:
    return Field(field_id, label, required, "text", partial(checks.text_within, label, limit=limit), hint=hint)


def _choice(field_id: str, label: str, choices: tuple[tuple[str, str], ...], required: bool = True) -> Field:
    return Field(field_id, label, required, "choice", partial(checks.one_of, choices=choices), choices)


def _day(values: Mapping[str, FieldValue]) -> date:
    found = values.get("day")
    if not isinstance(found, date):
        raise BadInput("The day of the visit is missing.", f"Type it as {DAY_HINT}.")
    return found


def _surgery(values: Mapping[str, FieldValue]) -> date | None:
    found = values.get("surgery_on")
    return found if isinstance(found, date) else None


def _hour(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    found = _HOUR.fullmatch(text)
    if found is None:
        raise BadInput(f'"{text}" is no time of the day.', "Type it as 09:30 or 14:00.")
    return int(found[1]), int(found[2])


def _time_of_day(text: str) -> str:
    kept = checks.text_within("The hour", text, 20)
    an_appointment("evaluation", date.min, _hour(kept), None)
    return kept


def _time_zone(text: str) -> str:
    kept = checks.text_within("The time zone", text, 60)
    an_appointment("evaluation", date.min, None, kept)
    return kept


_ROUTES = tuple((route, words) for route, words in ROUTE_WORDS.items())
SENDING = (
    _choice("route", "Sent by", _ROUTES),
    _choice("result", "It was", RESULTS, required=False),
    _text("to", "To which number or person"),
    _text("note", "What was said, or went wrong"),
)
"""Of a try to send; the result that is not chosen is sent."""
_OF_STATE: dict[State, tuple[Field, ...]] = {
    "requested": (Field("safety_checked", "Safety questions answered", True, "yes_no", checks.yes_or_no), *SENDING),
    "scheduled": (
        _choice("visit", "What for", VISITS),
        Field("day", "Day of the visit", True, "date", checks.calendar_day, hint=DAY_HINT),
        Field("hour", "Hour, center's time", False, "text", _time_of_day, hint="09:30"),
        Field("time_zone", "Center's time zone", False, "text", _time_zone, hint="America/Chicago"),
    ),
    "visit-done": (_choice("visit", "Which visit", VISITS),),
    "completed": (
        _choice("outcome", "What came of it", OUTCOMES),
        Field("surgery_on", "Day of surgery", False, "date", checks.calendar_day, hint=DAY_HINT),
        _text("note", "Note"),
    ),
    "re-referred": (_text("replaced_by", "Number of the new referral", required=True),),
}
