"""How a sentence is put into a language: the library's own is English; who speaks another gives its own ``Say``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol


class Say(Protocol):
    """One language. A text is its own key, and figures are put into ``{name}`` of it."""

    def __call__(self, text: str, /, **values: str | int) -> str:
        """Give a text in the language, with the values put in."""
        ...

    def term(self, words: str) -> str:
        """Give words of our own tables, e.g. "had a complication"; words that are not known stay as they are."""
        ...

    def month(self, day: date) -> str:
        """Say "June 2027"."""
        ...

    def day(self, day: date) -> str:
        """Say "September 14, 2026"."""
        ...

    def listed(self, parts: Iterable[str]) -> str:
        """List parts as they are said: "hospital, surgeon and implant"."""
        ...


class English:
    """The language in which every text is written."""

    def __call__(self, text: str, /, **values: str | int) -> str:
        """Put the values in."""
        return text.format(**values)

    def term(self, words: str) -> str:
        """Give the words."""
        return words

    def month(self, day: date) -> str:
        """Say "June 2027"."""
        return f"{day:%B} {day.year}"

    def day(self, day: date) -> str:
        """Say "September 14, 2026"."""
        return f"{day:%B} {day.day}, {day.year}"

    def listed(self, parts: Iterable[str]) -> str:
        """List parts as they are said."""
        *before, last = tuple(parts) or ("",)
        return f"{', '.join(before)} and {last}" if before else last


ENGLISH = English()


def upper_first(words: str) -> str:
    """Begin with a capital; the rest stays, so that "MRI" keeps its own."""
    return words[:1].upper() + words[1:]


def lower_first(words: str) -> str:
    """Begin small, as in the middle of a sentence: "total knee replacement", but "MRI of the knee" and "A1c"."""
    return words[:1].lower() + words[1:] if words[1:2].islower() or words.startswith("A ") else words


def headed(title: str, stop: str) -> str:
    """Close a heading before what follows it: with the stop, where it is no question."""
    return title if title.endswith("?") else f"{title}{stop}"
