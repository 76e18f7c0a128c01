"""The readers of what the program itself wrote, after somebody changed it, and of what servers and pipes bring."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import zlib
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import cast
from unittest import mock

from navigator import locations
from navigator.case.desk_user import DeskUsers
from navigator.gaps import count_gaps
from navigator.hr.usage import read_usage
from navigator.ledger import keys
from navigator.ledger.errors import LedgerProblem
from navigator.ledger.postgres import place_of_server, read_url
from navigator.web.packets import NotFromTheApp, drawings
from provider_directory.demonstration_files import RECORD, is_outdated_program
from provider_directory.edition.manifest import APPLICATION_ID, Manifest, file_sha256, schema_sql
from provider_directory.edition.pointer import POINTER, SCHEMA_VERSION, current_edition, is_demonstration
from provider_directory.edition.publish import Shelf, verify
from provider_directory.edition.reader import EditionReader
from provider_directory.edition.unchanged import is_as_verified
from provider_directory.errors import DirectoryError, FetchProblem, SourceProblem
from provider_directory.fetching import Connection, Fetched
from provider_directory.fetching.partial import Partial, fetched_before
from provider_directory.fetching.unpacking import Unpacking
from provider_directory.price_import.inputs import price_sources
from provider_directory.price_import.store import ExtractStore, stored_rates
from provider_directory.strict_json import parse_strictly
from provider_directory.sync.archive import Archive
from provider_directory.sync.cache import Downloads
from provider_directory.sync.datasets import DATASETS
from provider_directory.sync.inpatient_file import look_up_file
from provider_directory.sync.inpatient_pages import Pages
from provider_directory.sync.metastore import look_up

NAME = "ab" * 32
INVENTED = "brewline-foods.toml"
_DAY = date(2026, 11, 22)
_BASE = "https://data.cms.gov"


def notes(data: bytes, folder: Path) -> None:
    """What lies in the data folder: pointer and sidecar, notes of fetched files, counts, PINs, where the key lies."""
    shelf, downloads, target = folder / "editions", folder / "downloads", folder / "fetched.csv"
    first = DATASETS[0]
    for path in (
        shelf / POINTER,
        shelf / f"{NAME}.json",
        shelf / f"{NAME}.sqlite",
        downloads / "published.json",
        downloads / first.name / "source.json",
        downloads / first.name / first.file_name,
        folder / "fetched.csv.part.json",
        folder / "fetched.csv.part",
        folder / "fetched.csv.fetched.json",
        folder / "extract.json",
        folder / "extract.rates.gz",
        folder / INVENTED,
        folder / RECORD,
        shelf / f"{NAME}.verified",
        target,
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    is_demonstration(shelf / f"{NAME}.sqlite")
    is_as_verified(shelf / f"{NAME}.sqlite")
    is_outdated_program(folder / INVENTED)
    for read in (
        lambda: current_edition(shelf),
        lambda: Shelf(shelf).editions(),
        lambda: verify(shelf / f"{NAME}.sqlite"),
        lambda: count_gaps(target),
        lambda: read_usage(target),
    ):
        with suppress(DirectoryError):
            read()
    target.chmod(0o600)
    with suppress(DirectoryError):
        assert all(person.name for person in DeskUsers(target).people())
    with suppress(LedgerProblem):
        keys.kind_of(target)
        keys.load(target)
    assert Downloads(downloads).held(first) is None
    Downloads(downloads).last_published()
    fetched_before(target)
    Partial(target).half_of(_BASE)
    if (extract := ExtractStore(folder).load("extract")) is not None:
        with suppress(SourceProblem):
            list(stored_rates(extract))


def edition(data: bytes, folder: Path) -> None:
    """An edition whose file was damaged or written by hand: refused, or answered from without a fault."""
    path = folder / "edition.sqlite"
    path.write_bytes(data)
    path.with_suffix(".json").write_text(_manifest(file_sha256(path)).sealed().model_dump_json())
    with suppress(DirectoryError):
        verify(path)
    with suppress(DirectoryError), closing(EditionReader(path)) as reader:
        for read in (
            reader.about,
            reader.contracts,
            lambda: reader.facilities_in((24.0, 50.0, -125.0, -66.0), ("hospital",)),
            lambda: reader.facility("x"),
            lambda: reader.contracts_for("x", "x"),
            lambda: reader.surgeons_of((1,)),
            lambda: reader.scores("x", ("x",)),
            lambda: reader.checks("x", ("x",)),
            lambda: reader.measures(("x",), ("x",)),
            lambda: reader.inpatient(("x",), ("x",)),
            lambda: reader.attestations("x"),
            lambda: reader.zip_point("x"),
            lambda: reader.cities_like("xy", None),
        ):
            with suppress(DirectoryError):
                read()


def _manifest(sha256: str) -> Manifest:
    return Manifest(
        name=NAME,
        file_sha256=sha256,
        schema_version=SCHEMA_VERSION,
        demonstration=True,
        default_date=None,
        built_at="",
        reference="",
        rule_versions={},
        zip_source="",
        counts={},
        files=(),
        skipped=(),
        review=(),
    )


def small_edition() -> bytes:
    """Give an edition with a row in each table, in pages of the smallest size."""
    with closing(sqlite3.connect(":memory:")) as made:
        made.execute("PRAGMA page_size = 512")
        made.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        made.executescript(schema_sql())
        for (table,) in made.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            columns = [row[1:3] for row in made.execute(f'PRAGMA table_info("{table}")')]
            values = [
                "2026-01-01" if _is_day(name) else {"INTEGER": 1, "REAL": 43.5}.get(kind, "x") for name, kind in columns
            ]
            made.execute(f'INSERT INTO "{table}" VALUES ({",".join("?" * len(values))})', values)
        meta = {"schema_version": f"{SCHEMA_VERSION}", "demonstration": "1", "default_date": "", "reference": "x"}
        made.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
        return made.serialize()


def _is_day(column: str) -> bool:
    return column in {"start", "end", "effective", "ends", "on", "day", "valid_until"} or column.endswith(
        ("_date", "_start", "_end", "_on", "_effective", "_ends")
    )


def answers(data: bytes, folder: Path) -> None:
    """What a server answers: catalogs and pages as JSON, packed bodies, archives, and a list of price files."""
    connection = cast("Connection", _Answering(data))
    for ask in (
        look_up(connection, _BASE, DATASETS[0], _DAY),
        look_up_file(connection, _BASE, DATASETS[-1], _DAY),
        Pages(connection, _BASE, DATASETS[-1]).version(),
        Pages(connection, _BASE, DATASETS[-1]).bring(folder / "pages.csv", "1", lambda _: None),
    ):
        with suppress(FetchProblem):
            asyncio.run(ask)
    with suppress(FetchProblem, zlib.error):
        unpacking = Unpacking("gzip", "answer")
        assert sum(map(len, unpacking.blocks(data))) >= 0
    (folder / "list.csv").write_bytes(data)
    with suppress(DirectoryError):
        price_sources((), [folder / "list.csv"], None)


class _Answering:
    """Gives the same bytes to whatever is asked, as ``Connection.json`` would."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.limits = mock.Mock(rows=3)

    async def json(self, *_: object) -> object:
        """Give the JSON of the bytes; raises FetchProblem."""
        try:
            return parse_strictly(self._data)
        except ValueError:
            raise FetchProblem("It came damaged.") from None


def archive(data: bytes, folder: Path) -> None:
    """A monthly archive of CMS that came: one member is taken, within bounds, or the archive is refused."""
    packed = folder / "hospitals_11_2026.zip"
    packed.write_bytes(data)
    target = folder / "in" / "table.csv"
    came = Fetched(packed, _BASE, len(data), "", None, None, True)
    with (
        suppress(FetchProblem),
        mock.patch("provider_directory.sync.archive.fetch_over", mock.AsyncMock(return_value=came)),
    ):
        bounds = mock.Mock(limits=mock.Mock(file_bytes=1 << 16))
        source = Archive(cast("Connection", bounds), _BASE, Downloads(folder), _DAY)
        fetched, _ = asyncio.run(source.bring(DATASETS[0], None, target, lambda _: None))
        assert fetched.bytes == target.stat().st_size <= 1 << 16


def pipe(data: bytes, folder: Path) -> None:
    """What comes through the pipe of an app in a browser, and the variables of the environment."""

    async def drawn() -> None:
        stream = asyncio.StreamReader()
        stream.feed_data(data)
        stream.feed_eof()
        with suppress(NotFromTheApp):
            assert sum([len(part) async for part in drawings(stream)]) <= len(data)

    asyncio.run(drawn())
    said = data.replace(b"\0", b"").decode("utf-8", "surrogateescape")
    with mock.patch.dict(os.environ, {"COE_HOME": said, "COE_LEDGER_URL": said}):
        assert locations.editions().name == "editions"
        assert locations.usage_file(said).parent.name == "usage"
        with suppress(DirectoryError):
            assert place_of_server(read_url(locations.ledger_url() or ""))
