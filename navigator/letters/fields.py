"""Fields of a page: each kept to a length at which one page holds them all, and what is cut is said."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

CUT = "…"
_WIDE = frozenset("MWmw@%&")


def room(letter: str) -> float:
    """Give about how much room a letter takes, in letters of average width: "W" takes more than "e"."""
    if unicodedata.east_asian_width(letter) in "WF":
        return 2
    return 1.8 if letter in _WIDE else 1.4 if letter.isupper() else 1


class Fields:
    """Cuts what is too long for its place, and remembers that something was cut."""

    def __init__(self) -> None:
        self.cut_any = False

    def __call__(self, text: str, most: int) -> str:
        """Give a text that takes the room of at most ``most`` average letters, with "…" at the end where it is cut."""
        taken, fitting = 0.0, 0
        for place, letter in enumerate(text):
            taken += room(letter)
            if taken > most:
                self.cut_any = True
                return text[:fitting].rstrip() + CUT
            if taken <= most - 1:
                fitting = place + 1
        return text

    def some(self, texts: Iterable[str], most: int, each: int, more: str) -> tuple[str, ...]:
        """Give the first ``most`` texts, each within the room of ``each`` letters; ``more`` stands for the rest."""
        every: Sequence[str] = tuple(texts)
        kept = tuple(self(text, each) for text in every[:most])
        return kept if len(every) <= most else (*kept, more)
