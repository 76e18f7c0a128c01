"""A tile: one big thing to touch, click, or press by its key; at least three rows high."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from navigator.text import line
from navigator.widgets.hanging_lines import HangingLines

Does = TypeVar("Does")


class Tile(HangingLines, Generic[Does], can_focus=True):
    """Shows its key and its lines, the first in bold; posts ``Pressed`` with what it does.

    What is touched is told by the screen, which knows the order of touches.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "press_tile", "Take", show=False, id="kiosk.take")]
    ALLOW_SELECT = False

    class Pressed(Message):
        """A tile was touched, clicked or entered."""

        def __init__(self, tile: Tile[Any]) -> None:
            super().__init__()
            self.tile = tile
            self.does: object = tile.does

    def __init__(self, key: str, lines: Sequence[str], does: Does, leads: bool = False, spaced: bool = False) -> None:
        super().__init__(indent=len(key) + 1 if key else 0, labels=True)
        self.does = does
        if leads:
            self.add_class("-leads")
        first, *rest = lines
        edge = " " * (len(key) + 1) if key else ""
        shown: list[Content] = [line((key, "bold $accent"), " " if key else "", (first, "bold"))]
        for each in rest:
            shown += [line("")] if spaced else []
            shown.append(line(edge, each))
        self.show(shown)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Take the width of the longest line."""
        return max(each.cell_length for each in self.lines)

    def action_press_tile(self) -> None:
        """Do what the tile does: told to the screen at once, for on the way up two presses would change places."""
        if self.is_attached:
            self.screen.post_message(self.Pressed(self))


def nearest(here: Widget, others: Iterable[Widget], across: int, down: int) -> Widget | None:
    """Find the widget that lies next in a direction, -1, 0 or 1 cells across and down; None where none does."""
    x, y = here.region.center

    def along(each: Widget) -> tuple[float, float]:
        far, high = each.region.center[0] - x, each.region.center[1] - y
        return (far * across + high * down, abs(far * down) / 3 + abs(high * across) * 3)

    ahead = [each for each in others if each is not here and along(each)[0] >= 1]
    return min(ahead, key=lambda each: along(each)[0] + 3 * along(each)[1], default=None)
