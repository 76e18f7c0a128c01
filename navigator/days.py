"""How a day is written in words, on screens and in sentences."""

from __future__ import annotations

from datetime import date


def day_words(day: date) -> str:
    """Write "Mar 9, 1961"."""
    return f"{day:%b} {day.day}, {day.year}"


def day_of_rules(day: date) -> str:
    """Write "9 Mar 1961", as the answers of a program's rules do."""
    return f"{short_day(day)} {day.year}"


def short_day(day: date) -> str:
    """Write "9 Mar", for a day that is near."""
    return f"{day.day} {day:%b}"
