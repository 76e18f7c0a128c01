"""Reads what hospitals post, price files and tables of cash prices, of the facilities that the other sources name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from provider_directory.edition.manifest import FileReport, Review, SkippedFile
from provider_directory.edition.posted_rates import PriceFileRow
from provider_directory.edition.reader import FacilityRow
from provider_directory.edition.reports import report_of, report_of_price_file
from provider_directory.edition.ties import DECIDED_AGAINST, TO_BE_REVIEWED
from provider_directory.facts import CashFact
from provider_directory.price_import.extracting import extract_all
from provider_directory.price_import.inputs import Fetch, PriceSource, price_sources
from provider_directory.price_import.matching import Decided, Hospital, Tied, Untied, tie_files
from provider_directory.price_import.store import Extract, ExtractStore
from provider_directory.price_import.wanted import wanted_codes
from provider_directory.sources.cash_prices import read_cash_prices
from provider_directory.sources.recognise import PRICE_FILE, SourceFile

_TABLE = "table"
Progress = Callable[[str, float], None]


class PostedPrices(NamedTuple):
    """What one file posts at one facility: the extract of a price file, or a share of a table of cash prices."""

    file: PriceFileRow
    """Its id is given when it is written."""
    extract: Extract | None
    cash: Sequence[CashFact]


@dataclass(frozen=True)
class PriceOptions:
    """What a person may say about price files, and what the place of work offers."""

    store: Path
    """Where what was read of each file is kept."""
    given: tuple[Path, ...] = ()
    """Price files, folders of them, lists of CCN and place; beside those in the build's folder."""
    jobs: int = 1
    """Price files that are read at once."""
    check_all: bool = False
    """Hold large files to CMS's rules too."""
    fetch: Fetch | None = None
    """Brings the file of an address; None = addresses are skipped."""


@dataclass
class GatheredPrices:
    """All that hospitals post, in the order in which it is written, and the account of the files."""

    posted: list[PostedPrices] = field(default_factory=list)
    reports: list[FileReport] = field(default_factory=list)
    skipped: list[SkippedFile] = field(default_factory=list)
    review: list[Review] = field(default_factory=list)


class _Read(NamedTuple):
    """A price file that was read, and where it belongs."""

    source: SourceFile
    extract: Extract
    tied: Tied


def gather_prices(
    found: Sequence[SourceFile],
    facilities: Mapping[str, FacilityRow],
    decided: Decided,
    first_source_id: int,
    options: PriceOptions,
    progress: Progress,
) -> GatheredPrices:
    """Read tables of cash prices, then price files; of several files of one location the newest (METHOD 5.18).

    ``found`` are those of the build's folder; ``decided`` says what a person decided about a file, by its mark.
    Raises SourceProblem for a table that cannot be read as a whole, for a path that is not there and for a store that
    cannot be written; a price file that cannot be read is skipped and named.
    """
    gathered = GatheredPrices()
    for source in found:
        if source.dataset != PRICE_FILE:
            progress(f"reading {source.name}", 0.0)
            _add_table(source, facilities, first_source_id + len(gathered.reports), gathered)
    own = (one for one in found if one.dataset == PRICE_FILE)
    files, skipped = price_sources(own, options.given, options.fetch, progress)
    gathered.skipped += [SkippedFile(file=one.name, reason=one.reason) for one in skipped]
    read = _read(files, facilities, decided, options, gathered, progress)
    newest = _newest(read)
    for one in read:
        _add_file(one, newest, facilities, first_source_id + len(gathered.reports), gathered)
    return gathered


def _read(
    files: Sequence[PriceSource],
    facilities: Mapping[str, FacilityRow],
    decided: Decided,
    options: PriceOptions,
    gathered: GatheredPrices,
    progress: Progress,
) -> list[_Read]:
    """Read the price files and tie them to facilities; those that cannot be read are skipped and named."""
    if not files:
        return []
    store = ExtractStore(options.store)
    store.sweep()
    extracts: list[tuple[PriceSource, Extract]] = []
    found = extract_all([file.source for file in files], store, options.jobs, options.check_all, progress)
    for file, extract in zip(files, found, strict=True):
        if isinstance(extract, str):
            gathered.skipped.append(SkippedFile(file=file.source.name, reason=extract))
        else:
            extracts.append((file, extract))
    untied = [Untied(file.source.name, extract.head, file.ccns) for file, extract in extracts]
    ties = tie_files(untied, map(_hospital, facilities.values()), decided)
    return [_Read(file.source, extract, tied) for (file, extract), tied in zip(extracts, ties, strict=True)]


def _add_table(
    source: SourceFile, facilities: Mapping[str, FacilityRow], source_id: int, gathered: GatheredPrices
) -> None:
    """Add a table of cash prices, each facility's share as a price file of its own."""
    by_ccn = {row.ccn: row for row in facilities.values() if row.ccn}
    reading = read_cash_prices(source, wanted_codes().lines, by_ccn)
    gathered.reports.append(report_of(reading))
    for ccn, facts in groupby(sorted(reading.facts, key=itemgetter(0, 4)), key=itemgetter(0)):
        row = by_ccn[ccn]
        file = PriceFileRow(0, row.id, source_id, row.name, row.name, _TABLE, "", None, None, "CCN")
        gathered.posted.append(PostedPrices(file, None, list(facts)))


def _newest(read: Iterable[_Read]) -> dict[tuple[str, str], SourceFile]:
    """Give the file that counts at each facility's location: the newest, of equals the last in the order of names."""
    newest: dict[tuple[str, str], _Read] = {}
    for one in read:
        for tie in one.tied.ties:
            known = newest.get((tie.facility_id, tie.site), one)
            if one.extract.head.updated_on >= known.extract.head.updated_on:
                newest[tie.facility_id, tie.site] = one
    return {place: one.source for place, one in newest.items()}


def _add_file(
    one: _Read,
    newest: Mapping[tuple[str, str], SourceFile],
    facilities: Mapping[str, FacilityRow],
    source_id: int,
    gathered: GatheredPrices,
) -> None:
    head = one.extract.head
    notes = []
    for tie in one.tied.ties:
        counts = newest[tie.facility_id, tie.site]
        facility = facilities[tie.facility_id]
        if counts != one.source:  # not by its name: files of several folders may share one
            notes.append(f"not used at {facility.name}: {counts.name} is newer")
            continue
        notes.append(f"at {facility.name}, {tie.facility_id}, known by its {tie.matched_by}")
        file = PriceFileRow(
            *(0, tie.facility_id, source_id, head.hospital, tie.location, head.format, head.version),
            head.updated_on or None,
            None if one.extract.valid is None else int(one.extract.valid),
            tie.matched_by,
        )
        gathered.posted.append(PostedPrices(file, one.extract, ()))
    if not head.updated_on:
        notes.append("it has no date that can be read: its prices show and are not ranked")
    report = report_of_price_file(one.source, one.extract, notes)
    # A file without a wanted rate is nobody's work.
    if one.tied.review and report.kept:
        gathered.review.append(Review(**one.tied.review._asdict()))
    if not one.tied.ties and report.kept:
        reason = TO_BE_REVIEWED if one.tied.review else DECIDED_AGAINST
        aside = {**report.set_aside, reason: report.kept}
        report = report.model_copy(update={"kept": 0, "set_aside": dict(sorted(aside.items()))})
    gathered.reports.append(report)


def _hospital(row: FacilityRow) -> Hospital:
    said = (row.ccn, row.npi, row.name, row.address, row.city, row.state, row.zip)
    return Hospital(row.id, *(text or "" for text in said))
