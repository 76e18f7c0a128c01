"""The countdown before everything typed is wiped; any key or click stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget

from navigator.languages.translating import Language, Translator, translator
from navigator.screens.left_once import LeftOnce
from navigator.text import line, rows

if TYPE_CHECKING:
    from navigator.key_door import KeyDoor


class _SecondsLeft(Widget):
    def __init__(self, seconds: Callable[[], float], say: Translator) -> None:
        super().__init__()
        self._seconds = seconds
        self._say = say

    def render(self) -> Content:
        say, left = self._say, max(int(self._seconds() + 0.999), 0)
        words = say.many(
            "Everything on this screen is cleared in {count} second.",
            "Everything on this screen is cleared in {count} seconds.",
            left,
        )
        return rows(
            [
                line((say("Are you still there?"), "bold")),
                line(""),
                line((words, "$accent")),
                line((say("Press any key to stay."), "$muted")),
            ]
        )


class IdleCountdown(LeftOnce[None], ModalScreen[None]):
    """Shows the seconds that are left, in the language that is spoken."""

    def __init__(self, seconds: Callable[[], float], language: Language = "en") -> None:
        super().__init__()
        self._seconds = seconds
        self._say = translator(language)

    def compose(self) -> ComposeResult:
        """Give the words."""
        with Vertical(id="countdown"):
            yield _SecondsLeft(self._seconds, self._say)

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
        if self.is_active:  # keys that come together reach it after it is gone; the call below it must stand
            cast("KeyDoor", self.app).drop_keys()
            self.dismiss()
