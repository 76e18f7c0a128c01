"""How a day is written in words, on screens and in sentences."""

from __future__ import annotations

from datetime import date, datetime


def day_words(day: date) -> str:
    """Write "Mar 9, 1961"."""
    return f"{day:%b} {day.day}, {day.year}"


def moment_words(at: datetime) -> str:
    """Write "Nov 23, 2026 at 09:30", where this desk stands."""
    local = at.astimezone()
    return f"{day_words(local.date())} at {local:%H:%M}"


def short_day(day: date) -> str:
    """Write "Mar 9", for a day that is near."""
    return f"{day:%b} {day.day}"
