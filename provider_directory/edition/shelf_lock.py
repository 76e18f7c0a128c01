"""One change of a shelf at a time: what two processes publish at once must not hide either of them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

_NAME = "changing.lock"


@contextlib.contextmanager
def changing(folder: Path) -> Iterator[None]:
    """Hold the shelf until left; another process waits. A process that dies lets go of it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _NAME).open("ab") as lock:
        _wait_for(lock)
        yield


def _wait_for(lock: IO[bytes]) -> None:
    try:
        import fcntl
    except ImportError:
        import msvcrt  # deferred: only Windows has it

        lock.seek(0)
        msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        fcntl.flock(lock, fcntl.LOCK_EX)
