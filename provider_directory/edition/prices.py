"""Judges what hospitals post and writes it into an edition: rates, bands, and the account of both (METHOD 3.3, 5)."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from provider_directory import catalog
from provider_directory.edition.gather import Gathered
from provider_directory.edition.posted_answers import write_answers
from provider_directory.edition.posted_rates import COLUMNS, PriceFileRow, StoredRate, judged, stored
from provider_directory.facts import JudgedRate
from provider_directory.price_import.store import stored_rates
from provider_directory.price_import.wanted import wanted_codes
from provider_directory.pricing.bands import Bands, outpatient_bands, within_band
from provider_directory.pricing.judging import FileContext, judge, judge_cash, own_drgs
from provider_directory.pricing.medicare import MedicareYardstick

_MARYLAND = "MD"  # all payers pay one rate there (METHOD 3.3)


class PriceCounts(NamedTuple):
    """What became of the rates of an edition."""

    by_source: Mapping[int, Counter[str]]
    """Source id -> the rule that refused a rate -> rates; "" = kept."""
    facilities: int
    """That post anything."""


class _PriceTables:
    """Writes the price tables of one edition, numbering files and rates in the order in which they come."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._files = self._rates = 0
        self.rules: dict[int, Counter[str]] = {}
        """Price file id -> rule -> rates."""
        self.sources: dict[int, int] = {}
        """Price file id -> source id."""

    def add_file(self, row: PriceFileRow, rates: Iterable[JudgedRate]) -> None:
        """Write one price file at one facility; the id of ``row`` is set here."""
        self._files += 1
        self.sources[self._files] = row.source_id
        marks = ",".join("?" * len(row))
        self._connection.execute(f"INSERT INTO price_file VALUES ({marks})", row._replace(id=self._files))
        rules = self.rules[self._files] = Counter()
        self._connection.executemany(
            f"INSERT INTO posted_rate VALUES ({','.join('?' * len(StoredRate._fields))})",
            self._numbered(row.facility_id, rates, rules),
        )

    def _numbered(self, facility: str, rates: Iterable[JudgedRate], rules: Counter[str]) -> Iterator[StoredRate]:
        for rate in rates:
            self._rates += 1
            rules[rate.refused] += 1
            yield stored(rate, facility, self._files, self._rates)


class _OutpatientRates(Mapping[str, Iterable[JudgedRate]]):
    """The kept outpatient rates by facility, read when they are asked for: there may be millions."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._facilities = [
            row[0] for row in connection.execute("SELECT DISTINCT facility_id FROM price_file ORDER BY 1")
        ]

    def rows(self, facility: str) -> list[tuple[Any, ...]]:
        """Give the stored rows of one facility."""
        sql = f"SELECT {COLUMNS} FROM posted_rate WHERE facility_id = ? AND setting = 'outpatient' AND refused IS NULL"
        return self._connection.execute(sql, (facility,)).fetchall()

    def __getitem__(self, facility: str) -> Iterable[JudgedRate]:
        return map(judged, self.rows(facility))

    def __iter__(self) -> Iterator[str]:
        return iter(self._facilities)

    def __len__(self) -> int:
        return len(self._facilities)


def write_prices(connection: sqlite3.Connection, gathered: Gathered) -> PriceCounts:
    """Judge every rate and write it, kept or refused; then hold outpatient rates to the bands of all hospitals."""
    tables = _PriceTables(connection)
    _written(tables, gathered)
    outpatient = _OutpatientRates(connection)
    bands = outpatient_bands(outpatient)
    for kind, by_code in (("negotiated", bands.negotiated), ("cash", bands.cash)):
        connection.executemany(
            "INSERT INTO band VALUES (?,?,?,?)", ((kind, code, *band) for code, band in sorted(by_code.items()))
        )
    for facility in outpatient:
        _hold_to_bands(connection, outpatient.rows(facility), bands, tables.rules)
    write_answers(connection)
    by_source: dict[int, Counter[str]] = {}
    for number, rules in tables.rules.items():
        by_source.setdefault(tables.sources[number], Counter()).update(rules)
    return PriceCounts(by_source, len(outpatient))


def _written(tables: _PriceTables, gathered: Gathered) -> None:
    """Write what each file posts at each facility, judged by what Medicare pays there."""
    yardstick = MedicareYardstick(
        (fact._replace(ccn=facility) for (facility, _), (fact, _) in gathered.inpatient.items()),
        {row.id: row.state or "" for row in gathered.facilities.values()},
    )
    own = own_drgs(procedure.drgs for procedure in catalog.load().procedures)
    drgs = sorted(wanted_codes().drgs)
    for prices in gathered.prices:
        facility = prices.file.facility_id
        if prices.extract is None:
            rates = [judge_cash(fact.code, fact.gross, fact.cash, fact.row) for fact in prices.cash]
        else:
            context = FileContext(
                version=prices.file.version,
                medicare=yardstick.all_of(facility, drgs),
                maryland=gathered.facilities[facility].state == _MARYLAND,
                own_drgs=own,
                repeated=prices.extract.repeated,
            )
            rates = judge(stored_rates(prices.extract), context)
        tables.add_file(prices.file, rates)


def _hold_to_bands(
    connection: sqlite3.Connection, rows: Iterable[Sequence[Any]], bands: Bands, rules: Mapping[int, Counter[str]]
) -> None:
    """Write what the bands say of one facility's rates, and count those that they refuse."""
    for row in rows:
        kept = StoredRate._make(row)
        before = judged(row)
        after = within_band(before, bands)
        if after is before:
            continue
        connection.execute(
            "UPDATE posted_rate SET flags = ?, refused = ?, low_cents = ?, high_cents = ?"
            " WHERE facility_id = ? AND code = ? AND setting = ? AND id = ?",
            (" ".join(after.flags) or None, after.refused or None, after.low_cents, after.high_cents, *kept[:4]),
        )
        if after.refused:
            rules[kept.price_file_id][""] -= 1
            rules[kept.price_file_id][after.refused] += 1
