"""Counts of people in a table: small ones are hidden, and others with them, so that none can be subtracted."""

from __future__ import annotations

from collections.abc import Sequence

from navigator.gaps import FEWEST_SHOWN

COARSE = 10
"""People to which counts are rounded that can be asked again and again, for other miles, operations or files."""
Counts = tuple[tuple[int | None, ...], ...]
"""Rows of counts, the last row and the last column their totals; None = hidden."""


def with_totals(counts: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    """Add a column and a row of totals; every row is as long as the first."""
    rows = [(*row, sum(row)) for row in counts]
    return (*rows, tuple(sum(column) for column in zip(*rows, strict=True)))


def hidden(counts: Sequence[Sequence[int]]) -> Counts:
    """Give the counts with totals, every one below FEWEST_SHOWN hidden, 0 too (PRODUCT "HR questions").

    In each row and column the hidden cells are two or more, and stand for FEWEST_SHOWN people or more together: what
    is left when the shown ones are taken off the total is of no small group. Where the grand total is small all is
    hidden.
    """
    if not counts or not counts[0]:
        return ()
    table = with_totals(counts)
    keep = [[count >= FEWEST_SHOWN for count in row] for row in table]
    lines = _lines(len(table), len(table[0]))
    while any(_hide_another(line, table, keep) for line in lines):
        pass
    return tuple(
        tuple(count if shown else None for count, shown in zip(row, kept, strict=True))
        for row, kept in zip(table, keep, strict=True)
    )


def _lines(height: int, width: int) -> list[list[tuple[int, int]]]:
    """Give the places of every row and column, the total last."""
    rows = [[(row, column) for column in range(width)] for row in range(height)]
    return [*rows, *([(row, column) for row in range(height)] for column in range(width))]


def _hide_another(line: list[tuple[int, int]], table: Sequence[Sequence[int]], keep: list[list[bool]]) -> bool:
    """Hide one more cell of a row or column that gives a hidden one away; says whether there was need."""
    *parts, total = line
    away = [place for place in line if not keep[place[0]][place[1]]]
    # A line is a sum: with the total shown, what is hidden of its parts can be told together.
    together = sum(table[row][column] for row, column in away)
    if not away or (len(away) > 1 and (total in away or together >= FEWEST_SHOWN)):
        return False
    left = [place for place in parts if place not in away] or [total]
    row, column = min(left, key=lambda place: table[place[0]][place[1]])
    keep[row][column] = False
    return True


def coarse(count: int) -> int:
    """Round a count up to ten: of two that differ by a few people, the difference tells nobody those few."""
    return -(-count // COARSE) * COARSE


def said(count: int | None) -> str:
    """Say a count; a hidden one says that it is hidden, not that it is small."""
    return "hidden" if count is None else f"{count:,}"
