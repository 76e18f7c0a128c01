"""Every key in words, from the registry of actions; what the mode does not have is not named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Static

from navigator import actions
from navigator.screens.desk_screen import DeskScreen
from navigator.text import fit, line, rows, safe

KEY_CELLS = 12
MARKS = (
    ("● under contract", "◐ passes public check", "◔ partly checked, or no warning in public data"),
    ("✕ below public check", "‖ suspended", "○ contract ended", "· no public data"),
)


class HelpScreen(DeskScreen[None]):
    """A page to read; Esc goes back."""

    BINDINGS: ClassVar[list[BindingType]] = actions.bindings(actions.PAGE_ACTIONS)

    def compose(self) -> ComposeResult:
        """Give the page."""
        with VerticalScroll(id="help"):
            yield Static(rows(list(self._lines())))
        yield Footer(compact=True, show_command_palette=False)

    def _lines(self) -> Iterator[Content]:
        for title, section in actions.SECTIONS:
            known = [action for action in section if actions.available(action, self.desk.mode)]
            if not known or not self._has_section(section):
                continue
            yield line("")
            yield safe(title, "bold $accent")
            seen = set()
            for action in known:
                shown = action.shown or action.keys
                if action.help not in seen:
                    yield fit(safe(shown, "bold"), KEY_CELLS) + safe(action.help)
                seen.add(action.help)
        yield line("")
        yield safe("Marks", "bold $accent")
        for marks in MARKS:
            yield safe("   ".join(marks), "$muted")
        yield safe("A rank such as 3–6 is a range: nothing in the data separates these centers but distance.", "$muted")

    def _has_section(self, section: tuple[actions.KeyAction, ...]) -> bool:
        return self.desk.mode.may_refer or section not in (actions.FORM_ACTIONS, actions.LIST_ACTIONS)

    def action_back(self) -> None:
        """Go back."""
        self.dismiss()
