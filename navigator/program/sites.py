"""The places of work of an employer, by the names that people say: ID.sites.xlsx or .csv beside the program's file."""

from __future__ import annotations

import asyncio
import itertools
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from provider_directory.errors import AmbiguousPlace, BadInput, Choice, UnknownPlace

if TYPE_CHECKING:
    from provider_directory.directory import Directory
    from provider_directory.models import Place
    from provider_directory.sources.recognise import SourceFile
    from provider_directory.sources.typed_cells import Cells

FEWEST_LETTERS = 3
"""A shorter beginning of a name is not taken for it."""
SAME_PLACE_MILES = 25
"""A site whose name begins with a city's is meant by the city's name only where it lies there."""
_FORMS = (".sites.xlsx", ".sites.csv")
_STEP = "`coe template sites` writes a list to fill in."
_WORDS = re.compile(r"[^\W_]+")


class Site(NamedTuple):
    """One place of work; degrees, "" or None = not said."""

    name: str
    address: str
    city: str
    state: str
    zip: str
    lat: float | None
    lon: float | None
    number: int
    """Its place in the list, from 1, rows that cannot be read counted too: a claim ticket's site (CONTRACT 6)."""


class Sites(NamedTuple):
    """The sites of one program, and the rows that cannot be read, as sentences."""

    sites: tuple[Site, ...]
    problems: tuple[str, ...]


class HasSites(Protocol):
    """What is asked of a program here."""

    @property
    def employer(self) -> str: ...
    @property
    def file(self) -> Path | None: ...


NO_SITES = Sites((), ())


async def locate(text: str, directory: Directory, program: HasSites | None) -> Place:
    """Find a place, by the name of one of the program's sites or as the directory does.

    A site is meant by its whole name, or by a beginning that no other site and no city elsewhere has. Raises
    AmbiguousPlace, UnknownPlace, and BadInput for a list of sites that cannot be read.
    """
    if program is None or not any(letter.isalpha() for letter in text):
        return await directory.locate(text)  # a ZIP, as nearly always: reading the list would take 100 ms
    known = await asyncio.to_thread(sites_of, program.file) if program.file else NO_SITES
    exact, begun = _named(text, known.sites, program.employer)
    if exact is not None:
        return await _place(exact, directory, program.employer)
    if len(begun) > 1:
        choices = tuple(Choice(site.name, _words(site)) for site in begun)
        raise AmbiguousPlace(f'"{text}" may be {len(begun)} sites of {program.employer}.', "Choose one.", choices)
    try:
        elsewhere = await directory.locate(text)
    except UnknownPlace as unknown:
        if begun:
            return await _place(begun[0], directory, program.employer)
        if known.problems:
            raise UnknownPlace(f"{unknown.message} {known.problems[0]}", unknown.next_step, unknown.choices) from None
        raise
    except AmbiguousPlace as ambiguous:
        if not begun:
            raise
        choices = (Choice(begun[0].name, _words(begun[0])), *ambiguous.choices)
        raise AmbiguousPlace(ambiguous.message, ambiguous.next_step, choices) from None
    return await _site_or_city(text, begun[0], elsewhere, directory, program.employer) if begun else elsewhere


async def _site_or_city(text: str, site: Site, city: Place, directory: Directory, employer: str) -> Place:
    from provider_directory.places import miles_from

    place = await _place(site, directory, employer)
    if miles_from(place.lat, place.lon)(city.lat, city.lon) <= SAME_PLACE_MILES:
        return place
    choices = (Choice(site.name, _words(site)), Choice(city.label, city.label))
    raise AmbiguousPlace(f'"{text}" may be a site of {employer} or a city elsewhere.', "Choose one.", choices)


def _named(text: str, sites: Sequence[Site], employer: str) -> tuple[Site | None, list[Site]]:
    """Give the site of this whole name (or of the label that an answer gave it), and those that begin so."""
    asked = _fold(text)
    if len(asked) < FEWEST_LETTERS:
        return None, []
    for site in sites:
        if asked in (_fold(site.name), _fold(_label(site, employer))):
            return site, []
    return None, [site for site in sites if _fold(site.name).startswith(asked)]


def _fold(text: str) -> str:
    return " ".join(_WORDS.findall(text.casefold()))


def _label(site: Site, employer: str) -> str:
    return f"{site.name} ({employer})"


async def site_at(place: Place, program: HasSites | None) -> Site | None:
    """Give the site by whose name a place was found; None where it was found otherwise."""
    if program is None or program.file is None or not place.label.endswith(f" ({program.employer})"):
        return None
    known = await asyncio.to_thread(sites_of, program.file)
    return next((site for site in known.sites if _label(site, program.employer) == place.label), None)


async def words_of_ticket(number: int, zip_code: str, program: HasSites | None) -> str:
    """Give what is looked up for a claim ticket: the name of its place of work, else its ZIP (CONTRACT 6).

    The numbers of another employer's sites are others: the ZIP says whether this program's is meant. A list that
    cannot be read names none.
    """
    if number == 0 or program is None or program.file is None:
        return zip_code
    try:
        known = await asyncio.to_thread(sites_of, program.file)
    except BadInput:
        return zip_code
    return next((site.name for site in known.sites if (site.number, site.zip) == (number, zip_code)), zip_code)


def _words(site: Site) -> str:
    return ", ".join(part for part in (site.name, site.address, site.city, site.state, site.zip) if part)


async def _place(site: Site, directory: Directory, employer: str) -> Place:
    from provider_directory.models import Place

    label = _label(site, employer)
    if site.lat is not None and site.lon is not None:
        return Place(label=label, lat=site.lat, lon=site.lon, precision="point")
    found = await directory.locate(site.zip or f"{site.city}, {site.state}")
    return found.model_copy(update={"label": label})


def sites_of(program_file: Path) -> Sites:
    """Read the list of sites beside a program's file; none where there is none.

    Raises BadInput for two lists and for one that cannot be read as a whole.
    """
    files = [path for path in (program_file.with_name(program_file.stem + form) for form in _FORMS) if path.is_file()]
    if len(files) > 1:
        names = " and ".join(path.name for path in files)
        raise BadInput(f"{names} are both there.", "Keep the one that is right.")
    return _read(files[0], files[0].stat().st_mtime_ns, files[0].stat().st_size) if files else NO_SITES


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int, _size: int) -> Sites:
    # Deferred: a program without sites pays nothing of this.
    from provider_directory.errors import SourceProblem
    from provider_directory.sources.layouts import SITE_COLUMNS, named_columns
    from provider_directory.sources.typed_cells import BadCell, read_typed

    names: set[str] = set()
    places = itertools.count(1)

    def site(cells: Cells, _row: int) -> Site:
        read = _site(cells, next(places))
        if _fold(read.name) in names:
            raise BadCell("site", read.name, "a name that no other site has", "name_twice")
        names.add(_fold(read.name))
        return read

    try:
        reading = read_typed(_source(path), lambda header: named_columns(header, SITE_COLUMNS), site)
    except SourceProblem as problem:
        raise BadInput(problem.message, f"{problem.next_step} {_STEP}".strip()) from None
    problems = tuple(
        f"{path.name}, {one.place or f'row {one.row}'}, cannot be read: found {one.found!r}, expected {one.expected}."
        for one in reading.examples
    )
    return Sites(tuple(reading.facts), problems)


def _source(path: Path) -> SourceFile:
    """Give the table of sites in a file; raises BadInput where it holds none."""
    from provider_directory.sources.recognise import SITES, recognise_file

    found, skipped = recognise_file(path)
    for source in found:
        if source.dataset == SITES:
            return source
    why = skipped[0].reason if skipped else "It needs the column site, and zip or city."
    raise BadInput(f"{path.name} is no list of sites. {why}", _STEP)


def _site(cells: Cells, number: int) -> Site:
    from provider_directory.sources.typed_cells import BadCell

    lat, lon = cells.point()
    site = Site(
        cells.text("site"),
        cells.text("address"),
        cells.text("city"),
        cells.text("state").upper(),
        cells.zip(),
        lat,
        lon,
        number,
    )
    if len(_fold(site.name)) < FEWEST_LETTERS:
        raise BadCell("site", site.name, f"a name of {FEWEST_LETTERS} letters or more", "no_name")
    if site.lat is None and not site.zip and not (site.city and site.state):
        raise BadCell("zip, city, state", "", "a ZIP, or city and state, or a point", "no_place")
    return site
