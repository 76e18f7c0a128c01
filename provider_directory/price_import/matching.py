"""Ties price files to the hospitals whose prices they hold; what is not clear goes to a person (METHOD 5.9, 5.18)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePath
from typing import NamedTuple

from provider_directory.cleaning import fold_city
from provider_directory.facts import PriceFileHead, ReviewItem
from provider_directory.price_import.locations import Location, locations_of, street_number
from provider_directory.sources.review import mark_of_price_file
from provider_directory.sources.roster_matching import SAME_NAME, fold_name
from provider_directory.sources.values import ccn as read_ccn

_MOST_CANDIDATES = 3
_AT_ONE_DOOR = 60
_WORTH_A_LOOK = 75
_WORD = re.compile(r"[0-9A-Za-z]+")
_NEXT_STEP = "Decide it in the review list, or give --prices a CSV list (ccn, path) that names the file with its CCN."


class Hospital(NamedTuple):
    """A facility by what a price file may know it by; "" = not known."""

    id: str
    ccn: str
    npi: str
    name: str
    address: str
    city: str
    state: str
    zip: str


class Tie(NamedTuple):
    """A facility whose prices a file holds."""

    facility_id: str
    location: str
    """As the file names it."""
    matched_by: str
    """"CCN of the list", "decision of a person", "CCN in the file name", "NPI", "licence" or "name and address"."""
    site: str
    """The location by its ZIP and house number, else by its name: two files of one site are an older and a newer."""


class Untied(NamedTuple):
    """A price file before it is tied: its name as shown, its head, and the CCNs that a list gives it."""

    file: str
    head: PriceFileHead
    ccns: tuple[str, ...]


class Tied(NamedTuple):
    """What became of a file: the facilities, and what a person has to decide."""

    ties: tuple[Tie, ...]
    review: ReviewItem | None


Decided = Callable[[str], "str | None"]
"""Gives the facility that a person decided for a file of a mark, NONE_FITS, or None where nothing was decided."""


def tie_files(files: Sequence[Untied], hospitals: Iterable[Hospital], decided: Decided) -> list[Tied]:
    """Tie each file by the first key that finds anything: CCN of a list, decision of a person, CCN in the name, NPI,
    name and address; then by licence.

    No facility is known by its licence until a file that is its alone has said it, so those come last. A key of a
    facility in another state than the file's address is not believed.
    """
    matcher = _Matcher(hospitals, decided)
    first = [matcher.tie(file) for file in files]
    for file, tied in zip(files, first, strict=True):
        matcher.learn(file.head, tied)
    return [tied if tied.ties else matcher.by_licence(file) or tied for file, tied in zip(files, first, strict=True)]


class _Matcher:
    """The facilities by each of their keys."""

    def __init__(self, hospitals: Iterable[Hospital], decided: Decided) -> None:
        self._decided = decided
        self._all = list(hospitals)
        self._folded = {hospital.id: fold_name(hospital.name) for hospital in self._all}
        self._by_ccn: dict[str, list[Hospital]] = defaultdict(list)
        self._by_npi: dict[str, list[Hospital]] = defaultdict(list)
        self._by_state: dict[str, list[Hospital]] = defaultdict(list)
        self._by_licence: dict[tuple[str, str], set[str]] = defaultdict(set)
        for hospital in self._all:
            self._by_state[hospital.state].append(hospital)
            if hospital.ccn:
                self._by_ccn[hospital.ccn].append(hospital)
            if hospital.npi:
                self._by_npi[hospital.npi].append(hospital)

    def tie(self, file: Untied) -> Tied:
        """Tie a file by what the facilities are known by."""
        if file.ccns:
            return self._of_list(file)
        if decided := self._decided(mark_of_price_file(_words(file.head))):
            chosen = [one for one in self._all if one.id == decided]
            return Tied(tuple(_tie(one, _place_in(file.head, one), "decision of a person") for one in chosen), None)
        words = [read_ccn(word) for word in _WORD.findall(PurePath(file.file).name) if len(word) == 6]
        by_key = (
            ("CCN in the file name", [one for ccn in words if ccn for one in self._by_ccn.get(ccn, [])]),
            ("NPI", [one for npi in file.head.npis for one in self._by_npi.get(npi, [])]),
        )
        for key, found in by_key:
            if found:
                return self._of_key(file, key, list(dict.fromkeys(found)))
        ties: dict[str, Tie] = {}
        for location in locations_of(file.head):
            fits = self._fitting(location)
            if len(fits) == 1:
                ties.setdefault(fits[0].id, _tie(fits[0], location, "name and address"))
        return Tied(tuple(ties.values()), None if ties else self._review(file, _NEXT_STEP))

    def by_licence(self, file: Untied) -> Tied | None:
        """Tie a file by the licence that another file has shown to be one facility's; None where that fails."""
        ids = self._by_licence.get(_licence(file.head), set())
        found = [hospital for hospital in self._all if hospital.id in ids]
        decided = self._decided(mark_of_price_file(_words(file.head)))
        return self._of_key(file, "licence", found) if len(found) == 1 and not file.ccns and not decided else None

    def learn(self, head: PriceFileHead, tied: Tied) -> None:
        """Take the licence of a file that is one facility's alone for that facility's."""
        if head.license_number and len(tied.ties) == 1:
            self._by_licence[_licence(head)].add(tied.ties[0].facility_id)

    def _of_list(self, file: Untied) -> Tied:
        known = [hospital for ccn in file.ccns for hospital in self._by_ccn.get(ccn, [])]
        ties = tuple(_tie(one, _place_in(file.head, one), "CCN of the list") for one in dict.fromkeys(known))
        strange = [ccn for ccn in file.ccns if ccn not in self._by_ccn]
        if not strange:
            return Tied(ties, None)
        found = f"CCN {', '.join(strange)} of the list, {file.head.hospital}"
        return Tied(ties, ReviewItem(file.file, 0, found, (), "No facility has this CCN: correct the list."))

    def _of_key(self, file: Untied, key: str, found: Sequence[Hospital]) -> Tied:
        states = {location.state for location in locations_of(file.head) if location.state}
        elsewhere = [hospital for hospital in found if states and hospital.state and hospital.state not in states]
        if elsewhere:
            said = f"The {key} is that of {elsewhere[0].name} in {elsewhere[0].state}, the address is not. {_NEXT_STEP}"
            return Tied((), self._review(file, said))
        return Tied(tuple(_tie(one, _place_in(file.head, one), key) for one in found), None)

    def _fitting(self, location: Location) -> list[Hospital]:
        """Give the facilities that a location may be: those that pass the strictest test that any passes."""
        from rapidfuzz import fuzz  # deferred: 14 ms that only a build with price files pays

        names = [folded for folded in map(fold_name, location.names) if folded]
        there = self._in_reach(location)
        near = [one for one in there if _is_near(one, location)]
        exact = [one for one in near if self._folded[one.id] in names]
        at_door = [one for one in near if location.number and street_number(one.address) == location.number]

        def like(some: list[Hospital], ratio: Callable[[str, str], float], least: float) -> list[Hospital]:
            return [one for one in some if any(ratio(name, self._folded[one.id]) >= least for name in names)]

        return (
            [one for one in exact if one in at_door]
            or exact
            or like(at_door, fuzz.token_set_ratio, _AT_ONE_DOOR)
            or like(near, fuzz.token_sort_ratio, SAME_NAME)
            or [one for one in there if location.state and self._folded[one.id] in names]
        )

    def _in_reach(self, location: Location) -> list[Hospital]:
        if location.state:
            return self._by_state.get(location.state, [])
        return self._all if location.zip else []

    def _review(self, file: Untied, next_step: str) -> ReviewItem:
        head = file.head
        found = _words(head)
        fitting = [one for place in locations_of(head) for one in self._fitting(place) or self._nearest(place)]
        candidates = tuple(dict.fromkeys(fitting))[:_MOST_CANDIDATES]
        return ReviewItem(
            *(file.file, 0, found or "a price file without a name", tuple(map(_shown, candidates)), next_step),
            mark=mark_of_price_file(found) if found else "",
            candidate_ids=tuple(one.id for one in candidates),
        )

    def _nearest(self, location: Location) -> list[Hospital]:
        from rapidfuzz import fuzz, process  # deferred: 14 ms

        there = self._by_state.get(location.state, []) if location.state else self._all
        likeness = process.extract(
            fold_name(location.names[0]),
            [self._folded[one.id] for one in there],
            scorer=fuzz.token_set_ratio,
            limit=_MOST_CANDIDATES,
            score_cutoff=_WORTH_A_LOOK,
        )
        return [there[index] for _name, _likeness, index in likeness]


def _is_near(hospital: Hospital, location: Location) -> bool:
    if location.zip and hospital.zip[:5] == location.zip:
        return True
    return bool(hospital.city) and fold_city(hospital.city) in fold_city(location.address)


def _words(head: PriceFileHead) -> str:
    """Give what a file says of whose it is, as a person is shown it."""
    return ", ".join(part for part in (head.hospital, *head.addresses[:1], *head.npis[:1]) if part)


def _licence(head: PriceFileHead) -> tuple[str, str]:
    return head.license_state.upper(), head.license_number.upper()


def _tie(hospital: Hospital, location: Location, matched_by: str) -> Tie:
    by_address = f"{location.zip} {location.number}" if location.zip and location.number else ""
    return Tie(hospital.id, location.names[0], matched_by, by_address or fold_name(location.names[0]))


def _place_in(head: PriceFileHead, hospital: Hospital) -> Location:
    """Find the location that a facility is in a file: the one of its ZIP, else the first."""
    locations = locations_of(head)
    return next((one for one in locations if one.zip and one.zip == hospital.zip[:5]), locations[0])


def _shown(hospital: Hospital) -> str:
    words = (hospital.id, hospital.ccn and f"CCN {hospital.ccn}", hospital.name, hospital.city, hospital.state)
    return ", ".join(word for word in words if word)
