"""A data folder and the server that it is filled from, as the tests of sync use them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from cms_server import Cms, Server

from provider_directory.edition.publish import Shelf
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
