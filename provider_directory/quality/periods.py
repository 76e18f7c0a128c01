"""When a figure was measured: windows, grey figures and stale releases (METHOD 4.1, 4.10; CONTRACT 4)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import cache

STALE_AFTER_MONTHS = 12
_DAYS_A_MONTH = 30.436875
_RELEASE = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


@cache
def window_months(start: str, end: str) -> int | None:
    """Give the whole months from ``start`` to ``end`` (ISO dates, both inside); None where a date is missing."""
    try:
        days = (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
    except ValueError:
        return None
    return max(1, round(days / _DAYS_A_MONTH)) if days > 0 else None


def is_grey(start: str, end: str, on: date) -> bool:
    """Say whether a figure is too old for full color: 24 months after its period, 36 for windows over 12 months.

    An unknown period end cannot be shown as fresh, so it is grey.
    """
    try:
        ended = date.fromisoformat(end)
    except ValueError:
        return True
    return on > _months_after(ended, 36 if (window_months(start, end) or 0) > 12 else 24)


def is_stale(release: str | None, on: date) -> bool:
    """Say whether a release (YYYY-MM) is more than 12 months older than ``on``; unknown is never stale.

    A release is known to the month only, so whole calendar months are counted: 2026-01 is stale from 2027-02-01.
    """
    match = _RELEASE.fullmatch(release or "")
    if not match:
        return False
    released = int(match[1]) * 12 + int(match[2])
    return on.year * 12 + on.month - released > STALE_AFTER_MONTHS


def attestation_is_stale(attested_on: date | None, on: date) -> bool:
    """Say whether a facility's own statement is more than 12 months old (METHOD 2.8); without a date it is."""
    return attested_on is None or on > _months_after(attested_on, STALE_AFTER_MONTHS)


def _months_after(day: date, months: int) -> date:
    # The last day of a month stays the last day (31 March 2024 + 24 months); others are clipped to the month's end.
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
