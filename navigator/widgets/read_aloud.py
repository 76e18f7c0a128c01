"""What is read aloud, in the caller's language; in another than English, the English stands below it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from textual.content import Content

from navigator.languages.translating import Language, Translator, language_of, translator
from navigator.text import line

if TYPE_CHECKING:
    from navigator.packets.values import NextStep

Words = str | Callable[[Translator], str]
"""A text of the catalogue, or what makes the words in a language."""
MEANS = "in English: "


def read_aloud(label: str, words: Words, language: Language) -> list[Content]:
    """Give a label with the words that follow it aloud; who reads them need not know the caller's language."""
    found = [line((f"{label} ", "bold $accent"), f"“{_said(words, language)}”")]
    return [*found, *in_english(words, language)]


def in_english(words: Words, language: Language, before: str = MEANS) -> list[Content]:
    """Give what words in another language mean; nothing for English."""
    return [] if language == "en" else [line((f"{before}{_said(words, 'en')}", "$muted"))]


def steps_aloud(steps: Iterable[NextStep], tag: str | None) -> list[Content]:
    """Give the next dates in the language of a member, by its tag; nothing for English, in which they stand already."""
    language = language_of(tag)
    if language == "en":
        return []
    from navigator.packets.next_days import day_rows  # deferred: not needed for the first frame

    rows = day_rows(translator(language), steps)
    return [
        line(("say: " if at == 0 else "     ", "$accent"), f"“{day}: {words}”") for at, (day, words) in enumerate(rows)
    ]


def _said(words: Words, language: Language) -> str:
    say = translator(language)
    return say(words) if isinstance(words, str) else words(say)
