"""Where one test's ledger lies, and the clock that it is opened with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from navigator.ledger.ledger import Ledger


class SteppingClock:
    """Goes on by a second whenever it is read."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


@dataclass(frozen=True)
class Desk:
    """Where one test's ledger lies; it may be opened as often as the test likes."""

    kind: str
    folder: Path
    url: str | None = None

    @property
    def path(self) -> Path:
        return self.folder / "referrals.db"

    @property
    def key_file(self) -> Path:
        return self.folder / "ledger.key"

    def open(self, now: Callable[[], datetime] | None = None) -> Ledger:
        """Open the ledger; the clock steps by a second whenever it is read, unless another is given."""
        return Ledger.open(self.path, self.key_file, now or SteppingClock(), self.url)
