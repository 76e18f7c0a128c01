"""Lines that wrap under their own mark, whatever the width."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from navigator.text import hanging


class HangingLines(Widget):
    """Draws lines, every further line of one indented by ``indent`` cells; ``labels`` as in ``text.hanging``."""

    lines: reactive[tuple[Content, ...]] = reactive((), layout=True)

    def __init__(self, indent: int = 2, id: str | None = None, labels: bool = False) -> None:  # noqa: A002 - Textual's
        super().__init__(id=id)
        self._indent = indent
        self._labels = labels

    def show(self, lines: Sequence[Content]) -> None:
        """Show other lines."""
        self.lines = tuple(lines)

    def render(self) -> Content:
        """Draw the lines at the width that there is."""
        return hanging(self.lines, self.content_size.width, self._indent, self._labels)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take as many lines as the width asks for."""
        return hanging(self.lines, width, self._indent, self._labels).plain.count("\n") + 1
