"""The safety card: the red flags to ask about, what to say if one is true, and 988 for words of suicide."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from navigator.actions import bindings
from navigator.case.safety import ASK, CRISIS, STOP, flags_asked
from navigator.case.value import Language
from navigator.case_actions import SAFETY_ACTIONS
from navigator.languages.translating import translator
from navigator.screens.desk_screen import DeskModal
from navigator.text import line, rows
from navigator.widgets.key_line import KeyLine
from navigator.widgets.read_aloud import in_english, read_aloud


class SafetyScreen(DeskModal[str | None]):
    """Gives "none" or "stop" as it was answered, or None where it was left without an answer."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(SAFETY_ACTIONS)

    def __init__(self, service_line: str | None, language: Language, procedure: str = "") -> None:
        super().__init__()
        self._service_line = service_line
        self._language: Language = language
        self._procedure = procedure

    def compose(self) -> ComposeResult:
        """Give the questions and the words for the worst."""
        with VerticalScroll(classes="overlay wide", can_focus=False):
            yield Static(id="safety-lines")
        yield KeyLine()

    def on_mount(self) -> None:
        """Draw."""
        self.query_one("#safety-lines", Static).update(rows(self._lines()))

    def _lines(self) -> list[Content]:
        about = f"  {self._procedure}" if self._procedure else ""
        return [
            line(("Safety", "bold"), (about, "$muted")),
            line(""),
            *read_aloud("Ask:", ASK, self._language),
            *self._flags(),
            line(""),
            line(("0", "bold $accent"), "  none of these, go on"),
            line(("9", "bold $accent"), "  one is true: stop"),
            *read_aloud("   Say:", STOP, self._language),
        ]

    def _flags(self) -> list[Content]:
        found = []
        for flag in flags_asked(self._service_line):
            found.append(line(("  ! ", "$warning"), translator(self._language)(flag)))
            found += in_english(flag, self._language, "    ")
        return found

    def action_answer(self, outcome: str) -> None:
        """Give the answer."""
        self.dismiss(outcome)

    def action_language(self) -> None:
        """Read in the other language."""
        self._language = "es" if self._language == "en" else "en"
        self.on_mount()

    def action_back(self) -> None:
        """Go back without an answer."""
        self.dismiss(None)


class CrisisScreen(DeskModal[None]):
    """988, at once, for words of suicide in any box; what was typed is searched nowhere."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(
        tuple(action for action in SAFETY_ACTIONS if action.id in ("safety.language", "safety.back"))
    )

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language: Language = language

    def compose(self) -> ComposeResult:
        """Give the words."""
        with VerticalScroll(classes="overlay wide", can_focus=False):
            yield Static(id="crisis-lines")
        yield KeyLine()

    def on_mount(self) -> None:
        """Draw."""
        self.query_one("#crisis-lines", Static).update(
            rows(
                [
                    line(
                        ("988", "bold $error"),
                        ("  Suicide and Crisis Lifeline: call or text, day and night, free", "bold"),
                    ),
                    line(""),
                    *read_aloud("Say:", CRISIS, self._language),
                    line(""),
                    line(("Nothing is looked up for these words. Esc goes back.", "$muted")),
                ]
            )
        )

    def action_language(self) -> None:
        """Read in the other language."""
        self._language = "es" if self._language == "en" else "en"
        self.on_mount()

    def action_back(self) -> None:
        """Go back."""
        self.dismiss()
