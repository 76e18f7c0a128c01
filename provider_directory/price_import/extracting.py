"""Reads price files into the store, several at a time; one that cannot be read costs nothing but itself."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from provider_directory.errors import DirectoryError, SourceProblem
from provider_directory.facts import PostedRate
from provider_directory.price_import.store import Account, Extract, ExtractStore, StoreProblem
from provider_directory.price_import.wanted import codes_digest, wanted_codes
from provider_directory.price_import.workers import work_through
from provider_directory.sources.price_file import open_price_file
from provider_directory.sources.price_file.checking import is_valid
from provider_directory.sources.reading import Reading
from provider_directory.sources.recognise import SourceFile

Progress = Callable[[str, float], None]

_WORTH_A_PROCESS = 16 << 20
"""Bytes in all from which starting processes, a second each, is repaid."""
CHECKED_UP_TO = 32 << 20
"""Bytes on disk: a larger file is checked against CMS's rules only when that is asked for, since it takes as long again
as reading it, and longer."""
_NOT_STORED = "Not stored: "
_TOLD_EVERY_SECONDS = 1


class ExtractTask(NamedTuple):
    """A file to read, and where in the store it belongs."""

    source: SourceFile
    folder: Path
    key: str
    check: bool
    """Whether the whole file is held to CMS's rules too."""


def extract_all(
    sources: Sequence[SourceFile], store: ExtractStore, jobs: int, check_all: bool, progress: Progress
) -> list[Extract | str]:
    """Give the extract of each file, read now or earlier, or a sentence that says why it cannot be read.

    ``check_all``: files over CHECKED_UP_TO are checked too. ``progress`` is told what is being done and how much of
    it, 0 to 1. Raises SourceProblem when the store cannot be written.
    """
    found: list[Extract | str] = ["It is gone."] * len(sources)
    tasks: dict[ExtractTask, int] = {}
    for place, source in enumerate(sources):
        try:
            check = check_all or source.path.stat().st_size <= CHECKED_UP_TO
            key = store.key_of(source.path, source.member, f"{codes_digest()} {check}")
        except OSError as problem:
            found[place] = f"It cannot be read: {problem.strerror}."
            continue
        extract = store.load(key)
        if extract is None:
            tasks[ExtractTask(source, store.folder, key, check)] = place
        else:
            found[place] = extract
    for task, fault in _extracted(list(tasks), jobs, progress):
        if fault.startswith(_NOT_STORED):
            raise SourceProblem(
                f"What is read of the price files cannot be kept in {store.folder}: {fault.removeprefix(_NOT_STORED)}.",
                "Make room there and build again: what was read already is kept. The edition in use stays.",
            )
        found[tasks[task]] = fault or store.load(task.key) or "What was read of it cannot be read back."
    return found


def extract(task: ExtractTask) -> str:
    """Read one price file into the store; gives a sentence that says why it cannot be read, "" when it was."""
    try:
        _extract(task.source, ExtractStore(task.folder), task.key, task.check)
    except DirectoryError as problem:
        return problem.message
    except StoreProblem as problem:
        return f"{_NOT_STORED}{problem}"
    except OSError as fault:
        return f"It cannot be read: {fault.strerror or fault}."
    except Exception as fault:  # a fault of ours in one file of thousands: named, and the others go on
        return f"It stopped the reader: {type(fault).__name__}. Please report it with the file."
    return ""


def _extract(source: SourceFile, store: ExtractStore, key: str, check: bool) -> None:
    reading: Reading[PostedRate] = Reading(source)
    with source.path.open("rb") as raw:
        reading.sha256 = hashlib.file_digest(raw, "sha256").hexdigest()
    with open_price_file(source.path, source.member) as file:
        store.keep_rates(key, file.rates(wanted_codes(), reading))
        account = Account(
            sha256=reading.sha256,
            read=reading.read,
            kept=reading.kept,
            duplicates=reading.duplicates,
            set_aside=dict(sorted(reading.set_aside.items())),
            examples=tuple(reading.examples),
        )
        store.keep(key, file.head, account, _verdict(source) if check else None, file.repeated)


def _verdict(source: SourceFile) -> bool | None:
    """Say whether a file keeps CMS's rules (METHOD 5.15); None where the check itself cannot read it."""
    try:
        return is_valid(source.path, source.member)
    except DirectoryError:
        return None


def _extracted(tasks: Sequence[ExtractTask], jobs: int, progress: Progress) -> Iterator[tuple[ExtractTask, str]]:
    """Work through the tasks, here or in processes beside, the largest files first so that none is left for the end."""
    sizes = {task: task.source.path.stat().st_size for task in tasks}
    ordered = sorted(tasks, key=lambda task: -sizes[task])
    pace = _Pace(sum(sizes.values()), len(tasks))
    progress(pace.words(), 0.0) if tasks else None
    done: Iterable[tuple[ExtractTask, str]]
    if jobs > 1 and len(tasks) > 1 and sum(sizes.values()) >= _WORTH_A_PROCESS:
        done = work_through(ordered, extract, min(jobs, len(tasks)))
    else:
        done = ((task, extract(task)) for task in ordered)
    for task, fault in done:
        if pace.add(sizes[task]):
            progress(pace.words(), pace.share)
        yield task, fault


class _Pace:
    """How fast the files go by, and when that will be over."""

    def __init__(self, size: int, files: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._size, self._files = max(size, 1), files
        self._done_size = self._done_files = 0
        self._clock, self._start = clock, clock()
        self._told = self._start

    def add(self, size: int) -> bool:
        """Count one file as done; says whether it is time to tell."""
        self._done_size += size
        self._done_files += 1
        passed = self._clock() - self._told
        if passed < _TOLD_EVERY_SECONDS and self._done_files < self._files:
            return False
        self._told += passed
        return True

    @property
    def share(self) -> float:
        """How much is done, 0 to 1, by size."""
        return min(1.0, self._done_size / self._size)

    def words(self) -> str:
        """Say it, e.g. "price files, 12 of 3,400, 45 MB/s, about 80 min left"."""
        said = f"price files, {self._done_files:,} of {self._files:,}"
        passed = self._clock() - self._start
        if not self._done_size or passed <= 0:
            return said
        left = passed * (self._size - self._done_size) / self._done_size
        return f"{said}, {self._done_size / passed / 1e6:,.1f} MB/s, {duration(left)} left"


def duration(seconds: float) -> str:
    """Say how long something takes, e.g. "40 s", "80 min", "2.5 h"."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
