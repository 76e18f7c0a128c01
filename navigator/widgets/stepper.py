"""One line with one of several values; left and right, or a click, take the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from navigator.text import line


class Stepper(Widget, can_focus=True):
    """Holds the index of one of its choices, each a value and its words."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space,enter,plus", "next_choice", "Next", show=False, id="stepper.next"),
        Binding("left,minus", "previous_choice", "Previous", show=False, id="stepper.previous"),
    ]
    index: reactive[int] = reactive(0, init=False)

    @dataclass
    class Changed(Message):
        """Another value is chosen."""

        stepper: Stepper
        value: str

        @property
        def control(self) -> Stepper:
            """Give the stepper, for ``@on`` with a selector."""
            return self.stepper

    def __init__(self, choices: Sequence[tuple[str, str]], value: str, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._choices = tuple(choices)
        self.set_reactive(Stepper.index, [choice for choice, _words in choices].index(value))

    @property
    def value(self) -> str:
        """Give the value chosen."""
        return self._choices[self.index][0]

    def render(self) -> Content:
        """Draw the words, between marks while the keys are here."""
        words = self._choices[self.index][1]
        return line(("‹ ", "$accent"), words, (" ›", "$accent")) if self.has_focus else line(words)

    def step(self, by: int, around: bool = True) -> None:
        """Take another choice; ``around`` begins again at the other end."""
        wanted = self.index + by
        self.index = wanted % len(self._choices) if around else max(0, min(wanted, len(self._choices) - 1))

    def take(self, value: str) -> None:
        """Take one of the values."""
        self.index = [choice for choice, _words in self._choices].index(value)

    def action_next_choice(self) -> None:
        """Take the next choice."""
        self.step(1)

    def action_previous_choice(self) -> None:
        """Take the choice before."""
        self.step(-1)

    def on_click(self) -> None:
        """Take the next choice."""
        self.step(1)

    def watch_index(self) -> None:
        """Tell the screen."""
        self.post_message(self.Changed(self, self.value))
