"""How long members wait at a center, learned from own referrals: a median with its count and range (PRODUCT 12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from statistics import median
from typing import Literal

from navigator.referral.moves import Move
from provider_directory.models import Value

WaitKind = Literal["accepted", "date", "evaluation", "surgery"]
WAITS: tuple[tuple[WaitKind, str], ...] = (
    ("accepted", "from sending to acceptance"),
    ("date", "from sending to a date"),
    ("evaluation", "from sending to the evaluation"),
    ("surgery", "from sending to surgery"),
)
FEWEST = 5
"""Below this many referrals no figure is shown: it would be of single people."""


class Wait(Value):
    """Days that members waited; calendar days."""

    kind: WaitKind
    n: int
    median_days: float
    low_days: int
    high_days: int


def spans_of(events: Iterable[Move]) -> dict[WaitKind, int]:
    """Give the days from the first sending of one referral to what came of it; only what has come."""
    firsts: dict[WaitKind, date] = {}
    sent: date | None = None
    for move in events:
        if move.from_state == "draft" and move.to == "requested":
            sent = sent or move.on
        for kind, day in _reached(move):
            firsts.setdefault(kind, day)
    if sent is None:
        return {}
    return {kind: (day - sent).days for kind, day in firsts.items() if day >= sent}


def wait_of(referrals: Iterable[Iterable[Move]], kind: WaitKind) -> Wait | None:
    """Give the wait over the events of several referrals to one center; None where fewer than ``FEWEST`` got there."""
    days = [spans[kind] for spans in map(spans_of, referrals) if kind in spans]
    if len(days) < FEWEST:
        return None
    return Wait(kind=kind, n=len(days), median_days=float(median(days)), low_days=min(days), high_days=max(days))


def waits_of(referrals: Sequence[Sequence[Move]]) -> tuple[Wait, ...]:
    """Give every wait of a center that enough referrals tell."""
    return tuple(wait for kind, _ in WAITS if (wait := wait_of(referrals, kind)))


def wait_words(wait: Wait) -> str:
    """Give a wait in words, e.g. "from sending to a date: 12 days (5 to 31, 14 referrals)"."""
    days = f"{wait.median_days:g} days ({wait.low_days} to {wait.high_days}, {wait.n} referrals)"
    return f"{dict(WAITS)[wait.kind]}: {days}"


def shortest_words(waits: Iterable[Wait]) -> str | None:
    """Give the wait that a caller asks about, to the first visit, in the shortest words; None where too few tell it."""
    known = {wait.kind: wait for wait in waits}
    wait = known.get("evaluation") or known.get("date")
    return f"{wait.median_days:g} days ({wait.low_days}–{wait.high_days}, n {wait.n})" if wait else None


def _reached(move: Move) -> Iterator[tuple[WaitKind, date]]:
    if move.to == "accepted" and move.from_state != "on-hold":
        yield "accepted", move.on
    if move.to == "scheduled" and move.appointment:
        yield "date", move.on
    if move.to == "visit-done" and move.visit in ("evaluation", "surgery"):
        yield ("evaluation" if move.visit == "evaluation" else "surgery"), move.on
    if move.outcome and move.outcome.done_on:
        yield "surgery", move.outcome.done_on
