"""Readers of the Care Compare hospital files (METHOD 2.1 and 4, "What an importer of these files must do")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple, TypeVar

from provider_directory.cleaning import clean
from provider_directory.facts import FacilityFact, MeasureFact, Reject
from provider_directory.sources.reading import MEASURE_NOT_USED, Reading, Table, reading_of, set_period
from provider_directory.sources.recognise import SourceFile
from provider_directory.sources.values import iso_day, number, phone, zip5

KINDS = {
    "acute care hospitals": "acute",
    "critical access hospitals": "critical_access",
    "childrens": "childrens",
    "psychiatric": "psychiatric",
    "acute care - veterans administration": "va",
    "acute care - department of defense": "dod",
    "long-term": "long_term",
    "rural emergency hospital": "rural_emergency",
}
"""Hospital Type, in lower case -> models.Kind."""

_GET_ANEW = "Get the file anew, or correct the row."
_clean = lru_cache(maxsize=16384)(clean)
_Known = TypeVar("_Known")
"""What the reader of a file knows of a measure."""


def read_facilities(source: SourceFile) -> Reading[FacilityFact]:
    """Read Hospital General Information; a row of an unknown hospital type or without a name is set aside.

    Raises SourceProblem where the file as a whole cannot be read.
    """
    with reading_of(source) as (table, reading):
        columns = _FacilityColumns.of(table)
        for row_number, ccn, row in table.distinct_rows((columns.ccn,), ("Facility ID",)):
            fact = _facility(row_number, ccn, row, columns)
            if isinstance(fact, Reject):
                reading.reject(fact)
            else:
                reading.facts.append(fact)
        reading.kept = len(reading.facts)
    return reading


class _FacilityColumns(NamedTuple):
    ccn: int
    name: int
    address: int
    city: int
    state: int
    zip: int
    phone: int
    kind: int
    rating: int | None
    birthing_friendly: int | None

    @classmethod
    def of(cls, table: Table) -> _FacilityColumns:
        return cls(
            ccn=table.column("Facility ID"),
            name=table.column("Facility Name"),
            address=table.column("Address"),
            city=table.column("City/Town"),
            state=table.column("State"),
            zip=table.column("ZIP Code"),
            phone=table.column("Telephone Number"),
            kind=table.column("Hospital Type"),
            rating=table.column_if_there("Hospital overall rating"),
            birthing_friendly=table.column_if_there("Meets criteria for birthing friendly designation"),
        )


def _facility(row_number: int, ccn: str, row: list[str], columns: _FacilityColumns) -> FacilityFact | Reject:
    kind = KINDS.get(row[columns.kind].strip().lower())
    if kind is None:
        found = clean(row[columns.kind])
        return Reject(row_number, "Hospital Type", found, ", ".join(KINDS), "unknown_hospital_type", _GET_ANEW)
    name = clean(row[columns.name])
    if not name:
        return Reject(row_number, "Facility Name", "", "a name", "no_name", _GET_ANEW)
    rating = number(row[columns.rating]) if columns.rating is not None else None
    friendly = row[columns.birthing_friendly].strip().upper() if columns.birthing_friendly is not None else ""
    return FacilityFact(
        ccn=ccn,
        name=name,
        address=clean(row[columns.address]),
        city=clean(row[columns.city]),
        state=clean(row[columns.state]).upper(),
        zip=zip5(row[columns.zip]),
        phone=phone(clean(row[columns.phone])),
        kind=kind,
        overall_rating=int(rating) if rating in (1, 2, 3, 4, 5) else None,
        # The file says Y or nothing, and nothing is also written for hospitals without births.
        birthing_friendly={"Y": True, "N": False}.get(friendly),
        row=row_number,
    )


class _Columns(NamedTuple):
    """Where a measure file holds what; which columns a file of its dataset must have, ``recognise`` has judged."""

    ccn: int
    measure: int
    start: int
    end: int
    score: int
    low: int | None
    high: int | None
    cases: int | None
    compared: int | None
    footnotes: int

    @classmethod
    def of(cls, table: Table, dataset: str) -> _Columns:
        survey = dataset == "hcahps"
        return cls(
            ccn=table.column("Facility ID"),
            measure=table.column("HCAHPS Measure ID" if survey else "Measure ID"),
            start=table.column("Start Date"),
            end=table.column("End Date"),
            score=table.column("HCAHPS Answer Percent" if survey else "Score"),
            low=table.column_if_there("Lower Estimate"),
            high=table.column_if_there("Higher Estimate"),
            cases=table.column_if_there("Number of Completed Surveys" if survey else "Denominator"),
            compared=table.column_if_there("Compared to National"),
            footnotes=table.column("HCAHPS Answer Percent Footnote" if survey else "Footnote"),
        )


def read_measures(source: SourceFile, wanted: frozenset[str]) -> Reading[MeasureFact]:
    """Read the rows of the wanted measures, of every period, from one of the five measure files.

    Rows of other measures are set aside as "measure_not_used", counted and without examples. Of HAI the rows of one
    facility, infection and period make one fact, "HAI_n_SIR". Raises SourceProblem where the file as a whole cannot
    be read.
    """
    with reading_of(source) as (table, reading):
        columns = _Columns.of(table, source.dataset)
        if source.dataset == "hai":
            _read_infections(table, reading, columns, wanted)
        else:
            _read_plain(table, reading, columns, wanted)
        if reading.conflict is None:
            set_period(reading, Counter((fact.start, fact.end) for fact in reading.facts))
    return reading


def _wanted_rows(
    table: Table, reading: Reading[MeasureFact], columns: _Columns, wanted: Mapping[str, _Known]
) -> Iterator[tuple[int, str, list[str], _Known, tuple[str, str]]]:
    """Give number, CCN, cells, meaning and period of each row of a wanted measure; set the others aside."""
    keys = (columns.ccn, columns.measure, columns.start, columns.end)
    not_used = 0
    for row_number, ccn, row in table.distinct_rows(keys, ("Facility ID", "Measure ID", "Start Date", "End Date")):
        known = wanted.get(row[columns.measure])
        if known is None:
            not_used += 1
            continue
        period = _period(row_number, row, columns)
        if isinstance(period, Reject):
            reading.reject(period)
        else:
            yield row_number, ccn, row, known, period
    if not_used:
        reading.set_aside[MEASURE_NOT_USED] = not_used


def _read_plain(table: Table, reading: Reading[MeasureFact], columns: _Columns, wanted: frozenset[str]) -> None:
    measures = {measure: measure for measure in wanted}  # one string for the facts of one measure
    for row_number, ccn, row, measure, period in _wanted_rows(table, reading, columns, measures):
        raw, compared, footnotes = _words(row, columns)
        low = None if columns.low is None else number(row[columns.low])
        high = None if columns.high is None else number(row[columns.high])
        cases = None if columns.cases is None else number(row[columns.cases])
        value = number(raw)
        if value is None and _is_unreadable(raw):
            reading.reject(_unreadable(row_number, raw))
            continue
        # By position: a hundred thousand are made, and by name each takes twice the time.
        reading.facts.append(
            MeasureFact(
                ccn, measure, value, low, high, cases, None, None, raw, compared, footnotes, *period, row_number
            )
        )
    reading.kept = len(reading.facts)


def _is_unreadable(raw: str) -> bool:
    """Say whether what is no number begins as one ("2,4"): it is a fault, where a word says that none is known."""
    return raw.lstrip("+-")[:1].isdigit()


def _unreadable(row_number: int, raw: str) -> Reject:
    return Reject(row_number, "Score", raw, "a number, e.g. 2.4, or a word", "bad_number", _GET_ANEW)


def _words(row: list[str], columns: _Columns) -> tuple[str, str, str]:
    compared = "" if columns.compared is None else _clean(row[columns.compared])
    return _clean(row[columns.score]), compared, _clean(row[columns.footnotes])


def _period(row_number: int, row: list[str], columns: _Columns) -> tuple[str, str] | Reject:
    start, end = iso_day(row[columns.start]), iso_day(row[columns.end])
    if start is None or end is None or (start and end and end < start):
        found = clean(f"{row[columns.start]} to {row[columns.end]}")
        return Reject(row_number, "Start Date, End Date", found, "MM/DD/YYYY, start first", "bad_date", _GET_ANEW)
    return start, end


_BOUNDS = ("_CILOWER", "_CIUPPER", "_NUMERATOR", "_ELIGCASES")
"""The row kinds beside ``_SIR`` that a fact is made of: low, high, observed, predicted."""


class _Infection:
    """The rows of one facility, infection and period; ``words`` are those of the SIR row, the main one."""

    __slots__ = ("figures", "main_row", "rows", "words")

    def __init__(self) -> None:
        self.rows: list[int] = []
        self.figures: list[float | None] = [None] * len(_BOUNDS)
        self.main_row: int | None = None
        self.words = ("", "", "")


def _read_infections(table: Table, reading: Reading[MeasureFact], columns: _Columns, wanted: frozenset[str]) -> None:
    """Join the row kinds that share the Score column; only ``*_SIR`` is the value (METHOD 2.1)."""
    stems = [(measure, measure.removesuffix("_SIR")) for measure in wanted if measure.endswith("_SIR")]
    kinds = {f"{stem}{bound}": (measure, at) for measure, stem in stems for at, bound in enumerate(_BOUNDS)}
    kinds |= {measure: (measure, -1) for measure, _stem in stems}
    groups: dict[tuple[str, str, str, str], _Infection] = {}
    for row_number, ccn, row, kind, period in _wanted_rows(table, reading, columns, kinds):
        if (raw := row[columns.score].strip()) and number(raw) is None and _is_unreadable(raw):
            reading.reject(_unreadable(row_number, clean(raw)))
            continue
        key = (ccn, kind[0], *period)
        group = groups.get(key)
        if group is None:
            group = groups[key] = _Infection()
        group.rows.append(row_number)
        if kind[1] < 0:
            group.main_row, group.words = row_number, _words(row, columns)
        else:
            group.figures[kind[1]] = number(row[columns.score])
    _keep_infections(reading, groups)


def _keep_infections(reading: Reading[MeasureFact], groups: dict[tuple[str, str, str, str], _Infection]) -> None:
    for (ccn, measure, start, end), group in groups.items():
        if group.main_row is None:
            for row_number in group.rows:
                expected = f"a row {measure} of the same facility and period"
                reading.reject(Reject(row_number, "Measure ID", ccn, expected, "no_sir_row", _GET_ANEW))
            continue
        low, high, observed, predicted = group.figures
        raw, compared, footnotes = group.words
        reading.kept += len(group.rows)
        about = (raw, compared, footnotes, start, end, group.main_row)
        reading.facts.append(MeasureFact(ccn, measure, number(raw), low, high, None, observed, predicted, *about))
