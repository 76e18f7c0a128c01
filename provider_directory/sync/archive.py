"""The way around: the monthly archive of all hospital files, when the catalog or a file of it fails."""

from __future__ import annotations

import errno
import re
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from provider_directory.cleaning import clean
from provider_directory.errors import FetchProblem
from provider_directory.fetching import TABLE_TYPES, Connection, Fetched, Missing, Progress, fetch_over
from provider_directory.fetching.partial import room_for, sha256_of
from provider_directory.sources.opening import DAMAGE, MAX_RATIO, RATIO_FREE_BYTES, open_member
from provider_directory.sync.cache import Downloads
from provider_directory.sync.datasets import ARCHIVE, Dataset

_MOST_MONTHS = 6
_PACKING = re.compile(r"[^a-z0-9]+")


class Archive:
    """The archives of one sync; each is fetched once."""

    def __init__(self, connection: Connection, base: str, downloads: Downloads, today: date) -> None:
        self._connection = connection
        self._base = base
        self._downloads = downloads
        self._today = today
        self._missing: set[str] = set()

    async def bring(
        self, dataset: Dataset, release: str | None, target: Path, progress: Progress
    ) -> tuple[Fetched, str]:
        """Unpack a data set's file of ``release``, else of the newest archive, to ``target``; gives it and its month.

        Raises FetchProblem when no archive has it.
        """
        for month in self._months(release):
            packed = await self._archive(month, progress)
            if packed is not None:
                with room_for(target):
                    return _unpack(packed, dataset, target, self._connection.limits.file_bytes), release or month
        raise Missing(
            f"No archive of the last {_MOST_MONTHS} months is at the server.", "Try again after the next release."
        )

    def _months(self, release: str | None) -> Iterator[str]:
        """Give the months to ask for: a file that was released in a month lies in every later archive too."""
        if release:
            yield release
        number = self._today.year * 12 + self._today.month - 1
        for back in range(_MOST_MONTHS):
            year, month = divmod(number - back, 12)
            if (one := f"{year}-{month + 1:02}") != release and (release is None or one > release):
                yield one

    async def _archive(self, month: str, progress: Progress) -> Fetched | None:
        if month in self._missing:
            return None
        year, number = month.split("-")
        url = self._base + ARCHIVE.format(year=year, month=number)
        try:
            target = self._downloads.archive(f"hospitals_{number}_{year}.zip")
            return await fetch_over(self._connection, url, target, progress, TABLE_TYPES)
        except Missing:
            self._missing.add(month)
            return None


def _unpack(packed: Fetched, dataset: Dataset, target: Path, most_bytes: int) -> Fetched:
    name = packed.path.name
    try:
        with zipfile.ZipFile(packed.path) as archive:
            entries = [entry for entry in archive.infolist() if _folded(entry.filename) == _folded(dataset.file_name)]
            if not entries:
                raise FetchProblem(f"{name} has no {dataset.file_name}.", "Try again after the next release.")
            most = min(most_bytes, max(RATIO_FREE_BYTES, MAX_RATIO * entries[0].compress_size))
            if entries[0].file_size > most:
                raise FetchProblem(f"{name} unpacks to more than {most:,} bytes.", "Check where it came from.")
            target.parent.mkdir(parents=True, exist_ok=True)
            with ExitStack() as stack, target.open("wb") as out:
                # An archive that says less than it holds is stopped by the module itself: its checksum fails.
                shutil.copyfileobj(open_member(stack, archive, entries[0].filename)[0], out)
    except DAMAGE as problem:
        # EINVAL is the file's own fault, too: it names a place before its start.
        if isinstance(problem, OSError) and problem.errno not in (None, errno.EINVAL):
            raise
        packed.path.unlink()  # or it would be taken again as unchanged
        raise FetchProblem(f"{name} is damaged: {clean(str(problem))}.", "Try again later.") from None
    return packed._replace(path=target, bytes=target.stat().st_size, sha256=sha256_of(target))


def _folded(name: str) -> str:
    return _PACKING.sub("", name.rsplit("/", 1)[-1].lower())
