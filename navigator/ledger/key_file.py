"""The key file: what it holds is written whole, read by its owner alone, and replaced at once or not (TRUST B3)."""

from __future__ import annotations

import os
import secrets
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from navigator.ledger.errors import LedgerProblem

_LONGEST = 4096
_held_here: set[Path] = set()


def read(key_file: Path) -> str:
    """Give the text of the key file; raises LedgerProblem where others can read it too."""
    with key_file.open(encoding="ascii", errors="replace") as file:
        mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
        if mode & 0o077 and sys.platform != "win32":  # Windows keeps no such mode; its user folder is the wall
            raise LedgerProblem(
                f"Other users of this machine can read the key file {key_file} (mode {mode:04o}).",
                f"Close it with: chmod 600 {key_file}",
            )
        return file.read(_LONGEST).strip()


def create(key_file: Path, text: str) -> None:
    """Write a key file that is not there yet; of two desks that start at once one wins, and no one reads half."""
    partial = _partial(key_file, text)
    try:
        if sys.platform == "win32":
            partial.rename(key_file)  # refuses to overwrite
        else:
            os.link(partial, key_file)
        sync_folder(key_file.parent)
    except FileExistsError:
        return
    finally:
        partial.unlink(missing_ok=True)


def replace(key_file: Path, text: str) -> None:
    """Write a key file in place of the one that is there, in one step."""
    partial = _partial(key_file, text)
    partial.replace(key_file)
    sync_folder(key_file.parent)


def sync_folder(folder: Path) -> None:
    """Bring a folder's names to disk: a key that a power cut takes away would take all referrals along."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the ledger's folder against other programs that open it; the system lets go when this one dies."""
    if sys.platform == "win32":
        import msvcrt

        with (folder / "ledger.lock").open("ab") as file:
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            try:
                yield
            finally:
                msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
        return
    import fcntl  # deferred: Windows has none

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        _held_here.add(folder)
        yield
    finally:
        _held_here.discard(folder)
        os.close(descriptor)


def is_held_here(folder: Path) -> bool:
    """Say whether this program holds the folder: it need not queue behind itself to write there."""
    return folder in _held_here


def sweep(*files: Path) -> None:
    """Remove what a program that was killed left half-written beside files; only while the folder is held."""
    for file in files:
        for left in file.parent.glob(f".{file.name}.*"):
            left.unlink(missing_ok=True)


def _partial(key_file: Path, text: str) -> Path:
    partial = key_file.with_name(f".{key_file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    return partial
