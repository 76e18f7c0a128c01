"""What one visitor may cost: places, size of the screen, pace of typing, time and memory (TRUST B2 rule 7)."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

SESSIONS_A_CORE = 2
MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Bounds of one server; every one of them is kept by the server, whatever the browser sends."""

    sessions: int
    columns: int = 300
    rows: int = 100
    message_bytes: int = 16 * 1024
    """Of one message of the browser; a longer one ends the session."""
    messages_a_second: float = 200.0
    bytes_a_second: float = 64 * 1024.0
    idle_seconds: float = 600.0
    """Without anything from the browser, after which the session is ended."""
    longest_seconds: float = 12 * 3600.0
    memory_bytes: int = 1536 * MIB
    """Of address space for the process of a session, of which a usual one takes a third."""
    connections: int = 256
    """Open at one time, let in or not; one more is closed unread."""
    seconds_to_save: float = 3.0
    """Given to a process to end in good order before its whole group is killed."""

    def clamped(self, columns: int, rows: int) -> tuple[int, int]:
        """Give the size nearest to the one that is asked for."""
        return max(1, min(columns, self.columns)), max(1, min(rows, self.rows))


def usual_sessions() -> int:
    """Give how many sessions this machine carries: two a core."""
    return SESSIONS_A_CORE * (os.cpu_count() or 1)


class Pace:
    """Says how long to wait before the next message is read: a burst of two seconds is free, then the pace holds."""

    def __init__(self, limits: Limits, clock: Callable[[], float]) -> None:
        self._limits = limits
        self._clock = clock
        self._busy_until = clock()

    def wait_after(self, size: int, weight: float = 1.0) -> float:
        """Count a message of ``size`` bytes that costs as much as ``weight`` key strokes; gives seconds to wait."""
        now = self._clock()
        cost = max(weight / self._limits.messages_a_second, size / self._limits.bytes_a_second)
        self._busy_until = max(self._busy_until, now) + cost
        return max(0.0, self._busy_until - now - 2.0)
