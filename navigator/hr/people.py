"""How many people live where: a file of `zip,count`, counted against the nearest center under contract.

The file says nothing of a person; its small counts are hidden in what is shown (PRODUCT "HR questions").
"""

from __future__ import annotations

import asyncio
import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from navigator.program.gathering import place_of_facility
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput, DirectoryError, SourceProblem
from provider_directory.places import miles_from

if TYPE_CHECKING:
    from provider_directory.directory import Directory
    from provider_directory.models import Place, Question

HEADER = ("zip", "count")
MOST_BYTES = 8 * 2**20
MOST_ROWS = 60_000
"""More than there are ZIP codes."""
MOST_PEOPLE = 10_000_000
_ZIP = re.compile(r"(\d{5})(?:-?\d{4})?", re.ASCII)
_COUNT = re.compile(r"\d{1,3}(?:,\d{3}){1,4}|\d{1,12}", re.ASCII)
"""No longer: Python turns no number of thousands of digits into one."""
_POINT_MILES = 30.0
"""How far a facility may stand from the point of its ZIP, at most."""
_MILES_A_DEGREE = 69.0
_AROUND_THE_EARTH = 13_000.0
_MOST_CENTERS = 2_000
"""Those under contract come first in an answer; an edition has a few hundred."""
_STEP = "It needs a header zip,count and one ZIP code a row, as CSV or as the first sheet of an Excel workbook."


class PeopleRead(NamedTuple):
    """A file of people by ZIP: rows read = kept + set aside; a ZIP that stands twice counts together."""

    counts: dict[str, int]
    read: int
    kept: int
    set_aside: tuple[str, ...]
    """A sentence for each row that could not be read."""

    @property
    def people(self) -> int:
        """Give all people of the rows that were kept."""
        return sum(self.counts.values())


class Distances(NamedTuple):
    """People by ZIP3: within the miles of a center under contract, farther, and of an unknown ZIP."""

    within: Counter[str]
    farther: Counter[str]
    unknown: Counter[str]


def read_people(path: Path) -> PeopleRead:
    """Read a file of `zip,count`; raises BadInput for one that is too large or has no such header."""
    rows = iter(_rows(path))
    head = tuple(cell.strip().casefold() for cell in next(rows, ()))
    if not set(HEADER) <= set(head):
        raise BadInput(f"{path.name} has no columns zip and count.", _STEP)
    zip_at, count_at = head.index("zip"), head.index("count")
    counts: Counter[str] = Counter()
    read = kept = 0
    set_aside: list[str] = []
    for number, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        read += 1
        if read > MOST_ROWS:
            raise BadInput(f"{path.name} has more than {MOST_ROWS:,} rows.", _STEP)
        found = _one(row, zip_at, count_at)
        if isinstance(found, str):
            set_aside.append(f"row {number}: {found}")
            continue
        counts[found[0]] += found[1]
        kept += 1
    return PeopleRead(dict(counts), read, kept, tuple(set_aside))


def _one(row: list[str], zip_at: int, count_at: int) -> tuple[str, int] | str:
    cells = [row[at].strip() if at < len(row) else "" for at in (zip_at, count_at)]
    text = cells[0].zfill(5) if cells[0].isascii() and cells[0].isdigit() and 3 <= len(cells[0]) < 5 else cells[0]
    found, count = _ZIP.fullmatch(text), _COUNT.fullmatch(cells[1])
    if found is None:
        return f'"{clean(cells[0], 20)}" is no ZIP code'
    if count is None or (people := int(count[0].replace(",", ""))) > MOST_PEOPLE:
        return f'"{clean(cells[1], 20)}" is no count of people'
    return found[1], people


def _rows(path: Path) -> Iterator[list[str]]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInput(f"{path.name} is larger than {MOST_BYTES // 2**20} MB.", _STEP)
        if zipfile.is_zipfile(path):
            yield from _sheet(path)
            return
        text = path.read_bytes().decode("utf-8-sig")
        yield from csv.reader(io.StringIO(text, newline=""), strict=True)
    except (OSError, UnicodeDecodeError, csv.Error, SourceProblem) as fault:
        reason = getattr(fault, "message", None) or getattr(fault, "strerror", None) or "it is no text in UTF-8"
        said = clean(str(reason), 200).rstrip(".")
        raise BadInput(f"{clean(path.name, 80)} cannot be read: {said}.", _STEP) from None


def _sheet(path: Path) -> Iterator[list[str]]:
    from provider_directory.sources.workbook import open_sheet, sheet_names  # deferred: openpyxl, 100 ms

    names = sheet_names(path, path.name)
    if not names:
        raise BadInput(f"{path.name} has no sheet with data.", _STEP)
    with open_sheet(path, names[0], path.name) as (raw, _table):
        text = b"".join(iter(raw.read, b"")).decode("utf-8", "replace")
        yield from csv.reader(io.StringIO(text, newline=""))


async def measured(directory: Directory, question: Question, zips: Iterable[tuple[str, int]]) -> Distances:
    """Count the people of each ZIP with a center under contract within the question's miles, and those without.

    What the points of two ZIPs surely tell is not asked; near the limit the directory measures (CONTRACT 7).
    """
    found = Distances(Counter(), Counter(), Counter())
    centers = await _contract_points(directory, question)
    for zip_code, people in zips:
        area = zip_code[:3]
        await asyncio.sleep(0)  # thousands of ZIPs must not keep a screen from its keys
        try:
            place = await directory.locate(zip_code)
        except DirectoryError:
            found.unknown[area] += people
            continue
        near = _told_by_points(place, centers, question.miles)
        if near is None:
            offer = await directory.find_centers(question.model_copy(update={"place": place, "limit": 1}))
            near = offer.no_contract_in_reach is None
        (found.within if near else found.farther)[area] += people
    return found


async def _contract_points(directory: Directory, question: Question) -> list[tuple[float, float]] | None:
    """Give the points of the ZIPs of every center under contract; None where one is not known."""
    anywhere = {"miles": _AROUND_THE_EARTH, "limit": _MOST_CENTERS, "sort": "recommended"}
    offer = await directory.find_centers(question.model_copy(update=anywhere))
    held = [center for center in offer.centers if center.credential.state == "CONTRACT"]
    places = [await place_of_facility(directory, center.facility) for center in held]
    if len(offer.centers) < offer.total and len(held) == len(offer.centers):
        return None
    return None if None in places else [(place.lat, place.lon) for place in places if place]


def _told_by_points(place: Place, centers: list[tuple[float, float]] | None, miles: float) -> bool | None:
    """Say whether a center surely lies within the miles; None where it is too near to the limit to tell."""
    if centers is None:
        return None
    to = miles_from(place.lat, place.lon)
    # A degree of latitude is 69 miles: what lies farther north or south need not be measured.
    band = (miles + _POINT_MILES) / _MILES_A_DEGREE
    nearest = min((to(lat, lon) for lat, lon in centers if abs(lat - place.lat) <= band), default=_AROUND_THE_EARTH)
    if nearest <= miles - _POINT_MILES:
        return True
    return False if nearest >= miles + _POINT_MILES else None
