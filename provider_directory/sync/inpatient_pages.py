"""Brings Medicare's inpatient table page by page from its data API and writes the CSV layout that the reader knows."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import time
from pathlib import Path

from provider_directory.errors import FetchProblem
from provider_directory.fetching import Connection, Fetched, Progress, Transfer
from provider_directory.fetching.hosts import host_of
from provider_directory.fetching.partial import Partial, note_fetched, room_for, sha256_of, write_whole
from provider_directory.strict_json import read_json
from provider_directory.sync.datasets import ROWS, Dataset

PAGE_ROWS = 5_000
_HEAD_ROWS = 100
Row = dict[str, str]


class Pages:
    """The pages of one data set; the table's version is the hash of its first rows, for the API gives it none."""

    def __init__(self, connection: Connection, base: str, dataset: Dataset) -> None:
        self._connection = connection
        self._base = base
        self._dataset = dataset
        self.url = base + ROWS.format(id=dataset.cms_id, size=PAGE_ROWS, offset=0)

    async def version(self) -> str:
        """Give the hash of the table's first rows."""
        rows = await self._page(0, _HEAD_ROWS)
        if not rows:
            raise FetchProblem(f"{self._dataset.title} has no rows at {host_of(self._base)}.", "Try again later.")
        return hashlib.sha256(json.dumps([list(row.items()) for row in rows]).encode()).hexdigest()

    async def has_grown(self, rows: int) -> bool:
        """Say whether there are rows beyond the first ``rows``."""
        return bool(await self._page(rows, 1))

    async def bring(self, target: Path, version: str, progress: Progress) -> Fetched:
        """Write all rows to ``target``; an interrupted table is gone on with while its first rows are the same.

        Raises FetchProblem for rows of another shape, more rows than the limit, and an API that repeats a page.
        """
        table = _GrowingTable(target, version)
        resumed_at = table.size
        begun = time.monotonic()
        before: list[Row] = []
        while page := await self._page(table.rows, PAGE_ROWS):
            if page == before:
                raise FetchProblem(f"{self._dataset.title}: the API gives the same page again.", "Try again later.")
            if table.rows + len(page) > self._connection.limits.rows:
                raise FetchProblem(f"{self._dataset.title} has more than {table.rows:,} rows.", "Check the server.")
            table.add(page, self._dataset.title)
            rate = (table.size - resumed_at) / max(time.monotonic() - begun, 1e-6)
            progress(Transfer(f"{target.name}, {table.rows:,} rows", table.size, None, rate))
            before = page
        if await self.version() != version:
            table.discard()
            raise FetchProblem(f"{self._dataset.title} changed while it came.", "Run it again.")
        return table.finish(self.url, resumed_at)

    async def _page(self, offset: int, size: int) -> list[Row]:
        url = self._base + ROWS.format(id=self._dataset.cms_id, size=size, offset=offset)
        name = f"{self._dataset.title}, rows from {offset + 1:,}"
        found = await self._connection.json(url, name)
        if not isinstance(found, list):
            raise FetchProblem(f"{name}: no list of rows came.", "Try again later.")
        return [_row_of(entry, name) for entry in found[:size]]


class _GrowingTable:
    """The half table on disk: whole pages only, with a note of their number and size."""

    def __init__(self, target: Path, version: str) -> None:
        self._target = target
        self._version = version
        self._partial = Partial(target)
        self._note = target.with_name(f"{target.name}.pages.json")
        self.rows = self.size = 0
        self._columns: list[str] = []
        with room_for(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            if not self._take_up():
                self.rows = self.size = 0
                self._partial.discard()
                self._partial.file.touch()

    def _take_up(self) -> bool:
        try:
            note = read_json(self._note)
            self.rows, self.size, self._columns = note["rows"], note["size"], list(note["columns"])
            if note["version"] != self._version or not all(isinstance(each, int) for each in (self.rows, self.size)):
                return False
            if self.rows < 0 or not 0 <= self.size <= self._partial.file.stat().st_size:
                return False
        except (OSError, ValueError, KeyError, TypeError):
            return False
        with self._partial.file.open("rb+") as stream:
            stream.truncate(self.size)  # the part of a page that was written when the program ended
        return True

    def add(self, page: list[Row], title: str) -> None:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        if not self.rows:
            self._columns = list(page[0])
            writer.writerow(self._columns)
        for row in page:
            if row.keys() != set(self._columns):
                raise FetchProblem(f"{title}: the columns change within the table.", "Try again later.")
            writer.writerow([row[column] for column in self._columns])
        data = text.getvalue().encode(errors="replace")  # half a pair of surrogates is no letter
        with self._partial.opened(len(data)) as write:
            write(data)
        self.rows += len(page)
        self.size += len(data)
        note = {"rows": self.rows, "size": self.size, "columns": self._columns, "version": self._version}
        with room_for(self._partial.file):
            write_whole(self._note, json.dumps(note).encode())

    def discard(self) -> None:
        self._partial.discard()
        self._note.unlink(missing_ok=True)

    def finish(self, url: str, resumed_at: int) -> Fetched:
        self._partial.finish(self._target)
        self._note.unlink(missing_ok=True)
        fetched = Fetched(self._target, url, self.size, sha256_of(self._target), self._version, None, True, resumed_at)
        note_fetched(fetched)
        return fetched


def _row_of(entry: object, name: str) -> Row:
    """Give a row as text cells; a missing value is an empty cell, as in the published CSV."""
    if not isinstance(entry, dict) or not entry or any(isinstance(value, dict | list) for value in entry.values()):
        raise FetchProblem(f"{name}: a row is no flat record.", "Try again later.")
    return {str(key): "" if value is None else str(value) for key, value in entry.items()}
