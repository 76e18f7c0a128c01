"""One sync from beginning to end: plan, fetch, verify, build, publish; the edition in use stays until the last step."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal, Protocol

from provider_directory.cleaning import clean
from provider_directory.edition.build import BuildOptions, build_edition
from provider_directory.edition.carrying import PublishedBuild, publish_build
from provider_directory.edition.manifest import FileReport, Manifest, read_manifest
from provider_directory.edition.pointer import sidecar_of
from provider_directory.edition.publish import Shelf
from provider_directory.errors import DirectoryError, EditionProblem, FetchProblem, SourceProblem, SyncRefused
from provider_directory.fetching import (
    TABLE_TYPES,
    Connection,
    DiskFull,
    Fetched,
    Limits,
    Patience,
    Transfer,
    Unreachable,
    fetch_over,
)
from provider_directory.fetching.hosts import origin_of
from provider_directory.fetching.partial import room_for
from provider_directory.sync.archive import Archive
from provider_directory.sync.cache import Downloads, Held
from provider_directory.sync.checking import check_whole, collapsed, recognised, rows_of
from provider_directory.sync.datasets import CMS, DATASETS, Dataset, chosen
from provider_directory.sync.inpatient_pages import Pages
from provider_directory.sync.planning import Planned, plan, plan_file_of_pages
from provider_directory.sync.staging import Staged, release_toml, staged

How = Literal["here", "fetched", "resumed", "archive"]
_HOSPITALS = DATASETS[0]
_KEPT = "The edition in use stays, and what has come is kept."


class Listener(Protocol):
    """Who hears what a sync does."""

    def planned(self, plan: Sequence[Planned]) -> None:
        """Hear what will be fetched, before anything is."""

    def transfer(self, transfer: Transfer) -> None:
        """Hear where a file stands; often."""

    def says(self, words: str) -> None:
        """Hear a sentence about something that went another way."""

    def step(self, words: str, done: float) -> None:
        """Hear what the build does, and its share done, 0 to 1."""


@dataclass(frozen=True)
class SyncOptions:
    """What a person may say about a sync."""

    base: str = CMS
    """CMS, or the address of a mirror."""
    only: tuple[str, ...] = ()
    """Data sets to fetch; of the others the files of an earlier sync are taken."""
    own: Path | None = None
    """Folder of own files, rosters above all."""
    keep_files: Path | None = None
    """Folder to which the files are copied, for `coe build --from`."""
    accept_smaller: bool = False
    """Publish although fewer than half the rows of a table are left."""
    dry_run: bool = False
    today: date = field(default_factory=date.today)
    limits: Limits = field(default_factory=Limits)
    patience: Patience = field(default_factory=Patience)


@dataclass(frozen=True)
class Brought:
    """One data set that is in the folder of downloads, verified."""

    dataset: Dataset
    held: Held
    how: How


@dataclass(frozen=True)
class Synced:
    """What a sync came to."""

    published: bool
    """False after a dry run, and when nothing is newer."""
    edition: str | None
    """The edition made of these files; None after a dry run."""
    place: Path | None
    manifest: Manifest | None
    before: Path | None
    """The edition that was in use."""
    plan: tuple[Planned, ...]
    files: tuple[Brought, ...]
    left_out: tuple[str, ...]
    changes_by_hand: tuple[str, ...] = ()
    """What became of each suspension or reinstatement by hand, in sentences."""


def sync(shelf_folder: Path, downloads_folder: Path, options: SyncOptions, listener: Listener) -> Synced:
    """Bring the public data of CMS to a published edition; when nothing is newer, say so and fetch nothing.

    Raises FetchProblem (Unreachable without a network, DiskFull), SourceProblem and SyncRefused; whatever happens,
    the edition in use stays until a whole one takes its place, and the next sync goes on where this one broke off.
    """
    datasets = chosen(options.only)
    origin_of(options.base)
    if options.own is not None and not options.own.is_dir():
        raise SourceProblem(f"There is no folder {clean(str(options.own))}.", "Name the folder of your rosters.")
    run = _Sync(Shelf(shelf_folder), Downloads(downloads_folder), options, listener)
    if options.dry_run:
        planned, _ = asyncio.run(run.bring(datasets))
        return Synced(False, None, None, None, run.in_use(), planned, (), ())
    with run.downloads.locked():
        planned, files = asyncio.run(run.bring(datasets))
        return run.publish(planned, files)


class _Sync:
    def __init__(self, shelf: Shelf, downloads: Downloads, options: SyncOptions, listener: Listener) -> None:
        self.shelf = shelf
        self.downloads = downloads
        self._options = options
        self._listener = listener
        self._base = options.base.rstrip("/")

    def in_use(self) -> Path | None:
        """Give the edition in use; None where there is none that can be opened."""
        try:
            return self.shelf.current()
        except EditionProblem:
            return None

    async def bring(self, datasets: Sequence[Dataset]) -> tuple[tuple[Planned, ...], tuple[Brought, ...]]:
        """Plan, and unless it is a dry run fetch what is not here; gives the plan and the verified files."""
        options = self._options
        try:
            async with Connection((self._base,), options.limits, options.patience, self._listener.says) as connection:
                planned = await plan(connection, self._base, datasets, self.downloads, options.today)
                self._listener.planned(planned)
                if options.dry_run:
                    return tuple(planned), ()
                self._check_room(planned)
                archive = Archive(connection, self._base, self.downloads, options.today)
                return tuple(planned), tuple([await self._bring_one(connection, archive, one) for one in planned])
        except Unreachable as fault:
            raise _told(fault, f"Try again when the network is there. {_KEPT}") from None
        except FetchProblem as fault:
            if fault.next_step.endswith(_KEPT) or isinstance(fault, DiskFull):
                raise
            raise _told(fault, f"Try again later. {_KEPT}") from None

    def _check_room(self, planned: Sequence[Planned]) -> None:
        """Refuse before the first byte what will not fit: the files that say their size."""
        coming = sum(one.bytes or 0 for one in planned if one.state != "here")
        free = shutil.disk_usage(self.downloads.folder).free
        if coming > free:
            raise DiskFull(
                f"{coming:,} bytes are to come, and the disk of {self.downloads.folder} has {free:,} left.",
                f"Make room. {_KEPT}",
            )

    async def _bring_one(self, connection: Connection, archive: Archive, planned: Planned) -> Brought:
        dataset = planned.dataset
        if planned.state == "here" and planned.held:
            return Brought(dataset, planned.held, "here")
        incoming = self.downloads.incoming(dataset)
        if dataset.has_pages:
            return await self._bring_inpatient(connection, planned, incoming)
        trouble = planned.trouble
        if planned.url is not None:
            try:
                return await self._bring_file(connection, planned, planned.url, incoming)
            except (DiskFull, Unreachable):
                raise
            except FetchProblem as problem:
                trouble = problem.message
                self._listener.says(f"{trouble} The monthly archive is asked.")
        try:
            fetched, release = await archive.bring(dataset, planned.release, incoming, self._listener.transfer)
            rows = rows_of(recognised(fetched, dataset), connection.limits.rows)
        except (DiskFull, Unreachable):
            raise
        except FetchProblem as problem:
            raise FetchProblem(f"{trouble} And {problem.message}", f"Try again later. {_KEPT}") from None
        return self._adopted(planned._replace(release=release, modified=None), fetched, rows, "archive")

    async def _bring_inpatient(self, connection: Connection, planned: Planned, incoming: Path) -> Brought:
        dataset = planned.dataset
        if planned.comes_in_pages:
            try:
                pages = Pages(connection, self._base, dataset)
                fetched = await pages.bring(incoming, planned.etag or "", self._listener.transfer)
                return self._adopted(planned, fetched, rows_of(recognised(fetched, dataset), connection.limits.rows))
            except (DiskFull, Unreachable):
                raise
            except FetchProblem as problem:
                planned = await plan_file_of_pages(
                    connection, self._base, dataset, planned.held, self._options.today, problem.message
                )
                self._listener.says(f"{problem.message} The file of the table is taken instead.")
        return await self._bring_file(connection, planned, planned.url or "", incoming)

    async def _bring_file(self, connection: Connection, planned: Planned, url: str, incoming: Path) -> Brought:
        dataset = planned.dataset
        try:
            fetched = await fetch_over(connection, url, incoming, self._listener.transfer, TABLE_TYPES)
            rows = rows_of(recognised(fetched, dataset), connection.limits.rows)
            await check_whole(connection, self._base, dataset, fetched, planned.bytes, rows)
        except DirectoryError:
            incoming.unlink(missing_ok=True)  # the half of it, which can be gone on with, stays
            raise
        return self._adopted(planned, fetched, rows)

    def _adopted(self, planned: Planned, fetched: Fetched, rows: int, how: How | None = None) -> Brought:
        held = Held(
            path=fetched.path,
            url=fetched.url,
            etag=fetched.etag,
            modified=planned.modified,
            release=planned.release,
            bytes=fetched.bytes,
            sha256=fetched.sha256,
            rows=rows,
        )
        return Brought(
            planned.dataset,
            self.downloads.adopt(planned.dataset, held),
            how or ("resumed" if fetched.resumed_at else "fetched"),
        )

    def publish(self, planned: tuple[Planned, ...], files: tuple[Brought, ...]) -> Synced:
        """Build of the files that came, of those of earlier syncs and the own ones, and publish; or say why not."""
        held = {dataset: one for dataset in DATASETS if (one := self.downloads.held(dataset))}
        if _HOSPITALS not in held:
            raise SyncRefused(
                "The hospital file is not here, and without it nobody can be found.", "Add --only hospital_general."
            )
        self._keep_files(held)
        before = self.in_use()
        with staged(self.downloads.folder, held, self._options.own) as sources:
            last = self.downloads.last_published()
            made = self.shelf.folder / f"{last.get('edition')}.sqlite"
            if last.get("fingerprint") == sources.fingerprint and made.is_file():
                return Synced(False, made.stem, made, None, before, planned, files, sources.left_out)
            built = self._build(sources, before)
            self.downloads.note_published(built.manifest.name, sources.fingerprint)
        manifest = built.manifest
        return Synced(True, manifest.name, built.path, manifest, before, planned, files, sources.left_out, built.said)

    def _build(self, sources: Staged, before: Path | None) -> PublishedBuild:
        part = self.shelf.part_file()
        try:
            with room_for(part):
                manifest = build_edition(sources.folder, part, BuildOptions(), self._listener.step)
                self._check_against(before, manifest.files)
                return publish_build(self.shelf, part)
        except sqlite3.OperationalError as fault:
            raise SyncRefused(
                f"The edition cannot be written: {clean(str(fault))}.", f"Make room on the disk. {_KEPT}"
            ) from None
        finally:
            part.unlink(missing_ok=True)
            sidecar_of(part).unlink(missing_ok=True)

    def _check_against(self, before: Path | None, now: Sequence[FileReport]) -> None:
        if before is None or self._options.accept_smaller:
            return
        try:
            old = read_manifest(before)
        except EditionProblem:
            return
        lost = {} if old.demonstration else collapsed(old.files, now)
        if lost:
            for name in lost:
                self.downloads.drop(name)
            raise SyncRefused(
                f"Fewer than half the rows are left. {' '.join(lost.values())}",
                "If that is right, say --accept-smaller; if a roster is missing, name its folder by --rosters."
                " The edition in use stays.",
            )

    def _keep_files(self, held: dict[Dataset, Held]) -> None:
        folder = self._options.keep_files
        if folder is None:
            return
        with room_for(folder):
            folder.mkdir(parents=True, exist_ok=True)
            for dataset, one in held.items():
                shutil.copyfile(one.path, folder / dataset.file_name)
            releases = {dataset.file_name: one.release for dataset, one in held.items() if one.release}
            (folder / "release.toml").write_text(release_toml(releases), encoding="utf-8")


def _told(fault: FetchProblem, next_step: str) -> FetchProblem:
    """Give a fault again with what to do about it in a sync."""
    fault.next_step = next_step
    fault.args = (f"{fault.message} {next_step}",)
    return fault
