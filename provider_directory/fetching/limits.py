"""What a server may cost at the most, how long it is waited for, and what is told of a transfer meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Limits(NamedTuple):
    """Bounds on one answer; a server that passes them is left."""

    file_bytes: int = 2 << 30
    """Of a file, unpacked where the transfer packs it."""
    json_bytes: int = 32 << 20
    """Of a JSON answer, unpacked."""
    seconds: float = 3600.0
    """For one answer, from the request to its last byte."""
    silence: float = 30.0
    """Seconds without a byte, and until the first one."""
    slowest: int = 1_000
    """Bytes a second, judged over each ``window``."""
    window: float = 30.0
    """Seconds."""
    rows: int = 5_000_000
    """Of a table that comes in pages."""


class Patience(NamedTuple):
    """How often and after what waits, in seconds, a request that faltered is made again."""

    attempts: int = 5
    first_wait: float = 1.0
    longest_wait: float = 30.0
    jitter: float = 1.0
    longest_retry_after: float = 60.0
    """What a server's Retry-After is cut to."""
    longest_in_all: float = 300.0
    """Seconds waited over one connection; after them nothing is tried again."""


class Transfer(NamedTuple):
    """Where the transfer of one file stands."""

    name: str
    done: int
    """Bytes on disk, those of an earlier run included."""
    total: int | None
    """None = the server does not say."""
    rate: float
    """Bytes a second of this run; 0.0 before anything came."""

    @property
    def seconds_left(self) -> float | None:
        """Give the time left at this rate; None while that cannot be told."""
        return None if self.total is None or self.rate <= 0 else max(0, self.total - self.done) / self.rate


Progress = Callable[[Transfer], None]


def silent(transfer: Transfer) -> None:
    """Take progress and say nothing."""
