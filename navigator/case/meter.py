"""The dead-air meter: how long the tool keeps a caller waiting, from key to answer (PRODUCT "Dead-air meter")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from navigator.case.value import Waited

KEEPS_WAITING = frozenset({"words", "place", "offer", "pay", "price", "compare", "start", "look_up", "rule"})
"""Groups of questions whose answer the caller waits for; saving a field goes on beside the talk."""


def waited_more(so_far: Waited, milliseconds: int) -> Waited:
    """Add one answer's wait; a clock that went backwards adds nothing."""
    one = max(milliseconds, 0)
    return Waited(so_far.total_ms + one, max(so_far.longest_ms, one), so_far.answers + 1)


class WaitsOfCalls(NamedTuple):
    """The supervisor's figures over calls, whole milliseconds a call."""

    calls: int
    p50_ms: int | None
    p95_ms: int | None
    longest_ms: int | None


def waits_of(totals: Sequence[int]) -> WaitsOfCalls:
    """Give p50 and p95 of the waits of calls, each the smallest wait that so many calls do not exceed."""
    ordered = sorted(totals)
    if not ordered:
        return WaitsOfCalls(0, None, None, None)
    return WaitsOfCalls(len(ordered), _at_least(ordered, 50), _at_least(ordered, 95), ordered[-1])


def _at_least(ordered: list[int], percent: int) -> int:
    return ordered[-(-len(ordered) * percent // 100) - 1]
