"""A language in which every text of the catalogue bears brackets: whatever stands outside was not translated."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from babel.messages.pofile import read_po

from navigator import languages
from navigator.languages import alphabet, procedure_names
from navigator.languages.locales import LOCALES, Locale
from navigator.languages.translating import translator

CATALOGUE = Path(languages.__file__).parent / "es" / "LC_MESSAGES" / "coe.po"
_FIGURE = re.compile(r"(\{\w+\})")
_SAID = re.compile(r"⟦[^⟦⟧]*⟧")
_WORD = re.compile(r"[^\W\d_]{2,}")
OWN_WORDS = ("⟦Your plan says, in English: ⟧", "⟦ says why, in its own words: “⟧")
"""What words of a plan or an alliance are introduced by, which stand as they were written."""


class _Bracketed(gettext.NullTranslations):
    def __init__(self, texts: frozenset[str]) -> None:
        super().__init__()
        self._texts = texts

    def gettext(self, message: str) -> str:
        return bracketed(message) if message in self._texts else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def bracketed(text: str) -> str:
    """Put brackets around a text, but not around the figures that are put into it."""
    return "".join(piece if _FIGURE.fullmatch(piece) else f"⟦{piece}⟧" for piece in _FIGURE.split(text) if piece)


@contextmanager
def in_brackets() -> Iterator[None]:
    """Let the Spanish translator give every text of the catalogue in brackets, names of days and procedures too."""
    with CATALOGUE.open("rb") as file:
        ids = [message.id for message in read_po(file, locale="es") if message.id]
    texts = frozenset(text for each in ids for text in ([each] if isinstance(each, str) else each))
    spanish, words = translator("es"), LOCALES["es"]
    locale = Locale(
        months=tuple(map(bracketed, words.months)),
        weekdays=tuple(map(bracketed, words.weekdays)),
        day="{day}⟦ de ⟧{month}⟦ de ⟧{year}",
        near_day="{weekday} {day}⟦ de ⟧{month}",
        month="{month}⟦ de ⟧{year}",
        joins=((bracketed("y"), ""),),
        separates=((bracketed("o"), ""),),
        hours=("⟦la ⟧{hour}", "⟦las ⟧{hour}"),
    )
    names = {key: bracketed(name) for key, name in procedure_names._names("es").items()}
    with (
        mock.patch.object(spanish, "_catalogue", _Bracketed(texts)),
        mock.patch.object(spanish, "_locale", locale),
        mock.patch.object(procedure_names, "_names", return_value=names),
        mock.patch.dict(alphabet.WORDS, {"es": {key: bracketed(word) for key, word in alphabet.WORDS["es"].items()}}),
    ):
        yield


def left_over(text: str, names: Iterable[str], own: Iterable[str]) -> list[str]:
    """Give the words of a text that are neither translated, nor names of the data, nor others' own, named as such."""
    for before in OWN_WORDS:
        for words in own:
            text = text.replace(before + words, "")
    text = _SAID.sub(" ", text)
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ")
    return _WORD.findall(text)


def unsaid(lines: Iterable[str], names: Iterable[str], own: Iterable[str] = ()) -> list[str]:
    """Give what is not translated, of each line that is not wholly."""
    names, own = tuple(names), tuple(own)
    return [" ".join(words) for line in lines if (words := left_over(line, names, own))]


def in_one_line(text: str) -> str:
    """Undo the wrapping of a page, which breaks names and brackets."""
    return " ".join(text.split())
