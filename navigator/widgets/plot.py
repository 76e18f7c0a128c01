"""The plot of one panel, and the list of all centers beside it; a click takes a center in hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from navigator.text import fit, joined, line, rows, safe
from navigator.widgets import phrases
from navigator.widgets.plot_drawing import MARGIN, columns_of, draw
from navigator.widgets.plot_panels import NotPlaced, Panel, Placed

if TYPE_CHECKING:
    from provider_directory.models import Center

Entry = Placed | NotPlaced
TWO_COLUMNS_FROM = 60
REASON_CELLS = 15
REASON_INDENT = 10


@dataclass
class PointTaken(Message):
    """A center was clicked; ``letter`` is its own."""

    letter: str


class Plot(Widget):
    """Draws a panel at the size that there is."""

    panel: reactive[Panel | None] = reactive(None)
    in_hand: reactive[str] = reactive("")

    def render(self) -> Content:
        """Draw the panel, or say that there is none."""
        if self.panel is None:
            return safe("No center of this offer has both a price and a score; the list says why.", "$muted")
        return rows(draw(self.panel, self.size.width, self.size.height, self.in_hand))

    def on_click(self, event: Click) -> None:
        """Take the nearest mark in hand."""
        if self.panel is None or self.size.width <= MARGIN:
            return
        at = zip(columns_of(self.panel, self.size.width - MARGIN), self.panel.points, strict=True)
        _, point = min(at, key=lambda pair: abs(pair[0] + MARGIN - event.x))
        self.post_message(PointTaken(point.letter))


class PlotList(Widget):
    """Names the letters: rank, center, score with range and price; a center that is not drawn says why.

    Where it stands beside the plot it is sorted by kind of price; below it, in two columns, by letter.
    """

    groups: reactive[tuple[tuple[str, tuple[Entry, ...]], ...]] = reactive((), layout=True)
    in_hand: reactive[str] = reactive("")

    def render(self) -> Content:
        """Draw the list."""
        return rows([joined([content for content, _ in row], "") for row in self._rows(self.content_size.width)])

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take as many lines as the list has at this width."""
        return max(len(self._rows(width)), 1)

    def line_of(self, letter: str) -> int:
        """Give the number of the line that names a letter; 0 for one that is not listed."""
        laid = self._rows(self.content_size.width)
        return next((at for at, row in enumerate(laid) if letter in [part[1] for part in row]), 0)

    def on_click(self, event: Click) -> None:
        """Take the center of the line in hand."""
        width = self.content_size.width
        laid = self._rows(width)
        row = laid[event.y] if 0 <= event.y < len(laid) else ()
        at = event.x * len(row) // max(width, 1)
        if 0 <= at < len(row) and row[at][1]:
            self.post_message(PointTaken(row[at][1]))

    def _rows(self, width: int) -> list[tuple[tuple[Content, str], ...]]:
        """Give the lines as parts of equal width, each with the letter that it is about; "" for a heading."""
        if width < TWO_COLUMNS_FROM:
            return [(part,) for part in self._by_kind(width)]
        entries = sorted((entry for _, group in self.groups for entry in group), key=lambda entry: entry.letter)
        half = width // 2
        high = -(-len(entries) // 2)
        parts = [(fit(self._entry(entry, half - 1), half), entry.letter) for entry in entries]
        return [tuple(parts[at::high]) for at in range(high)]

    def _by_kind(self, width: int) -> Iterator[tuple[Content, str]]:
        for at, (title, group) in enumerate(group for group in self.groups if group[1]):
            if at:
                yield line(""), ""
            yield safe(title, "$accent"), ""
            for entry in group:
                yield self._entry(entry, width), entry.letter
                if isinstance(entry, NotPlaced):
                    for piece in safe(entry.reason, "$muted").wrap(max(width - REASON_INDENT, 10)):
                        yield line(" " * REASON_INDENT) + piece, entry.letter

    def _entry(self, entry: Entry, cells: int) -> Content:
        taken = entry.letter == self.in_hand
        center = entry.center
        glyph, color = phrases.credential_mark(center.credential)
        head = line(
            ("▌" if taken else " ", "$accent"),
            (glyph, color if isinstance(entry, Placed) else "$muted"),
            (entry.letter, "bold"),
            " ",
            (f"{phrases.rank_words(center):<6}", "$muted"),
        )
        tail = _tail(entry, center)
        name = safe(center.facility.name, "bold" if taken else "" if isinstance(entry, Placed) else "$muted")
        return head + fit(name, max(cells - head.cell_length - tail.cell_length - 1, 6)) + line(" ") + tail


def _tail(entry: Entry, center: Center) -> Content:
    if isinstance(entry, Placed):
        figures = f"{entry.score.value:>3} {f'{entry.score.low}–{entry.score.high}':<6}"
        return line((figures, ""), ("→" if entry.span[0] < entry.span[1] else " ", "$muted"), _money(entry.cents))
    words = (
        "no price, score" if "; " in entry.reason else "no price" if center.price.amount_cents is None else "no score"
    )
    if center.score is not None and center.price.amount_cents is not None:
        words = "price doubtful"
    return fit(safe(words, "$muted"), REASON_CELLS, right=True)


def _money(cents: int) -> str:
    return f"{phrases.dollars_short(cents):>7}"
