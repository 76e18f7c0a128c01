"""Whether an amount can be the price of the thing: against Medicare for a stay, against other hospitals for a line.

Source: METHOD 3.3 and 5.9. Limits are strict, on unrounded numbers: exactly 0.4 times Medicare is kept.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from provider_directory.pricing.amounts import cents_of, is_placeholder

LEAST_OF_MEDICARE = Fraction(4, 10)
MOST_OF_MEDICARE = Fraction(10)
LOW_OF_MEDICARE = Fraction(8, 10)
HIGH_OF_MEDICARE = Fraction(6)
_HALF_A_CENT = Decimal("0.005")
# 0.0005 of a percentage point, as a share of the list price.
_SHARE_TOLERANCE = Decimal("0.0005")
_TENTH_OF_A_POINT = Decimal("0.1")


class Plausibility(NamedTuple):
    """What the limits say of an amount: the stable word of the rule that refuses it, else flags."""

    refused: str
    flags: tuple[str, ...]


def against_medicare(amount: Decimal, medicare: Fraction | int | None, maryland: bool) -> Plausibility:
    """Judge dollars for a stay by M in cents; in Maryland all payers pay one rate, so no ratio is tested there."""
    if maryland:
        return Plausibility("", ())
    if not medicare:
        return Plausibility("", ("medicare_not_known",))
    ratio = Fraction(amount) * 100 / medicare
    if ratio < LEAST_OF_MEDICARE:
        return Plausibility("below_0.4_medicare", ())
    if ratio > MOST_OF_MEDICARE:
        return Plausibility("above_10_medicare", ())
    if ratio < LOW_OF_MEDICARE:
        return Plausibility("", ("below_0.8_medicare",))
    return Plausibility("", ("above_6_medicare",) if ratio > HIGH_OF_MEDICARE else ())


def placeholder(amount: Decimal) -> str:
    """Give the word of the rule that refuses a placeholder; "" for what may be an amount."""
    if not is_placeholder(amount):
        return ""
    return "at_most_1_dollar" if amount <= 1 else "placeholder"


def is_list_price(amount: Decimal, gross: Decimal | None) -> bool:
    """Say whether an amount is the list price itself, to half a cent (METHOD 5.2)."""
    return gross is not None and abs(amount - gross) <= _HALF_A_CENT


def is_share_of_list(amount: Decimal, gross: Decimal | None, percentage: Decimal | None, by_percent: bool) -> bool:
    """Say whether an amount was computed from the list price (METHOD 5.2).

    Its share, in points, is the row's percentage, or, where the row is paid by percent of charges, a multiple of a
    tenth of a point; both within 0.0005 point.
    """
    if gross is None or gross <= 0:
        return False
    share = amount / gross * 100
    if percentage is not None and abs(share - percentage) <= _SHARE_TOLERANCE:
        return True
    return by_percent and is_round_share(amount, gross)


def is_round_share(amount: Decimal, gross: Decimal | None) -> bool:
    """Say whether an amount is a whole number of tenths of a percent of the list price, within 0.0005 point."""
    if gross is None or gross <= 0:
        return False
    share = amount / gross * 100
    nearest = (share / _TENTH_OF_A_POINT).to_integral_value() * _TENTH_OF_A_POINT
    return abs(share - nearest) <= _SHARE_TOLERANCE


def range_in_cents(low: Decimal | None, high: Decimal | None) -> tuple[int | None, int | None]:
    """Give both ends of a range in cents, or none where one is missing or a placeholder."""
    if low is None or high is None or is_placeholder(low) or is_placeholder(high):
        return None, None
    return cents_of(low), cents_of(high)
