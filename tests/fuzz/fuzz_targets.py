"""The readers that take bytes from outside, each held to what must be true of any bytes (TRUST B5).

A target raises AssertionError, or lets any other fault out, where a reader breaks its word; the program's own errors
are its answer to a file that it refuses.
"""

from __future__ import annotations

import contextlib
import io
import json
import math
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import kept_targets

from navigator import ticket
from navigator.cli.asking import procedures
from navigator.fhir.reading import read_json
from navigator.fhir.status_in import read_status
from navigator.hr.people import read_people
from navigator.kiosk.site import read_site
from navigator.program.member_file import read_member
from navigator.program.model import load_program
from navigator.program.roster import OfProgram, read_eligible
from navigator.program.rule_check import check_program
from navigator.program.rule_file import read_rules
from navigator.program.sites import sites_of
from navigator.program.tax_limits import loaded_limits
from navigator.referral.from_file import read_request
from navigator.settings import read_settings
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput, DirectoryError, SourceProblem
from provider_directory.pricing.amounts import amount_of
from provider_directory.routes import read_routes
from provider_directory.sources.care_compare import read_facilities, read_measures
from provider_directory.sources.cash_prices import read_cash_prices
from provider_directory.sources.claims_summary import read_claims
from provider_directory.sources.inpatient import read_inpatient
from provider_directory.sources.points import read_points
from provider_directory.sources.price_file import WantedCodes, is_price_file, open_price_file
from provider_directory.sources.price_file.checking import check_price_file
from provider_directory.sources.reading import Reading
from provider_directory.sources.recognise import SourceFile, recognise, recognise_file
from provider_directory.sources.review import read_decisions
from provider_directory.sources.roster import read_roster
from provider_directory.sources.zips import read_zip_points

Target = Callable[[bytes, Path], None]
"""Takes what a file holds, and a folder of its own to write it to."""

_MEASURES = frozenset({"COMP_HIP_KNEE", "HAI_1_SIR", "H_RECMND_DY", "MSPB-1"})
_PROCEDURES, _SETS = frozenset({"bypass"}), frozenset({"cabg"})
_WANTED = WantedCodes(frozenset({"470", "469"}), frozenset({"27447", "J7325"}))
_MONEY = ("_cents", "dollars", "discharges", "cases", "charge", "payment")
READERS: dict[str, Callable[[SourceFile], Reading[Any]]] = {
    "hospital_general": read_facilities,
    "inpatient": read_inpatient,
    "points": read_points,
    "zip_points": read_zip_points,
    "roster": lambda file: read_roster(file, _PROCEDURES, _SETS),
    "contracts": lambda file: read_roster(file, _PROCEDURES, _SETS),
    "cash_prices": lambda file: read_cash_prices(file, {"27447"}, {"990001"}),
    "paid_claims": lambda file: read_claims(file, _PROCEDURES),
    "review_decisions": read_decisions,
}


class Account(NamedTuple):
    """What is compared of two readings of one file."""

    facts: list[Any]
    read: int
    kept: int
    set_aside: dict[str, int]


def read_table(source: SourceFile) -> Reading[Any]:
    """Read a recognised table of the directory's own sources."""
    reader = READERS.get(source.dataset)
    return reader(source) if reader else read_measures(source, _MEASURES)


def table(data: bytes, folder: Path) -> None:
    """CSV, gzip, zip or workbook of any dataset: recognised and read twice, with the same full account."""
    path = _written(folder, "table.csv", data)
    found, skipped = recognise_file(path)
    assert all(part.reason for part in skipped)
    for source in found:
        if source.dataset not in ("price_file", "sites", "members"):
            accounts = [_account(source) for _ in range(2)]
            assert accounts[0] == accounts[1]


def _account(source: SourceFile) -> Account | str:
    try:
        reading = read_table(source)
    except DirectoryError as refused:
        return _said(refused)
    assert_balanced(reading)
    for fact in reading.facts:
        assert_plain(fact)
    return Account(reading.facts, reading.read, reading.kept, dict(reading.set_aside))


def price_file(data: bytes, folder: Path) -> None:
    """A price file of either format: told, read and checked; no rate is NaN, no text of it acts on a terminal."""
    for name in ("prices.csv", "prices.json"):
        path = _written(folder, name, data)
        is_price_file(path)
        reading: Reading[Any] = Reading(SourceFile(path, None, name, "price_file", "", None))
        try:
            with open_price_file(path) as file:
                rates = list(file.rates(_WANTED, reading))
            assert_balanced(reading)
            for rate in rates:
                assert_plain(rate)
                amounts = [amount_of(text) for text in (rate.gross, rate.cash, rate.dollar, rate.median)]
                assert all(amount is None or amount.is_finite() for amount in amounts)
        except (SourceProblem, BadInput) as refused:
            _said(refused)
        try:
            check_price_file(path)
        except (SourceProblem, BadInput) as refused:
            _said(refused)


def program(data: bytes, folder: Path) -> None:
    """A program file as TOML and as JSON, and the small TOML files: checked, loaded, or refused in words."""
    for name in ("acme.toml", "acme.json"):
        path = _written(folder, name, data)
        for read in (check_program, read_rules, lambda file: load_program(str(file), file.parent), _member):
            _refused_in_words(read, path)
    _refused_in_words(read_site, _written(folder, "site.toml", data))
    _refused_in_words(loaded_limits, _written(folder, "tax_limits.toml", data))
    _refused_in_words(_release, _written(folder, "release.toml", data))
    settings = read_settings(_written(folder, "settings.toml", data))
    assert all(problem.message for problem in settings.problems)


def message(data: bytes, folder: Path) -> None:
    """JSON that a center's system, or another program, hands to the desk."""
    text = data.decode("utf-8", "replace")
    _refused_in_words(lambda _: read_status(read_json(text, "message.json"), text), folder)
    _refused_in_words(lambda _: read_request(text, "request.json"), folder)
    _refused_in_words(_member, _written(folder, "member.json", data))


def people(data: bytes, folder: Path) -> None:
    """Lists that an employer hands over: of sites, of people, of ZIPs, and the ways to a center."""
    path = _written(folder, "acme.sites.csv", data)
    _refused_in_words(lambda _: sites_of(folder / "acme.toml"), path)
    _refused_in_words(read_people, path)
    try:
        assert_balanced(read_eligible(path, OfProgram("acme", {})))
    except (SourceProblem, BadInput) as refused:
        _said(refused)
    read_routes(data.decode("utf-8", "replace"))


def workbook(data: bytes, folder: Path) -> None:
    """A workbook whose first sheet has this markup."""
    path = folder / "table.xlsx"
    path.write_bytes(workbook_of(data))
    table(path.read_bytes(), folder)
    _refused_in_words(check_program, path)
    _refused_in_words(read_people, path)


def words(data: bytes, folder: Path) -> None:
    """What a caller says, line by line of a file, and what is typed as a ticket."""
    path = _written(folder, "queries.txt", data)
    with contextlib.redirect_stdout(io.StringIO()) as out:
        _refused_in_words(lambda file: procedures(batch=file), path)
    for line in out.getvalue().splitlines():
        assert json.loads(line, parse_constant=_no_number)["matches"] is not None
    _refused_in_words(lambda _: ticket.read(data.decode("utf-8", "replace")), path)


TARGETS: dict[str, Target] = {
    "table": table,
    "price-file": price_file,
    "program": program,
    "message": message,
    "people": people,
    "workbook": workbook,
    "words": words,
    "notes": kept_targets.notes,
    "edition": kept_targets.edition,
    "answers": kept_targets.answers,
    "archive": kept_targets.archive,
    "pipe": kept_targets.pipe,
}


def assert_balanced(reading: Reading[Any]) -> None:
    """Hold an account to CONTRACT 5: every row is kept, collapsed or set aside."""
    assert reading.read == reading.kept + reading.duplicates + sum(reading.set_aside.values())
    assert min([reading.kept, reading.duplicates, *reading.set_aside.values()]) >= 0
    for example in reading.examples:
        assert_plain((example.found, example.place))


def assert_plain(fact: Iterable[Any]) -> None:
    """See that no figure is NaN or infinite, no money or count negative, and that every text was made safe."""
    names = getattr(fact, "_fields", ())
    for at, value in enumerate(fact):
        if isinstance(value, float):
            assert math.isfinite(value)
        if isinstance(value, int) and names and any(word in names[at] for word in _MONEY):
            assert value >= 0, (names[at], value)
        if isinstance(value, str):
            assert clean(value, len(value)) == value, value


_MEMBERS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
        '<sheet name="Rows" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}


def workbook_of(sheet: bytes) -> bytes:
    """Give the smallest workbook that has this markup as its one sheet."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in _MEMBERS.items():
            archive.writestr(name, text)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return packed.getvalue()


def _written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def _release(path: Path) -> object:
    return recognise(path.parent)


def _no_number(word: str) -> None:
    raise AssertionError(word)


def _member(path: Path) -> object:
    return read_member(str(path))


def _refused_in_words(read: Callable[[Path], object], path: Path) -> None:
    try:
        read(path)
    except DirectoryError as refused:
        _said(refused)


def _said(refused: DirectoryError) -> str:
    """Give the sentence of a refusal: it says what was found, and nothing in it acts on a terminal."""
    assert refused.message
    for line in str(refused).split("\n"):
        assert clean(line, len(line)) == " ".join(line.split()), line
    return refused.message
