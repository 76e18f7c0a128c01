"""Centers side by side, a column each; the column in hand has a mark on every line, so that no color is needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from navigator.text import fit, line, rows, safe, shortened

if TYPE_CHECKING:
    from provider_directory.models import Score

TITLES_BESIDE_FROM = 100
"""From this width on a row's title stands left of its cells, below it above them."""
FIGURES_CELLS = 11
AVERAGE = 50
MIDDLE = "50 average"


class Cells(NamedTuple):
    """One row: a title, and for each center its lines."""

    title: Content
    cells: tuple[tuple[Content, ...], ...]


class Sentences(NamedTuple):
    """Lines that are about all the centers."""

    title: Content
    """Without one the lines belong to the row above."""
    lines: tuple[Content, ...]


class Ranges(NamedTuple):
    """The centers' scores on one scale from 0 to 100, one above the other, so that overlap is seen."""

    title: Content
    names: tuple[str, ...]
    scores: tuple[Score | None, ...]
    reasons: tuple[str, ...]
    """Why there is no score; "" where there is one."""


Row = Cells | Sentences | Ranges


def title_cells(width: int) -> int:
    """Give the cells that titles take on the left; 0 where they stand above."""
    return 0 if width < TITLES_BESIDE_FROM else min(width // 4, 40)


def column_cells(width: int, columns: int) -> int:
    """Give the cells of one column, its mark and gap included."""
    return (width - title_cells(width)) // columns


def draw_rows(table: Sequence[Row], width: int, in_hand: int) -> list[Content]:
    """Draw all rows at a width in cells."""
    found: list[Content] = []
    for at, row in enumerate(table):
        if at and row.title.cell_length:
            found.append(line(""))
        match row:
            case Cells():
                found += _cells(row, width, in_hand)
            case Sentences():
                found += _beside(row.title, [piece for part in row.lines for piece in _wrapped(part, width)], width)
            case Ranges():
                found += _beside(row.title, list(_ranges(row, width - title_cells(width), in_hand)), width)
    return found


def _wrapped(content: Content, width: int) -> list[Content]:
    room = width - title_cells(width) - 2
    return [line(" ") + piece.rstrip() for piece in content.wrap(max(room, 10))]


def _beside(title: Content, lines: Sequence[Content], width: int) -> Iterator[Content]:
    """Put a title left of lines or above them."""
    left = title_cells(width)
    if not left:
        if title.cell_length:
            yield from title.wrap(width)
        yield from lines
        return
    titles = title.wrap(left - 2)
    for at in range(max(len(titles), len(lines))):
        head = fit(titles[at].rstrip() if at < len(titles) else line(""), left)
        yield head + (lines[at] if at < len(lines) else line(""))


def _cells(row: Cells, width: int, in_hand: int) -> Iterator[Content]:
    wide = column_cells(width, len(row.cells))
    columns = [
        [piece.rstrip() for part in cell for piece in part.wrap(max(wide - 2, 4))] or [line("")] for cell in row.cells
    ]
    lines = []
    for at in range(max(len(column) for column in columns)):
        parts = line("")
        for index, column in enumerate(columns):
            parts += _mark(index == in_hand) + fit(column[at] if at < len(column) else line(""), wide - 1)
        lines.append(parts)
    yield from _beside(row.title, lines, width)


def _mark(in_hand: bool) -> Content:
    return safe("▌", "$accent") if in_hand else line(" ")


def names_line(names: Sequence[Content], width: int, in_hand: int) -> Content:
    """Draw the head line: each center's name in its column, cut with "…"."""
    wide = column_cells(width, len(names))
    parts = line(" " * title_cells(width))
    for index, name in enumerate(names):
        parts += _mark(index == in_hand) + fit(shortened(name, wide - 2), wide - 1)
    return parts


def _ranges(row: Ranges, width: int, in_hand: int) -> Iterator[Content]:
    label = min(max(26, width // 5), width // 3)
    cells = max(width - label - FIGURES_CELLS - 2, 10)
    for index, (name, score) in enumerate(zip(row.names, row.scores, strict=True)):
        head = _mark(index == in_hand) + fit(safe(name, "bold" if index == in_hand else ""), label)
        if score is None:
            yield head + line(" ", (row.reasons[index], "$muted"))
            continue
        figures = line((f"{score.value:>3}", "bold"), (f" {score.low}–{score.high}", "$muted"))
        yield head + line(" ") + range_bar(score, cells) + figures
    before = max(cell_of(AVERAGE, cells) - 2, 1)
    after = max(cells - before - len(MIDDLE) - 4, 1)
    scale = line(("0", "$muted"), " " * before, (MIDDLE, "$muted"), " " * after, ("100", "$muted"))
    yield line(" " * (label + 2)) + scale


def cell_of(figure: float, cells: int) -> int:
    """Give the cell of a figure from 0 to 100 on a line of ``cells``."""
    return min(max(int(figure * cells / 100), 0), cells - 1)


def range_bar(score: Score, cells: int) -> Content:
    """Draw the likely range on a line from 0 to 100, the score as a dot, average as a notch."""
    low, value, high = (cell_of(figure, cells) for figure in (score.low, score.value, score.high))
    half = cell_of(AVERAGE, cells)
    parts = []
    for cell in range(cells):
        if cell == value:
            parts.append(("●", "$foreground"))
        elif low <= cell <= high:
            parts.append(("━", "$accent"))
        else:
            parts.append(("┼" if cell == half else "─", "$rule"))
    return line(*parts)


class CompareTable(Widget):
    """Draws the rows at the width that there is; a click takes a column in hand."""

    @dataclass
    class ColumnClicked(Message):
        """A column was clicked."""

        column: int

    table: reactive[tuple[Row, ...]] = reactive((), layout=True)
    columns: reactive[int] = reactive(2)
    in_hand: reactive[int] = reactive(0)

    def render(self) -> Content:
        """Draw the rows."""
        return rows(draw_rows(self.table, self.content_size.width, self.in_hand))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take as many lines as the rows ask for at this width."""
        return max(len(draw_rows(self.table, width, self.in_hand)), 1)

    def on_click(self, event: Click) -> None:
        """Take the column under the mouse in hand."""
        width = self.content_size.width
        at = (event.x - title_cells(width)) // max(column_cells(width, self.columns), 1)
        if 0 <= at < self.columns:
            self.post_message(self.ColumnClicked(at))
