"""Infections counted and expected, recovered from a published ratio and its bound (METHOD 2.4 step 3, 4.4)."""

from __future__ import annotations

import math
from bisect import bisect_left
from functools import cache
from typing import NamedTuple

LARGEST_COUNT = 1500
_UPPER_OF_NONE = -math.log(0.05)
_TAIL = 0.025


class Infections(NamedTuple):
    """Infections that happened and that were predicted."""

    observed: float
    predicted: float


def recovered_infections(ratio: float, upper: float) -> Infections | None:
    """Find the count behind a standardized infection ratio from its 95% mid-P upper bound.

    The count is the whole number 1..1500 whose bound / count is nearest to ``upper / ratio``, ties to the smaller; a
    ratio of 0 means none happened. None where ratio and bound cannot belong together (METHOD 4.4).
    """
    if upper <= 0 or ratio < 0:
        return None
    if ratio == 0:
        return Infections(0.0, _UPPER_OF_NONE / upper)
    wanted = upper / ratio
    # Bound / count falls as the count grows: the first count at or below the wanted value, or the one before it.
    first = bisect_left(range(1, LARGEST_COUNT + 1), -wanted, key=lambda count: -_bound_per_case(count)) + 1
    candidates = [count for count in (first - 1, first) if 1 <= count <= LARGEST_COUNT]
    count = min(candidates, key=lambda count: abs(_bound_per_case(count) - wanted))
    return Infections(float(count), count / ratio)


@cache
def _bound_per_case(count: int) -> float:
    return mid_p_upper(count) / count


def mid_p_upper(count: int) -> float:
    """Give the 95% mid-P upper bound of a Poisson count: P(X < n) + P(X = n) / 2 = 0.025."""
    if count == 0:
        return _UPPER_OF_NONE
    mean = count + 1.96 * math.sqrt(count) + 1.5
    for _ in range(50):
        tail, slope = _mid_p(count, mean)
        step = (tail - _TAIL) / slope
        mean += step
        if abs(step) < 1e-12 * mean:
            break
    return mean


def _mid_p(count: int, mean: float) -> tuple[float, float]:
    """Give P(X < n) + P(X = n) / 2 for X ~ Poisson(mean), and how fast it falls as the mean grows."""
    at_count = math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))
    term = at_count * count / mean
    slope = (at_count + term) / 2
    total = at_count / 2
    for value in range(count - 1, -1, -1):
        total += term
        if term < 1e-18 * total:
            break
        term *= value / mean
    return total, slope
