"""How long the contents of closed referrals and cases are kept, and their removal after that (issue "Ledger")."""

from __future__ import annotations

from datetime import date, datetime

KEEP_YEARS = 10
"""After the close; longer than the six years of 45 CFR 164.316(b)(2)(i), as states ask for medical records."""


def keep_until(closed_at: datetime | None) -> date | None:
    """Give the first day on which the contents may be removed; None while it is open."""
    if closed_at is None:
        return None
    closed = closed_at.date()
    # 29 February has no day of its own ten years on.
    return date(closed.year + KEEP_YEARS, closed.month, min(closed.day, 28) if closed.month == 2 else closed.day)
