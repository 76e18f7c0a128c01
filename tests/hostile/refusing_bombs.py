"""Gives bombs to the readers of files and says of each what became of it: ``refusing_bombs.py FOLDER`` (TRUST S10)."""

from __future__ import annotations

import gzip
import io
import json
import resource
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from pathlib import Path

from fuzz_targets import workbook_of

from navigator.case.desk_user import DeskUsers
from navigator.cli.asking import procedures
from navigator.cli.referral_create import create
from navigator.fhir.reading import read_file
from navigator.hr.people import read_people
from navigator.hr.usage import read_usage
from navigator.kiosk.site import read_site
from navigator.program.member_file import read_member
from navigator.program.model import load_program
from navigator.program.roster import OfProgram, read_eligible
from navigator.program.rule_check import check_program
from navigator.program.tax_limits import loaded_limits
from navigator.settings import read_settings
from provider_directory.edition.manifest import read_manifest
from provider_directory.errors import BadInput, DirectoryError, SourceProblem
from provider_directory.sources.points import read_points
from provider_directory.sources.price_file import open_price_file
from provider_directory.sources.price_file.checking import check_price_file
from provider_directory.sources.recognise import SourceFile, recognise, recognise_file

_MIB = 1 << 20
_SPARSE = 5 << 30
_DEEP = 100_000
_ZEROS = gzip.compress(bytes(_MIB), 6) * 64
_POINTS = b"ccn,name,city,state,zip,lat,lon\n"
_WORD = b'<c t="inlineStr"><is><t>x</t></is></c>'
_SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%b</sheetData></worksheet>'
_TOP = 'id = "acme"\nemployer = "Acme"\nalliances = ["Lakeshore"]\nplan_year = 2026\n'
Read = Callable[[Path], object]


def _source(path: Path) -> object:
    found, skipped = recognise_file(path)
    for part in skipped:
        raise SourceProblem(part.reason)
    return found


def _read_points(path: Path) -> object:
    return read_points(SourceFile(path, None, path.name, "points", "", None)).facts


def _rules(path: Path) -> object:
    check = check_program(path)
    for error in check.errors:
        raise BadInput(error.found, error.next_step)
    return check


def _prices(path: Path) -> object:
    with open_price_file(path) as file:
        return file.head


def _release(path: Path) -> object:
    named = path.rename(path.with_name("release.toml"))
    try:
        return recognise(path.parent)
    finally:
        named.rename(path)


def _program(path: Path) -> object:
    return load_program(str(path), path.parent)


def _queries(path: Path) -> object:
    with redirect_stdout(io.StringIO()) as out:
        procedures(batch=path)
    return out.getvalue()


def _pins(path: Path) -> object:
    path.chmod(0o600)
    return DeskUsers(path).people()


_TOML: dict[str, Read] = {
    "program": _program,
    "rules": _rules,
    "settings": lambda path: _raised(read_settings(path).problems),
    "tax limits": loaded_limits,
    "kiosk site": read_site,
    "member": lambda path: read_member(str(path)),
    "release": _release,
}
_JSON: dict[str, Read] = {
    "program": _program,
    "rules": _rules,
    "member": lambda path: read_member(str(path)),
    "message": lambda path: read_file(str(path)),
    "request": lambda path: create(str(path)),
}
_NOTES: dict[str, Read] = {"counts": read_usage, "sidecar": read_manifest, "PINs": _pins}
_LISTS: dict[str, Read] = {
    "people": read_people,
    "members": lambda path: read_eligible(path, OfProgram("acme", {})),
    "queries": _queries,
}
_PRICES: dict[str, Read] = {"prices": _prices, "price check": check_price_file}
_SOURCE: dict[str, Read] = {"source": _source}


def _raised(problems: tuple[DirectoryError, ...]) -> None:
    for problem in problems:
        raise problem


def bombs(folder: Path) -> Iterator[tuple[str, Path, dict[str, Read]]]:
    """Give each bomb with its name, its file and the readers that it is given to."""
    for kind, text in {
        "a list in a list": f"x = {'[' * _DEEP}{']' * _DEEP}",
        "a table in a table": f"x = {'{a=' * _DEEP}1{'}' * _DEEP}",
        "a key of parts": f"{'a.' * 20_000}a = 1",
        "a quoted key of parts": f"""{"'a b'." * 20_000}a = 1""",
        "a header of parts": f"[{'a.' * 20_000}a]",
    }.items():
        yield f"TOML, {kind}", _bytes(folder, "acme.toml", (_TOP + text).encode()), _TOML
    for kind, text in {
        "a list in a list": f'{{"id": {"[" * _DEEP}{"]" * _DEEP}}}',
        "an object in an object": '{"id":' * _DEEP + "1" + "}" * _DEEP,
    }.items():
        yield f"JSON, {kind}", _bytes(folder, "acme.json", text.encode()), {**_JSON, **_NOTES, **_PRICES}
    for kind, text in {
        "a hundred lists": f'{{"id": {"[" * 100}{"]" * 100}}}',
        "NaN": '{"id": NaN}',
        "a key twice": '{"id": "acme", "id": "acne"}',
    }.items():
        yield f"JSON, {kind}", _bytes(folder, "acme.json", text.encode()), _JSON
    yield "30,000 columns", _bytes(folder, "acme.csv", b"a," * 30_000 + b"b\n" + b"1," * 30_000), _SOURCE
    yield "5 GB of nothing", _sparse(folder, "acme.toml", b""), {**_TOML, **_LISTS, **_PRICES, **_SOURCE}
    yield "5 GB of no JSON", _sparse(folder, "acme.json", b""), {**_JSON, **_NOTES}
    yield "one line of 5 GB", _sparse(folder, "acme.csv", _POINTS), {"read": _read_points, **_LISTS, **_PRICES}
    yield from _packed(folder)


def _packed(folder: Path) -> Iterator[tuple[str, Path, dict[str, Read]]]:
    readers = {**_PRICES, **_LISTS}
    yield (
        "gzip of a gigabyte",
        _bytes(folder, "x.csv", gzip.compress(_POINTS) + _ZEROS * 16),
        readers | {"read": _read_points},
    )
    archive = folder / "x.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("table.csv", _POINTS + bytes(24 * _MIB))
    yield "zip of zeros", archive, {**_PRICES, "people": read_people}
    for kind, rows in {
        "a row of cells": b"<row>%b</row>" % (b"<c/>" * 1_000_000),
        "blank rows without end": b"<row/>" * 1_000_000,
        "a last row far below a wide head": b'<row>%b</row><row r="1048576"><c><v>1</v></c></row>' % (_WORD * 250),
        "a cell in a cell": b"<row><c>%b%b</c></row>" % (b"<v>" * 300_000, b"</v>" * 300_000),
        "one text": b'<row><c t="inlineStr"><is><t>%b</t></is></c></row>' % (b"x" * 8 * _MIB),
    }.items():
        path = _bytes(folder, "acme.xlsx", workbook_of(_SHEET % rows))
        yield f"workbook, {kind}", path, {**_SOURCE, "rules": _rules}


def _bytes(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def _sparse(folder: Path, name: str, start: bytes) -> Path:
    path = _bytes(folder, name, start)
    with path.open("r+b") as file:
        file.truncate(_SPARSE)
    return path


def main(folder: Path) -> None:
    """Say of each bomb and reader what became of it, and by how many MiB the most memory ever held grew."""
    for kind, path, readers in bombs(folder):
        for name, read in readers.items():
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            try:
                said = f"read: {str(read(path))[:200]}"
            except DirectoryError as refused:
                said = "refused" if refused.message else "refused without a word"
            except Exception as fault:
                said = f"ended in {type(fault).__name__}"
            grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
            print(json.dumps([f"{kind}: {name}", said, grown]), flush=True)
        path.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
