"""A screen that is laid out for the size that it has, however fast sizes follow each other."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual import events, on
from textual.screen import Screen

Result = TypeVar("Result")


class OneSize(Screen[Result], Generic[Result]):
    """Textual tells a screen its own size behind each layout; of two sizes in a row each would call up the other."""

    @on(events.Resize)
    def _leave_out_old_size(self, event: events.Resize) -> None:
        """Heed a size that is still the app's; one that is out of date, or word of a layout before, is none."""
        if event.size != self.app.size:
            event.stop()
            event.prevent_default()
