"""Ties the rows of a roster to facilities; what cannot be told for certain goes to a person, nothing is guessed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple, Protocol, TypeVar

from provider_directory.facts import ReviewItem
from provider_directory.sources.review import mark_of


class FacilityKey(NamedTuple):
    """What a facility may be known by."""

    id: str
    ccn: str | None
    npi: str | None
    name: str
    zip: str
    city: str = ""


class NamesFacility(Protocol):
    """A row that names a facility, "" where it does not say; with a kind it may make one."""

    @property
    def facility_id(self) -> str:
        """Our id."""
        ...

    @property
    def ccn(self) -> str:
        """CMS certification number."""
        ...

    @property
    def npi(self) -> str:
        """National Provider Identifier."""
        ...

    @property
    def name(self) -> str:
        """The name as written."""
        ...

    @property
    def zip(self) -> str:
        """Five digits."""
        ...

    @property
    def kind(self) -> str:
        """A models.Kind word."""
        ...

    @property
    def address(self) -> str:
        """Street."""
        ...

    @property
    def row(self) -> int:
        """Row in the file."""
        ...


_Fact = TypeVar("_Fact", bound=NamesFacility)
SAME_NAME = 93
"""Likeness, 0-100, from which two names in one ZIP are one (rapidfuzz token_set_ratio)."""
_LIKE_NAME = 60
_MOST_CANDIDATES = 3
_REGION = 3
"""Digits of a ZIP code that name a region."""
_NO_LETTER = re.compile(r"[\W_]+")
_SHORT_WORDS = {
    "st": "saint",
    "mt": "mount",
    "ft": "fort",
    "ctr": "center",
    "centre": "center",
    "hosp": "hospital",
    "med": "medical",
    "univ": "university",
    "mem": "memorial",
    "surg": "surgery",
    "the": "",
    "inc": "",
    "llc": "",
}


def match_roster(
    file_name: str, facts: Sequence[_Fact], facilities: Sequence[FacilityKey]
) -> tuple[list[tuple[str, _Fact]], list[ReviewItem]]:
    """Give each fact with its facility's id, "" where the row makes a facility, and the rows a person must decide.

    A facility is found by id, else CCN, else NPI, else by name within the ZIP; one that contradicts the CCN or NPI of
    the row is not taken. A row makes a facility when none is found and it has kind, name and address or ZIP.
    """
    index = _Index(facilities)
    matched: list[tuple[str, _Fact]] = []
    review: list[ReviewItem] = []
    for fact in facts:
        found, why = index.find(fact)
        if len(found) == 1 and not why:
            matched.append((found[0].id, fact))
        elif not found and fact.kind and fact.name and (fact.address or fact.zip):
            matched.append(("", fact))
        else:
            likely = (found or index.nearest(fact))[:_MOST_CANDIDATES]
            said = words_of(fact)
            review.append(
                ReviewItem(
                    file_name,
                    fact.row,
                    said,
                    tuple(_shown(one) for one in likely),
                    why or _next_step(found),
                    mark_of(said),
                    tuple(one.id for one in likely),
                )
            )
    return matched, review


def _next_step(found: list[FacilityKey]) -> str:
    if found:
        return "Several facilities fit: put the facility_id into the row."
    return "No facility fits: put the facility_id into the row, or kind, name and address to make a facility."


def words_of(fact: NamesFacility) -> str:
    """Give what a row says of its facility, as a person reads it."""
    words = [fact.facility_id, fact.ccn and f"CCN {fact.ccn}", fact.npi and f"NPI {fact.npi}", fact.name, fact.zip]
    return ", ".join(word for word in words if word)


def _shown(facility: FacilityKey) -> str:
    words = (facility.id, facility.ccn and f"CCN {facility.ccn}", facility.name, facility.city, facility.zip)
    return ", ".join(word for word in words if word)


def fold_name(name: str) -> str:
    """Fold a facility's name for comparing: "St. Mary's Med Ctr" = "SAINT MARYS MEDICAL CENTER"."""
    words = _NO_LETTER.sub(" ", name.casefold().replace("'", "").replace("&", " and ")).split()
    return " ".join(word for word in (_SHORT_WORDS.get(one, one) for one in words) if word)


class _Index:
    """The facilities by each of their keys."""

    def __init__(self, facilities: Iterable[FacilityKey]) -> None:
        self._by_id: dict[str, list[FacilityKey]] = defaultdict(list)
        self._by_ccn: dict[str, list[FacilityKey]] = defaultdict(list)
        self._by_npi: dict[str, list[FacilityKey]] = defaultdict(list)
        self._by_zip: dict[str, list[FacilityKey]] = defaultdict(list)
        for facility in facilities:
            self._by_id[facility.id.lower()].append(facility)
            if facility.ccn:
                self._by_ccn[facility.ccn].append(facility)
            if facility.npi:
                self._by_npi[facility.npi].append(facility)
            self._by_zip[facility.zip].append(facility)

    def find(self, fact: NamesFacility) -> tuple[list[FacilityKey], str]:
        """Give the facilities that fit by the strongest key that finds any, and why none may be taken, or ""."""
        found = (
            self._by_id.get(fact.facility_id.lower(), [])
            or self._by_ccn.get(fact.ccn, [])
            or self._by_npi.get(fact.npi, [])
        )
        if len(found) > 1 and fact.npi:
            found = [one for one in found if one.npi == fact.npi] or found
        if not found:
            return self._of_name(fact)
        return found, _contradiction(fact, found) or _another_name(fact, found)

    def _of_name(self, fact: NamesFacility) -> tuple[list[FacilityKey], str]:
        folded = fold_name(fact.name)
        there = self._by_zip.get(fact.zip, []) if fact.zip and folded else []
        same = [one for one in there if fold_name(one.name) == folded]
        if same:
            return same, _contradiction(fact, same)
        if not there:
            return [], ""
        from rapidfuzz import fuzz  # deferred: 14 ms that a roster with ids never pays

        like = [one for one in there if fuzz.token_set_ratio(folded, fold_name(one.name)) >= SAME_NAME]
        if like and fact.kind:
            # A surgery center often bears its hospital's name and one word more.
            return like, "A facility of a like name is in this ZIP: put its facility_id into the row if it is meant."
        return like, _contradiction(fact, like)

    def nearest(self, fact: NamesFacility) -> list[FacilityKey]:
        """Give the facilities of the likest names, those of the ZIP first."""
        folded = fold_name(fact.name)
        if not folded:
            return []
        from rapidfuzz import fuzz, process  # deferred: 14 ms

        there = [(one, fold_name(one.name)) for one in self._by_zip.get(fact.zip, [])]
        for pool in (there, self._all_folded):
            likeness = process.extract(
                folded,
                [name for _, name in pool],
                scorer=fuzz.token_set_ratio,
                limit=_MOST_CANDIDATES,
                score_cutoff=_LIKE_NAME,
            )
            if likeness:
                return [pool[index][0] for _name, _likeness, index in likeness]
        return []

    @cached_property
    def _all_folded(self) -> list[tuple[FacilityKey, str]]:
        """Every facility with its folded name, which many rows in doubt ask for."""
        return [(one, fold_name(one.name)) for facilities in self._by_zip.values() for one in facilities]


def _another_name(fact: NamesFacility, found: list[FacilityKey]) -> str:
    """Doubt a number whose facility is elsewhere and of another name: one wrong digit is another hospital.

    Hospitals change their names and ZIP codes, so that neither alone is a doubt; our own id is nobody's slip.
    """
    if not (fact.name and fact.zip) or fact.facility_id:
        return ""
    from rapidfuzz import fuzz  # deferred: 14 ms

    for one in found:
        elsewhere = one.zip and one.zip[:_REGION] != fact.zip[:_REGION]
        if elsewhere and fuzz.token_set_ratio(fold_name(fact.name), fold_name(one.name)) < _LIKE_NAME:
            return f"Its number is that of {one.name} in {one.zip}: correct the one that is wrong."
    return ""


def _contradiction(fact: NamesFacility, found: list[FacilityKey]) -> str:
    for facility_id, ccn, npi, *_ in found:
        if fact.ccn and ccn and fact.ccn != ccn:
            return f"The row says CCN {fact.ccn} and {facility_id} has {ccn}: correct the one that is wrong."
        if fact.npi and npi and fact.npi != npi:
            return f"The row says NPI {fact.npi} and {facility_id} has {npi}: correct the one that is wrong."
    return ""
