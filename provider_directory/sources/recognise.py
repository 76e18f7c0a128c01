"""Finds the files of a folder that can be read, by their header line and never by their name."""

from __future__ import annotations

import csv
import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from provider_directory.cleaning import clean
from provider_directory.errors import SourceProblem
from provider_directory.sources.layouts import layout_of
from provider_directory.sources.opening import DAMAGE, open_text
from provider_directory.sources.workbook import is_workbook, refused, sheet_names
from provider_directory.strict_toml import read_toml

_RELEASES = "release.toml"
_RELEASE = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
_HEADER_CHARACTERS = 1 << 16
_MOST_COLUMNS = 4_000
_MOST_MEMBERS = 10_000
_NO_TABLE = "It is no CSV table."
_NO_SHEET = "None of its sheets holds a table, or they are damaged: open it and save it again."
SITES = "sites"
"""The dataset that belongs to a program and to no edition."""
_SITES_ELSEWHERE = (
    "It is a list of sites: they belong to a program; keep it as programs/ID.sites.csv or .xlsx in the data folder."
)
MEMBERS = "members"
"""The dataset of people: it belongs to a program and never comes into an edition."""
_MEMBERS_ELSEWHERE = (
    "It is an eligibility file of people, which no edition holds: take it out of this folder;"
    " `coe members import` reads it."
)
PRICE_FILE = "price_file"
"""The dataset of a hospital's price file."""
_ZIP = b"PK\x03\x04"


class SourceFile(NamedTuple):
    """A file, or a member of a zip, that a reader can read."""

    path: Path
    member: str | None
    """The file inside a zip, or the sheet of a workbook; None for a file of its own."""
    name: str
    """As shown: the path inside the folder, for a member "archive.zip/member", "roster.xlsx, sheet Roster"."""
    dataset: str
    """hospital_general, complications, unplanned_visits, hai, hcahps, mspb, inpatient, points, roster, zip_points,
    cash_prices, price_file."""
    title: str
    release: str | None
    """YYYY-MM, None = not known."""


class Skipped(NamedTuple):
    """A file that is not read, with the reason as a sentence."""

    name: str
    reason: str


def recognise(folder: Path, release: str | None = None) -> tuple[list[SourceFile], list[Skipped]]:
    """Look at the header of every file under a folder, in the order of their names; only headers are read.

    ``release`` (YYYY-MM) is the release of the files that ``release.toml`` in the folder, with a table ``[files]`` of
    name -> "YYYY-MM", does not name. Raises SourceProblem for a folder that is missing or empty and for a release of
    another form.
    """
    if not folder.is_dir():
        raise SourceProblem(f"There is no folder {clean(str(folder))}.", "Name the folder that holds the CMS files.")
    _check_release(release, "--release")
    releases = _releases(folder)
    found: list[SourceFile] = []
    skipped: list[Skipped] = []
    for path, member, name in _files(folder, skipped):
        answer = _dataset(path, member, name)
        if isinstance(answer, str):
            skipped.append(Skipped(name, answer))
        elif answer[0] in (SITES, MEMBERS):
            skipped.append(Skipped(name, _SITES_ELSEWHERE if answer[0] == SITES else _MEMBERS_ELSEWHERE))
        else:
            own = next((releases[key] for key in _keys(path, member, name) if key in releases), release)
            found.append(SourceFile(path, member, name, *answer, own))
    if not found and not skipped:
        raise SourceProblem(f"The folder {clean(str(folder))} is empty.", "Put the CMS files there, packed or not.")
    return found, skipped


def recognise_file(path: Path) -> tuple[list[SourceFile], list[Skipped]]:
    """Look at one file, or at each file of an archive, as ``recognise`` does; shown by its name alone."""
    name = clean(path.name)
    found: list[SourceFile] = []
    skipped: list[Skipped] = []
    try:
        for part, member, shown in _parts(path, name):
            answer = _dataset(part, member, shown)
            if isinstance(answer, str):
                skipped.append(Skipped(shown, answer))
            else:
                found.append(SourceFile(part, member, shown, *answer, None))
    except DAMAGE as problem:
        skipped.append(Skipped(name, f"It cannot be read: {clean(str(problem))}."))
    except SourceProblem as problem:
        skipped.append(Skipped(name, problem.message))
    return found, skipped


def _keys(path: Path, member: str | None, name: str) -> Iterator[str]:
    yield name
    if member is not None:
        yield member
        yield member.rsplit("/", 1)[-1]
    yield path.name


def _files(folder: Path, skipped: list[Skipped]) -> Iterator[tuple[Path, str | None, str]]:
    for top, folders, files in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for file in sorted(files):
            path = Path(top) / file
            if file.startswith(".") or file == _RELEASES:
                continue
            name = clean(path.relative_to(folder).as_posix())
            if not path.is_file():
                skipped.append(Skipped(name, "It is no plain file."))
                continue
            try:
                yield from _parts(path, name)
            except DAMAGE as problem:
                skipped.append(Skipped(name, f"It cannot be read: {clean(str(problem))}."))
            except SourceProblem as problem:
                skipped.append(Skipped(name, problem.message))


def _parts(path: Path, name: str) -> Iterator[tuple[Path, str | None, str]]:
    """Give a file, or the files of an archive, or the data sheets of a workbook."""
    with path.open("rb") as file:
        start = file.read(4)
    members = _members(path) if start == _ZIP else []
    reason = refused(start, members)
    if reason is None and start == _ZIP and not members:
        reason = "It is an archive without files."
    if reason is not None:
        raise SourceProblem(reason)
    if is_workbook(members):
        sheets = sheet_names(path, name)
        if not sheets:
            raise SourceProblem(_NO_SHEET)
        yield from ((path, sheet, clean(f"{name}, sheet {sheet}")) for sheet in sheets)
    elif start == _ZIP:
        yield from ((path, member, clean(f"{name}/{member}")) for member in members)
    else:
        yield path, None, name


def _members(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
    if len(entries) > _MOST_MEMBERS:
        raise zipfile.BadZipFile(f"it holds {len(entries):,} files, more than {_MOST_MEMBERS:,}")
    return sorted({entry.filename for entry in entries if not entry.is_dir()})


def _dataset(path: Path, member: str | None, name: str) -> tuple[str, str] | str:
    answer = _table(path, member, name)
    if isinstance(answer, str):
        # deferred: the readers of price files keep their account as the readers of these files do
        from provider_directory.sources.price_file import is_price_file

        if form := is_price_file(path, member):
            return PRICE_FILE, f"Hospital price file, {form}"
    return answer


def _table(path: Path, member: str | None, name: str) -> tuple[str, str] | str:
    try:
        with open_text(path, member, name) as source:
            # A whole first line is asked for, so that a one-line JSON of any size costs no more than this.
            line = source.text.readline(_HEADER_CHARACTERS)
            if line.startswith("PK\x03\x04"):
                return "It is an archive or a workbook inside an archive: take it out."
            if "\0" in line or len(line) >= _HEADER_CHARACTERS:
                return _NO_TABLE
            header = [clean(name) for name in next(csv.reader([line]), [])]
            if len(header) > _MOST_COLUMNS:
                return f"It has {len(header):,} columns, and no table has more than {_MOST_COLUMNS:,}."
            answer = layout_of(header) if len(header) > 1 else _NO_TABLE
            if isinstance(answer, str) and source.bytes.has_nul:
                return _NO_TABLE
            if answer[0] == "mspb":
                return _spending_or_imaging(header, source.text.readline(_HEADER_CHARACTERS), (answer[0], answer[1]))
            return answer
    except SourceProblem as problem:
        return problem.message
    except csv.Error as problem:
        return f"Its first line cannot be read: {problem}."


def _spending_or_imaging(header: list[str], line: str, answer: tuple[str, str]) -> tuple[str, str] | str:
    """Tell the spending file from the imaging file: their headers are the same, their measures are not."""
    cells = dict(zip((name.lower().replace("_", " ") for name in header), next(csv.reader([line]), []), strict=False))
    measure = cells.get("measure id", "")
    if measure.upper().startswith("MSPB"):
        return answer
    return f'Its columns are those of {answer[1]}, but its first measure is "{clean(measure)}", not MSPB-1.'


def _releases(folder: Path) -> dict[str, str]:
    file = folder / _RELEASES
    if not file.is_file():
        return {}
    try:
        files = read_toml(file).get("files", {})
    except (OSError, ValueError) as problem:
        raise SourceProblem(f"{_RELEASES} cannot be read: {clean(str(problem))}.", _RELEASE_FORM) from problem
    if not isinstance(files, dict):
        raise SourceProblem(f"{_RELEASES} has no table [files].", _RELEASE_FORM)
    for name, release in files.items():
        _check_release(release, f"{_RELEASES}, file {clean(name)}")
    return files


_RELEASE_FORM = 'Write: [files] and below it "file name" = "YYYY-MM", one file a line.'


def _check_release(release: object, where: str) -> None:
    if release is not None and not (isinstance(release, str) and _RELEASE.fullmatch(release)):
        raise SourceProblem(f'{where}: "{clean(str(release))}" is no release.', 'Write it as YYYY-MM, e.g. "2026-01".')
