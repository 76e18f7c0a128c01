"""Make one edition file with its sidecar out of a folder of source files (DESIGN "Publish", CONTRACT 5)."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from provider_directory import __version__
from provider_directory.edition.assess import Assessed, assess
from provider_directory.edition.gather import Gathered, gather
from provider_directory.edition.gather_prices import PriceOptions
from provider_directory.edition.manifest import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    Manifest,
    PriceAccount,
    content_digests,
    file_sha256,
    name_of,
    schema_sql,
    write_durably,
)
from provider_directory.edition.pointer import sidecar_of
from provider_directory.edition.prices import PriceCounts, write_prices
from provider_directory.errors import SourceProblem
from provider_directory.facts import RosterFact
from provider_directory.models import NEVER_OFFERED
from provider_directory.price_import.inputs import Fetch
from provider_directory.sources.zips import cities

RULE_VERSIONS = {
    "score": "METHOD 2.4 + 4",
    "credentials": "METHOD 2.8 + 4.9",
    "order": "CONTRACT 2",
    "price": "METHOD 3 + 5",
}


@dataclass(frozen=True)
class BuildOptions:
    """What a person may say about a build."""

    release: str | None = None
    """YYYY-MM of the quality files; None = unknown, never stale, and said."""
    as_of: date | None = None
    """Default date of its tables; None = the day on which they are asked for, so that a rebuild has the same name."""
    allow_missing: bool = False
    """Publish without a file that contradicts itself."""
    demonstration: bool = False
    prices: tuple[Path, ...] = ()
    """Price files, folders of them and lists of CCN and place, beside those in the folder."""
    price_cache: Path | None = None
    """Where what is read of price files stays for the next build; None = nowhere."""
    jobs: int = 1
    """Price files that are read at once."""
    check_prices: bool = False
    """Hold large price files to CMS's rules too."""
    fetch: Fetch | None = None
    """Brings the price file of an address; None = addresses are skipped and named."""


def build_edition(folder: Path, out: Path, options: BuildOptions, progress: Callable[[str, float], None]) -> Manifest:
    """Build the edition at ``out`` with its sidecar beside it; nothing is published.

    Raises SourceProblem when a file contradicts itself (unless allowed), nothing can be read or ``out`` cannot be
    written. Until the edition is whole, what was at ``out`` stays there.
    """
    _check_out(out)
    with ExitStack() as stack:
        cache = options.price_cache or Path(stack.enter_context(TemporaryDirectory(prefix="coe-prices-")))
        return _build(folder, out, options, cache, progress)


def _build(
    folder: Path, out: Path, options: BuildOptions, price_cache: Path, progress: Callable[[str, float], None]
) -> Manifest:
    prices = PriceOptions(price_cache, options.prices, options.jobs, options.check_prices, options.fetch)
    gathered = gather(
        folder, options.release, options.demonstration, prices, lambda words, done: progress(words, done * 0.6)
    )
    if gathered.conflicts and not options.allow_missing:
        raise SourceProblem(
            f"A file cannot be trusted: {' '.join(gathered.conflicts)}",
            "Get the file anew; or build without it by --allow-missing. The edition in use stays.",
        )
    progress("scoring and checking", 0.6)
    assessed = assess(gathered)
    progress("writing the edition", 0.75)
    part = out.with_name(f"{out.name}.part-{os.getpid()}")
    try:
        part.unlink(missing_ok=True)
        digests, counts, prices_written = _write(part, gathered, assessed, options, progress)
        _account_for_prices(gathered, prices_written)
        manifest = _manifest(digests, counts, part, gathered, assessed, options)
        manifest = manifest.model_copy(update={"prices": _price_account(prices_written)}).sealed()
        part.replace(out)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    write_durably(sidecar_of(out), manifest.model_dump_json(indent=1).encode())
    progress("done", 1.0)
    return manifest


def _check_out(out: Path) -> None:
    """Refuse before the work, not after it, a place where nothing can be written."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise SourceProblem(f"{out.parent} cannot be made: {fault.strerror}.", "Give another place by --out.") from None
    if out.is_dir() or not os.access(out.parent, os.W_OK):
        raise SourceProblem(f"{out} cannot be written.", "Give the path of a file, in a folder of yours, by --out.")


def _write(
    out: Path,
    gathered: Gathered,
    assessed: Assessed,
    options: BuildOptions,
    progress: Callable[[str, float], None],
) -> tuple[dict[str, str], dict[str, int], PriceCounts]:
    with closing(sqlite3.connect(out, isolation_level=None)) as connection:
        # A half-written edition is thrown away, never repaired: no journal, one sync at the end.
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.executescript(schema_sql())
        connection.execute("BEGIN")
        _fill(connection, gathered, assessed, options)
        progress("judging prices", 0.8)
        prices = write_prices(connection, gathered)
        connection.execute("COMMIT")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        progress("naming the edition by its content", 0.9)
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        counts = {table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables}
        return content_digests(connection), dict(sorted(counts.items())), prices


def _fill(connection: sqlite3.Connection, gathered: Gathered, assessed: Assessed, options: BuildOptions) -> None:
    for table, rows in (
        ("meta", _meta(gathered, assessed, options).items()),
        ("source", _sources(gathered)),
        ("facility", sorted(gathered.facilities.values())),
        ("measure", _measures(gathered, assessed)),
        ("inpatient", _inpatient(gathered)),
        ("reference", _reference(assessed)),
        ("score", sorted(assessed.scores, key=itemgetter(0, 1))),
        ("public_check", sorted(assessed.checks, key=itemgetter(0, 1))),
    ):
        _insert(connection, table, rows)
    for number, (facility, fact, source) in enumerate(gathered.roster, 1):
        _insert_contract(connection, number, facility, fact, source)
    _insert(connection, "attestation", _attestations(gathered))
    _insert(connection, "paid_claims", _paid_claims(gathered))
    _insert(connection, "zip", ((*z[:3], "; ".join(z.aliases), *z[4:]) for z in gathered.zips))
    _insert(connection, "city", ((c.folded, c.state, c.name, c.lat, c.lon, c.zips) for c in cities(gathered.zips)))


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    listed = list(rows)
    if listed:
        marks = ",".join("?" * len(listed[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", listed)


def _sources(gathered: Gathered) -> Iterator[tuple[Any, ...]]:
    for number, r in enumerate(gathered.reports, 1):
        yield (
            *(number, r.file, r.dataset, r.title, r.release, r.period_start or None, r.period_end or None),
            *(r.read, r.kept, r.duplicates, sum(r.set_aside.values())),
        )


def _measures(gathered: Gathered, assessed: Assessed) -> Iterator[tuple[Any, ...]]:
    for key, (f, source) in sorted(gathered.measures.items()):
        yield (
            *(*key, f.value, f.low, f.high, f.cases, f.observed, f.predicted, f.raw, f.compared, f.footnotes),
            *(int(key in assessed.current), source, f.row),
        )


def _inpatient(gathered: Gathered) -> Iterator[tuple[Any, ...]]:
    for key, (f, source) in sorted(gathered.inpatient.items()):
        yield (*key, f.discharges, f.charge_cents, f.total_payment_cents, f.medicare_payment_cents, source, f.row)


def _reference(assessed: Assessed) -> Iterator[tuple[Any, ...]]:
    for item, r in sorted(assessed.reference.items.items()):
        yield (item, r.kind, r.n, r.mu, r.tau, r.a, r.b)


def _insert_contract(connection: sqlite3.Connection, number: int, facility: str, fact: RosterFact, source: int) -> None:
    connection.execute(
        f"INSERT INTO contract VALUES ({','.join('?' * 21)})",
        (
            *(number, facility, fact.alliance, fact.criteria_set or None, fact.procedure or None, fact.status),
            *(fact.effective or None, fact.ends or None, fact.suspended_on or None, fact.reason or None),
            *(fact.bundle_cents, fact.price_effective or None, fact.included or None, fact.extra or None),
            *(fact.run_out or None, fact.warranty or None, fact.visibility, fact.routes or None),
            *(fact.intake_phone or None, source, fact.row),
        ),
    )
    for place, surgeon in enumerate(fact.surgeons):
        new_patients = None if surgeon.new_patients is None else int(surgeon.new_patients)
        connection.execute(
            "INSERT INTO surgeon VALUES (?,?,?,?,?,?,?,?)",
            (
                *(number, place, surgeon.name, surgeon.npi or None, surgeon.procedures, surgeon.languages),
                *(new_patients, surgeon.wait_days),
            ),
        )


def _attestations(gathered: Gathered) -> list[tuple[Any, ...]]:
    """Give one attestation for each facility and set: the newest by its day, of several the higher count."""
    newest: dict[tuple[str, str], tuple[Any, ...]] = {}
    for facility, fact, source in gathered.roster:
        if fact.attested_cases is not None and fact.criteria_set:
            key = (facility, fact.criteria_set)
            stated = (*key, fact.attested_cases, fact.attested_on or None, source, fact.row)
            newest[key] = max(newest.get(key, stated), stated, key=lambda row: (row[3] or "", row[2]))
    return [newest[key] for key in sorted(newest)]


def _paid_claims(gathered: Gathered) -> list[tuple[Any, ...]]:
    return sorted(
        (
            *(f.program, facility, f.procedure, f.setting, f.cases, f.median_cents, f.p10_cents, f.p90_cents),
            *(f.period_start, f.period_end, source, f.row, f.counts),
        )
        for facility, f, source in gathered.claims
    )


def _meta(gathered: Gathered, assessed: Assessed, options: BuildOptions) -> dict[str, str]:
    return {
        "schema_version": str(SCHEMA_VERSION),
        "demonstration": str(int(options.demonstration)),
        "default_date": options.as_of.isoformat() if options.as_of else "",
        "release": options.release or "",
        "reference": assessed.reference.origin,
        "zip_source": gathered.zip_source,
        **{f"rule:{rule}": version for rule, version in RULE_VERSIONS.items()},
    }


def _may_be_found(gathered: Gathered, key: str) -> bool:
    row = gathered.facilities[key]
    return row.lat is not None and row.kind not in NEVER_OFFERED


def _account_for_prices(gathered: Gathered, written: PriceCounts) -> None:
    """Put into each file's report which rules refused how many of its rates."""
    for source_id, rules in written.by_source.items():
        refused = {rule: rates for rule, rates in sorted(rules.items()) if rule and rates}
        report = gathered.reports[source_id - 1]
        gathered.reports[source_id - 1] = report.model_copy(update={"refused": refused})


def _price_account(written: PriceCounts) -> PriceAccount | None:
    if not written.by_source:
        return None
    rules = sum(written.by_source.values(), Counter())
    return PriceAccount(
        files=len(written.by_source),
        facilities=written.facilities,
        rates=sum(rules.values()),
        offered=rules[""],
        refused={rule: rates for rule, rates in sorted(rules.items()) if rule and rates},
    )


def _manifest(
    digests: dict[str, str],
    counts: dict[str, int],
    out: Path,
    gathered: Gathered,
    assessed: Assessed,
    options: BuildOptions,
) -> Manifest:
    notes = list(gathered.notes)
    if not any(report.dataset == "hospital_general" for report in gathered.reports):
        notes.append("No hospital file: only facilities of a roster can be offered.")
    placeless = sorted(
        {gathered.facilities[key].name for key, *_ in gathered.roster if not _may_be_found(gathered, key)}
    )
    if placeless:
        notes.append(
            f"Never offered, for want of a point on the map or for their kind: {', '.join(placeless[:20])}."
            " Give latitude and longitude, or a ZIP that is known."
        )
    if options.release is None and not any(report.release for report in gathered.reports):
        notes.append("The release of the quality files is not known: no figure will be called stale.")
    return Manifest(
        name=name_of(digests),
        file_sha256=file_sha256(out),
        schema_version=SCHEMA_VERSION,
        demonstration=options.demonstration,
        default_date=options.as_of,
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
        reference=assessed.reference.origin,
        rule_versions={**RULE_VERSIONS, "program": __version__},
        zip_source=gathered.zip_source,
        counts=counts,
        digests=digests,
        files=tuple(gathered.reports),
        skipped=tuple(gathered.skipped),
        review=tuple(gathered.review),
        notes=tuple(notes),
    ).sealed()
