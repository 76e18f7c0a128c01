"""Dollars as price files write them, read exactly; a placeholder is not an amount (METHOD 3.3, 5.9, 5.16)."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

LEAST = Decimal(1)
"""This amount and everything below it stands for "no price" (METHOD 5.9)."""
MOST = Decimal("99999999")
"""This amount and everything above it stands for "no price"; 999999999 is the usual one (METHOD 3.3)."""

# JSON may write 2.45e4; a comma stands between thousands only, so that "12,50" is not read as 1250 (METHOD 5.16).
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?(?:[eE][+-]?\d{1,2})?", re.ASCII)


def amount_of(text: str) -> Decimal | None:
    """Read a number as posted, without rounding; every other text is None."""
    bare = text.strip()
    return Decimal(bare.replace(",", "")) if _NUMBER.fullmatch(bare) else None


def has_comma(text: str) -> bool:
    """Say whether a number is written with a comma, which the format forbids: read, and said (METHOD 5.16)."""
    return "," in text and amount_of(text) is not None


def cents_of(amount: Decimal) -> int:
    """Give dollars as cents, half up."""
    return int((amount * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def is_placeholder(amount: Decimal) -> bool:
    """Say whether an amount is no price: $1.00 and less, 99,999,999 and more (METHOD 5.9)."""
    return amount <= LEAST or amount >= MOST


def middle(cents: list[int]) -> int:
    """Give the median of at least one amount; of an even count the mean of the two middle ones, cents half up (5.4)."""
    ordered = sorted(cents)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half] + 1) // 2
