"""What a call asks first: the caller's words, the place, how far, and the order of the centers."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Label

from navigator.settings import RADII
from navigator.widgets import phrases
from navigator.widgets.stepper import Stepper
from navigator.widgets.text_box import TextBox


class CallBoxes(Horizontal):
    """Two boxes and two steppers in a row."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the box sees it: what is typed behind Enter, however soon, is the place and no more words.
        Binding("enter", "words_entered", "Enter", show=False, priority=True, id="call.words_entered"),
    ]

    def __init__(self, miles: int, most_letters: int) -> None:
        super().__init__(id="boxes")
        self._miles = miles
        self._most_letters = most_letters

    def compose(self) -> ComposeResult:
        """Give them, each under its label."""
        with Vertical(id="words-box"):
            yield Label("What is planned?")
            yield TextBox(id="words", compact=True, max_length=self._most_letters)
        with Vertical(id="place-box"):
            yield Label("Where?")
            yield TextBox(id="place", compact=True, max_length=self._most_letters, placeholder="ZIP or city")
        with Vertical(id="miles-box"):
            yield Label("Within")
            yield Stepper([(str(miles), f"{miles} mi") for miles in RADII], str(self._miles), id="miles")
        with Vertical(id="order-box"):
            yield Label("Order")
            yield Stepper(phrases.ORDERS, "recommended", id="order")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Enter to the box in hand, unless it ends the words before a place is typed."""
        if action != "words_entered":
            return True
        return self.screen.focused is self.query_one("#words") and not self.query_one("#place", Input).value

    def action_words_entered(self) -> None:
        """Go to the place at once, and enter the words behind the letters that are still on their way into them."""
        words = self.query_one("#words", Input)
        self.screen.set_focus(self.query_one("#place"))  # at once; ``focus`` would wait for its turn
        words.call_next(words.action_submit)
