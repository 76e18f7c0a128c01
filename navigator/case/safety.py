"""The safety card: the red flags of a service line, and the words that bring it or 988 (PRODUCT "safety").

The lists are our own, short and in plain words; they ask and send on, they judge nothing.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from datetime import datetime
from functools import cache
from importlib.resources import files

from navigator.case.value import Language, SafetyCheck, SafetyOutcome
from provider_directory.cleaning import clean

VERSION = "2026-11"
"""Of the lists and of the words that are read aloud; another wording takes another version."""
EVERY_LINE = "*"
ASK = {
    "en": "Before we go on, is any of this true right now?",
    "es": "Antes de seguir, ¿le pasa algo de esto ahora mismo?",
}
STOP = {
    "en": "Please hang up and call 911 now. If it is not that bad, call your own doctor today. "
    "We will call you back about the rest.",
    "es": "Por favor cuelgue y llame al 911 ahora. Si no es tan grave, llame hoy a su médico. "
    "Le llamaremos después para lo demás.",
}
CRISIS = {
    "en": "I am glad you told me. You can call or text 988 at any hour, free. Shall I stay on the line while you call? "
    "If you are in danger now, call 911.",
    "es": "Gracias por decírmelo. Puede llamar al 988 a cualquier hora, gratis, y marcar 2 para español. "
    "¿Me quedo en la línea mientras llama? Si está en peligro ahora, llame al 911.",
}
_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = str.maketrans("", "", "'’`´")


def red_flags(service_line: str | None, language: Language) -> tuple[str, ...]:
    """Give what is asked for a service line; None or a line without a list gives what is asked for every line."""
    asked = _flags().get(service_line or EVERY_LINE) or _flags()[EVERY_LINE]
    return tuple(each[language] for each in asked)


def speaks_of_suicide(words: str) -> bool:
    """Say whether words, typed or heard, hold one of the listed phrases, English or Spanish, however accented."""
    folded = f" {_folded(words)} "
    return any(f" {phrase} " in folded for phrase in _crisis_phrases())


def speaks_of_emergency(words: str) -> bool:
    """Say whether words hold one of the listed red flags, e.g. "chest pain"; the safety card comes first then."""
    folded = f" {_folded(words)} "
    return any(f" {phrase} " in folded for phrase in _emergency_phrases())


def checked(outcome: SafetyOutcome, language: Language, at: datetime, by: str) -> SafetyCheck:
    """Give the check as it is logged; ``at`` is aware."""
    return SafetyCheck(outcome, VERSION, language, at, clean(by, 120))


def _folded(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words.casefold().translate(_APOSTROPHES))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _NOT_A_LETTER.sub(" ", letters).strip()


@cache
def _flags() -> dict[str, tuple[dict[str, str], ...]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in _rows("red_flags.csv"):
        found.setdefault(row["service_line"], []).append(row)
    return {line: tuple(rows) for line, rows in found.items()}


@cache
def _crisis_phrases() -> frozenset[str]:
    return frozenset(_folded(row["words"]) for row in _rows("crisis_words.csv"))


@cache
def _emergency_phrases() -> frozenset[str]:
    return frozenset(_folded(row["words"]) for row in _rows("emergency_words.csv"))


def _rows(name: str) -> list[dict[str, str]]:
    text = files("navigator.case").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
