"""The way out of a public screen: the PIN of somebody who works here."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from navigator.screens.left_once import LeftOnce
from navigator.screens.lock import PinScreen
from navigator.text import line, rows
from provider_directory.errors import DirectoryError


class StaffScreen(PinScreen):
    """Gives the name of whose PIN was typed; None where it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "Back", id="staff.back")]

    leaves = "Esc goes back."

    def words(self, how: str) -> list[Content]:
        """Say who is asked for."""
        return [line(("Staff", "bold")), line(how), line((self.leaves, "$muted"))]

    def action_back(self) -> None:
        """Go back to the session."""
        self.dismiss(None)


class OutOfOrderScreen(LeftOnce[bool], ModalScreen[bool]):
    """Tells staff why a public screen can answer nothing; gives whether they leave the program."""

    def __init__(self, fault: DirectoryError) -> None:
        super().__init__()
        self._fault = fault

    def compose(self) -> ComposeResult:
        """Give the reason, the next step, and what to press."""
        fault = self._fault
        told = (line((fault.title, "bold")), line(fault.message), line(fault.next_step), line(""))
        with Vertical(classes="overlay"):
            yield Static(rows(list(told)))
            yield Static(line(("Enter", "$accent"), (" leaves the program  ", "$muted"), ("Esc", "$accent"), " back"))

    def on_key(self, event: events.Key) -> None:
        """Leave by Enter, go back by Esc; a public screen has no action that leaves."""
        event.stop()
        event.prevent_default()
        if event.key in ("enter", "escape"):
            self.dismiss(event.key == "enter")
