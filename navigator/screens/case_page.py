"""A closed call, to be read: all that was noted of it, in the order of the call."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from navigator.actions import PAGE_ACTIONS, bindings
from navigator.case.story import lines
from navigator.screens.desk_screen import DeskScreen
from navigator.text import line, rows
from navigator.widgets.key_line import KeyLine
from navigator.widgets.notice import Notice

if TYPE_CHECKING:
    from navigator.case.value import Case


class CasePage(DeskScreen[None]):
    """Shows a case that can no longer be changed."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(PAGE_ACTIONS)

    def __init__(self, case: Case) -> None:
        super().__init__()
        self._case = case

    def compose(self) -> ComposeResult:
        """Give number and story."""
        yield Static(
            line(("Call  ", "bold"), (self._case.id or "", "bold $accent"), ("  closed", "$muted")), id="list-title"
        )
        yield Notice()
        with VerticalScroll(id="page", can_focus=True):
            told = [each.partition(": ") for each in lines(self._case, self.desk.today())]
            yield Static(rows([line((f"{name}{colon}", "$muted"), rest) for name, colon, rest in told]))
        yield KeyLine()

    def on_mount(self) -> None:
        """Take the keys."""
        self.query_one("#page").focus()

    def action_back(self) -> None:
        """Go back."""
        self.dismiss()
