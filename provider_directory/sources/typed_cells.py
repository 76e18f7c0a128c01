"""The cells of a table that people fill in, each read in its form or named as the one that is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from provider_directory.cleaning import clean
from provider_directory.facts import Reject
from provider_directory.sources.reading import Reading, reading_of
from provider_directory.sources.recognise import SourceFile
from provider_directory.sources.values import ccn, cents, degrees, in_america, iso_day, whole_number, zip5

Fact = TypeVar("Fact")
LONG_TEXT = 1000
_CORRECT = "Correct the cell and load the file again."
_NO_PRICE = "Leave the cell blank where no price is set."
_SHORTEN = "Shorten the text and load the file again."
_SHOWN = 60
_LEAST_CENTS, _MOST_CENTS = 100, 9_999_999_900
"""These amounts, and what lies beyond them, stand for "no price" (METHOD 3.3, 5.9)."""
_LIKE_ID = 80
"""Likeness, 0-100, from which an id is named to whoever misspelled it; a less like one would mislead."""
_ID_OF_THE_LIST = "an id of ours, as the sheet About of `coe template roster` lists them"
_NOT_SAID = frozenset({"", "n/a", "not available", "not applicable"})


class BadCell(Exception):
    """A cell that makes its row unusable."""

    def __init__(self, column: str, found: str, expected: str, reason: str, next_step: str = _CORRECT) -> None:
        super().__init__(reason)
        self.column = column
        self.found = clean(found)
        self.expected = expected
        self.reason = reason
        self.next_step = next_step


class Cells:
    """The cells of one row by column; every method raises BadCell for a cell of the wrong form."""

    def __init__(self, places: Mapping[str, int], row: Sequence[str]) -> None:
        self._places = places
        self._row = row

    def text(self, column: str, limit: int = 300) -> str:
        """Give the cleaned text; "" where the column is absent or says that nothing is known.

        A text of more characters than ``limit`` is not cut: half of a sentence may say the contrary.
        """
        place = self._places.get(column)
        # The first letter too many may be a blank, which is cut off.
        found = "" if place is None else clean(self._row[place], limit + 2)
        if len(found) > limit:
            raise BadCell(column, f"{found[:_SHOWN]}…", f"at most {limit:,} characters", "too_long", _SHORTEN)
        return "" if found.lower() in _NOT_SAID else found

    def word(self, column: str, allowed: Collection[str], default: str) -> str:
        """Give one of the allowed words, written in any case, with blanks or underscores."""
        found = self.text(column)
        folded = re.sub(r"[\s-]+", "_", found.lower())
        if folded and folded not in allowed:
            raise BadCell(column, found, " | ".join(sorted(allowed)), f"bad_{column}")
        return folded or default

    def day(self, column: str) -> str:
        """Give an ISO date or ""."""
        found = self.text(column)
        day = iso_day(found)
        if day is None:
            raise BadCell(column, found, "a date, YYYY-MM-DD or M/D/YYYY", "bad_date")
        return day

    def count(self, column: str) -> int | None:
        """Give a whole number, None where nothing is said."""
        found = self.text(column)
        value = whole_number(found)
        if found and (value is None or value < 0):
            raise BadCell(column, found, "a whole number", "bad_number")
        return value

    def price(self, column: str) -> int | None:
        """Give cents, None where nothing is said."""
        found = self.text(column)
        amount = cents(found)
        if not found:
            return None
        if amount is None:
            raise BadCell(column, found, "dollars, e.g. 28500 or $28,500.00", "bad_price")
        if amount <= 0:
            reason = "negative_price" if amount < 0 else "zero_price"
            raise BadCell(column, found, "more than 0 dollars", reason, _NO_PRICE)
        if not _LEAST_CENTS < amount < _MOST_CENTS:
            raise BadCell(column, found, "a price, not a figure that stands for none", "placeholder", _NO_PRICE)
        return amount

    def items(self, column: str) -> str:
        """Give a list, "; "-separated."""
        return "; ".join(split(self.text(column, LONG_TEXT), ";"))

    def npi(self) -> str:
        """Give the NPI or ""."""
        return checked_npi("npi", self.text("npi"))

    def ccn(self) -> str:
        """Give the CCN in its full form or ""."""
        found = self.text("ccn")
        full = ccn(found)
        if found and full is None:
            raise BadCell("ccn", found, "6 or 10 characters, e.g. 010001", "bad_ccn")
        return full or ""

    def zip(self) -> str:
        """Give five digits or ""."""
        found = self.text("zip")
        five = zip5(found)
        if found and not five:
            raise BadCell("zip", found, "five digits", "bad_zip")
        return five

    def point(self) -> tuple[float, float] | tuple[None, None]:
        """Give latitude and longitude, or None twice."""
        lat, lon = self.text("latitude"), self.text("longitude")
        if not lat and not lon:
            return None, None
        point = degrees(lat, lon)
        if point is None or not in_america(*point):
            raise BadCell("latitude, longitude", f"{lat},{lon}", "degrees, e.g. 43.05 and -87.90", "bad_point")
        return point


def read_typed(
    source: SourceFile,
    columns_of: Callable[[list[str]], dict[str, int]],
    fact_of: Callable[[Cells, int], Fact],
) -> Reading[Fact]:
    """Read a table that people fill in: a row with a cell that cannot be right is set aside, never read halfway.

    ``columns_of`` finds our columns in the header, ``fact_of`` makes a fact of a row and its number or raises BadCell.
    Identical rows collapse. Raises SourceProblem where the file as a whole cannot be read.
    """
    with reading_of(source) as (table, reading):
        places = columns_of(table.header)
        table.use(places)
        seen: set[tuple[str, ...]] = set()
        for number, row in table.rows():
            if tuple(row) in seen:
                reading.duplicates += 1
                continue
            seen.add(tuple(row))
            try:
                reading.facts.append(fact_of(Cells(places, row), number))
            except BadCell as bad:
                reading.reject(Reject(number, bad.column, bad.found, bad.expected, bad.reason, bad.next_step))
        reading.kept = len(reading.facts)
    return reading


def split(text: str, separator: str) -> list[str]:
    """Give the parts of a list that are not blank."""
    return [part.strip() for part in text.split(separator) if part.strip()]


def checked_npi(column: str, text: str) -> str:
    """Give an NPI, or "" for a blank; raises BadCell where its form or check digit is wrong."""
    if text and not is_npi(text):
        raise BadCell(column, text, "ten digits with a valid check digit", "bad_npi")
    return text


def known(word: str, ids: Iterable[str], kind: str, column: str = "") -> str:
    """Give a word that is one of our ids; raises BadCell naming a like one. ``column`` holds it, if not ``kind``."""
    ordered = sorted(ids)
    if word in ordered:
        return word
    from rapidfuzz import fuzz, process  # deferred: 14 ms that only a misspelled id pays

    nearest = process.extractOne(word.replace(" ", "-"), ordered, scorer=fuzz.ratio, score_cutoff=_LIKE_ID)
    expected = f'an id of ours, the nearest is "{nearest[0]}"' if nearest else _ID_OF_THE_LIST
    raise BadCell(column or kind, word, expected, f"unknown_{kind}")


def is_npi(text: str) -> bool:
    """Check the form of an NPI: ten digits of which the last is the Luhn check over them behind 80840."""
    if not re.fullmatch(r"[12]\d{9}", text, re.ASCII):
        return False
    total = 24  # what 80840 adds
    for place, digit in enumerate(reversed(text)):
        value = int(digit) * (1 + place % 2)
        total += value // 10 + value % 10
    return total % 10 == 0
