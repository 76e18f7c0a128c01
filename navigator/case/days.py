"""How a case writes a day."""

from __future__ import annotations

from datetime import date


def day_words(day: date) -> str:
    """Write "Mar 9, 1961"."""
    return f"{day:%b} {day.day}, {day.year}"


def short_day(day: date) -> str:
    """Write "9 Mar", for a day that is near."""
    return f"{day.day} {day:%b}"
