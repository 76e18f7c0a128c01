"""A data folder in which an older edition is in use, and the server that it is filled from; a plugin of pytest."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from cms_server import Cms, Server

from provider_directory.edition.publish import Shelf
from provider_directory.sources.zips import ListedZip
from provider_directory.sync import Limits, Patience, Planned, Synced, SyncOptions, Transfer, sync

LIMITS = Limits(file_bytes=1 << 20, json_bytes=1 << 20, seconds=10, silence=5, slowest=2_000, window=0.3, rows=1_000)
PATIENCE = Patience(attempts=2, first_wait=0.001, longest_wait=0.002, jitter=0.0, longest_retry_after=0.01)
TODAY = date(2026, 2, 20)


class Heard:
    """A listener that keeps what it hears."""

    def __init__(self) -> None:
        self.plan: Sequence[Planned] = ()
        self.transfers: list[Transfer] = []
        self.words: list[str] = []

    def planned(self, plan: Sequence[Planned]) -> None:
        self.plan = plan

    def transfer(self, transfer: Transfer) -> None:
        self.transfers.append(transfer)

    def says(self, words: str) -> None:
        self.words.append(words)

    def step(self, words: str, done: float) -> None:
        """Take the steps of the build and say nothing."""


@dataclass
class World:
    """A data folder and the server that it is filled from."""

    home: Path
    cms: Cms
    server: Server
    old: str = ""
    """The edition in use at the beginning."""
    clean: str = ""
    """The edition that a sync without a fault makes of what the server publishes now."""

    def __post_init__(self) -> None:
        self.heard = Heard()
        self.shelf = Shelf(self.home / "editions")
        self.downloads = self.home / "downloads"
        self.options = SyncOptions(base=self.server.origin, today=TODAY, limits=LIMITS, patience=PATIENCE)

    def sync(self, **over: object) -> Synced:
        """Sync once, with the options laid over those of a test."""
        self.heard = Heard()
        return sync(self.home / "editions", self.downloads, replace(self.options, **over), self.heard)  # type: ignore[arg-type]

    def in_use(self) -> str:
        """Give the name of the edition in use."""
        current = self.shelf.current()
        return current.stem if current else ""


@pytest.fixture(scope="module")
def three_zips() -> Iterator[None]:
    """Build with three ZIPs: the whole table, read in a child process, would be nearly all of each test's time.

    No longer than one module, and never around the demonstration edition, which all tests share.
    """
    listed: list[ListedZip] = [
        ("53202", "STANDARD", "Milwaukee", [], "WI", "Milwaukee", "43.05", "-87.9"),
        ("53703", "STANDARD", "Madison", [], "WI", "Dane", "43.08", "-89.37"),
        ("54401", "STANDARD", "Wausau", [], "WI", "Marathon", "44.96", "-89.66"),
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("provider_directory.edition.gather.list_zips", lambda: listed)
        yield


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, three_zips: None) -> World:
    """Make the older edition once, and learn the name of the clean one; the server has published again since."""
    server = Server(Cms())
    world = World(tmp_path_factory.mktemp("prepared"), server.cms, server)
    world.cms.publish("2.9", "2025-10-29")
    old = world.sync().edition
    beside = World(tmp_path_factory.mktemp("clean"), server.cms, server)
    shutil.copytree(world.home, beside.home, dirs_exist_ok=True)
    world.cms.publish("2.4", "2026-01-28")
    clean = beside.sync().edition
    server.stop()
    assert old
    assert clean
    world.old, world.clean = old, clean
    return world


@pytest.fixture
def world(prepared: World, tmp_path: Path) -> Iterator[World]:
    """Give a data folder with the older edition in use, and a server that publishes a newer release."""
    shutil.copytree(prepared.home, tmp_path, dirs_exist_ok=True)
    server = Server(Cms())
    yield World(tmp_path, server.cms, server, prepared.old, prepared.clean)
    server.stop()


@pytest.fixture
def elsewhere() -> Iterator[Server]:
    """Give another host, which nobody should contact."""
    server = Server(Cms())
    yield server
    server.stop()
