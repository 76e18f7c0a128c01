"""The import side of the one door for text from data: what a file, a server or a person says, made safe to keep."""

from __future__ import annotations

import re
import unicodedata

MAX_CHARACTERS = 300
MOST_MARKS = 30

# CSI, OSC (to BEL or ST), DCS/PM/APC/SOS strings, then any other two-character escape.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"
    r"|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c]*(?:\x1b\\|\x9c)?"
    r"|\x1b[ -/]*[0-~]?"
)
# C0 without tab and line ends (folded to blanks below), DEL, C1, zero-width, bidi, line separators, BOM, tags.
# The zero-width joiner U+200D stays: it builds emoji and Indic letters.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
_PLAIN = re.compile(r"[ -~]*")
_NO_PLAIN_RUN = re.compile(rf"[^\x00-\x7f]{{{MOST_MARKS + 1}}}")


def clean(text: str, limit: int = MAX_CHARACTERS) -> str:
    """Make outside text safe to keep: NFC, one line, ``limit`` characters, no escapes, controls, bidi or zero-width.

    Idempotent. The zero-width joiner is kept (DESIGN "Text from data", TRUST B2 rule 3).
    """
    if not _PLAIN.fullmatch(text):
        text = _ESCAPES.sub("", text)
        text = _INVISIBLE.sub("", text)
        text = _unstacked(text.encode("utf-8", "ignore").decode("utf-8"))
        text = _unstacked(unicodedata.normalize("NFC", text))  # once more: a few marks come apart into two
    return " ".join(text.split())[:limit].rstrip()  # five times as quick as an expression: a build cleans millions


def _unstacked(text: str) -> str:
    """Leave out marks above the most that stand on one letter: sorting a run of marks takes the square of its length.

    Unicode's "stream-safe" texts have at most 30 (UAX 15, section 13).
    """
    if not _NO_PLAIN_RUN.search(text):
        return text
    kept, run = [], 0
    for letter in text:
        run = run + 1 if unicodedata.combining(letter) else 0
        if run <= MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


def harmless(text: str) -> str:
    """Give a text that is about to be written to a terminal, with "·" for every letter that would act on it.

    Line ends, tabs, blanks of any width and the zero-width joiner stay.
    """
    return text if text.isprintable() else "".join(letter if _only_shows(letter) else "·" for letter in text)


def _only_shows(letter: str) -> bool:
    return letter.isprintable() or letter in "\u200d\n\t" or unicodedata.category(letter) == "Zs"


def without_marks(text: str) -> str:
    """Give the letters of a text without accents, in compatible forms, e.g. "ñ" as "n"; in time as long as the text."""
    if text.isascii():
        return text
    bare = "".join(letter for letter in text if not unicodedata.combining(letter))  # a long run of marks is slow
    return "".join(letter for letter in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(letter))


_CITY_WORDS = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
_NO_LETTER = re.compile(r"[\W_]+")


def fold_city(name: str) -> str:
    """Fold a city's name for comparing: "St. Paul" = "saint paul", "Cataño" = "CATANO", "O'Fallon" = "O Fallon"."""
    words = _NO_LETTER.sub(" ", without_marks(name).casefold()).split()
    return "".join(_CITY_WORDS.get(word, word) for word in words)
