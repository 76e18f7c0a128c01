"""What a call asks first: the caller's words, the place, how far, and the order of the centers."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Label

from navigator.settings import RADII
from navigator.widgets import phrases
from navigator.widgets.stepper import Stepper


class CallBoxes(Horizontal):
    """Two boxes and two steppers in a row."""

    def __init__(self, miles: int, most_letters: int) -> None:
        super().__init__(id="boxes")
        self._miles = miles
        self._most_letters = most_letters

    def compose(self) -> ComposeResult:
        """Give them, each under its label."""
        with Vertical(id="words-box"):
            yield Label("What is planned?")
            yield Input(id="words", compact=True, max_length=self._most_letters)
        with Vertical(id="place-box"):
            yield Label("Where?")
            yield Input(id="place", compact=True, max_length=self._most_letters, placeholder="ZIP or city")
        with Vertical(id="miles-box"):
            yield Label("Within")
            yield Stepper([(str(miles), f"{miles} mi") for miles in RADII], str(self._miles), id="miles")
        with Vertical(id="order-box"):
            yield Label("Order")
            yield Stepper(phrases.ORDERS, "recommended", id="order")
