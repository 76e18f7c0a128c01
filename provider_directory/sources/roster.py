"""Reader of an alliance's roster: contracts, suspensions, bundles, attested cases, surgeons (CONTRACT 1, 3)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import get_args

from provider_directory.cleaning import clean
from provider_directory.facts import Reject, RosterFact, SurgeonFact
from provider_directory.models import Kind
from provider_directory.sources.layouts import roster_columns
from provider_directory.sources.reading import Reading, reading_of
from provider_directory.sources.recognise import SourceFile
from provider_directory.sources.roster_matching import match_roster
from provider_directory.sources.values import ccn, cents, degrees, iso_day, whole_number, zip5

__all__ = ["is_npi", "match_roster", "read_roster"]

_LONG_TEXT = 1000
_NO_CHECK_SET = "none"
_CORRECT = "Correct the cell in the roster and load it again."
_NOT_SAID = frozenset({"", "n/a", "not available", "not applicable"})
_SURGEON_PARTS = 6
_SURGEON_FORM = "Name|NPI|procedure,procedure|language,language|yes or no|wait in days"
_NEW_PATIENTS = {"": None, "yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


class _BadCell(Exception):
    """A cell that makes its row unusable."""

    def __init__(self, column: str, found: str, expected: str, reason: str, next_step: str = _CORRECT) -> None:
        super().__init__(reason)
        self.column = column
        self.found = clean(found)
        self.expected = expected
        self.reason = reason
        self.next_step = next_step


def read_roster(
    source: SourceFile, procedure_ids: frozenset[str], criteria_sets: frozenset[str]
) -> Reading[RosterFact]:
    """Read a roster; a row with a cell that cannot be right is set aside, never read halfway.

    Dates come as ISO, money as cents, lists joined by "; ". Blank status is active, blank visibility public.
    Identical rows collapse. Raises SourceProblem where the file as a whole cannot be read.
    """
    with reading_of(source) as (table, reading):
        places = roster_columns(table.header)
        table.use(places)
        seen: set[tuple[str, ...]] = set()
        for number, row in table.rows():
            if tuple(row) in seen:
                reading.duplicates += 1
                continue
            seen.add(tuple(row))
            cells = _Cells(places, row)
            try:
                reading.facts.append(_fact(cells, number, procedure_ids, criteria_sets - {_NO_CHECK_SET}))
            except _BadCell as bad:
                reading.reject(Reject(number, bad.column, bad.found, bad.expected, bad.reason, bad.next_step))
        reading.kept = len(reading.facts)
    return reading


def is_npi(text: str) -> bool:
    """Check the form of an NPI: ten digits of which the last is the Luhn check over them behind 80840."""
    if not re.fullmatch(r"[12]\d{9}", text, re.ASCII):
        return False
    total = 24  # what 80840 adds
    for place, digit in enumerate(reversed(text)):
        value = int(digit) * (1 + place % 2)
        total += value // 10 + value % 10
    return total % 10 == 0


class _Cells:
    """The cells of one row by column; every method raises _BadCell for a cell of the wrong form."""

    def __init__(self, places: dict[str, int], row: list[str]) -> None:
        self._places = places
        self._row = row

    def text(self, column: str, limit: int = 300) -> str:
        """Give the cleaned text; "" where the column is absent or says that nothing is known."""
        place = self._places.get(column)
        found = "" if place is None else clean(self._row[place], limit)
        return "" if found.lower() in _NOT_SAID else found

    def word(self, column: str, allowed: Collection[str], default: str) -> str:
        """Give one of the allowed words, written in any case, with blanks or underscores."""
        found = self.text(column)
        folded = re.sub(r"[\s-]+", "_", found.lower())
        if folded and folded not in allowed:
            raise _BadCell(column, found, " | ".join(sorted(allowed)), f"bad_{column}")
        return folded or default

    def day(self, column: str) -> str:
        """Give an ISO date or ""."""
        found = self.text(column)
        day = iso_day(found)
        if day is None:
            raise _BadCell(column, found, "a date, YYYY-MM-DD or M/D/YYYY", "bad_date")
        return day

    def count(self, column: str) -> int | None:
        """Give a whole number, None where nothing is said."""
        found = self.text(column)
        value = whole_number(found)
        if found and (value is None or value < 0):
            raise _BadCell(column, found, "a whole number", "bad_number")
        return value

    def price(self, column: str) -> int | None:
        """Give cents, None where nothing is said."""
        found = self.text(column)
        amount = cents(found)
        if not found:
            return None
        if amount is None:
            raise _BadCell(column, found, "dollars, e.g. 28500 or $28,500.00", "bad_price")
        if amount <= 0:
            reason = "negative_price" if amount < 0 else "zero_price"
            raise _BadCell(column, found, "more than 0 dollars", reason, "Leave the cell blank where no price is set.")
        return amount

    def items(self, column: str) -> str:
        """Give a list, "; "-separated."""
        return "; ".join(_split(self.text(column, _LONG_TEXT), ";"))

    def npi(self) -> str:
        """Give the NPI or ""."""
        return _npi("npi", self.text("npi"))

    def ccn(self) -> str:
        """Give the CCN in its full form or ""."""
        found = self.text("ccn")
        full = ccn(found)
        if found and full is None:
            raise _BadCell("ccn", found, "6 or 10 characters, e.g. 010001", "bad_ccn")
        return full or ""

    def zip(self) -> str:
        """Give five digits or ""."""
        found = self.text("zip")
        five = zip5(found)
        if found and not five:
            raise _BadCell("zip", found, "five digits", "bad_zip")
        return five

    def point(self) -> tuple[float, float] | tuple[None, None]:
        """Give latitude and longitude, or None twice."""
        lat, lon = self.text("latitude"), self.text("longitude")
        if not lat and not lon:
            return None, None
        point = degrees(lat, lon)
        if point is None:
            raise _BadCell("latitude, longitude", f"{lat},{lon}", "degrees, e.g. 43.05 and -87.90", "bad_point")
        return point


def _split(text: str, separator: str) -> list[str]:
    return [part.strip() for part in text.split(separator) if part.strip()]


def _npi(column: str, text: str) -> str:
    if text and not is_npi(text):
        raise _BadCell(column, text, "ten digits with a valid check digit", "bad_npi")
    return text


def _fact(cells: _Cells, number: int, procedure_ids: frozenset[str], criteria_sets: frozenset[str]) -> RosterFact:
    alliance = cells.text("alliance")
    if not alliance:
        raise _BadCell("alliance", "", "the name of the alliance", "no_alliance")
    criteria_set, procedure = _covers(cells, procedure_ids, criteria_sets)
    effective, ends = cells.day("effective"), cells.day("ends")
    if effective and ends and ends < effective:
        raise _BadCell("ends", ends, f"a date from {effective} on", "ends_before_effective")
    return RosterFact(
        *_facility(cells),
        alliance=alliance,
        criteria_set=criteria_set,
        procedure=procedure,
        status=cells.word("status", ("active", "suspended"), "active"),
        effective=effective,
        ends=ends,
        suspended_on=cells.day("suspended_on"),
        reason=cells.text("reason"),
        bundle_cents=cells.price("bundle_price"),
        price_effective=cells.day("price_effective"),
        included=cells.items("price_includes"),
        extra=cells.items("price_excludes"),
        run_out=cells.text("run_out"),
        warranty=cells.text("warranty"),
        visibility=cells.word("visibility", ("public", "members"), "public"),
        routes=cells.text("routes"),
        intake_phone=cells.text("intake_phone"),
        attested_cases=cells.count("attested_cases_per_year"),
        attested_on=cells.day("attested_on"),
        surgeons=_surgeons(cells.text("surgeons", 20 * _LONG_TEXT), procedure_ids),
        row=number,
    )


_FacilityCells = tuple[str, str, str, str, str, str, str, str, str, str, float | None, float | None]


def _facility(cells: _Cells) -> _FacilityCells:
    """Read what a row says of its facility, in the order of RosterFact from facility_id to lon."""
    keys = (cells.text("facility_id"), cells.ccn(), cells.npi(), cells.text("name"))
    if not any(keys):
        raise _BadCell("facility_id, ccn, npi, name", "", "at least one of them", "no_facility")
    kind = cells.word("kind", get_args(Kind), "")
    where = (cells.text("address"), cells.text("city"), cells.text("state").upper(), cells.text("phone"))
    return (*keys, cells.zip(), kind, *where, *cells.point())


def _covers(cells: _Cells, procedure_ids: frozenset[str], criteria_sets: frozenset[str]) -> tuple[str, str]:
    """Read what a row is about: exactly one of criteria set and procedure (CONTRACT 3)."""
    criteria_set, procedure = cells.text("criteria_set").lower(), cells.text("procedure").lower()
    if criteria_set and procedure:
        found = f"{criteria_set}, {procedure}"
        raise _BadCell("criteria_set, procedure", found, "only one of the two", "set_and_procedure")
    if criteria_set == _NO_CHECK_SET:
        step = "Name the procedure in the column procedure instead."
        raise _BadCell("criteria_set", criteria_set, "a set with public criteria", "set_none", step)
    if criteria_set:
        return _known(criteria_set, criteria_sets, "criteria_set"), ""
    if procedure:
        return "", _known(procedure, procedure_ids, "procedure")
    raise _BadCell("criteria_set, procedure", "", "one of the two", "no_set_or_procedure")


def _known(word: str, known: Iterable[str], column: str) -> str:
    ordered = sorted(known)
    if word in ordered:
        return word
    from rapidfuzz import process  # deferred: 14 ms that only a misspelled id pays

    nearest = process.extractOne(word, ordered)
    expected = f'an id of ours, the nearest is "{nearest[0]}"' if nearest else "an id of ours"
    raise _BadCell(column, word, expected, f"unknown_{column}")


def _surgeons(text: str, procedure_ids: frozenset[str]) -> tuple[SurgeonFact, ...]:
    return tuple(_surgeon(entry, procedure_ids) for entry in _split(text, ";"))


def _surgeon(entry: str, procedure_ids: frozenset[str]) -> SurgeonFact:
    parts = [part.strip() for part in entry.split("|")]
    if len(parts) > _SURGEON_PARTS or not parts[0]:
        raise _BadCell("surgeons", entry, _SURGEON_FORM, "bad_surgeon")
    name, npi, procedures, languages, new, wait = parts + [""] * (_SURGEON_PARTS - len(parts))
    days = whole_number(wait)
    if new.lower() not in _NEW_PATIENTS or (wait and (days is None or days < 0)):
        raise _BadCell("surgeons", entry, _SURGEON_FORM, "bad_surgeon")
    return SurgeonFact(
        name=name,
        npi=_npi("surgeons", npi),
        procedures="; ".join(_known(one.lower(), procedure_ids, "procedure") for one in _split(procedures, ",")),
        languages="; ".join(_split(languages, ",")),
        new_patients=_NEW_PATIENTS[new.lower()],
        wait_days=days,
    )
