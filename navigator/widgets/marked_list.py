"""A list whose line in hand has a mark at its edge: a ground of another color is not seen on every terminal."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widgets import OptionList

IN_HAND = "▌"


def still_listed(event: OptionList.OptionSelected) -> bool:
    """Say whether the row that was taken still stands there: a list that was drawn anew since holds other rows."""
    shown, at = event.option_list, event.option_index
    return at < shown.option_count and shown.get_option_at_index(at) is event.option


class MarkedList(OptionList):
    """Draws the mark in the first cell of the line in hand, which the style sheet leaves free."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"marked-list--mark"}

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        strip = super().render_line(y)
        at = self.scroll_offset.y + y
        if at >= len(self._lines) or self._lines[at][0] != self.highlighted or not strip.cell_length:
            return strip
        mark = self.get_component_rich_style("marked-list--mark", partial=True)
        ground = next(iter(strip)).style
        return Strip.join([Strip([Segment(IN_HAND, ground + mark if ground else mark)]), strip.crop(1)])
