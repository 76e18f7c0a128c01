"""The cells of a program's workbook as the values that a TOML file would hold; what cannot be turned stays text."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from navigator.program.known_questions import TEST_WORDS
from navigator.program.rule_form import Form
from provider_directory.sources.values import iso_day

_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}
_TESTS = {words: test for test, words in TEST_WORDS.items() if words} | {
    "is": "is",
    "is not": "is_not",
    "is none of": "none_of",
    **{f"is {words}": test for test, words in TEST_WORDS.items() if words and test not in ("is", "is_not", "none_of")},
}
_CONDITION = re.compile(
    rf"(?P<fact>\w+(?: \w+)*?) (?P<test>{'|'.join(sorted(_TESTS, key=len, reverse=True))}) (?P<value>.+)", re.IGNORECASE
)


def value_of(text: str, form: Form) -> object:
    """Give a cell's value by its form; a text that is not of it is given as it stands, for the reader to name."""
    if form == "conditions":
        return [condition_of(part) for part in _parts(text, ";")]
    if form in ("list", "words"):
        return _parts(text, ";")
    if form == "numbers":
        return [number_of(part) for part in _parts(text.replace(",", ";"), ";")]
    if form == "yes_no":
        return _YES_NO.get(text.lower(), text)
    if form == "date":
        day = iso_day(text)
        return date.fromisoformat(day) if day else text
    return text if form == "text" else number_of(text)


def number_of(text: str) -> object:
    """Give a number of a cell, also written as "$1,700" or "10%"; any other text as it stands."""
    plain = text.replace("$", "").replace(",", "").removesuffix("%").strip()
    if not _NUMBER.fullmatch(plain):
        return text
    value = Decimal(plain)
    return int(value) if value == int(value) else value


def condition_of(text: str) -> object:
    """Give a test, e.g. "age_years below 18", as a table of the file; a word that stands for one as it is."""
    if found := _CONDITION.fullmatch(text):
        test = _TESTS[found["test"].lower()]
        return {"fact": _folded(found["fact"]), test: tested(test, found["value"])}
    return _folded(text)


def test_of(text: str) -> str:
    """Give the name of a test, e.g. "at_least" for "at least"."""
    return _TESTS.get(text.lower().replace("_", " "), text)


def tested(test: str, text: str) -> object:
    """Give the value that a test holds a fact to: a number, yes or no, a word, or words for one_of and none_of."""
    if test in ("one_of", "none_of"):
        return _parts(text.replace(",", ";").replace(" or ", ";"), ";")
    return _YES_NO.get(text.lower(), number_of(text))


def _folded(text: str) -> str:
    return re.sub(r"\s+", "_", text.strip())


def _parts(text: str, separator: str) -> list[str]:
    return [part.strip() for part in text.split(separator) if part.strip()]
