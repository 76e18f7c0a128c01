"""Read every source file of a folder into one set of facts by facility, with an account of every row."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from provider_directory import catalog
from provider_directory.edition.gather_prices import PostedPrices, PriceOptions, gather_prices
from provider_directory.edition.manifest import FileReport, Review, SkippedFile
from provider_directory.edition.reader import FacilityRow
from provider_directory.edition.reports import report_of
from provider_directory.edition.ties import Decisions, tie_rows
from provider_directory.errors import SourceProblem
from provider_directory.facts import (
    FacilityFact,
    InpatientFact,
    MeasureFact,
    PaidClaims,
    PointFact,
    ReviewDecision,
    RosterFact,
    ZipPoint,
)
from provider_directory.quality.credentials import criteria_sets
from provider_directory.quality.profiles import wanted_measures
from provider_directory.sources.care_compare import read_facilities, read_measures
from provider_directory.sources.claims_summary import read_claims
from provider_directory.sources.inpatient import read_inpatient
from provider_directory.sources.layouts import LAYOUTS, LOOKS_LIKE, OLDER_LAYOUT
from provider_directory.sources.points import read_points
from provider_directory.sources.reading import CONFLICTING_ROWS, Reading
from provider_directory.sources.recognise import PRICE_FILE, Skipped, SourceFile, recognise
from provider_directory.sources.review import is_about_price_file, read_decisions
from provider_directory.sources.roster import read_roster
from provider_directory.sources.zips import list_zips, load_zip_points, read_zip_points

Progress = Callable[[str, float], None]

PRICE_DATASETS = ("cash_prices", PRICE_FILE)
MEASURE_DATASETS = ("complications", "unplanned_visits", "hai", "hcahps", "mspb")


@dataclass
class Gathered:
    """All facts of a build, by facility id, and the account of the files."""

    reports: list[FileReport] = field(default_factory=list)
    skipped: list[SkippedFile] = field(default_factory=list)
    review: list[Review] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    facilities: dict[str, FacilityRow] = field(default_factory=dict)
    measures: dict[tuple[str, str, str, str], tuple[MeasureFact, int]] = field(default_factory=dict)
    """(facility id, measure, start, end) -> fact and source id."""
    inpatient: dict[tuple[str, str], tuple[InpatientFact, int]] = field(default_factory=dict)
    """(facility id, MS-DRG) -> fact and source id."""
    roster: list[tuple[str, RosterFact, int]] = field(default_factory=list)
    """Facility id, row, source id."""
    claims: list[tuple[str, PaidClaims, int]] = field(default_factory=list)
    """Likewise."""
    decisions: list[tuple[ReviewDecision, int]] = field(default_factory=list)
    """What people decided about rows under review, with the source id."""
    notes: list[str] = field(default_factory=list)
    """Sentences for the manifest."""
    prices: list[PostedPrices] = field(default_factory=list)
    """What hospitals post, by file and facility, in the order in which it is stored."""
    points: dict[str, PointFact] = field(default_factory=dict)
    zips: list[ZipPoint] = field(default_factory=list)
    zip_source: str = ""


def facility_id(ccn: str) -> str:
    """Give our id of a facility that CMS numbers."""
    return f"ccn-{ccn.lower()}"


def gather(
    folder: Path, release: str | None, demonstration: bool, prices: PriceOptions, progress: Progress
) -> Gathered:
    """Read a folder; raises SourceProblem when nothing in it can be read."""
    found, skipped = recognise(folder, release)
    gathered = Gathered(skipped=[SkippedFile(file=item.name, reason=item.reason) for item in skipped])
    gathered.conflicts += _lost(found, skipped)
    # The newest release first: what an older one says otherwise of the same period has been corrected since.
    found = sorted(found, key=lambda source: source.release or "", reverse=True)
    sources = _newest_hospital_file_only(found, gathered)
    priced = [source for source in sources if source.dataset in PRICE_DATASETS]
    sources = [source for source in sources if source not in priced]
    if not sources:
        raise SourceProblem(
            f"No file in {folder} is a source that can be read.",
            "Put the CMS hospital files (CSV, .gz or .zip) there; see the README, section Real data.",
        )
    census: dict[str, tuple[float, float]] = {}
    with ThreadPoolExecutor(1) as beside:
        # The list of ZIPs comes from a child process: two seconds that pass while the files are read.
        listed = beside.submit(list_zips)
        for index, source in enumerate(sources):
            progress(f"reading {source.name}", index / (len(sources) + 1))
            _read_one(source, len(gathered.reports) + 1, gathered, census)
        progress("reading ZIP codes", len(sources) / (len(sources) + 1))
        gathered.zips, gathered.zip_source = load_zip_points(census, listed.result())
    if not demonstration:
        _add_cancer_hospitals(gathered)
    _add_unlisted(gathered)
    of_price_files = [decided for decided in gathered.decisions if is_about_price_file(decided[0])]
    gathered.decisions = [decided for decided in gathered.decisions if decided not in of_price_files]
    tie_rows(gathered, lambda fact, source_id: _make(fact, source_id, gathered))
    _place(gathered)
    decisions = Decisions(of_price_files)
    _add_prices(priced, decisions, prices, gathered, progress)
    decisions.report(gathered)
    return gathered


def _add_prices(
    found: Sequence[SourceFile], decisions: Decisions, options: PriceOptions, gathered: Gathered, progress: Progress
) -> None:
    first = len(gathered.reports) + 1
    facilities = gathered.facilities
    prices = gather_prices(
        found, facilities, lambda mark: decisions.of_mark(mark, facilities), first, options, progress
    )
    gathered.prices = prices.posted
    gathered.reports += prices.reports
    gathered.skipped += prices.skipped
    gathered.review += prices.review


def _lost(found: Sequence[SourceFile], skipped: Sequence[Skipped]) -> list[str]:
    """Name the files that look like a source which then nothing else brings: a renamed column must not empty a desk."""
    there = {source.title for source in found}
    missed = tuple(f"{LOOKS_LIKE}{layout.title}," for layout in LAYOUTS if layout.title not in there)
    return [f"{item.name}: {item.reason}" for item in skipped if item.reason.startswith(missed)]


def _newest_hospital_file_only(found: Sequence[SourceFile], gathered: Gathered) -> list[SourceFile]:
    """Keep one hospital file, the newest by release, then layout, then name: closed = absent from it (CONTRACT 1)."""
    hospital_files = sorted(
        (source for source in found if source.dataset == "hospital_general"),
        key=lambda source: (source.release or "", not source.title.endswith(OLDER_LAYOUT), source.name),
    )
    older = hospital_files[:-1]
    for source in older:
        reason = f"an older hospital file than {hospital_files[-1].name}; only the newest says which hospitals are open"
        gathered.skipped.append(SkippedFile(file=source.name, reason=reason))
    return [source for source in found if source not in older]


def _read_one(source: SourceFile, source_id: int, gathered: Gathered, census: dict[str, tuple[float, float]]) -> None:
    reading: Reading[Any]
    if source.dataset == "hospital_general":
        reading = read_facilities(source)
        for fact in reading.facts:
            gathered.facilities[facility_id(fact.ccn)] = _listed(fact, source_id)
    elif source.dataset in MEASURE_DATASETS:
        reading = read_measures(source, wanted_measures())
        _merge(reading, source_id, gathered.measures, _measure_key, gathered.reports)
    elif source.dataset == "inpatient":
        reading = read_inpatient(source)
        _merge(reading, source_id, gathered.inpatient, _stay_key, gathered.reports)
    elif source.dataset == "points":
        reading = read_points(source)
        gathered.points.update((facility_id(fact.ccn), fact) for fact in reading.facts)
    elif source.dataset == "zip_points":
        reading = read_zip_points(source)
        census.update((fact.zip, (fact.lat, fact.lon)) for fact in reading.facts)
    elif source.dataset == "paid_claims":
        reading = read_claims(source, frozenset(procedure.id for procedure in catalog.load().procedures))
        gathered.claims += [("", fact, source_id) for fact in reading.facts]
    elif source.dataset == "review_decisions":
        reading = read_decisions(source)
        gathered.decisions += [(fact, source_id) for fact in reading.facts]
    else:
        procedures = frozenset(procedure.id for procedure in catalog.load().procedures)
        reading = read_roster(source, procedures, frozenset(criteria_sets()))
        gathered.roster += [("", fact, source_id) for fact in reading.facts]
    if reading.conflict:
        gathered.conflicts.append(reading.conflict)
    gathered.reports.append(report_of(reading))


def _measure_key(fact: MeasureFact) -> tuple[str, str, str, str]:
    return (facility_id(fact.ccn), fact.measure, fact.start, fact.end)


def _stay_key(fact: InpatientFact) -> tuple[str, str]:
    return (facility_id(fact.ccn), fact.drg)


def _merge(
    reading: Reading[Any],
    source_id: int,
    store: dict[Any, Any],
    key_of: Callable[[Any], Any],
    earlier: list[FileReport],
) -> None:
    """Add a file's facts to those of earlier files.

    Twins collapse; of two releases the newer, read first, stands; a contradiction within one release sets the later
    file aside whole, both rows named (METHOD 4).
    """
    fresh = {}
    twins = corrected = 0
    for fact in reading.facts:
        key = key_of(fact)
        known = store.get(key)
        if known is None:
            fresh[key] = (fact, source_id)
            continue
        other = earlier[known[1] - 1]
        if known[0][:-1] == fact[:-1]:
            twins += 1
        elif (other.release or "") > (reading.source.release or "") and reading.source.release:
            corrected += 1
        else:
            name = " / ".join(part for part in key if part)
            here = f"{reading.source.name} row {fact.row}"
            reading.conflict = f"{here} and {other.file} row {known[0].row} say different things of {name}."
            reading.set_aside = Counter({CONFLICTING_ROWS: reading.read})
            reading.kept = reading.duplicates = 0
            reading.facts = []
            return
    store.update(fresh)
    reading.kept -= twins + corrected
    reading.duplicates += twins
    if corrected:
        reading.set_aside["corrected_in_a_newer_release"] += corrected


def _listed(fact: FacilityFact, source_id: int) -> FacilityRow:
    friendly = None if fact.birthing_friendly is None else int(fact.birthing_friendly)
    return FacilityRow(
        id=facility_id(fact.ccn),
        kind=fact.kind,
        name=fact.name,
        listed=1,
        ccn=fact.ccn,
        address=fact.address or None,
        city=fact.city or None,
        state=fact.state or None,
        zip=fact.zip or None,
        phone=fact.phone or None,
        overall_rating=fact.overall_rating,
        birthing_friendly=friendly,
        source_id=source_id,
        row=fact.row,
    )


def _add_cancer_hospitals(gathered: Gathered) -> None:
    """Add the 11 hospitals that report to CMS apart (CONTRACT 1); public facts, shipped with the program."""
    text = files("provider_directory.edition").joinpath("cancer_hospitals.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        key = facility_id(row["ccn"])
        shipped = FacilityRow(
            *(key, "cancer", row["name"], 1), ccn=row["ccn"], city=row["city"], state=row["state"], zip=row["zip"]
        )
        gathered.facilities[key] = gathered.facilities.get(key, shipped)._replace(kind="cancer")


def _add_unlisted(gathered: Gathered) -> None:
    """Keep facilities that are in a quality file only: scored and shown, never offered by distance (METHOD 4)."""
    ccns = {fact.ccn for fact, _ in gathered.measures.values()}
    ccns |= {fact.ccn for fact, _ in gathered.inpatient.values()}
    for ccn in sorted(ccns):
        if facility_id(ccn) not in gathered.facilities:
            name = f"Facility {ccn} (not in the hospital file)"
            gathered.facilities[facility_id(ccn)] = FacilityRow(facility_id(ccn), _kind_of(ccn), name, 0, ccn=ccn)


def _kind_of(ccn: str) -> str:
    """Read a facility's kind off its CCN, whose last four characters CMS gives out by kind."""
    if ccn.endswith("F"):
        return "va"
    number = int(ccn[2:]) if ccn[2:].isdigit() else 0
    for first, last, kind in (
        (1300, 1399, "critical_access"),
        (2000, 2299, "long_term"),
        (3300, 3399, "childrens"),
        (4000, 4499, "psychiatric"),
    ):
        if first <= number <= last:
            return kind
    return "acute"


def _make(fact: RosterFact, source_id: int, gathered: Gathered) -> str:
    """Make a facility from a roster row and give its id; a second row of the same facility finds it again."""
    if fact.facility_id:
        new_id = fact.facility_id.lower()
    elif fact.ccn:
        new_id = facility_id(fact.ccn)
    elif fact.npi:
        new_id = f"npi-{fact.npi}"
    else:
        folded = "".join(c if c.isalnum() else "-" for c in fact.name.lower())
        new_id = f"{'-'.join(part for part in folded.split('-') if part)}-{fact.zip}"
    if new_id not in gathered.facilities:
        gathered.facilities[new_id] = FacilityRow(
            id=new_id,
            kind=fact.kind,
            name=fact.name,
            listed=1,
            ccn=fact.ccn or None,
            npi=fact.npi or None,
            address=fact.address or None,
            city=fact.city or None,
            state=fact.state or None,
            zip=fact.zip or None,
            phone=fact.phone or None,
            lat=fact.lat,
            lon=fact.lon,
            point_precision="address" if fact.lat is not None else None,
            source_id=source_id,
            row=fact.row,
        )
    return new_id


def _place(gathered: Gathered) -> None:
    """Give each facility its point: the points file, else its ZIP's (CONTRACT 7)."""
    by_zip = {point.zip: point for point in gathered.zips}
    for key, row in gathered.facilities.items():
        if row.lat is not None:
            continue
        if point := gathered.points.get(key):
            gathered.facilities[key] = row._replace(lat=point.lat, lon=point.lon, point_precision=point.precision)
        elif (zip_point := by_zip.get((row.zip or "")[:5])) and zip_point.lat is not None:
            gathered.facilities[key] = row._replace(lat=zip_point.lat, lon=zip_point.lon, point_precision="zip")
