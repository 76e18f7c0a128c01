"""Which price files a build reads: those of a folder, single ones, and those that a list names by CCN."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from provider_directory.cleaning import clean
from provider_directory.errors import FetchProblem, SourceProblem
from provider_directory.price_import.extracting import Progress, duration
from provider_directory.sources.layouts import fold_column
from provider_directory.sources.opening import open_text
from provider_directory.sources.recognise import PRICE_FILE, Skipped, SourceFile, recognise, recognise_file
from provider_directory.sources.values import ccn as read_ccn

Fetch = Callable[[str], Path]
"""Brings the file of an address and gives its place; raises a DirectoryError."""
_PLACE_COLUMNS = ("mrfurl", "url", "path", "file")
_ADDRESS = ("https://", "http://")


class PriceSource(NamedTuple):
    """A price file, with the CCNs that a list gives it."""

    source: SourceFile
    ccns: tuple[str, ...]


class PriceSources(NamedTuple):
    """Price files in the order of their names, and what was given and is none, with the reason."""

    files: list[PriceSource]
    skipped: list[Skipped]


def price_sources(
    in_folder: Iterable[SourceFile], given: Sequence[Path], fetch: Fetch | None, progress: Progress | None = None
) -> PriceSources:
    """Join the price files of the build's folder with those given: a file, a folder, or a list of CCN and place.

    A list is a CSV with the column ccn and one of mrf_url, url, path or file; paths are taken from the list's folder.
    ``fetch`` brings what an address names; without it addresses are skipped. ``progress`` is told how many are there.
    Raises SourceProblem for a path that is not there.
    """
    fetch = cache(fetch) if fetch else None  # hospitals of one owner share a file
    places: dict[tuple[Path, str | None], PriceSource] = {}
    skipped: list[Skipped] = []
    found: list[tuple[SourceFile, str]] = [(source, "") for source in in_folder]
    for path in given:
        found += _given(path, fetch, skipped, progress)
    for source, ccn in found:
        key = (source.path.resolve(), source.member)
        known = places.get(key, PriceSource(source, ()))
        ccns = known.ccns if not ccn or ccn in known.ccns else (*known.ccns, ccn)
        places[key] = known._replace(ccns=ccns)
    return PriceSources(sorted(places.values(), key=lambda one: (one.source.name, one.source.path)), skipped)


def _given(
    path: Path, fetch: Fetch | None, skipped: list[Skipped], progress: Progress | None
) -> Iterator[tuple[SourceFile, str]]:
    if path.is_dir():
        found, others = recognise(path)
        skipped += others
    elif not path.exists():
        raise SourceProblem(f"There is no file {clean(str(path))}.", "Give --prices a file, a folder or a list.")
    elif (listed := _list_of(path)) is not None:
        start = time.monotonic()
        for done, (number, ccn, place) in enumerate(listed):
            if progress and fetch and _is_address(place):
                progress(_words(path, done, len(listed), time.monotonic() - start), done / len(listed))
            yield from _of_list(path, number, ccn, place, fetch, skipped)
        return
    else:
        found, others = recognise_file(path)
        if not found:  # meant as a price file: its reader says best what is wrong with it
            found = [SourceFile(path, None, clean(path.name), PRICE_FILE, "Hospital price file", None)]
    for source in found:
        if source.dataset == PRICE_FILE:
            yield source, ""
        else:
            skipped.append(Skipped(source.name, f"It is no price file but {source.title}: give it by --from."))


def _words(listing: Path, done: int, of: int, passed: float) -> str:
    said = f"fetching the price files of {clean(listing.name)}, {done:,} of {of:,}"
    return f"{said}, about {duration(passed * (of - done) / done)} left" if done else said


def _is_address(place: str) -> bool:
    return place.lower().startswith(_ADDRESS)


def _list_of(path: Path) -> list[tuple[int, str, str]] | None:
    """Read a list of CCN and place with its row numbers; None where the file is no such list."""
    try:
        with open_text(path, None, clean(path.name)) as source:
            rows = csv.reader(source.text)
            columns = [fold_column(name) for name in next(rows, [])]
            place = next((columns.index(name) for name in _PLACE_COLUMNS if name in columns), None)
            if "ccn" not in columns or place is None:
                return None
            ccn = columns.index("ccn")
            return [
                (number, row[ccn].strip(), row[place].strip())
                for number, row in enumerate(rows, 2)
                if len(row) > max(ccn, place)
            ]
    except (SourceProblem, csv.Error):
        return None


def _of_list(
    listing: Path, number: int, ccn: str, place: str, fetch: Fetch | None, skipped: list[Skipped]
) -> Iterator[tuple[SourceFile, str]]:
    """Give the price file of one row of a list; what cannot be had is skipped and named."""
    shown = place.partition("?")[0]  # what follows may be a key to the file: it is printed nowhere
    name = clean(f"{listing.name} row {number}, {shown}")
    known = read_ccn(ccn)
    try:
        if known is None:
            raise SourceProblem(f'"{clean(ccn)}" is no CCN.')
        if not place:
            raise SourceProblem("It names no file.")
        if not _is_address(place):
            path = listing.parent / place
        elif fetch is None:
            raise SourceProblem("It is an address, and this build fetches nothing.")
        else:
            path = fetch(place)
        if not path.is_file():
            raise SourceProblem("There is no such file.")
        found, others = recognise_file(path)
    except (SourceProblem, FetchProblem) as problem:
        skipped.append(Skipped(name, problem.message))
        return
    except OSError as problem:  # e.g. a name that is longer than a name may be
        skipped.append(Skipped(name, f"It cannot be read: {problem.strerror or problem}."))
        return
    priced = [source for source in found if source.dataset == PRICE_FILE]
    if not priced:
        skipped.append(Skipped(name, others[0].reason if others else "It is no price file."))
    yield from ((source, known) for source in priced)
