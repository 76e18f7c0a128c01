"""Suspend or reinstate a facility's credential at once, without a rebuild (CONTRACT 3, 4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from provider_directory import catalog
from provider_directory.cleaning import clean
from provider_directory.contracts import ContractTerms, Holding, bears_on, by_alliance, holding, reinstates
from provider_directory.edition.by_hand import DATASET, HandMade, extend, hand_made, reinstatement_row, suspension_row
from provider_directory.edition.manifest import Manifest
from provider_directory.edition.publish import Shelf
from provider_directory.edition.reader import EditionReader, FacilityRow
from provider_directory.edition.shelf_lock import changing
from provider_directory.errors import BadInput, Choice, EditionProblem
from provider_directory.quality.criteria import criteria_sets

NO_SET = "none"


class Subject(NamedTuple):
    """What a change is about: all procedures of a criteria set, or one procedure."""

    criteria_set: str
    procedure: str | None

    @property
    def procedures(self) -> tuple[str, ...]:
        """The procedures that it is about."""
        if self.procedure is not None:
            return (self.procedure,)
        return tuple(each.id for each in catalog.load().procedures if each.criteria_set == self.criteria_set)

    @property
    def words(self) -> str:
        """The set's title, or the procedure's name."""
        if self.procedure is not None:
            return catalog.load().get(self.procedure).name
        return criteria_sets()[self.criteria_set].title


class Decision(NamedTuple):
    """What is to be added to the edition, and about whom."""

    facility: FacilityRow
    subject: Subject
    changes: tuple[HandMade, ...]
    rows: tuple[ContractTerms, ...]
    lifted_on: date | None = None
    """The day of a row, agreed already, that ends a suspension made here: a renewal; None where there is none."""


class Published(NamedTuple):
    """The small edition as it was published."""

    path: Path
    manifest: Manifest
    previous: Path


def subject_of_row(row: ContractTerms) -> Subject:
    """Give the subject that a row names."""
    if row.procedure is not None:
        return Subject(catalog.load().get(row.procedure).criteria_set, row.procedure)
    return Subject(row.criteria_set or NO_SET, None)


def rows_about(rows: Sequence[ContractTerms], subject: Subject) -> list[ContractTerms]:
    """Give the rows that bear on a subject: on a procedure those that name it or its set, on a set those of the set."""
    if subject.procedure is not None:
        return [row for row in rows if bears_on(row, subject.procedure, subject.criteria_set)]
    return [row for row in rows if row.criteria_set == subject.criteria_set]


def subject_of(criteria_set: str | None, procedure: str | None) -> Subject:
    """Give the subject that a person named; ``procedure`` is an id. Raises BadInput with the choices."""
    if (criteria_set is None) == (procedure is None):
        raise BadInput("Name either a criteria set or a procedure.", "Give --set SET or --procedure P.")
    if procedure is not None:
        return Subject(catalog.load().get(procedure).criteria_set, procedure)
    name = (criteria_set or "").strip().casefold()
    if name == NO_SET:
        raise BadInput('The set "none" is no set: it cannot be named.', "Name a procedure: --procedure P.")
    if name not in criteria_sets():
        choices = tuple(Choice(each.name, each.title) for each in criteria_sets().values() if each.name != NO_SET)
        raise BadInput(f'There is no criteria set "{clean(name)}".', "Choose one of these.", choices)
    return Subject(name, None)


def decide_suspension(
    reader: EditionReader, key: str, subject: Subject, day: date, reason: str, alliance: str | None = None
) -> Decision:
    """Make the suspension of every alliance with a running contract on the day, or of the one named.

    Raises UnknownFacility, and BadInput where nothing is under contract or no reason is given.
    """
    facility = reader.facility(key)
    reason = _reason(reason)
    bearing = _bearing(reader, facility, subject)
    running = [rows for rows in _of(alliance, bearing, facility, subject) if _runs(rows, subject, day)]
    if not running:
        raise BadInput(
            f"{facility.name} has no contract for {subject.words} that runs on {day}"
            f"{_suspended_words(bearing, subject, day)}.",
            f"`coe credential list {facility.id}` shows what there is.",
        )
    named_set = None if subject.procedure else subject.criteria_set
    changes = tuple(
        HandMade("suspension", facility.id, each[0].alliance, named_set, subject.procedure, day, reason)
        for each in running
    )
    rows = tuple(suspension_row(change, _visibility(each)) for change, each in zip(changes, running, strict=True))
    lifting = [own.effective for row, each in zip(rows, running, strict=True) for own in each if reinstates(own, row)]
    return Decision(facility, subject, changes, rows, min((first for first in lifting if first), default=None))


def decide_reinstatement(
    reader: EditionReader, key: str, subject: Subject, day: date, reason: str, alliance: str | None = None
) -> Decision:
    """Make the reinstatement of every alliance that has suspended it on the day, or of the one named.

    Raises UnknownFacility, and BadInput where nothing is suspended, no contract runs beneath, or the suspension
    begins on that very day.
    """
    facility = reader.facility(key)
    reason = _reason(reason)
    bearing = _bearing(reader, facility, subject)
    changes: list[HandMade] = []
    made: list[ContractTerms] = []
    for rows in _of(alliance, bearing, facility, subject):
        stops = _stops(rows, subject, day)
        if not stops:
            continue
        _check_can_be_lifted(stops, day)
        for named in _contracts_named(rows, subject):
            change = HandMade("reinstatement", facility.id, rows[0].alliance, *named, day, reason)
            row = reinstatement_row(change, rows, subject.criteria_set)
            if row is not None:
                changes.append(change)
                made.append(row)
    if not made:
        raise BadInput(
            f"Nothing is suspended at {facility.name} for {subject.words} on {day} over a contract that runs.",
            f"`coe credential list {facility.id}` shows what there is.",
        )
    return Decision(facility, subject, tuple(changes), tuple(made))


def _check_can_be_lifted(stops: Sequence[ContractTerms], day: date) -> None:
    for stop in stops:
        if stop.stopped_from is None:
            raise BadInput(
                f"The suspension by {stop.alliance} bears no date, so that nothing can come after it.",
                "Give it a date, or take it out, in the alliance's roster, and build again.",
            )
        if stop.stopped_from >= day:
            raise BadInput(
                f"The suspension by {stop.alliance} begins on {day}; it can be lifted from the next day on.",
                "Give a later --from. One made in error is undone by `coe edition use` with the edition before it.",
            )


def _contracts_named(rows: Sequence[ContractTerms], subject: Subject) -> list[tuple[str | None, str | None]]:
    """Give the sets and procedures whose contracts a reinstatement repeats."""
    if subject.procedure is not None:
        return [(None, subject.procedure)]
    return sorted({(row.criteria_set, row.procedure) for row in rows}, key=repr)


def publish(shelf: Shelf, base: Path, decision: Decision) -> Published:
    """Publish the edition in use with the decision added; raises EditionProblem if another was published meanwhile."""
    words = title_of(decision.changes)
    part = shelf.part_file()
    facility, subject = decision.facility, decision.subject
    note = f"{date.today().isoformat()}: {facility.name}, {subject.words}: {words[0].lower()}{words[1:]}"
    with changing(shelf.folder):
        if shelf.current() != base:
            raise EditionProblem("Another edition was published in the meantime.", "Give the command once more.")
        manifest = extend(base, part, decision.rows, words, (note,))
        return Published(shelf.put(part), manifest, base)


def title_of(changes: Sequence[HandMade]) -> str:
    """Say changes of one kind and day: "Suspended from 2026-12-01: outcomes under review"."""
    first = changes[0]
    done = "Suspended" if first.act == "suspension" else "Reinstated"
    return f"{done} from {first.day.isoformat()}: {first.reason}"


def changes_by_hand(reader: EditionReader) -> list[HandMade]:
    """Give every change by hand that an edition holds."""
    sources = [source.id for source in reader.sources.values() if source.dataset == DATASET]
    return hand_made(reader.contracts(), sources) if sources else []


def _bearing(reader: EditionReader, facility: FacilityRow, subject: Subject) -> list[list[ContractTerms]]:
    """Give the rows at a facility that bear on a procedure of the subject, by alliance."""
    rows = [
        row
        for row in reader.contracts_at(facility.id)
        if any(bears_on(row, procedure, subject.criteria_set) for procedure in subject.procedures)
    ]
    return by_alliance(rows)


def _of(
    alliance: str | None, bearing: list[list[ContractTerms]], facility: FacilityRow, subject: Subject
) -> list[list[ContractTerms]]:
    if alliance is None:
        return bearing
    named = [rows for rows in bearing if rows[0].is_of((alliance.strip(),))]
    if bearing and not named:
        choices = tuple(Choice(rows[0].alliance, f"{len(rows)} rows") for rows in bearing)
        raise BadInput(
            f'No alliance "{clean(alliance)}" has a contract with {facility.name} for {subject.words}.',
            "These have.",
            choices,
        )
    return named


def _holding(rows: Sequence[ContractTerms], procedure: str, subject: Subject, day: date) -> Holding:
    return holding([row for row in rows if bears_on(row, procedure, subject.criteria_set)], day)


def _runs(rows: Sequence[ContractTerms], subject: Subject, day: date) -> bool:
    return any(_holding(rows, procedure, subject, day).running for procedure in subject.procedures)


def _stops(rows: Sequence[ContractTerms], subject: Subject, day: date) -> list[ContractTerms]:
    return [stop for name in subject.procedures for stop in _holding(rows, name, subject, day).suspensions]


def _visibility(rows: Sequence[ContractTerms]) -> str:
    return "members" if any(row.visibility == "members" for row in rows) else "public"


def _reason(text: str) -> str:
    reason = clean(text)
    if not reason:
        raise BadInput("A change of a credential needs a reason.", "Give it with --reason, in a few words.")
    return reason


def _suspended_words(bearing: list[list[ContractTerms]], subject: Subject, day: date) -> str:
    for rows in bearing:
        for stop in _stops(rows, subject, day):
            since = f" since {stop.stopped_from}" if stop.stopped_from else ""
            return f": it is already suspended by {stop.alliance}{since}"
    return ""
