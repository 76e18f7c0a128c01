"""How a referral reaches a center, from the roster's one cell: routes in order, each with contact, hours, time zone.

``portal refer.example.org; secure e-mail intake@example.org; fax 414-555-0151; phone 414-555-0150 (Mon-Fri 8-17
Central)``: best first, ``; `` between them, only the kind must be there. docs/roster.md has the grammar.
"""

from __future__ import annotations

import re
from datetime import time
from typing import Literal, NamedTuple

from provider_directory.cleaning import clean
from provider_directory.models import Value
from provider_directory.time_zones import ZONES, is_time_zone

Route = Literal["portal", "email", "fax", "phone", "mail"]

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_KINDS: tuple[tuple[str, Route], ...] = (
    ("portal", "portal"),
    ("secure e-mail", "email"),
    ("secure email", "email"),
    ("e-mail", "email"),
    ("email", "email"),
    ("fax", "fax"),
    ("telephone", "phone"),
    ("phone", "phone"),
    ("letter", "mail"),
    ("mail", "mail"),
)
_PHONE = re.compile(
    r"(?:\+?1[ .-]?)?\(?([2-9][0-9]{2})\)?[ .-]*([2-9][0-9]{2})[ .-]*([0-9]{4})(?: ?(?:ext\.?|x) ?(\d+))?"
)
_TIME = r"(\d{1,2})(?::(\d{2}))?\s*([ap]m)?"
_RANGE = re.compile(
    rf"([a-z]{{3}})[a-z]*(?:\s*-\s*([a-z]{{3}})[a-z]*)?\s+{_TIME}\s*-\s*{_TIME}", re.IGNORECASE | re.ASCII
)
_FORMS: dict[Route, str] = {
    "portal": "an address, e.g. refer.example.org",
    "email": "an e-mail address",
    "fax": "a US number, e.g. 414-555-0151",
    "phone": "a US number, e.g. 414-555-0150",
    "mail": "a postal address",
}
_HOURS_FORM = "hours as (Mon-Fri 8:00-17:00 Central)"


class OpenHours(Value):
    """When a route is attended, in the center's own time; Monday is 0."""

    days: tuple[int, ...]
    opens: time
    closes: time


class CenterRoute(Value):
    """One route to a center; None or empty = not said."""

    route: Route
    contact: str | None = None
    """Number, e-mail, address of the portal or postal address."""
    hours: tuple[OpenHours, ...] = ()
    time_zone: str | None = None
    """IANA name."""


class RoutesRead(NamedTuple):
    """What a cell says: the routes in its order, and a sentence for each part that says something else."""

    routes: tuple[CenterRoute, ...]
    problems: tuple[str, ...]


def read_routes(text: str | None) -> RoutesRead:
    """Read a roster's cell; what is no route is told and left out, the others stay. Raises nothing."""
    routes, problems = [], []
    for part in (part for part in map(str.strip, clean(text or "", 1000).split(";")) if part):
        try:
            routes.append(_route(part))
        except _NotARoute as problem:
            problems.append(f'"{clean(part, 60)}" {problem}')
    return RoutesRead(tuple(routes), tuple(problems))


def hours_words(hours: tuple[OpenHours, ...]) -> str:
    """Give hours as they are written: "Mon-Fri 8:00-17:00, Sat 9:00-12:00"."""
    return ", ".join(
        f"{DAYS[each.days[0]]}{f'-{DAYS[each.days[-1]]}' if len(each.days) > 1 else ''} "
        f"{clock_words(each.opens)}-{clock_words(each.closes)}"
        for each in hours
    )


def clock_words(at: time) -> str:
    """Give a time of the day: "8:00"."""
    return f"{at.hour}:{at.minute:02}"


class _NotARoute(Exception):
    """A part of the cell that cannot be read, said as the rest of a sentence about it."""


def _route(part: str) -> CenterRoute:
    folded = part.casefold()
    kind = next(((word, route) for word, route in _KINDS if re.match(rf"{word}\b", folded)), None)
    if kind is None:
        raise _NotARoute("names no route: begin with portal, secure e-mail, fax, phone or mail.")
    word, route = kind
    rest = part[len(word) :].strip(" :")
    hours: tuple[OpenHours, ...] = ()
    zone: str | None = None
    if "(" in rest and not (route in ("fax", "phone") and _PHONE.fullmatch(rest)):
        rest, hours, zone = _split_hours(rest)
    return CenterRoute(route=route, contact=_contact(route, rest) if rest else None, hours=hours, time_zone=zone)


def _split_hours(rest: str) -> tuple[str, tuple[OpenHours, ...], str | None]:
    """Take the last pair of brackets as hours; the area code of a phone may stand in a pair of its own."""
    before, bracket, inside = rest.rpartition("(")
    if not (bracket and inside.endswith(")")):
        raise _NotARoute(f"has {_HOURS_FORM} not at its end.")
    return before.strip(), *_hours(inside[:-1])


def _hours(text: str) -> tuple[tuple[OpenHours, ...], str | None]:
    words = text.strip()
    last = words.rsplit(None, 1)[-1] if words else ""
    zone = ZONES.get(last.casefold()) or (last if "/" in last and is_time_zone(last) else None)
    if zone:
        words = words[: -len(last)].strip()
    ranges = tuple(_range(each.strip()) for each in words.split(",") if each.strip())
    if not ranges and zone is None:
        raise _NotARoute(f"does not give {_HOURS_FORM}.")
    return ranges, zone


def _range(text: str) -> OpenHours:
    found = _RANGE.fullmatch(text)
    if found is None:
        raise _NotARoute(f"does not give {_HOURS_FORM}.")
    first, last = _day(found[1]), _day(found[2] or found[1])
    opens, closes = _clock(*found.group(3, 4, 5)), _clock(*found.group(6, 7, 8))
    if last < first or closes <= opens:
        raise _NotARoute("ends before it begins.")
    return OpenHours(days=tuple(range(first, last + 1)), opens=opens, closes=closes)


def _day(word: str) -> int:
    try:
        return DAYS.index(word.capitalize())
    except ValueError:
        raise _NotARoute(f"names no day of the week: {', '.join(DAYS)}.") from None


def _clock(hour: str, minute: str | None, half: str | None) -> time:
    value = int(hour) % 12 + (12 if half.casefold() == "pm" else 0) if half else int(hour)
    try:
        return time(value, int(minute or 0))
    except ValueError:
        raise _NotARoute(f"names no time of the day: {_HOURS_FORM}.") from None


def _contact(route: Route, text: str) -> str:
    fits = {
        "portal": " " not in text and "." in text,
        "email": " " not in text and "@" in text[1:-1],
        "mail": len(text) > 5,
    }
    if route in ("fax", "phone"):
        found = _PHONE.fullmatch(text)
        if found:
            number = "-".join(found.group(1, 2, 3))
            return f"{number} ext. {found[4]}" if found[4] else number
    elif fits[route]:
        return text
    raise _NotARoute(f"does not give {_FORMS[route]}.")
