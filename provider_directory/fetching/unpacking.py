"""Unpacks a packed transfer block by block, so that a small answer cannot become a large one in memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from provider_directory.errors import FetchProblem

_BLOCK = 1 << 18
_GZIP_OR_ZLIB = 47


class Unpacking:
    """The body of one answer as it was before the transfer packed it: plain or gzip; other packings are refused."""

    def __init__(self, encoding: str, name: str) -> None:
        folded = encoding.strip().lower()
        if folded not in ("", "identity", "gzip", "x-gzip"):
            raise FetchProblem(f"{name} comes packed in a way that was not asked for.", "Tell who keeps the server.")
        self.packs = folded in ("gzip", "x-gzip")
        self._inner = zlib.decompressobj(_GZIP_OR_ZLIB)
        self._touched = False

    def blocks(self, data: bytes) -> Iterator[bytes]:
        """Give what more bytes of the transfer unpack to, at most 256 KiB at a time; raises zlib.error."""
        if not self.packs:
            yield data
            return
        while data:
            if self._inner.eof:  # a gzip file may hold several members
                self._inner = zlib.decompressobj(_GZIP_OR_ZLIB)
            self._touched = True
            yield self._inner.decompress(data, _BLOCK)
            data = self._inner.unconsumed_tail or self._inner.unused_data

    @property
    def is_whole(self) -> bool:
        """Say whether the packed body came to its own end."""
        return not self.packs or (self._touched and self._inner.eof)
