"""Answers between which a person decides: procedures for the words, places for a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from navigator.text import fit, line, safe
from navigator.widgets.marked_list import MarkedList, still_listed

if TYPE_CHECKING:
    from provider_directory.errors import Choice
    from provider_directory.models import Procedure, ProcedureMatch

NAME_CELLS = 38


class ChoiceList(Vertical):
    """A question and its answers; ``kind`` says what they answer, "procedure" or "place"."""

    @dataclass
    class Chosen(Message):
        """An answer is chosen."""

        kind: str
        id: str

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.kind = "procedure"

    def compose(self) -> ComposeResult:
        """Give the question and the list."""
        yield Static(id="choice-title")
        yield MarkedList(id="choice-list", compact=True)

    @property
    def count(self) -> int:
        """Give the number of answers."""
        return self.query_one(OptionList).option_count

    def show_procedures(self, title: str, matches: Sequence[ProcedureMatch], procedures: Sequence[Procedure]) -> None:
        """Show procedures with their service line and why each was found."""
        options = [
            Option(
                line(
                    fit(safe(match.name, "bold"), NAME_CELLS),
                    ("  " + procedure.service_line.replace("-", " "), "$accent"),
                    (f" · {match.why}", "$muted"),
                )
            )
            for match, procedure in zip(matches, procedures, strict=True)
        ]
        self._show("procedure", title, options, [match.id for match in matches])

    def show_places(self, title: str, choices: Sequence[Choice]) -> None:
        """Show places."""
        self._show("place", title, [Option(safe(choice.name)) for choice in choices], [choice.id for choice in choices])

    def focus(self, scroll_visible: bool = True) -> ChoiceList:
        """Put the keys on the list."""
        self.query_one(OptionList).focus(scroll_visible)
        return self

    def _show(self, kind: str, title: str, options: list[Option], ids: list[str]) -> None:
        self.kind = kind
        self._ids = ids
        self.query_one("#choice-title", Static).update(safe(title, "$accent"))
        answers = self.query_one(OptionList)
        answers.set_options(options)
        answers.highlighted = 0 if options else None

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if still_listed(event):
            self.post_message(self.Chosen(self.kind, self._ids[event.option_index]))
