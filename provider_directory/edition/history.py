"""The credentials of one facility as a history: every roster row and every change by hand, and what holds on a date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from provider_directory import catalog
from provider_directory.contracts import ContractTerms, by_alliance, is_suspension_only, standing
from provider_directory.edition.reader import EditionReader, FacilityRow
from provider_directory.edition.suspend import Decision, Published, Subject, rows_about, subject_of_row
from provider_directory.models import CredentialState, Value
from provider_directory.quality.criteria import criteria_sets
from provider_directory.spoken import dollars


class NamedFacility(Value):
    """A facility by name and town."""

    id: str
    name: str
    city: str | None
    state: str | None


class CredentialRow(Value):
    """One row of the history, as stored and in words."""

    alliance: str
    criteria_set: str | None
    procedure: str | None
    covers: str
    """The set's title or the procedure's name."""
    status: str
    effective: date | None
    ends: date | None
    suspended_on: date | None
    reason: str | None
    bundle_cents: int | None
    visibility: str
    source: str
    row: int
    words: str


class CredentialOnDate(Value):
    """What the rows of one alliance for one set or procedure come to; state None = nothing counts yet."""

    alliance: str
    covers: str
    state: CredentialState | None
    words: str


class CredentialHistory(Value):
    """Answer of `coe credential list`."""

    edition: str
    demonstration: bool
    on: date
    facility: NamedFacility
    rows: tuple[CredentialRow, ...]
    states: tuple[CredentialOnDate, ...]


class CredentialChange(Value):
    """Answer of `coe credential suspend` and `coe credential reinstate`: the small edition that was published."""

    action: str
    """suspend or reinstate."""
    edition: str
    demonstration: bool
    previous: str
    facility: NamedFacility
    criteria_set: str
    procedure: str | None
    """None = all procedures of the set."""
    covers: str
    alliances: tuple[str, ...]
    effective: date
    reason: str
    lifted_on: date | None = None
    """The day of a row, agreed already, with which a suspension ends unless it is made again from that day."""


def change_of(decision: Decision, published: Published) -> CredentialChange:
    """Say what was published."""
    first, subject = decision.changes[0], decision.subject
    return CredentialChange(
        action="suspend" if first.act == "suspension" else "reinstate",
        edition=published.manifest.name,
        demonstration=published.manifest.demonstration,
        previous=published.previous.stem,
        facility=_named(decision.facility),
        criteria_set=subject.criteria_set,
        procedure=subject.procedure,
        covers=subject.words,
        alliances=tuple(sorted({change.alliance for change in decision.changes})),
        effective=first.day,
        reason=first.reason,
        lifted_on=decision.lifted_on,
    )


def history_of(reader: EditionReader, key: str, on: date) -> CredentialHistory:
    """Give the history of a facility (id or CCN), and what it comes to on a date; raises UnknownFacility."""
    facility = reader.facility(key)
    stored = reader.contracts_at(facility.id)
    stored.sort(key=lambda row: (row.alliance.casefold(), _covers(row), row.effective or date.min, row.id))
    return CredentialHistory(
        edition=reader.name,
        demonstration=reader.demonstration,
        on=on,
        facility=_named(facility),
        rows=tuple(_row(row, reader.sources[row.source_id].file) for row in stored),
        states=tuple(
            _on_date(rows, subject, on)
            for rows in by_alliance(stored)
            for subject in dict.fromkeys(map(subject_of_row, rows))
        ),
    )


def _named(facility: FacilityRow) -> NamedFacility:
    return NamedFacility(id=facility.id, name=facility.name, city=facility.city, state=facility.state)


def _covers(row: ContractTerms) -> str:
    if row.procedure is not None:
        return catalog.load().get(row.procedure).name
    return criteria_sets()[row.criteria_set or "none"].title


def _row(row: ContractTerms, source: str) -> CredentialRow:
    return CredentialRow(
        alliance=row.alliance,
        criteria_set=row.criteria_set,
        procedure=row.procedure,
        covers=_covers(row),
        status=row.status,
        effective=row.effective,
        ends=row.ends,
        suspended_on=row.suspended_on,
        reason=row.reason,
        bundle_cents=row.bundle_cents,
        visibility=row.visibility,
        source=source,
        row=row.row,
        words=row_words(row),
    )


def row_words(row: ContractTerms) -> str:
    """Say a row: "from 2025-04-01 to 2027-06-30: under contract, bundle $24,100"."""
    if is_suspension_only(row):
        return f"{_since(row.stopped_from)}: suspended{_reason(row)}"
    until = f" to {row.ends.isoformat()}" if row.ends else ", no end stated"
    parts = [f"{_since(row.effective)}{until}: under contract"]
    if row.bundle_cents is not None:
        parts.append(f"bundle {dollars(row.bundle_cents)}")
    if row.visibility == "members":
        parts.append("shown to members only")
    if row.status == "suspended":
        parts.append(f"{_since(row.stopped_from)} suspended{_reason(row)}")
    elif row.reason:
        parts.append(f"reinstated{_reason(row)}")
    return ", ".join(parts)


def _since(day: date | None) -> str:
    return f"from {day.isoformat()}" if day else "from the first day"


def _reason(row: ContractTerms) -> str:
    return f" ({row.reason})" if row.reason else ""


def _on_date(rows: Sequence[ContractTerms], subject: Subject, on: date) -> CredentialOnDate:
    bearing = rows_about(rows, subject)
    found = standing(bearing, (rows[0].alliance,), on, on)
    terms = found.terms
    if terms is None:
        begins = min((row.effective for row in bearing if row.effective), default=None)
        words = f"begins on {begins.isoformat()}" if begins else "nothing counts"
    elif found.state == "CONTRACT":
        words = f"under contract to {found.ends.isoformat()}" if found.ends else "under contract, no end stated"
    elif found.state == "SUSPENDED":
        words = f"suspended {_since(terms.stopped_from)}"
    else:
        words = f"contract ended on {terms.ends.isoformat()}" if terms.ends else "contract ended"
    return CredentialOnDate(alliance=rows[0].alliance, covers=subject.words, state=found.state, words=words)
