"""The first screen of a fresh machine: what shall it answer from? It is never shown again once an edition is there."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from navigator import lookups
from navigator.actions import WELCOME_ACTIONS, bindings
from navigator.editions import EditionShelf, PublishedEdition
from navigator.messages import LookupFailed, OpeningProgressed
from navigator.screens.desk_screen import DeskScreen
from navigator.text import line, rows
from navigator.widgets.key_line import KeyLine
from navigator.widgets.marked_list import MarkedList
from navigator.widgets.notice import Notice
from navigator.widgets.text_box import TextBox

CHOICES = (
    ("The demonstration", "invented hospitals, alliances and employers"),
    ("Real data", "the public files of Medicare, and your own rosters"),
    ("An edition file", "that somebody has given you"),
)
DEMONSTRATION, REAL_DATA, FILE = range(3)
ENTER_WORDS = "Enter takes it."
DETAILS = (
    (
        "Made in seconds, without a network. Every screen says DEMONSTRATION.",
        "Real data can take its place at any time.",
    ),
    (
        "In another terminal, or after leaving here, run one of these:",
        "",
        "  coe sync",
        "      fetches the public files of Medicare; --dry-run says first how large",
        "  coe build --from FOLDER --release 2026-01",
        "      builds from files that you have, your alliances' rosters among them",
        "",
        "As soon as the edition is published, this screen goes on by itself.",
    ),
    (
        "The path of the file NAME.sqlite. Its NAME.json has to lie beside it.",
        "It is verified, copied to this machine's shelf, and used from then on.",
    ),
)


class WelcomeScreen(DeskScreen[None]):
    """Three choices, the demonstration in hand; what is chosen is remembered by what is then published."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(WELCOME_ACTIONS)

    class Published(Message):
        """An edition file was verified and stands on the shelf."""

        def __init__(self, edition: PublishedEdition) -> None:
            super().__init__()
            self.edition = edition

    def __init__(self, shelf: EditionShelf) -> None:
        super().__init__()
        self._shelf = shelf

    def compose(self) -> ComposeResult:
        """Give the question, its answers, what the answer in hand means, and the box for a path."""
        yield Static(
            rows(
                [
                    line(("Center of Excellence Navigator", "bold $accent")),
                    line(""),
                    line("This machine has no data yet. What shall it answer from?  ", (ENTER_WORDS, "$muted")),
                ]
            ),
            id="welcome-title",
        )
        yield MarkedList(*[Option(_choice(number)) for number in range(len(CHOICES))], id="welcome-choices")
        yield Static(id="welcome-detail")
        yield TextBox(id="welcome-path", compact=True, placeholder="/path/to/NAME.sqlite", max_length=1000)
        yield Notice(id="welcome-notice")
        yield KeyLine()

    def on_mount(self) -> None:
        """Put the demonstration in hand, and tell what is wrong in the settings."""
        choices = self.query_one("#welcome-choices", OptionList)
        choices.highlighted = DEMONSTRATION
        choices.focus()
        if problems := self.desk.setting_problems:
            self.query_one(Notice).fail(problems[0])

    @on(OptionList.OptionHighlighted)
    def _explain(self, event: OptionList.OptionHighlighted) -> None:
        self.query_one("#welcome-detail", Static).update(rows([line(text) for text in DETAILS[event.option_index]]))
        self.query_one("#welcome-path", Input).display = event.option_index == FILE

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        if event.option_index == DEMONSTRATION:
            self.desk.take_edition(self._shelf.demonstration())
        elif event.option_index == REAL_DATA:
            self.query_one(Notice).wait("Waiting for an edition to be published")
        else:
            self.query_one("#welcome-path").focus()

    @on(Input.Submitted)
    def _open_file(self, event: Input.Submitted) -> None:
        if not (text := event.value.strip().strip("'\"")):
            return
        self.query_one(Notice).wait("Verifying the edition")

        async def question() -> Message:
            file = Path(text).expanduser()
            return self.Published(await asyncio.to_thread(self._shelf.put, file, self._say_progress))

        lookups.ask(self, "edition", question)

    def _say_progress(self, words: str, done: float) -> None:
        self.post_message(OpeningProgressed(words, done))

    @on(OpeningProgressed)
    def _went_on(self, event: OpeningProgressed) -> None:
        event.stop()
        self.query_one(Notice).wait(event.words, event.fraction)

    @on(Published)
    def _published(self, event: Published) -> None:
        self.desk.when_unlocked(lambda: self.desk.take_edition(event.edition))

    @on(LookupFailed)
    def _say_error(self, event: LookupFailed) -> None:
        event.stop()
        self.query_one(Notice).fail(event.error)

    def action_choose(self, number: int) -> None:
        """Take the choice of this number."""
        choices = self.query_one("#welcome-choices", OptionList)
        choices.highlighted = number
        choices.focus()
        choices.action_select()

    def action_back(self) -> None:
        """Go from the path back to the choices."""
        self.query_one("#welcome-choices").focus()


def _choice(number: int) -> Content:
    title, words = CHOICES[number]
    return line((f"{number + 1}  ", "$accent"), (title, "bold"), (f"  {words}", "$muted"))
