"""A file on its way: kept half beside its target with a note of what it is a half of, so that a later run goes on."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from io import FileIO
from pathlib import Path
from typing import NamedTuple

from provider_directory.errors import FetchProblem
from provider_directory.strict_json import read_json

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class DiskFull(FetchProblem):
    """There is no room for a file; what has come of it is kept."""

    title = "The disk is full"


class Fetched(NamedTuple):
    """A file that came whole, as its note beside it says."""

    path: Path
    url: str
    bytes: int
    sha256: str
    etag: str | None
    modified: str | None
    """The server's Last-Modified, as it was sent."""
    says_its_end: bool
    """False where a body that was cut off between two rows would not have been noticed."""
    resumed_at: int = 0
    """Bytes that an earlier run had brought."""
    is_new: bool = True
    """False when the server says that the file is as it was."""


class Half(NamedTuple):
    """How much of a file is here, and which version of it."""

    size: int
    validator: str


class Partial:
    """The half file and the note of one target."""

    def __init__(self, target: Path) -> None:
        self.file = target.with_name(f"{target.name}.part")
        self._note = target.with_name(f"{target.name}.part.json")

    def half_of(self, url: str) -> Half | None:
        """Give the half that can be gone on with; None where nothing of this address is here."""
        try:
            note = read_json(self._note)
            size = self.file.stat().st_size
        except (OSError, ValueError):
            return None
        if not isinstance(note, dict) or note.get("url") != url or not note.get("validator") or not size:
            return None
        return Half(size, str(note["validator"]))

    def begin(self, url: str, validator: str) -> None:
        """Drop what is here and note what comes."""
        self.discard()
        write_whole(self._note, json.dumps({"url": url, "validator": validator}).encode())

    def discard(self) -> None:
        """Remove the half file and its note."""
        self.file.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)

    @contextmanager
    def opened(self, coming: int | None) -> Iterator[Callable[[bytes], None]]:
        """Give what adds to the half file; raises DiskFull, for ``coming`` bytes without room before any is taken."""
        with room_for(self.file):
            if coming is not None and shutil.disk_usage(self.file.parent).free < coming:
                raise OSError(errno.ENOSPC, "no room")
            # Unbuffered: whatever ends this program, the bytes that came are in the file.
            with self.file.open("ab", buffering=0) as stream:
                yield partial(_write_all, stream)

    def finish(self, target: Path) -> None:
        """Move the file, whole now, to its target."""
        with self.file.open("rb+") as stream:
            os.fsync(stream.fileno())
        _note_of(target).unlink(missing_ok=True)
        self.file.replace(target)
        self._note.unlink(missing_ok=True)


@contextmanager
def room_for(path: Path) -> Iterator[None]:
    """Turn the faults of a full disk into DiskFull."""
    try:
        yield
    except OSError as fault:
        if fault.errno not in _FULL:
            raise
        kept = path.stat().st_size if path.exists() else 0
        raise DiskFull(
            f"The disk has no room for {path.name.removesuffix('.part')}; {kept:,} bytes of it are kept.",
            f"Make room in {path.parent} and run it again: it goes on from there.",
        ) from None


def _write_all(stream: FileIO, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[stream.write(left) :]


def note_fetched(fetched: Fetched) -> None:
    """Write beside a file where it came from, its version and its hash."""
    values = fetched._asdict() | {"path": fetched.path.name}
    del values["resumed_at"], values["is_new"]
    write_whole(_note_of(fetched.path), json.dumps(values, indent=1).encode())


def fetched_before(target: Path) -> Fetched | None:
    """Give what was fetched to this target earlier; None when it is gone, was changed, or never came whole."""
    try:
        values = read_json(_note_of(target))
        fetched = Fetched(**(values | {"path": target}), is_new=False)
        intact = target.stat().st_size == fetched.bytes and sha256_of(target) == fetched.sha256
    except (OSError, ValueError, TypeError):
        return None
    return fetched if intact else None


def sha256_of(path: Path) -> str:
    """Hash a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_whole(path: Path, content: bytes) -> None:
    """Write a small file so that a reader sees the old one or the new one."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _note_of(target: Path) -> Path:
    return target.with_name(f"{target.name}.fetched.json")
