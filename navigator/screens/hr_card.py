"""One answer card of the HR desk: sentence, table, clause and sources at the foot; to copy as an e-mail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from navigator import take_away
from navigator.actions import HR_CARD_ACTIONS, bindings
from navigator.files_out import file_name
from navigator.hr.card import card_lines
from navigator.languages.demonstration import SHORT as DEMONSTRATION
from navigator.messages import LookupFailed, TakenAway
from navigator.screens.desk_screen import DeskScreen
from navigator.text import line, rows
from navigator.widgets.key_line import KeyLine
from navigator.widgets.notice import Notice

if TYPE_CHECKING:
    from navigator.hr.card import AnswerCard

MOST_CELLS = 100
"""Longer lines are harder to read than to scroll."""
LEAST_CELLS = 40
EDGES = 6
"""Padding on both sides and the scrollbar, in cells."""
_COLUMNS = re.compile(r"( {2,})")
_STYLES = {
    "sentence": "bold",
    "more": "",
    "title": "bold $accent",
    "head": "$accent",
    "row": "",
    "foot": "$muted",
    "caveat": "$muted",
    "blank": "",
    "demonstration": "bold $warning",
}


class HrCardScreen(DeskScreen[bool]):
    """Gives True where the same question is to be asked with other facts."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(HR_CARD_ACTIONS)

    def __init__(self, card: AnswerCard, has_facts: bool) -> None:
        super().__init__()
        self._card = card
        self._has_facts = has_facts

    def compose(self) -> ComposeResult:
        """Give the question, the card, and the keys."""
        marked = (f"{DEMONSTRATION}  ", "bold $warning") if self._card.demonstration else ""
        yield Static(line(marked, (self._card.question, "bold")), id="hr-title")
        with VerticalScroll(id="hr-card"):
            yield Static(id="hr-card-text")
        yield Notice(id="hr-notice")
        yield KeyLine()

    def on_mount(self) -> None:
        """Take the keys for reading on."""
        self.query_one("#hr-card").focus()

    def on_resize(self) -> None:
        """Lay the card out for the width."""
        cells = min(max(self.size.width - EDGES, LEAST_CELLS), MOST_CELLS)
        shown = self._card.model_copy(update={"demonstration": False})  # the title says it already
        self.query_one("#hr-card-text", Static).update(rows([_drawn(*each) for each in card_lines(shown, cells)]))

    def action_copy_card(self) -> None:
        """Copy the card as an e-mail: the question as its subject, nothing about a person."""
        take_away.copy(self, file_name("hr", self._card.id), self._card.as_email())

    def action_print_card(self) -> None:
        """Print the card."""
        take_away.send_to_printer(self, self._card.as_email())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse other facts where the question needs none."""
        return super().check_action(action, parameters) and (action != "hr_facts" or self._has_facts)

    def action_hr_facts(self) -> None:
        """Ask the same question with other facts."""
        self.dismiss(True)

    @on(TakenAway)
    def _say_where(self, event: TakenAway) -> None:
        self.query_one(Notice).done(event.words)

    @on(LookupFailed)
    def _say_error(self, event: LookupFailed) -> None:
        event.stop()
        self.query_one(Notice).fail(event.error)

    def action_back(self) -> None:
        """Go back to the questions."""
        self.dismiss(False)


def _drawn(kind: str, text: str) -> Content:
    # Blanks between columns are parts of their own: within a part runs of blanks are one.
    return line(*[(piece, _STYLES[kind]) for piece in _COLUMNS.split(text)])
