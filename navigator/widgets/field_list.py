"""The fields of a form, one below the other: the one in hand stays in sight whatever grows below them."""

from __future__ import annotations

from textual import on
from textual.containers import VerticalScroll
from textual.events import Resize


class FieldList(VerticalScroll, can_focus=False):
    """Scrolls with the field in hand, also where words to read aloud or a notice take lines of it."""

    @on(Resize)
    def _keep_in_sight(self) -> None:
        in_hand = self.screen.focused
        if in_hand is not None and self in in_hand.ancestors:
            self.call_after_refresh(in_hand.scroll_visible, animate=False)
