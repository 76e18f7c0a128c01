"""Letters as they are spelled on the phone: "C as in Charlie", "V de vaca"."""

from __future__ import annotations

from navigator.languages.translating import Language, Translator

_ENGLISH = (
    "Alpha Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliet Kilo Lima Mike November Oscar Papa Quebec Romeo "
    "Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu"
)
_SPANISH = (
    "Ana burro Carlos dedo Elena Francia gato hotel Inés Jorge kilo Luis María noche oso Pedro queso Rosa "
    "Susana Tomás uva vaca Washington xilófono yegua zapato"
)
WORDS: dict[Language, dict[str, str]] = {
    "en": {word[0].upper(): word for word in _ENGLISH.split()},
    "es": {word[0].upper(): word for word in _SPANISH.split()},
}
"""A word for each letter of the Latin alphabet."""


def spelled_with_words(say: Translator, code: str) -> str:
    """Spell letters with a word and digits as they are, groups apart: "0, 1, C as in Charlie; 4, N as in November"."""
    words = WORDS[say.language]
    return "; ".join(
        ", ".join(
            say("{letter} as in {word}", letter=sign, word=words[sign]) if sign in words else sign for sign in group
        )
        for group in code.split("-")
    )
