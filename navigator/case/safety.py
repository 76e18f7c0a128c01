"""The safety card: the red flags of a service line, and the words that bring it or 988 (PRODUCT "safety").

The lists are our own, short and in plain words; they ask and send on, they judge nothing. What is read aloud is a text
of the catalogue.
"""

from __future__ import annotations

import csv
import re
from datetime import datetime
from functools import cache
from importlib.resources import files

from navigator.case.red_flags import EVERY_LINE, RED_FLAGS
from navigator.case.value import Language, SafetyCheck, SafetyOutcome
from navigator.languages.translating import Translator, to_say
from provider_directory.cleaning import clean, without_marks

VERSION = "2026-11-2"
"""Of the lists and of the words that are read aloud; another wording takes another version."""
ASK = to_say("Before we go on, is any of this true right now?")
STOP = to_say(
    "Please hang up and call 911 now. If it is not that bad, call your own doctor today. "
    "We will call you back about the rest."
)
CRISIS = to_say(
    "I am glad you told me. You can call or text 988 at any hour, free. Shall I stay on the line while you call? "
    "If you are in danger now, call 911."
)
_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = str.maketrans("", "", "'’`´")


def red_flags(service_line: str | None, say: Translator) -> tuple[str, ...]:
    """Give what is asked for a service line; None or a line without a list gives what is asked for every line."""
    return tuple(say(flag) for flag in flags_asked(service_line))


def flags_asked(service_line: str | None) -> tuple[str, ...]:
    """Give the same as texts of the catalogue."""
    return RED_FLAGS.get(service_line or EVERY_LINE, RED_FLAGS[EVERY_LINE])


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
    return _NOT_A_LETTER.sub(" ", without_marks(words.casefold().translate(_APOSTROPHES))).strip()


@cache
def _crisis_phrases() -> frozenset[str]:
    return frozenset(_folded(row["words"]) for row in _rows("crisis_words.csv"))


@cache
def _emergency_phrases() -> frozenset[str]:
    return frozenset(_folded(row["words"]) for row in _rows("emergency_words.csv"))


def _rows(name: str) -> list[dict[str, str]]:
    text = files("navigator.case").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
