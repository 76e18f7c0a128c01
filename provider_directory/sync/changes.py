"""What a sync changed, in rows: each table of the edition beside the same table of the one before it."""

from __future__ import annotations

from typing import NamedTuple

from provider_directory.edition.manifest import FileReport, read_manifest
from provider_directory.errors import EditionProblem
from provider_directory.sync.bringing import Synced


class Change(NamedTuple):
    """One table."""

    dataset: str
    title: str
    release: str | None
    """The newest of its files."""
    rows: int
    rows_before: int | None
    """None where the edition before had no such table, or was a demonstration."""


def changes(synced: Synced) -> list[Change]:
    """Give the tables of a published sync, with the rows that are used of them now and were before."""
    if synced.manifest is None:
        return []
    before: tuple[FileReport, ...] = ()
    if synced.before is not None:
        try:
            old = read_manifest(synced.before)
            before = () if old.demonstration else old.files
        except EditionProblem:
            before = ()
    now = synced.manifest.files
    told = []
    for dataset, title in {report.dataset: report.title for report in (*now, *before)}.items():
        releases = [report.release for report in now if report.dataset == dataset and report.release]
        known = any(report.dataset == dataset for report in before)
        rows_before = _kept(before, dataset) if known else None
        told.append(Change(dataset, title, max(releases, default=None), _kept(now, dataset), rows_before))
    return told


def _kept(reports: tuple[FileReport, ...], dataset: str) -> int:
    return sum(report.kept for report in reports if report.dataset == dataset)
