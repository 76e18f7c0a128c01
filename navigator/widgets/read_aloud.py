"""What is read aloud, in the caller's language; in another than English, the English stands below it."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from navigator.languages.translating import Language, Translator, translator
from navigator.text import line

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


def _said(words: Words, language: Language) -> str:
    say = translator(language)
    return say(words) if isinstance(words, str) else words(say)
