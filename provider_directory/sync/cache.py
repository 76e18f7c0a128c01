"""The folder of downloads: one verified file a data set with a note of its version, and one sync at a time."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from provider_directory.errors import SyncRefused
from provider_directory.fetching.partial import room_for, sha256_of, write_whole
from provider_directory.strict_json import read_json
from provider_directory.sync.datasets import DATASETS, Dataset

_LOCK = "sync.lock"
_BYTE_OF_THE_LOCK = 1 << 30  # beyond what is read, since Windows forbids reading a locked byte
_INCOMING = "incoming"
_PUBLISHED = "published.json"


class Held(NamedTuple):
    """A verified file of a data set in the folder of downloads."""

    path: Path
    url: str
    etag: str | None
    """The server's ETag; for a table that comes in pages the hash of its first rows."""
    modified: str | None
    """As the metastore says."""
    release: str | None
    bytes: int
    sha256: str
    rows: int


class Downloads:
    """The folder of downloads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def incoming(self, dataset: Dataset) -> Path:
        """Give the place to which a data set's file is fetched; it has a folder of its own to be recognised in."""
        return self.folder / dataset.name / _INCOMING / dataset.file_name

    def archive(self, name: str) -> Path:
        """Give the place of a monthly archive."""
        return self.folder / "archive" / name

    def held(self, dataset: Dataset) -> Held | None:
        """Give the verified file of a data set; None when there is none or its bytes are not those that came."""
        place = self._place(dataset)
        try:
            values = read_json(self._note(dataset))
            held = Held(**(values | {"path": place}))
            intact = place.stat().st_size == held.bytes and sha256_of(place) == held.sha256
        except (OSError, ValueError, TypeError):
            return None
        return held if intact else None

    def adopt(self, dataset: Dataset, held: Held) -> Held:
        """Take a verified file from where it came to in the place of the one before it; gives it there."""
        place = self._place(dataset)
        self._note(dataset).unlink(missing_ok=True)
        held.path.replace(place)
        adopted = held._replace(path=place)
        with room_for(place):
            write_whole(self._note(dataset), json.dumps(adopted._asdict() | {"path": place.name}, indent=1).encode())
        shutil.rmtree(self.folder / dataset.name / _INCOMING, ignore_errors=True)
        return adopted

    def drop(self, name: str) -> None:
        """Forget a data set's file, so that the next sync fetches it again."""
        for dataset in DATASETS:
            if dataset.name == name:
                self._note(dataset).unlink(missing_ok=True)

    def last_published(self) -> dict[str, str]:
        """Give ``edition`` and ``fingerprint`` of the last published sync; empty before the first."""
        try:
            found = read_json(self.folder / _PUBLISHED)
        except (OSError, ValueError):
            return {}
        return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}

    def note_published(self, edition: str, fingerprint: str) -> None:
        """Note which edition was made of which files."""
        with room_for(self.folder / _PUBLISHED):
            content = json.dumps({"edition": edition, "fingerprint": fingerprint}, indent=1)
            write_whole(self.folder / _PUBLISHED, content.encode())

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder; raises SyncRefused while another sync does. The system lets go when this program dies."""
        with room_for(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / _LOCK).open("a+") as lock:
            lock.seek(0)
            other = lock.read(20).strip()
            if not _take(lock):
                raise SyncRefused(
                    f"Another sync is running{f' (process {other})' if other.isdigit() else ''}.",
                    "Wait until it is done.",
                )
            lock.seek(0)
            lock.truncate()
            lock.write(f"{os.getpid()}\n")
            lock.flush()
            yield

    def _place(self, dataset: Dataset) -> Path:
        return self.folder / dataset.name / dataset.file_name

    def _note(self, dataset: Dataset) -> Path:
        return self.folder / dataset.name / "source.json"


def _take(lock: IO[str]) -> bool:
    try:
        try:
            import fcntl  # deferred: Windows has none
        except ImportError:
            import msvcrt  # deferred: only Windows has it

            lock.seek(_BYTE_OF_THE_LOCK)
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
