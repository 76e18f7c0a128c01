"""The caller waits: how long, and what may be done meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from navigator.actions import bindings
from navigator.case.scripts import HOLD
from navigator.case_actions import HOLD_ACTIONS
from navigator.languages.translating import Language
from navigator.screens.desk_screen import DeskModal
from navigator.text import line, rows
from navigator.widgets.call_header import clock_words
from navigator.widgets.key_line import KeyLine
from navigator.widgets.read_aloud import read_aloud


class _HoldTime(Widget):
    def __init__(self, seconds: Callable[[], float]) -> None:
        super().__init__()
        self._seconds = seconds

    def on_mount(self) -> None:
        self.set_interval(1.0, self.refresh)

    def render(self) -> Content:
        keys = (
            ("Enter", "takes the caller back"),
            ("2", "a second line: parks this call"),
            ("b", "the caller is gone"),
        )
        return rows(
            [
                line(("On hold  ", "bold"), (clock_words(self._seconds()), "bold $accent")),
                line(""),
                *(line((f"{key:<6}", "bold $accent"), (words, "$muted")) for key, words in keys),
            ]
        )


class HoldScreen(DeskModal[str | None]):
    """Gives "park" or "hung_up", or None where the caller is taken back."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(HOLD_ACTIONS)

    def __init__(self, clock: Callable[[], float], language: Language = "en") -> None:
        super().__init__()
        self._clock = clock
        self._language: Language = language
        self._since = clock()

    def compose(self) -> ComposeResult:
        """Give the clock and the keys."""
        with Vertical(classes="overlay"):
            yield Static(rows([*read_aloud("Say:", HOLD, self._language), line("")]))
            yield _HoldTime(lambda: self._clock() - self._since)
        yield KeyLine()

    def action_back(self) -> None:
        """Take the caller back."""
        self.dismiss(None)

    def action_park(self) -> None:
        """Park this call."""
        self.dismiss("park")

    def action_hung_up(self) -> None:
        """Put this call on the call-back list."""
        self.dismiss("hung_up")
