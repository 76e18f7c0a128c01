"""How old a price file or a claims summary is at the question's date, in calendar months (METHOD 3.3, 5.16)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Literal

OLD_AFTER = 15
DROPPED_AFTER = 24

Age = Literal["current", "old", "dropped", "unknown"]


def age_of(updated_on: date | None, on: date) -> Age:
    """Judge a date: over 15 months before the question old, over 24 dropped; in the future or none, unknown."""
    if updated_on is None or updated_on > on:
        return "unknown"
    if on > months_after(updated_on, DROPPED_AFTER):
        return "dropped"
    return "old" if on > months_after(updated_on, OLD_AFTER) else "current"


def months_after(day: date, months: int) -> date:
    """Give the day so many calendar months later, clipped to the end of its month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
