"""A letter on the screen, laid out anew at every width."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from navigator.letters.page import Page
from navigator.text import line, rows
from navigator.widgets.letter_drawing import page_lines


class LetterPaper(Widget):
    """Shows one page."""

    page: reactive[Page | None] = reactive(None, layout=True)

    def render(self) -> Content:
        """Draw the page at the width that there is."""
        return rows(page_lines(self.page, self.content_size.width)) if self.page else line("")

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take as many lines as the width asks for."""
        return len(page_lines(self.page, width)) if self.page else 1
