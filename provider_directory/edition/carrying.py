"""Publish a fresh build without losing what was suspended or reinstated by hand since the roster was written."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from provider_directory import catalog
from provider_directory.contracts import ContractTerms, reinstates
from provider_directory.edition.by_hand import (
    DATASET,
    HandMade,
    extend,
    reinstatement_row,
    suspension_row,
)
from provider_directory.edition.manifest import Manifest, read_manifest
from provider_directory.edition.publish import Shelf
from provider_directory.edition.reader import EditionReader
from provider_directory.edition.shelf_lock import changing
from provider_directory.edition.suspend import changes_by_hand
from provider_directory.errors import EditionProblem


class PublishedBuild(NamedTuple):
    """A fresh build as it was published; ``said`` = what became of each change by hand, in sentences."""

    path: Path
    manifest: Manifest
    said: tuple[str, ...]


def publish_build(shelf: Shelf, built: Path, drop: bool = False) -> PublishedBuild:
    """Publish an edition just built, with the changes by hand of the one in use carried over.

    A change that the new roster states itself is not carried; with ``drop`` none is, and each is named. Raises
    EditionProblem where the edition in use holds such changes and cannot be read.
    """
    with changing(shelf.folder):  # nothing is suspended between the look at the edition in use and the switch
        return _publish_build(shelf, built, drop)


def _publish_build(shelf: Shelf, built: Path, drop: bool) -> PublishedBuild:
    manifest = read_manifest(built)
    base = _last_of_its_kind(shelf, manifest)
    if base is None or not any(report.dataset == DATASET for report in read_manifest(base).files):
        return PublishedBuild(shelf.put(built), manifest, ())
    changes = _changes(base)
    with closing(EditionReader(built)) as reader:
        carried = _dropped(reader, changes) if drop else _carried(reader, changes)
    rows = [row for row, _ in carried if row is not None]
    said = tuple(words for _, words in carried)
    if not rows:
        return PublishedBuild(shelf.put(built), manifest, said)
    manifest = extend(built, built, rows, "Changes by hand, carried over from the edition before", said)
    return PublishedBuild(shelf.put(built), manifest, said)


def _last_of_its_kind(shelf: Shelf, manifest: Manifest) -> Path | None:
    """Give the edition in use, or the newest on the shelf where that is a demonstration and this is none."""
    shelved = [entry for entry in shelf.editions() if entry.manifest.demonstration == manifest.demonstration]
    in_use = [entry.path for entry in shelved if entry.in_use]
    return next(iter([*in_use, *(entry.path for entry in shelved)]), None)


def _changes(base: Path) -> list[HandMade]:
    try:
        with closing(EditionReader(base)) as reader:
            return changes_by_hand(reader)
    except EditionProblem as problem:
        raise EditionProblem(
            f"The edition in use holds suspensions by hand and cannot be read. {problem.message}",
            "Write them into the alliances' rosters and build with --drop-suspensions.",
        ) from problem


def left_behind(before: Path, after: Path) -> tuple[str, ...]:
    """Name the changes by hand of one edition that another of its kind does not hold; an unreadable one has none."""
    try:
        with closing(EditionReader(before)) as old, closing(EditionReader(after)) as new:
            if old.demonstration != new.demonstration:
                return ()
            held = set(changes_by_hand(new))
            return tuple(f"{_words(old, change)}." for change in changes_by_hand(old) if change not in held)
    except EditionProblem:
        return ()


def _dropped(reader: EditionReader, changes: list[HandMade]) -> list[tuple[ContractTerms | None, str]]:
    return [(None, f"Dropped, as asked: {_words(reader, change)}.") for change in changes]


def _carried(reader: EditionReader, changes: list[HandMade]) -> list[tuple[ContractTerms | None, str]]:
    """Give the row of each change that is carried, None where it is not, with a sentence for either."""
    carried: list[tuple[ContractTerms | None, str]] = []
    for change in changes:
        ours = [row for row in reader.contracts_at(change.facility_id) if row.is_of((change.alliance,))]
        words = _words(reader, change)
        if change.act == "suspension":
            row: ContractTerms | None = suspension_row(change, "members" if _for_members(ours) else "public")
            kept = "Carried over"
            if any(_states(row, own) for own in ours):
                row, kept = None, "Not carried over, the roster states it now"
        else:
            own_set = catalog.load().get(change.procedure).criteria_set if change.procedure else ""
            row, kept = reinstatement_row(change, ours, own_set), "Carried over"
            if any(own.effective and own.effective <= change.day and _follows(own, change, changes) for own in ours):
                row, kept = None, "Not carried over, the roster has a row that reinstates it"
            elif row is None:
                kept = "Not carried over, the roster has no contract there on that day"
        carried.append((row, f"{kept}: {words}."))
    return carried


def _states(suspension: ContractTerms | None, own: ContractTerms) -> bool:
    """Say whether a roster's row is this suspension, from the same day or before."""
    return (
        suspension is not None
        and own.status == "suspended"
        and (own.criteria_set, own.procedure) == (suspension.criteria_set, suspension.procedure)
        and (own.stopped_from is None or own.stopped_from <= suspension.effective)  # type: ignore[operator]
    )


def _follows(own: ContractTerms, change: HandMade, changes: list[HandMade]) -> bool:
    """Say whether a roster's row itself lifts the suspension that this reinstatement was for."""
    stops = [
        suspension_row(each, "public")
        for each in changes
        if each.act == "suspension" and each[1:3] == change[1:3] and each.day < change.day
    ]
    return bool(stops) and all(reinstates(own, stop) for stop in stops)


def _for_members(rows: list[ContractTerms]) -> bool:
    return any(row.visibility == "members" for row in rows)


def _words(reader: EditionReader, change: HandMade) -> str:
    name = next((facility.name for facility in reader.facilities_named(change.facility_id)), change.facility_id)
    done = "suspended" if change.act == "suspension" else "reinstated"
    return f"{name}, {change.covers}, {done} with {change.alliance} from {change.day.isoformat()} ({change.reason})"
