"""Whether a desk of this machine still runs: it holds a file, and the system lets go of it however the desk ends.

A process id would be given again to another program, and says nothing across containers or machines.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from pathlib import Path

_NAME = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class RunningDesks:
    """The files of the desks whose key file lies in one folder; where files cannot be held, nothing is known."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "desks"
        self._held: int | None = None

    def hold(self, desk: str) -> None:
        """Hold this desk's file from now on; a disk that takes no file leaves the others to wait as before."""
        if self._held is not None or sys.platform == "win32":
            return
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, exist_ok=True)
            coming = self._folder / f".{desk}"  # under its name it is held from the first moment
            descriptor = os.open(coming, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            if _takes(descriptor):
                coming.rename(self._folder / desk)
                self._held = descriptor
            else:
                os.close(descriptor)
                coming.unlink()

    def let_go(self) -> None:
        """Let go of this desk's file, which stays for the others to see that nobody holds it."""
        if self._held is not None:
            os.close(self._held)
            self._held = None

    def has_ended(self, desk: str) -> bool:
        """Say whether another desk is known to have ended: its file is here, and nobody holds it."""
        if sys.platform == "win32" or not _NAME.fullmatch(desk):
            return False
        try:
            descriptor = os.open(self._folder / desk, os.O_RDWR | os.O_NOFOLLOW)
        except OSError:
            return False  # of another machine, or of a version that held none
        try:
            return _takes(descriptor)
        finally:
            os.close(descriptor)

    def ended(self) -> tuple[str, ...]:
        """Name the desks of this machine that are known to have ended; of a folder that cannot be read, none."""
        with suppress(OSError):
            return tuple(name for name in os.listdir(self._folder) if self.has_ended(name))
        return ()

    def forget(self, desks: tuple[str, ...]) -> None:
        """Remove the files of desks that ended, once nothing names them any more."""
        for desk in desks:
            with suppress(OSError):
                (self._folder / desk).unlink()


def _takes(descriptor: int) -> bool:
    import fcntl  # deferred: Windows has none

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # held, or a file system without locks
        return False
    return True
