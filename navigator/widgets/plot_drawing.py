"""Price against quality in cells: a mark a center, its likely range as a bar, a price's range as a line.

Readable without color: every mark is the credential's glyph and the center's letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from textual.content import Content

from navigator.text import line
from navigator.widgets import phrases
from navigator.widgets.plot_panels import Panel, Placed

MARGIN = 5
"""Cells left of the drawing, for the figures of the scale."""
BETWEEN_MARKS = 3
TICK_CELLS = 12
PAD = 20
"""The empty strip at either end of the prices: one part in so many of their span."""
Cell = tuple[str, str]
Grid = list[list[Cell]]


def price_span(panel: Panel) -> tuple[int, int]:
    """Give the cents that the left and the right end of the drawing stand for; never one and the same."""
    low = min(point.span[0] for point in panel.points)
    high = max(point.span[1] for point in panel.points)
    pad = max((high - low) // PAD, high // 50, 100)
    return max(low - pad, 0), high + pad


def columns_of(panel: Panel, cells: int) -> list[int]:
    """Give each point's column: its price's, moved on as little as keeps marks from covering one another."""
    low, high = price_span(panel)
    found: list[int] = []
    for point in panel.points:
        at = _column(point.cents, low, high, cells)
        found.append(max(at, found[-1] + BETWEEN_MARKS) if found else at)
    last = cells - 2
    for index in range(len(found) - 1, -1, -1):
        found[index] = min(found[index], last)
        last = found[index] - BETWEEN_MARKS
    return [max(at, 0) for at in found]


def row_of(figure: float, height: int) -> int:
    """Give the row of a figure from 0 to 100, the top row being 0."""
    return height - 1 - _half_row(figure, height) // 2


def draw(panel: Panel, width: int, height: int, in_hand: str) -> list[Content]:
    """Draw a panel in ``width`` x ``height`` cells, axis and its figures included; ``in_hand`` is a letter."""
    cells, body = width - MARGIN, height - 2
    if cells < 4 * BETWEEN_MARKS or body < 4:
        return [line(("Too little room to draw; the list says it all.", "$muted"))]
    grid: Grid = [[(" ", "")] * cells for _ in range(body)]
    for column in range(0, cells, 2):
        grid[row_of(50, body)][column] = ("┄", "$rule")
    at = columns_of(panel, cells)
    low, high = price_span(panel)
    for point, column in zip(panel.points, at, strict=True):
        _draw_price_range(grid, point, low, high)
        _draw_quality_range(grid, point, column, point.letter == in_hand)
    for point, column in zip(panel.points, at, strict=True):
        _draw_mark(grid, point, column, point.letter == in_hand)
    return [*_with_scale(grid), *_price_axis(low, high, cells)]


def _column(cents: int, low: int, high: int, cells: int) -> int:
    return (cents - low) * (cells - 1) // (high - low)


def _half_row(figure: float, height: int) -> int:
    return min(max(round(figure * (2 * height - 1) / 100), 0), 2 * height - 1)


def _draw_price_range(grid: Grid, point: Placed, low: int, high: int) -> None:
    start, end = (_column(cents, low, high, len(grid[0])) for cents in point.span)
    if start < end:
        row = grid[row_of(point.score.value, len(grid))]
        row[start : end + 1] = [("├", "$muted"), *[("─", "$muted")] * (end - start - 1), ("┤", "$muted")]


def _draw_quality_range(grid: Grid, point: Placed, column: int, in_hand: bool) -> None:
    """Draw the likely range to half a row."""
    height = len(grid)
    first, last = (_half_row(figure, height) for figure in (point.score.low, point.score.high))
    style = "bold $foreground" if in_hand else "$accent"
    for half in range(first // 2, last // 2 + 1):
        lower, upper = first <= 2 * half <= last, first <= 2 * half + 1 <= last
        bar = ("┃" if in_hand else "│") if lower and upper else "╷" if lower else "╵"
        grid[height - 1 - half][column] = (bar, style)


def _draw_mark(grid: Grid, point: Placed, column: int, in_hand: bool) -> None:
    glyph, color = phrases.credential_mark(point.center.credential)
    row = grid[row_of(point.score.value, len(grid))]
    row[column] = (glyph, f"bold {color}")
    row[column + 1] = (point.letter, "bold reverse" if in_hand else "bold $foreground")


def _with_scale(grid: Grid) -> Iterator[Content]:
    height = len(grid)
    figures = {row_of(figure, height): figure for figure in (0, 50, 100)}
    if height >= 9:
        figures |= {row_of(figure, height): figure for figure in (25, 75)}
    for at, row in enumerate(grid):
        figure = f"{figures[at]:>3} ┤" if at in figures else "    │"
        yield line((figure, "$muted"), *_runs(row))


def _runs(row: Sequence[Cell]) -> Iterator[Cell]:
    """Join neighbors of one style; blanks stay apart, for only blanks at an edge of a part are kept."""
    for (style, _blank), run in groupby(row, key=lambda cell: (cell[1], cell[0] == " ")):
        yield "".join(letter for letter, _ in run), style


def _price_axis(low: int, high: int, cells: int) -> list[Content]:
    axis, figures = ["─"] * cells, [" "] * cells
    free = 0
    for cents in _ticks(low, high, max(cells // TICK_CELLS, 2)):
        column = _column(cents, low, high, cells)
        axis[column] = "┴"
        words = phrases.dollars_short(cents)
        start = min(max(column - len(words) // 2, 0), cells - len(words))
        if start >= free:
            figures[start : start + len(words)] = words
            free = start + len(words) + 2
    edge = " " * (MARGIN - 1)
    shown = [(letter, "$muted") for letter in figures]
    return [line(edge, (f"└{''.join(axis)}", "$muted")), line(f"{edge} ", *_runs(shown))]


def _ticks(low: int, high: int, most: int) -> Iterator[int]:
    """Give round amounts in cents between two, at most ``most`` + 1."""
    step = 100
    factors = (1, 2, 5)
    index = 0
    while (high - low) // step > most:
        index += 1
        step = 100 * factors[index % 3] * 10 ** (index // 3)
    first = -(-low // step) * step
    yield from range(first, high + 1, step)
