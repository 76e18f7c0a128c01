"""The way out of a public screen: the PIN of somebody who works here."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from navigator.screens.lock import PinScreen
from navigator.text import line


class StaffScreen(PinScreen):
    """Gives the name of whose PIN was typed; None where it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "Back", id="staff.back")]

    def words(self, how: str) -> list[Content]:
        """Say who is asked for."""
        return [line(("Staff", "bold")), line(how), line(("Esc goes back.", "$muted"))]

    def action_back(self) -> None:
        """Go back to the session."""
        self.dismiss(None)
