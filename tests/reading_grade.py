"""How hard a text is to read: Flesch-Kincaid for English, Fernandez-Huerta for Spanish, by counted syllables."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SENTENCE = re.compile(r"[.!?](?:\s|$)")
_ENGLISH = re.compile(r"[aeiouy]+")
_SPANISH = re.compile(r"[iuü]?[aeoáéó][iuyü]?|[iuíúüy]+")


def grade(text: str) -> float:
    """Give the school grade of an English text (Flesch-Kincaid): 7 = twelve years old."""
    words, sentences = _counted(text)
    syllables = sum(_english_syllables(word.lower()) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def ease(text: str) -> float:
    """Give how easy a Spanish text is (Fernandez-Huerta), 0 to 100: 70 and more is grade 7 or easier."""
    words, sentences = _counted(text)
    syllables = sum(max(1, len(_SPANISH.findall(word.lower()))) for word in words)
    return 206.84 - 60 * syllables / len(words) - 1.02 * len(words) / sentences


def _counted(text: str) -> tuple[list[str], int]:
    words = _WORD.findall(text)
    return words, max(1, len(_SENTENCE.findall(text)))


def _english_syllables(word: str) -> int:
    found = len(_ENGLISH.findall(word))
    silent = word.endswith("e") and not word.endswith(("le", "ee"))
    past = word.endswith("ed") and word[-3:-2] not in "td"
    return max(1, found - (silent or past))
