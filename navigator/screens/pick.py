"""One of a few choices over any screen, taken by its digit or with the arrows."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from navigator.screens.desk_screen import DeskModal
from navigator.text import line
from navigator.widgets.key_line import KeyLine
from navigator.widgets.marked_list import MarkedList


class PickScreen(DeskModal[str | None]):
    """Gives the id of what was taken, or None."""

    BINDINGS = [Binding("escape", "leave", "Back", id="pick.leave")]  # noqa: RUF012 - declared so by Textual
    keys_in_words = (
        ("1-9", "Take the choice of this number."),
        ("Enter", "Take the choice in hand."),
        ("Esc", "Go back without a choice."),
    )

    def __init__(self, question: str, choices: Sequence[tuple[str, str]], taken: str | None = None) -> None:
        super().__init__()
        self._question = question
        self._choices = tuple(choices)
        self._taken = taken

    def compose(self) -> ComposeResult:
        """Give question and choices, each with its digit."""
        with Vertical(classes="overlay"):
            yield Static(line((self._question, "bold")))
            yield MarkedList(
                *[
                    Option(
                        line((f"{number}  ", "bold $accent"), label, ("  ●" if each == self._taken else "", "$accent"))
                    )
                    for number, (each, label) in enumerate(self._choices, 1)
                ],
                compact=True,
                id="picks",
            )
            yield Static(
                line(
                    ("a digit or Enter", "$accent"), (" takes it   ", "$muted"), ("Esc", "$accent"), (" back", "$muted")
                )
            )
        yield KeyLine()

    def on_mount(self) -> None:
        """Stand on the choice that is taken."""
        ids = [each for each, _label in self._choices]
        picks = self.query_one(OptionList)
        picks.focus()
        picks.highlighted = ids.index(self._taken) if self._taken in ids else 0

    def on_key(self, event: events.Key) -> None:
        """Take the choice of the digit."""
        if event.character and event.character.isdigit() and 1 <= int(event.character) <= len(self._choices):
            event.stop()
            self.dismiss(self._choices[int(event.character) - 1][0])

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._choices[event.option_index][0])

    def action_leave(self) -> None:
        """Go back without a choice."""
        self.dismiss(None)
