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

from navigator.text import fit, line, rows, safe
from navigator.widgets import phrases
from navigator.widgets.plot_drawing import MARGIN, columns_of, draw
from navigator.widgets.plot_panels import NotPlaced, Panel, Placed

if TYPE_CHECKING:
    from provider_directory.models import Center

Entry = Placed | NotPlaced
ONE_COLUMN_BELOW = 60
REASON_CELLS = 14


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
    """Names the letters: rank, center, score with range and price; a center that is not drawn says why."""

    entries: reactive[tuple[Entry, ...]] = reactive((), layout=True)
    in_hand: reactive[str] = reactive("")

    def render(self) -> Content:
        """Draw the list, in two columns where its lines are wide enough."""
        return rows(list(self._lines(self.content_size.width)))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take a line an entry, or half as many in two columns."""
        return max(-(-len(self.entries) // _columns(width)), 1)

    def on_click(self, event: Click) -> None:
        """Take the center of the line in hand."""
        width = self.content_size.width
        count = _columns(width)
        high = -(-len(self.entries) // count)
        at = event.y + high * (event.x * count // max(width, 1))
        if 0 <= at < len(self.entries):
            self.post_message(PointTaken(self.entries[at].letter))

    def _lines(self, width: int) -> Iterator[Content]:
        count = _columns(width)
        high = -(-len(self.entries) // count)
        for at in range(high):
            parts = line("")
            for entry in self.entries[at::high]:
                parts += fit(self._entry(entry, width // count - 1), width // count)
            yield parts

    def _entry(self, entry: Entry, cells: int) -> Content:
        taken = entry.letter == self.in_hand
        center = entry.center
        glyph, color = phrases.credential_mark(center.credential)
        head = line(
            ("▌" if taken else " ", "$accent"),
            (glyph, color if isinstance(entry, Placed) else "$muted"),
            (entry.letter, "bold"),
            " ",
            (f"{phrases.rank_words(center):<5}", "$muted"),
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


def _columns(width: int) -> int:
    return 1 if width < ONE_COLUMN_BELOW else 2
