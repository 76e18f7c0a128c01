"""What stands in the place of a screen that this mode does not show."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Static

from navigator.screens.desk_screen import DeskModal
from navigator.text import line, rows
from navigator.widgets.key_line import KeyLine


class NotHere(DeskModal[Any]):
    """Says that something is not part of this mode, and goes back without an answer."""

    BINDINGS = [Binding("escape,enter", "leave", "Back", id="nothere.leave")]  # noqa: RUF012 - declared so by Textual
    keys_in_words = (("Esc or Enter", "Go back."),)

    def compose(self) -> ComposeResult:
        """Give the sentence and what to press."""
        with Vertical(classes="overlay"):
            said = "What is kept about a person is not shown here; the desk has it."
            yield Static(rows([line(("Not in this mode", "bold")), line(""), line(said), line("")]))
            yield Static(line(("Esc", "$accent"), (" back", "$muted")))
        yield KeyLine()

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)
