"""One question over any screen, answered in one box: a note, a reason, a number to call back."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input, Static

from navigator.screens.desk_screen import DeskModal
from navigator.text import line, rows
from navigator.widgets.key_line import KeyLine
from navigator.widgets.notice import Notice
from navigator.widgets.text_box import TextBox
from provider_directory.errors import BadInput


class AskScreen(DeskModal[str | None]):
    """Gives what was typed, or None where the question was left; ``check`` refuses in words what cannot be taken."""

    BINDINGS = [Binding("escape", "leave", "Back", id="ask.leave")]  # noqa: RUF012 - declared so by Textual
    keys_in_words = (("Enter", "Keep what stands in the box."), ("Esc", "Go back without an answer."))

    def __init__(
        self,
        question: str,
        beside: str = "",
        hint: str = "",
        check: Callable[[str], object] | None = None,
        keeps: Callable[[str], None] | None = None,
    ) -> None:
        """``keeps`` takes half-typed words where the app is ended from outside; None lets them go."""
        super().__init__()
        self._question = question
        self._beside = beside
        self._hint = hint
        self._check = check
        self._keeps = keeps

    def compose(self) -> ComposeResult:
        """Give question, box and what to press."""
        with Vertical(classes="overlay"):
            yield Static(rows([line((self._question, "bold")), *([line(self._beside)] if self._beside else [])]))
            yield TextBox(compact=True, placeholder=self._hint, id="answer")
            yield Notice(classes="overlay-notice")
            yield Static(
                line(("Enter", "$accent"), (" keeps it   ", "$muted"), ("Esc", "$accent"), (" goes back", "$muted"))
            )
        yield KeyLine()

    def on_mount(self) -> None:
        """Take the keys."""
        self.set_focus(self.query_one(Input))  # at once: what is typed next is the answer

    @on(Input.Submitted)
    def _answered(self, event: Input.Submitted) -> None:
        event.stop()
        text = event.value.strip()
        try:
            if self._check:
                self._check(text)
        except BadInput as problem:
            self.query_one(Notice).fail(problem)
            return
        self.dismiss(text)

    def leave_for_good(self) -> None:
        """Keep half-typed words once; called before the app is ended from outside."""
        text = self.query_one(Input).value.strip()
        if text and self._keeps:
            self._keeps(text)
            self._keeps = None

    def action_leave(self) -> None:
        """Go back without an answer."""
        self.dismiss(None)
