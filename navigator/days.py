"""How a day is written in words, on screens and in sentences."""

from __future__ import annotations

import re
from datetime import date, datetime

_ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


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


def with_days_in_words(text: str) -> str:
    """Write every day of a label of the directory in words: "suspended on Oct 1, 2026" (CONTRACT 3)."""
    return _ISO_DAY.sub(lambda found: _in_words(found[0]), text)


def _in_words(iso: str) -> str:
    try:
        return day_words(date.fromisoformat(iso))
    except ValueError:  # a number that only looks like a day, in words of an alliance
        return iso
