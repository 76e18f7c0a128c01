"""Questions to one edition file, answered as rows; opened read-only and immutable, safe to share between threads."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date
from functools import cache, cached_property
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from provider_directory.contracts import ContractTerms
from provider_directory.edition.manifest import APPLICATION_ID, SCHEMA_VERSION, content_name, schema_sql
from provider_directory.edition.pointer import other_schema, sidecar_of
from provider_directory.edition.unchanged import verify_where_changed
from provider_directory.errors import AmbiguousFacility, Choice, EditionProblem, UnknownFacility
from provider_directory.facts import CityPoint, InpatientFact, MeasureFact, ZipPoint
from provider_directory.models import EditionInfo, SourceInfo, Surgeon
from provider_directory.strict_json import read_json


class FacilityRow(NamedTuple):
    """One facility as stored."""

    id: str
    kind: str
    name: str
    listed: int
    ccn: str | None = None
    npi: str | None = None
    address: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None
    phone: str | None = None
    lat: float | None = None
    lon: float | None = None
    point_precision: str | None = None
    overall_rating: int | None = None
    birthing_friendly: int | None = None
    source_id: int | None = None
    row: int | None = None


class ScoreRow(NamedTuple):
    """One facility's score in one profile; floats unrounded, score and range 0-100."""

    profile: str
    facility_id: str
    z: float
    sd: float
    sigma: float
    score: float
    low: float
    high: float
    p: float
    coverage: float
    tier: str | None
    shown: int
    reason: str | None


class CheckRow(NamedTuple):
    """One facility's public check of one criteria set: p, f, u or None for each criterion."""

    criteria_set: str
    facility_id: str
    datum: int
    r1: str | None
    r2: str | None
    r3: str | None
    r4: str | None
    r5: str | None


class Attestation(NamedTuple):
    """All-payer cases a year that a facility attests for a criteria set."""

    facility_id: str
    criteria_set: str
    cases: int
    attested_on: date | None
    source_id: int
    row: int


class SourceRecord(NamedTuple):
    """One source file as stored."""

    id: int
    file: str
    dataset: str
    title: str
    release: str | None
    period_start: str | None
    period_end: str | None
    rows_read: int
    kept: int
    duplicates: int
    set_aside: int


_NEEDED = {"demonstration", "default_date", "reference"}
_COLUMNS = (
    "SELECT kept.name, held.name FROM sqlite_master kept JOIN pragma_table_info(kept.name) held"
    " WHERE kept.type = 'table' ORDER BY kept.name, held.cid"
)
_CURRENT_THEN_END = itemgetter(14, 12)
"""Of a measure's row as ``EditionReader.measures`` asks for it."""


class StoredMeasure(NamedTuple):
    """One measure row with where it came from."""

    fact: MeasureFact
    current: bool
    source_id: int


class EditionReader:
    """Reads one edition; ``close`` when done.

    Raises EditionProblem if the file is not an edition of this schema, or lies on a shelf and was changed there.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise EditionProblem(f"There is no edition at {path}.", "Check the path, or run `coe build`.")
        verify_where_changed(path)
        # Immutable: a published edition never changes, so SQLite needs no lock and leaves no files beside it.
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._lock = threading.Lock()
        self.path = path
        try:
            self.meta: dict[str, str] = dict(self.rows("SELECT key, value FROM meta"))
            found = (self.rows("PRAGMA application_id")[0][0], int(self.meta["schema_version"]))
        except (EditionProblem, KeyError, ValueError, TypeError):
            self.close()
            raise EditionProblem(f"{path.name} is not an edition.", "Give a file made by `coe build`.") from None
        if found != (APPLICATION_ID, SCHEMA_VERSION):
            self.close()
            raise other_schema(path.name, found[1])
        if not self.meta.keys() >= _NEEDED or self.rows(_COLUMNS) != _columns_of_an_edition():
            self.close()
            raise _damaged(path)
        self.sources = {record[0]: SourceRecord(*record) for record in self.rows("SELECT * FROM source")}

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Run one statement and give all its rows; raises EditionProblem where the file is damaged."""
        try:
            with self._lock:
                return self._connection.execute(sql, values).fetchall()
        except UnicodeEncodeError:
            return []  # half a pair of surrogates was asked for, which no edition holds
        except (sqlite3.DatabaseError, UnicodeError):  # its own words about a damaged schema may be no text
            raise _damaged(self.path) from None

    @cached_property
    def name(self) -> str:
        """The edition's name: on the shelf its file name, elsewhere as its sidecar says, else worked out."""
        if re.fullmatch(r"[0-9a-f]{64}", self.path.stem):
            return self.path.stem
        try:
            return str(read_json(sidecar_of(self.path))["name"])
        except (OSError, ValueError, KeyError, TypeError):
            try:
                with self._lock:
                    return content_name(self._connection)
            except (sqlite3.DatabaseError, UnicodeError):
                raise _damaged(self.path) from None

    @property
    def demonstration(self) -> bool:
        """Whether every figure in it is invented."""
        return self.meta["demonstration"] == "1"

    @property
    def default_date(self) -> date | None:
        """The date that the build was asked to take as default; None = the day of the question."""
        return _day(self.meta["default_date"])

    def about(self) -> EditionInfo:
        """Describe the edition with its sources."""
        try:
            return EditionInfo(
                name=self.name,
                demonstration=self.demonstration,
                default_date=self.default_date,
                release=self.meta.get("release") or None,
                schema_version=SCHEMA_VERSION,
                facilities=self.rows("SELECT count(*) FROM facility")[0][0],
                reference=self.meta["reference"],
                sources=tuple(map(_source, _few_price_files(self.sources.values()))),
            )
        except (ValueError, TypeError):  # a damaged page gives NULL where the build wrote a text
            raise _damaged(self.path) from None

    def facilities_in(self, box: tuple[float, float, float, float], kinds: Iterable[str]) -> list[FacilityRow]:
        """Give listed facilities of these kinds in a box (south, north, west, east; across the date line too)."""
        south, north, west, east = box
        wanted = tuple(kinds)
        marks = ",".join("?" * len(wanted))
        sql = (
            f"SELECT * FROM facility WHERE listed = 1 AND kind IN ({marks}) AND lat BETWEEN ? AND ? AND"
            " (lon BETWEEN ? AND ? OR lon - 360 BETWEEN ? AND ? OR lon + 360 BETWEEN ? AND ?)"
        )
        return [FacilityRow(*row) for row in self.rows(sql, (*wanted, south, north, *([west, east] * 3)))]

    def facilities_named(self, key: str) -> list[FacilityRow]:
        """Give the facility with this id, else all with this CCN."""
        found = self.rows("SELECT * FROM facility WHERE id = ?", (key.lower(),))
        found = found or self.rows("SELECT * FROM facility WHERE ccn = ?", (key.upper().rjust(6, "0"),))
        return [FacilityRow(*row) for row in found]

    def facility(self, key: str) -> FacilityRow:
        """Give the one facility with this id or CCN; raises UnknownFacility or AmbiguousFacility."""
        found = self.facilities_named(key.strip())
        if not found:
            raise UnknownFacility(f'No facility has the id or CCN "{key}".', "`coe find --json` gives the ids.")
        if len(found) > 1:
            choices = tuple(Choice(row.id, f"{row.name}, {row.city}") for row in found)
            raise AmbiguousFacility(f"{len(found)} facilities have the CCN {key}.", "Give the id.", choices)
        return found[0]

    def contracts_at(self, facility_id: str) -> list[ContractTerms]:
        """Give every roster row of one facility."""
        return [_terms(row) for row in self.rows("SELECT * FROM contract WHERE facility_id = ?", (facility_id,))]

    def contracts(self) -> list[ContractTerms]:
        """Give every roster row."""
        return [_terms(row) for row in self.rows("SELECT * FROM contract ORDER BY id")]

    def contracts_for(self, procedure: str, criteria_set: str) -> list[ContractTerms]:
        """Give every roster row that names the procedure or its criteria set."""
        sql = "SELECT * FROM contract WHERE procedure = ? OR (criteria_set = ? AND criteria_set <> 'none')"
        return [_terms(row) for row in self.rows(sql, (procedure, criteria_set))]

    def surgeons_of(self, contract_ids: Iterable[int]) -> list[Surgeon]:
        """Give the surgeons that these roster rows name, in the roster's order, each once."""
        ids = tuple(contract_ids)
        if not ids:  # of most facilities
            return []
        sql = f"SELECT * FROM surgeon WHERE contract_id IN ({','.join('?' * len(ids))}) ORDER BY contract_id, place"
        found: dict[tuple[str, str | None], Surgeon] = {}
        for _, _, name, npi, procedures, languages, new_patients, wait in self.rows(sql, ids):
            found.setdefault(
                (name, npi),
                Surgeon(
                    name=name,
                    npi=npi,
                    procedures=_list(procedures),
                    languages=_list(languages),
                    new_patients=None if new_patients is None else bool(new_patients),
                    wait_days=wait,
                ),
            )
        return list(found.values())

    def scores(self, profile: str, facility_ids: Sequence[str]) -> dict[str, ScoreRow]:
        """Give the scores of these facilities in one profile."""
        sql = "SELECT * FROM score WHERE profile = ? AND facility_id IN "
        return {row[1]: ScoreRow(*row) for row in self.among(sql, (profile,), facility_ids)}

    def checks(self, criteria_set: str, facility_ids: Sequence[str]) -> dict[str, CheckRow]:
        """Give the public checks of these facilities for one criteria set."""
        sql = "SELECT * FROM public_check WHERE criteria_set = ? AND facility_id IN "
        return {row[1]: CheckRow(*row) for row in self.among(sql, (criteria_set,), facility_ids)}

    def measures(self, facility_ids: Sequence[str], measures: Iterable[str]) -> dict[str, dict[str, StoredMeasure]]:
        """Give the current rows of these measures, by facility and measure; without one, the newest older row."""
        wanted = tuple(measures)
        sql = (
            "SELECT facility_id, measure, value, low, high, cases, observed, predicted, raw, compared, footnotes,"
            f' start, "end", row, current, source_id FROM measure WHERE measure IN ({",".join("?" * len(wanted))})'
            " AND facility_id IN "
        )
        found: dict[str, dict[str, StoredMeasure]] = {}
        for row in sorted(self.among(sql, wanted, facility_ids), key=_CURRENT_THEN_END):
            found.setdefault(row[0], {})[row[1]] = StoredMeasure(MeasureFact._make(row[:14]), bool(row[14]), row[15])
        return found

    def inpatient(
        self, facility_ids: Sequence[str], drgs: Iterable[str]
    ) -> dict[str, dict[str, tuple[InpatientFact, int]]]:
        """Give the Medicare stays of these facilities in these MS-DRGs, with the source of each row."""
        wanted = tuple(drgs)
        if not wanted:
            return {}
        sql = f"SELECT * FROM inpatient WHERE drg IN ({','.join('?' * len(wanted))}) AND facility_id IN "
        found: dict[str, dict[str, tuple[InpatientFact, int]]] = {}
        for row in self.among(sql, wanted, facility_ids):
            found.setdefault(row[0], {})[row[1]] = (InpatientFact._make((*row[:6], row[7])), row[6])
        return found

    def attestations(self, criteria_set: str) -> dict[str, Attestation]:
        """Give what facilities attest for one criteria set."""
        return {
            row[0]: Attestation(row[0], row[1], row[2], _day(row[3]), row[4], row[5])
            for row in self.rows("SELECT * FROM attestation WHERE criteria_set = ?", (criteria_set,))
        }

    def zip_point(self, zip5: str) -> ZipPoint | None:
        """Give one ZIP."""
        for zip_, kind, city, aliases, state, county, lat, lon in self.rows("SELECT * FROM zip WHERE zip = ?", (zip5,)):
            return ZipPoint(zip_, kind, city, _list(aliases), state, county, lat, lon)
        return None

    def cities(self, folded: str, state: str | None) -> list[CityPoint]:
        """Give the cities of this folded name, in one state or in all."""
        return self._cities("folded = ?", (folded,), state)

    def cities_like(self, folded: str, state: str | None) -> list[CityPoint]:
        """Give cities whose folded name begins like this one (its first two letters), for "did you mean"."""
        start = folded[:2]
        return self._cities("folded >= ? AND folded < ?", (start, start + "\U0010ffff"), state)

    def _cities(self, where: str, values: tuple[str, ...], state: str | None) -> list[CityPoint]:
        sql = f"SELECT folded, name, state, lat, lon, zips FROM city WHERE {where}"
        if state is not None:
            sql, values = f"{sql} AND state = ?", (*values, state)
        return [CityPoint(*row) for row in self.rows(f"{sql} ORDER BY zips DESC, state", values)]

    def among(self, sql: str, values: Sequence[Any], ids: Sequence[str]) -> list[Any]:
        """Run a statement that ends in "IN " over a list of ids, and give all its rows."""
        # SQLite takes 32,766 values a statement; a national list is asked in slices.
        found: list[Any] = []
        for start in range(0, len(ids), 30_000):
            part = ids[start : start + 30_000]
            found += self.rows(f"{sql}({','.join('?' * len(part))})", (*values, *part))
        return found


@cache
def _columns_of_an_edition() -> list[tuple[str, str]]:
    with closing(sqlite3.connect(":memory:")) as empty:
        empty.executescript(schema_sql())
        return empty.execute(_COLUMNS).fetchall()


def _damaged(path: Path) -> EditionProblem:
    return EditionProblem(
        f"The edition {path.name[:24]} is damaged.",
        "`coe edition verify` says where; use another one (`coe edition use NAME`), or build it again.",
    )


def _source(source: SourceRecord) -> SourceInfo:
    return SourceInfo(
        file=source.file,
        dataset=source.dataset,
        release=source.release,
        rows_read=source.rows_read,
        kept=source.kept,
        duplicates=source.duplicates,
        set_aside=source.set_aside,
        period_start=_day(source.period_start),
        period_end=_day(source.period_end),
    )


def _few_price_files(sources: Iterable[SourceRecord]) -> list[SourceRecord]:
    """Give the sources with the price files, of which there may be thousands, summed up as one."""
    price_files = [source for source in sources if source.dataset == "price_file"]
    others = [source for source in sources if source.dataset != "price_file"]
    if len(price_files) < 2:
        return others + price_files
    sums = (sum(counts) for counts in zip(*(source[7:] for source in price_files), strict=True))
    name = f"{len(price_files):,} hospital price files"
    return [*others, SourceRecord._make((*price_files[0][:1], name, *price_files[0][2:7], *sums))]


def _terms(row: Sequence[Any]) -> ContractTerms:
    values = list(row)
    for index in (6, 7, 8, 11):
        values[index] = _day(values[index])
    return ContractTerms(*values)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except (ValueError, TypeError):
        raise EditionProblem(
            "The edition holds a date that is none.", "`coe edition verify` says whether it is as it was built."
        ) from None


def _list(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip()) if text else ()
