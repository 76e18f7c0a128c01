"""A queue before the writing transaction: SQLite keeps none, and whoever asks anew at once would push in for ever."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from navigator.ledger.faults import BUSY_SECONDS
from navigator.ledger.key_file import is_held_here


@contextmanager
def turn_to_write(file: Path) -> Iterator[None]:
    """Wait for this program's turn among all that write to a file ledger, at most ``BUSY_SECONDS``.

    Who waited that long goes on without, and SQLite judges. The folder is held, not the file: closing any handle of a
    database file lets go of SQLite's own locks on it. Where files cannot be held (Windows) SQLite's waiting is all.
    """
    if sys.platform == "win32" or is_held_here(file.parent):
        yield
        return
    turn = _Turn(os.open(file.parent, os.O_RDONLY))
    waiting = threading.Thread(target=turn.wait, daemon=True)
    waiting.start()
    waiting.join(BUSY_SECONDS)
    try:
        yield
    finally:
        turn.over()


class _Turn:
    """One place in the queue; the system lets go when the descriptor is closed, also when this program dies."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._guard = threading.Lock()
        self._come = self._over = False

    def wait(self) -> None:
        """Wait without end, in a thread of its own: a wait for a file cannot be given a time."""
        import fcntl  # deferred: Windows has none

        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        with self._guard:
            self._come = True
            if self._over:  # it came too late
                os.close(self._descriptor)

    def over(self) -> None:
        """Let the next one write; a turn that has not come yet ends when it comes."""
        with self._guard:
            self._over = True
            if self._come:
                os.close(self._descriptor)
