"""Words as they are compared: lower case, without accents, apostrophes or punctuation."""

from __future__ import annotations

import re

from provider_directory.cleaning import without_marks

MAX_QUERY_CHARACTERS = 200

_PLAIN = re.compile(r"[a-z0-9 ]*")
_APOSTROPHES = re.compile(r"['`´‘’ʼ]")
_NOT_WORDS = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Give the text in lower case with single blanks; "Crohn's" becomes "crohns", "riñón" becomes "rinon"."""
    lowered = text.lower()
    if not _PLAIN.fullmatch(lowered):
        lowered = _APOSTROPHES.sub("", lowered.casefold()).replace("&", " and ")
        lowered = _NOT_WORDS.sub(" ", without_marks(lowered))
    return " ".join(lowered.split())


def fold_words(text: str) -> list[str]:
    """Give the folded words in their order."""
    return fold(text).split()
