"""How many used the program and what came of it: counts without a person, made where the ledger is, read at HR.

The HR desk opens no ledger: `coe usage` writes these counts, small ones already hidden, and the card reads them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import ValidationError

from navigator.gaps import FEWEST_SHOWN
from navigator.hr import small_cells
from navigator.hr.card import CardTable
from provider_directory.bounded_files import read_bounded
from provider_directory.errors import BadInput
from provider_directory.models import Value
from provider_directory.spoken import dollars

Ending = Literal["surgery", "avoided", "on_the_way", "ended_otherwise"]
ENDINGS: Mapping[Ending, str] = {
    "surgery": "surgery done",
    "avoided": "surgery avoided",
    "on_the_way": "on the way",
    "ended_otherwise": "ended otherwise",
}
NOT_KEPT = "no longer kept"
"""The service line of a referral whose contents were removed when their time of keeping was over."""
OTHERS = "other service lines"
IN_ALL = "in all"
LEAST_STEP = 100_00
"""Cents to which a saving is rounded outward at least."""


class Used(NamedTuple):
    """One referral that was sent, with nothing in it about a person."""

    service_line: str
    ending: Ending


class UsageRow(Value):
    """The counts of one service line in the order of ``ENDINGS``, then their total; None = hidden."""

    service_line: str
    counts: tuple[int | None, ...]


class SavedRange(Value):
    """What the plan may have saved on the operations done, cents rounded outward; None = not said, with the reason."""

    low_cents: int | None
    high_cents: int | None
    words: str


class Usage(Value):
    """The counts of one program and plan year, as `coe usage` writes them."""

    program: str
    year: int
    counted_on: date
    edition: str
    demonstration: bool
    ledger_head: str
    """Newest entry of the ledger's audit: the same ledger gives the same counts."""
    rows: tuple[UsageRow, ...]
    """Service lines with FEWEST_SHOWN referrals or more, all others in one row, and the total as the last."""
    saved: SavedRange


class CaseSaving(NamedTuple):
    """What one kind of operation at one center may save a case, and how many were done; None = cannot be said."""

    operations: int
    span: tuple[int, int] | None


def counted(used: Iterable[Used]) -> tuple[UsageRow, ...]:
    """Count by service line and ending, with totals; small counts and what gives them away are hidden.

    A service line of few, or of nobody, has no row of its own: the row alone would tell that somebody is in it.
    """
    listed = list(used)
    sizes = Counter(each.service_line for each in listed)
    named = sorted(line for line, size in sizes.items() if size >= FEWEST_SHOWN)
    tally = Counter((each.service_line if each.service_line in named else OTHERS, each.ending) for each in listed)
    lines = [*named, OTHERS]
    shown = small_cells.hidden([[tally[line, ending] for ending in ENDINGS] for line in lines])
    return tuple(UsageRow(service_line=name, counts=row) for name, row in zip([*lines, IN_ALL], shown, strict=True))


def differs_by_few(former: Usage, now: Usage) -> bool:
    """Say whether a count that both tell differs by fewer than FEWEST_SHOWN: who has both could tell those few."""
    before = {row.service_line: row.counts for row in former.rows}
    pairs = (
        (old, new)
        for row in now.rows
        for old, new in zip(before.get(row.service_line, ()), row.counts, strict=False)
        if old is not None and new is not None
    )
    return any(0 < abs(new - old) < FEWEST_SHOWN for old, new in pairs)


def saved(savings: Iterable[CaseSaving], operated: int | None) -> SavedRange:
    """Add up the ranges of the operations of which one is known (METHOD 3.4); few operations are not told.

    ``operated``: how many were done, as the counts show it; None = hidden, and then a sum would give it away.
    """
    listed = list(savings)
    if operated is None:
        return SavedRange(low_cents=None, high_cents=None, words="No figure: how many were operated on is hidden.")
    known = [each for each in listed if each.span is not None]
    operations, of_all = sum(each.operations for each in known), sum(each.operations for each in listed)
    if of_all < FEWEST_SHOWN:
        return SavedRange(low_cents=None, high_cents=None, words="No figure: too few operations were done.")
    if operations < FEWEST_SHOWN:
        words = "No figure: for too few of the operations a market price of the same scope is known."
        return SavedRange(low_cents=None, high_cents=None, words=words)
    low, high = _outward(
        sum(each.operations * each.span[0] for each in known if each.span),
        sum(each.operations * each.span[1] for each in known if each.span),
    )
    words = _range(low, high)
    # How many are left out may be few: they are said to be some, not counted.
    less = "" if operations == of_all else " For the other operations no market price of the same scope is known."
    return SavedRange(low_cents=low, high_cents=high, words=f"{words}{less}")


def _outward(low: int, high: int) -> tuple[int, int]:
    """Round a range outward to two digits: exact sums of known spans would tell how many each center operated on."""
    step = max(10 ** (len(str(max(abs(low), abs(high)))) - 2), LEAST_STEP)
    return low // step * step, -(-high // step) * step


def _range(low: int, high: int) -> str:
    if low <= 0 <= high:
        return f"No clear saving: between {dollars(-low)} more and {dollars(high)} less for the plan."
    if high < 0:
        return f"No saving: the plan paid {dollars(-high)} to {dollars(-low)} more."
    return f"The plan may have saved {dollars(low)} to {dollars(high)}."


def usage_table(usage: Usage) -> CardTable:
    """Give the counts as a table of the card."""
    return CardTable(
        head=("service line", *ENDINGS.values(), "in all"),
        rows=tuple((row.service_line.replace("-", " "), *map(small_cells.said, row.counts)) for row in usage.rows),
        right=(1, 2, 3, 4, 5),
    )


def read_usage(file: Path | None) -> Usage | None:
    """Read the counts that stand here; None where none were made. Raises BadInput for a file that is none of ours."""
    if file is None or not file.is_file():
        return None
    try:
        return Usage.model_validate_json(read_bounded(file))
    except (OSError, ValueError, ValidationError):
        raise BadInput(f"{file.name} holds no counts of ours.", "Have them made again: `coe usage`.") from None
