"""The price ladder of one center: every price that was weighed above, the one in hand below, down to its row."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from navigator.actions import PRICE_ACTIONS, bindings
from navigator.screens.desk_screen import DeskScreen
from navigator.screens.price_rungs import DETAIL_INDENT, price_rungs
from navigator.text import line
from navigator.widgets.call_header import DEMONSTRATION
from navigator.widgets.hanging_lines import HangingLines
from navigator.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from provider_directory.models import PriceLadder


class PriceScreen(DeskScreen[None]):
    """Opens on the price with its reason; a digit goes to the candidate of that number and its source row."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(PRICE_ACTIONS)

    def __init__(self, ladder: PriceLadder, procedure_name: str) -> None:
        super().__init__()
        self._ladder = ladder
        self._procedure_name = procedure_name
        self._rungs = price_rungs(ladder)

    def compose(self) -> ComposeResult:
        """Give title, the prices and the one in hand."""
        demonstration = (f"{DEMONSTRATION}  ", "bold $warning") if self._ladder.demonstration else ""
        yield Static(
            line(
                demonstration,
                ("Price  ", "$muted"),
                (self._ladder.facility.name, "bold"),
                (f" · {self._procedure_name}", "$muted"),
            ),
            id="ladder-title",
        )
        yield OptionList(*[Option(rung.summary) for rung in self._rungs], id="ladder", compact=True)
        with VerticalScroll(id="rung", can_focus=False):
            yield HangingLines(DETAIL_INDENT, id="rung-detail")
        yield KeyLine()

    def on_mount(self) -> None:
        """Put the price in hand."""
        ladder = self.query_one("#ladder", OptionList)
        ladder.highlighted = 0
        ladder.focus()

    @on(OptionList.OptionHighlighted)
    def _show_rung(self, event: OptionList.OptionHighlighted) -> None:
        self.query_one(HangingLines).show(self._rungs[event.option_index].detail)
        self.query_one("#rung", VerticalScroll).scroll_home(animate=False)

    def action_candidate(self, number: int) -> None:
        """Put the candidate of this number in hand, if there are so many."""
        if number < len(self._rungs):
            self.query_one("#ladder", OptionList).highlighted = number

    def action_back(self) -> None:
        """Go back to the call."""
        self.dismiss()
