"""Brings one file: goes on where an earlier run broke off, checks what comes, and moves it to its place when whole."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Collection
from pathlib import Path

from provider_directory.errors import FetchProblem
from provider_directory.fetching.connection import Answer, Connection, Faltered, TooLarge
from provider_directory.fetching.hosts import host_of, name_of
from provider_directory.fetching.limits import Limits, Patience, Progress, Transfer, silent
from provider_directory.fetching.partial import (
    Fetched,
    Half,
    Partial,
    fetched_before,
    note_fetched,
    room_for,
    sha256_of,
)

TABLE_TYPES = frozenset(
    {
        *("text/csv", "application/csv", "text/plain", "application/vnd.ms-excel"),
        *("application/zip", "application/x-zip-compressed", "application/gzip", "application/x-gzip"),
        *("application/octet-stream", "binary/octet-stream", "application/x-download", "application/force-download"),
    }
)
"""What servers call a table, packed or not."""
FILE_TYPES = TABLE_TYPES | {"application/json", "text/json"}
_CONTENT_RANGE = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15}|\*)", re.ASCII)
_LOOKED_AT = 512


def fetch(
    url: str,
    target: Path,
    limits: Limits | None = None,
    progress: Progress = silent,
    *,
    allowed_hosts: Collection[str] = (),
    content_types: Collection[str] = FILE_TYPES,
    patience: Patience | None = None,
) -> Fetched:
    """Bring the file at ``url`` to ``target``, with a note beside it of address, version and SHA-256.

    A half file of an earlier run is gone on with; a file that is there already is asked for anew only if it changed.
    ``allowed_hosts``: the hosts that may be contacted, default the one of ``url``. Raises FetchProblem, also for a web
    page in place of a file, and DiskFull; then ``target`` is as it was.
    """

    async def bring() -> Fetched:
        async with Connection(allowed_hosts or (url,), limits, patience) as connection:
            return await fetch_over(connection, url, target, progress, content_types)

    return asyncio.run(bring())


async def fetch_over(
    connection: Connection,
    url: str,
    target: Path,
    progress: Progress = silent,
    content_types: Collection[str] = FILE_TYPES,
) -> Fetched:
    """Do what ``fetch`` does over a connection that is open."""
    with room_for(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        download = _Download(connection, url, target, progress, content_types)
        return await connection.patiently(name_of(url), download.attempt)


class _Download:
    """One file on its way."""

    def __init__(
        self, connection: Connection, url: str, target: Path, progress: Progress, content_types: Collection[str]
    ) -> None:
        self._connection = connection
        self._url = url
        self._target = target
        self._progress = progress
        self._content_types = content_types
        self._partial = Partial(target)
        before = fetched_before(target)
        self._before = before if before and before.url == url else None

    async def attempt(self) -> Fetched:
        half = self._partial.half_of(self._url)
        async with self._connection.asked("GET", self._url, self._headers(half)) as answer:
            if answer.status == 304 and self._before:
                return self._before
            if answer.status == 416 and half:
                self._partial.discard()
                raise Faltered(f"{answer.name} is not what its first part was of; it is begun anew.", 0.0)
            answer.check_status()
            answer.check_type(self._content_types)
            at = self._begin(answer, half)
            await self._take(answer, at)
        return self._finish(answer, at)

    def _headers(self, half: Half | None) -> dict[str, str]:
        # Not packed: a half of a packed file could not be gone on with.
        headers = {"Accept-Encoding": "identity"}
        if half:
            headers |= {"Range": f"bytes={half.size}-", "If-Range": half.validator}
        elif self._before and self._before.etag:
            headers["If-None-Match"] = self._before.etag
        elif self._before and self._before.modified:
            headers["If-Modified-Since"] = self._before.modified
        return headers

    def _begin(self, answer: Answer, half: Half | None) -> int:
        """Give the byte at which this answer goes on; the half file is dropped where it does not."""
        if answer.status == 206:
            match = _CONTENT_RANGE.fullmatch(answer.headers.get("content-range", ""))
            if half and match and int(match[1]) == half.size and _validator(answer) in ("", half.validator):
                return half.size
            self._partial.discard()
            raise Faltered(f"{host_of(answer.url)} sent another part of {answer.name} than was asked for.", 0.0)
        packed = answer.headers.get("content-encoding", "").strip().lower() not in ("", "identity")
        self._partial.begin(self._url, "" if packed else _validator(answer))
        return 0

    async def _take(self, answer: Answer, at: int) -> None:
        most = self._connection.limits.file_bytes
        total = None if answer.length is None else at + answer.length
        begun = time.monotonic()
        done = at
        try:
            if total is not None and total > most:
                raise TooLarge(answer.name, most)
            with self._partial.opened(answer.length) as write:
                async for block in answer.blocks(most - at):
                    write(block)
                    done += len(block)
                    rate = (done - at) / max(time.monotonic() - begun, 1e-6)
                    self._progress(Transfer(answer.name, done, total, rate))
        except TooLarge:
            self._partial.discard()
            raise

    def _finish(self, answer: Answer, at: int) -> Fetched:
        with self._partial.file.open("rb") as stream:
            head = stream.read(_LOOKED_AT).removeprefix(b"\xef\xbb\xbf").lstrip()
        if not head or head[:1] == b"<":
            self._partial.discard()
            raise FetchProblem(
                f"{answer.name} came {'as a web page' if head else 'empty'}, not as data.",
                "It may be a notice of maintenance; try again later.",
            )
        self._partial.finish(self._target)
        fetched = Fetched(
            path=self._target,
            url=self._url,
            bytes=self._target.stat().st_size,
            sha256=sha256_of(self._target),
            etag=answer.headers.get("etag"),
            modified=answer.headers.get("last-modified"),
            says_its_end=answer.says_its_end,
            resumed_at=at,
        )
        note_fetched(fetched)
        return fetched


def _validator(answer: Answer) -> str:
    """Give what names this version of a file; "" where nothing does. A weak ETag may not (RFC 9110 13.1.5)."""
    etag = answer.headers.get("etag", "")
    return etag if etag and not etag.startswith("W/") else answer.headers.get("last-modified", "")
