"""A ladder: rungs above, what stands under the rung in hand below, down to file, release and row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from navigator.languages.demonstration import SHORT as DEMONSTRATION
from navigator.screens.desk_screen import DeskScreen
from navigator.text import Part, line
from navigator.widgets.hanging_lines import HangingLines
from navigator.widgets.key_line import KeyLine
from navigator.widgets.marked_list import MarkedList


class Rung(NamedTuple):
    """One line of a ladder and what stands under it."""

    id: str
    summary: Content
    detail: tuple[Content, ...]


class LadderScreen(DeskScreen[None]):
    """Opens on the first rung; ``detail_indent`` is the width in cells of the words before a detail."""

    def __init__(self, rungs: Sequence[Rung], title: Sequence[Part], demonstration: bool, detail_indent: int) -> None:
        super().__init__()
        self._rungs = tuple(rungs)
        marked: Part = (f"{DEMONSTRATION}  ", "bold $warning") if demonstration else ""
        self._title = line(marked, *title)
        self._detail_indent = detail_indent

    def compose(self) -> ComposeResult:
        """Give title, rungs and the rung in hand."""
        yield Static(self._title, id="ladder-title")
        yield MarkedList(*[Option(rung.summary) for rung in self._rungs], id="ladder", compact=True)
        with VerticalScroll(id="rung", can_focus=False):
            yield HangingLines(self._detail_indent, id="rung-detail")
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
        ids = [rung.id for rung in self._rungs]
        if rung_id in ids:
            self.query_one("#ladder", OptionList).highlighted = ids.index(rung_id)

    def action_back(self) -> None:
        """Go back to the call."""
        self.dismiss()
