"""The evidence ladder of one center: the rungs above, the rung in hand below, down to file, release and row."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from navigator.actions import EVIDENCE_ACTIONS, bindings
from navigator.screens.desk_screen import DeskScreen
from navigator.screens.evidence_rungs import rungs_of
from navigator.text import line
from navigator.widgets.call_header import DEMONSTRATION
from navigator.widgets.hanging_lines import HangingLines
from navigator.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from provider_directory.models import Center, Evidence

DETAIL_INDENT = 11
"""The width of the words before a detail."""


class EvidenceScreen(DeskScreen[None]):
    """Opens on the credential; a digit goes to the figure of that number, so any figure is two keys from the call."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(EVIDENCE_ACTIONS)

    def __init__(self, center: Center, evidence: Evidence, procedure_name: str) -> None:
        super().__init__()
        self._evidence = evidence
        self._procedure_name = procedure_name
        self._rungs = rungs_of(center, evidence)

    def compose(self) -> ComposeResult:
        """Give title, rungs and the rung in hand."""
        demonstration = (f"{DEMONSTRATION}  ", "bold $warning") if self._evidence.demonstration else ""
        yield Static(
            line(
                demonstration,
                (self._evidence.facility.name, "bold"),
                (f" · {self._procedure_name}", "$muted"),
            ),
            id="ladder-title",
        )
        yield OptionList(*[Option(rung.summary) for rung in self._rungs], id="ladder", compact=True)
        with VerticalScroll(id="rung", can_focus=False):
            yield HangingLines(DETAIL_INDENT, id="rung-detail")
        yield KeyLine()

    def on_mount(self) -> None:
        """Put the first rung in hand."""
        ladder = self.query_one("#ladder", OptionList)
        ladder.highlighted = 0
        ladder.focus()

    @on(OptionList.OptionHighlighted)
    def _show_rung(self, event: OptionList.OptionHighlighted) -> None:
        self.query_one(HangingLines).show(self._rungs[event.option_index].detail)
        self.query_one("#rung", VerticalScroll).scroll_home(animate=False)

    def action_rung(self, rung_id: str) -> None:
        """Put the rung of this id in hand, if the ladder has it."""
        for index, rung in enumerate(self._rungs):
            if rung.id == rung_id:
                self.query_one("#ladder", OptionList).highlighted = index

    def action_back(self) -> None:
        """Go back to the call."""
        self.dismiss()
