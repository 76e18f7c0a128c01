"""The countdown before everything typed is wiped; any key or click stays."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget

from navigator.text import line, rows


class _SecondsLeft(Widget):
    def __init__(self, seconds: Callable[[], float]) -> None:
        super().__init__()
        self._seconds = seconds

    def render(self) -> Content:
        left = max(int(self._seconds() + 0.999), 0)
        return rows(
            [
                line(("Are you still there?", "bold")),
                line(""),
                line("Everything on this screen is cleared in ", (f"{left} seconds", "bold $accent"), "."),
                line(("Press any key to stay.", "$muted")),
            ]
        )


class IdleCountdown(ModalScreen[None]):
    """Shows the seconds that are left."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        super().__init__()
        self._seconds = seconds

    def compose(self) -> ComposeResult:
        """Give the words."""
        with Vertical(id="countdown"):
            yield _SecondsLeft(self._seconds)

    def on_mount(self) -> None:
        """Count."""
        self.set_interval(0.5, lambda: self.query_one(_SecondsLeft).refresh())

    def on_key(self, event: events.Key) -> None:
        """Stay; the key does nothing else."""
        event.stop()
        event.prevent_default()
        self._stay()

    def on_click(self) -> None:
        """Stay."""
        self._stay()

    def _stay(self) -> None:
        if self.is_current:  # keys that come together reach it after it is gone; the call below it must stand
            self.dismiss()
