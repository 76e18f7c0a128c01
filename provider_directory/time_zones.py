"""US time zones: the words that people use, the names that computers use, and the zone of a state."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import cache

ZONES: dict[str, str] = {
    "eastern": "America/New_York",
    "central": "America/Chicago",
    "arizona": "America/Phoenix",
    "mountain": "America/Denver",
    "pacific": "America/Los_Angeles",
    "alaska": "America/Anchorage",
    "hawaii": "Pacific/Honolulu",
}
"""The words in which people name a time zone, with their IANA names."""
_STATES = {
    "eastern": "CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV",
    "central": "AL AR IA IL LA MN MO MS OK WI",
    "mountain": "CO MT NM UT WY",
    "arizona": "AZ",
    "pacific": "CA NV WA",
    "hawaii": "HI",
}
"""States that lie in one zone, but for a few places; of the others the address does not tell it."""
_OF_STATE = {state: ZONES[word] for word, states in _STATES.items() for state in states.split()}
_END_OF_ADDRESS = re.compile(r"\b([A-Z]{2})\s+[0-9]{5}(?:-[0-9]{4})?\s*$")


def is_time_zone(name: str) -> bool:
    """Say whether there is a time zone of this IANA name, e.g. "America/Chicago"."""
    from zoneinfo import ZoneInfo  # deferred: only where a zone is named

    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True


def zone_of_address(address: str | None) -> str | None:
    """Give the zone of an address that ends with state and ZIP; None where its state lies in two, or names none."""
    found = _END_OF_ADDRESS.search(address or "")
    return _OF_STATE.get(found[1]) if found else None


def zone_words(name: str) -> str:
    """Give a zone as people name it, by its hours: "Eastern" for America/Detroit; else its IANA name."""
    if not is_time_zone(name):
        return name
    hours = _hours(name)
    return next((word.capitalize() for word, zone in ZONES.items() if zone == name or _hours(zone) == hours), name)


@cache
def _hours(name: str) -> tuple[timedelta | None, timedelta | None]:
    """Give how far a zone is from UTC in winter and in summer, by the rules of this year."""
    from zoneinfo import ZoneInfo  # deferred: only where a zone is named

    zone, year = ZoneInfo(name), datetime.now(UTC).year
    return datetime(year, 1, 15, tzinfo=zone).utcoffset(), datetime(year, 7, 15, tzinfo=zone).utcoffset()
