"""Words as they are compared: lower case, without accents, apostrophes or punctuation."""

from __future__ import annotations

import re
import unicodedata

MAX_QUERY_CHARACTERS = 200

_PLAIN = re.compile(r"[a-z0-9 ]*")
_APOSTROPHES = re.compile(r"['`´‘’ʼ]")
_NOT_WORDS = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Give the text in lower case with single blanks; "Crohn's" becomes "crohns", "riñón" becomes "rinon"."""
    lowered = text.lower()
    if not _PLAIN.fullmatch(lowered):
        lowered = _APOSTROPHES.sub("", lowered.casefold()).replace("&", " and ")
        lowered = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
        lowered = _NOT_WORDS.sub(" ", lowered)
    return " ".join(lowered.split())


def fold_words(text: str) -> list[str]:
    """Give the folded words in their order."""
    return fold(text).split()
