"""The one-line box of every screen: bounded, and what is pasted is made one clean line before it is taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from textual import events
from textual.message import Message
from textual.widgets import Input

from provider_directory.cleaning import clean

LONGEST = 2000


class TextBox(Input):
    """Takes at most ``max_length`` letters; where more are typed or pasted, Full is posted (TRUST S18)."""

    @dataclass
    class Full(Message):
        """Something was left out, for there is no room for it."""

        most: int

        @property
        def words(self) -> str:
            """Say so."""
            return f"Only {self.most:,} characters fit here; what goes beyond is left out."

    def __init__(self, value: str = "", *, max_length: int = LONGEST, **options: Any) -> None:
        super().__init__(value, max_length=max_length, **options)
        self._most = max_length

    @property
    def full(self) -> Full | None:
        """Give what there is to say while not one letter more fits."""
        return self.Full(self._most) if len(self.value) >= self._most else None

    def begin_with(self, letter: str) -> None:
        """Take the keys, and a letter that was meant for this box."""
        self.screen.set_focus(self)  # at once: the next letter is for it, too
        self.call_later(self.insert_text_at_cursor, letter)  # behind the focus, which selects all

    def on_paste(self, event: events.Paste) -> None:
        """Take all lines as one, without what acts on a terminal, as far as there is room."""
        event.stop()
        event.prevent_default()
        start, end = sorted(self.selection)
        room = self._most - len(self.value) + end - start
        apart = " " if start and event.text[:1].isspace() else ""
        pasted = apart + clean(event.text, room + 2)  # the letter after the last that fits may be a blank, cut off
        self.replace(pasted[:room], start, end)
        if len(pasted) > room:
            self.post_message(self.Full(self._most))

    def restricted(self) -> None:
        """Ring, and say so where the box is full."""
        super().restricted()
        if full := self.full:
            self.post_message(full)
