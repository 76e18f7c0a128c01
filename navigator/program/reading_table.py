"""One table of a program file, read key by key; what cannot be right is noted with its place, and reading goes on."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, TypeVar

from provider_directory.cleaning import clean

Read = TypeVar("Read")
Place = tuple[str | int, ...]
"""The way to a value: keys, and the numbers of tables in a list from 0, e.g. ("rule", 0, "travel", 1, "min_miles")."""
LONG_TEXT = 600
MOST_DOLLARS = 10_000_000
_SHOWN = 60
_LIKE_KEY = 70
"""Likeness, 0-100, from which a known key is proposed for an unknown one."""
_MISSPELLED = 80
"""Likeness of the letters from which an unknown key is surely a known one misspelled."""
_MOST_UNKNOWN = 100
"""Unknown keys of one table that are told one by one; a file of thousands is no program file."""


@dataclass(frozen=True)
class Finding:
    """One thing of a program file to mend (error) or to look at (alert)."""

    place: Place
    severity: Literal["error", "alert"]
    code: str
    found: str
    expected: str
    next_step: str
    near: bool = False
    """Whether an unknown key is a misspelled known one."""


def likeliest(word: str, known: Sequence[str], like: int = _LIKE_KEY) -> str | None:
    """Give the known word that another one was likely meant to be; None where none is like it.

    One that is surely misspelled comes first: "plan_yaer" also holds "plan".
    """
    from rapidfuzz import fuzz, process  # deferred: 14 ms that only a misspelled word pays

    found = process.extractOne(word.lower(), known, scorer=fuzz.ratio, score_cutoff=_MISSPELLED)
    found = found or process.extractOne(word.lower(), known, scorer=fuzz.WRatio, score_cutoff=like)
    return str(found[0]) if found else None


def _misspelled(key: str, nearest: str | None) -> bool:
    from rapidfuzz import fuzz  # deferred, as above

    return nearest is not None and fuzz.ratio(key.lower(), nearest) >= _MISSPELLED


def listed(words: Sequence[str]) -> str:
    """Give words as an enumeration, e.g. "a, b or c"."""
    return " or ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


class Table:
    """A table under its place; every method notes a finding for a value of the wrong form and gives None or ()."""

    def __init__(
        self,
        content: Mapping[str, object],
        place: Place,
        findings: list[Finding],
        spanish: dict[str, str] | None = None,
    ) -> None:
        self.place = place
        self.findings = findings
        self.spanish: dict[str, str] = {} if spanish is None else spanish
        """The file's own Spanish of its sentences, by their English; one for all tables of a file."""
        self._content = content
        self._known: list[str] = []

    def __contains__(self, key: str) -> bool:
        return key in self._content

    def knows(self, key: str) -> bool:
        """Say whether a key is one of this table."""
        return key in self._known

    def note(
        self, key: str, code: str, found: str, expected: str, step: str, severity: Literal["error", "alert"] = "error"
    ) -> None:
        """Note a finding at a key, or at the table itself where the key is ""."""
        place = (*self.place, key) if key else self.place
        self.findings.append(Finding(place, severity, code, found, expected, step))

    def wrong(self, key: str, expected: str, step: str = "") -> None:
        """Note that the value of a key is not of the form that is expected."""
        self.note(key, "bad_value", shown(self._content.get(key)), expected, step or f"Write {key} as {expected}.")

    def missing(self, key: str, expected: str) -> None:
        """Note that a key is needed."""
        self.note(key, "missing", "nothing", expected, f"Add {key}: {expected}.")

    def value(self, key: str) -> object:
        """Give a value as it stands; None where the key is absent. A key that is asked for is a known one."""
        if key not in self._known:
            self._known.append(key)
        return self._content.get(key)

    def text(self, key: str, limit: int = LONG_TEXT) -> str | None:
        """Give a cleaned text of at most ``limit`` characters; a longer one is not cut."""
        found = self.value(key)
        if found is None:
            return None
        if not isinstance(found, str) or not (text := clean(found, limit + 2)) or len(text) > limit:
            self.wrong(key, f"words in quotes, at most {limit} characters")
            return None
        return text

    def needed_text(self, key: str, expected: str) -> str:
        """Give a text, "" with a finding where it is absent."""
        text = self.text(key)
        if text is None and key not in self:
            self.missing(key, expected)
        return text or ""

    def said(self, key: str, limit: int = LONG_TEXT) -> str | None:
        """Give a text that members may hear; the employer's own Spanish of it may stand beside it as ``KEY_es``."""
        text = self.text(key, limit)
        self._take_spanish(key, text, limit)
        return text

    def needed_said(self, key: str, expected: str) -> str:
        """Give such a text, "" with a finding where it is absent."""
        text = self.needed_text(key, expected)
        self._take_spanish(key, text, LONG_TEXT)
        return text

    def _take_spanish(self, key: str, text: str | None, limit: int) -> None:
        words = self.text(f"{key}_es", limit)
        if words is None:
            return
        if not text:
            self.note(f"{key}_es", "spanish_alone", shown(words), f"{key} in English beside it", f"Add {key}.")
        elif self.spanish.setdefault(text, words) != words:
            step = "Keep one: the same sentence is said in the same words."
            self.note(f"{key}_es", "spanish_twice", shown(words), shown(self.spanish[text]), step)

    def yes_no(self, key: str) -> bool | None:
        """Give true or false."""
        found = self.value(key)
        if found is None or isinstance(found, bool):
            return found
        self.wrong(key, "true or false, without quotes")
        return None

    def number(self, key: str, least: int, most: int, unit: str) -> Decimal | None:
        """Give a number of a range; ``unit`` says in words what it counts."""
        found = self.value(key)
        if found is None:
            return None
        value = as_number(found)
        if value is None or not least <= value <= most:
            between = f"from {least} to {most}" if unit == "a year" else f"from {least:,} to {most:,}"
            self.wrong(key, f"{unit}: a number {between}, without quotes")
            return None
        return value

    def whole(self, key: str, least: int, most: int, unit: str) -> int | None:
        """Give a whole number of a range."""
        value = self.number(key, least, most, unit)
        if value is None or value == int(value):
            return None if value is None else int(value)
        self.wrong(key, f"{unit}: a whole number from {least:,} to {most:,}")
        return None

    def cents(self, key: str) -> int | None:
        """Give dollars of the file as cents."""
        value = self.number(key, 0, MOST_DOLLARS, "dollars")
        if value is None or value * 100 == int(value * 100):
            return None if value is None else int(value * 100)
        self.wrong(key, "dollars with at most two decimals, e.g. 1700 or 1700.50")
        return None

    def percent(self, key: str) -> Decimal | None:
        """Give a percentage, 10 for 10%; a fraction below 1 is noted as an alert."""
        value = self.number(key, 0, 100, "percent")
        if value is not None and 0 < value < 1:
            step = f"Write {key} = {(value * 100).normalize():f} if {(value * 100).normalize():f}% is meant."
            self.note(key, "small_percent", f"{value}, that is {value}%", "percent, 10 for 10%", step, "alert")
        return value

    def day(self, key: str) -> date | None:
        """Give a date, written as a TOML date or as "YYYY-MM-DD"."""
        found = self.value(key)
        if isinstance(found, str):
            try:
                return date.fromisoformat(found)
            except ValueError:
                found = object()
        if found is None or (isinstance(found, date) and not isinstance(found, datetime)):
            return found
        self.wrong(key, "a date, e.g. 2026-01-01, without quotes")
        return None

    def choice(self, key: str, allowed: Sequence[str]) -> Any:
        """Give one of the allowed words, in the form that ``allowed`` has; None otherwise."""
        found = self.value(key)
        if found is None:
            return None
        folded = re.sub(r"[\s-]+", "_", found.strip().lower()) if isinstance(found, str) else ""
        if folded in allowed:
            return folded
        nearest = likeliest(folded, allowed) if folded else None
        step = f'Write {key} = "{nearest}" if that is meant.' if nearest else ""
        self.wrong(key, f"one of {listed(allowed)}", step)
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        """Give a list of texts; one text alone counts as a list of one."""
        found = self.value(key)
        items = [found] if isinstance(found, str) else found
        if items is None:
            return ()
        if not isinstance(items, list) or not all(isinstance(item, str) and clean(item) for item in items):
            self.wrong(key, 'a list of words in quotes, e.g. ["one", "two"]')
            return ()
        return tuple(clean(item) for item in items)

    def wholes(self, key: str, least: int, most: int, unit: str) -> tuple[int, ...]:
        """Give a list of whole numbers of a range."""
        found = self.value(key)
        items = found if isinstance(found, list) else [] if found is None else [found]
        numbers = [as_number(item) for item in items]
        if any(number is None or number != int(number) or not least <= number <= most for number in numbers):
            self.wrong(key, f"{unit}: whole numbers from {least:,} to {most:,}, e.g. [7, 14]")
            return ()
        return tuple(int(number) for number in numbers if number is not None)

    def table(
        self, key: str, read: Callable[[Table], Read], word: Callable[[Table, str], Read] | None = None
    ) -> Read | None:
        """Read the one table of a key; ``word`` reads the shorthand where a text may stand for it."""
        found = self.value(key)
        if found is None:
            return None
        if isinstance(found, list):
            self.note(key, "several", f"{len(found)} tables", "one table", f"Keep one [{key}].")
            return None
        return next(iter(self._each(key, [found], read, word, numbered=False)), None)

    def tables(
        self, key: str, read: Callable[[Table], Read], word: Callable[[Table, str], Read | None] | None = None
    ) -> tuple[Read, ...]:
        """Read the tables of a key in their order; ``word`` reads a shorthand where a text may stand for a table."""
        found = self.value(key)
        if found is None:
            return ()
        several = isinstance(found, list)
        return tuple(self._each(key, found if isinstance(found, list) else [found], read, word, numbered=several))

    def _each(
        self,
        key: str,
        items: Sequence[object],
        read: Callable[[Table], Read],
        word: Callable[[Table, str], Read | None] | None,
        numbered: bool,
    ) -> list[Read]:
        done = []
        for number, item in enumerate(items):
            place = (*self.place, key, number) if numbered else (*self.place, key)
            if isinstance(item, Mapping):
                inner = Table(item, place, self.findings, self.spanish)
                done.append(read(inner))
                inner.close()
            elif isinstance(item, str) and word is not None:
                if (meant := word(Table({}, place, self.findings, self.spanish), clean(item))) is not None:
                    done.append(meant)
            else:
                self.findings.append(_no_table(place, key, item, word is not None))
        return done

    def close(self) -> None:
        """Note the keys that nobody asked for, with the known key that each was likely meant to be."""
        unknown = [key for key in self._content if key not in self._known]
        if len(unknown) > _MOST_UNKNOWN:
            step = "Take out what docs/program.md does not name."
            self.note("", "unknown_key", f"{len(unknown):,} names of no use", "the names of a program file", step)
        for key in unknown[:_MOST_UNKNOWN]:
            nearest = likeliest(clean(str(key)), self._known)
            step = f"Did you mean {nearest}?" if nearest else "Take it out; docs/program.md names every key."
            place, expected = (*self.place, key), f"one of {listed(self._known)}"
            found = clean(str(key), _SHOWN)
            self.findings.append(
                Finding(place, "error", "unknown_key", found, expected, step, _misspelled(str(key), nearest))
            )


def place_words(place: Place) -> str:
    """Say a place as people count, e.g. "rule 2, travel 1, min_miles"; "the file" for the file as a whole."""
    words: list[str] = []
    for part in place:
        if isinstance(part, int):
            words[-1] = f"{words[-1]} {part + 1}"
        else:
            words.append(clean(part, 60))
    return ", ".join(words) or "the file"


def _no_table(place: Place, key: str, item: object, or_word: bool) -> Finding:
    expected = "a table, or one of its words in quotes" if or_word else "a table"
    return Finding(place, "error", "bad_value", shown(item), expected, f"Write [[...{key}]] or {key} = {{...}}.")


def as_number(found: object) -> Decimal | None:
    """Give a finite number of a file; None for anything else, a text of digits too."""
    if isinstance(found, bool) or not isinstance(found, int | Decimal):
        return None
    try:
        value = Decimal(found)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < 10**12 else None


def shown(found: object) -> str:
    """Give a value as a finding quotes it."""
    if isinstance(found, Mapping):
        return "a table"
    if isinstance(found, Decimal | date):
        return str(found)
    if isinstance(found, bool):
        return str(found).lower()
    return clean(repr(found), _SHOWN) if found is not None else "nothing"
