"""The ledger's key: 32 random bytes in hexadecimal digits, in a file that its owner alone can read (TRUST B3)."""

from __future__ import annotations

import os
import re
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from navigator.ledger.errors import LedgerProblem

KEY_BYTES = 32
_KEY = re.compile(rf"[0-9a-f]{{{2 * KEY_BYTES}}}")


def read_or_create(key_file: Path, may_create: bool) -> str:
    """Give the key as 64 hexadecimal digits, drawing it first where there is none and ``may_create`` holds.

    Raises LedgerProblem when the file is missing beside an existing ledger, readable by others, or no key.
    """
    if not key_file.exists():
        if not may_create:
            raise LedgerProblem(
                f"The ledger is here but its key file {key_file} is missing.",
                "Restore the key file from its backup; without it nobody can read the ledger.",
            )
        _create(key_file)
    return _read(key_file)


@contextmanager
def held(key_file: Path) -> Iterator[None]:
    """Hold the key file against other programs that open the ledger; the system lets go when this one dies."""
    import fcntl  # deferred: Windows has none, and no encrypted store either

    with key_file.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _create(key_file: Path) -> None:
    # Written whole under another name, then linked: of two desks that start at once, one wins and no one reads half.
    partial = key_file.with_name(f".{key_file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(KEY_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(partial, key_file)
        except FileExistsError:
            return
        _sync_folder(key_file.parent)
    finally:
        partial.unlink()


def _sync_folder(folder: Path) -> None:
    # A key that a power cut takes away after the first referral was written would take all of them along.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read(key_file: Path) -> str:
    with key_file.open(encoding="ascii", errors="replace") as file:
        mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
        if mode & 0o077:
            raise LedgerProblem(
                f"Other users of this machine can read the key file {key_file} (mode {mode:04o}).",
                f"Close it with: chmod 600 {key_file}",
            )
        key = file.read(4 * KEY_BYTES).strip()
    if not _KEY.fullmatch(key):
        raise LedgerProblem(
            f"The key file {key_file} does not hold a key of {2 * KEY_BYTES} hexadecimal digits.",
            "Restore the key file from its backup.",
        )
    return key
