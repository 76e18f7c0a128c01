"""What server and app say to each other through two pipes: packets of a kind, a length and that many bytes.

The layout is Textual's, of its driver for the web: one byte ``D`` (drawn, or typed) or ``M`` (a JSON object), the
length in four bytes, the greatest first.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

BEGINS = b"__GANGLION__\n"
DRAWN = b"D"
LONGEST_PACKET = 8 * 1024 * 1024
"""Far more than one picture of the largest screen."""


class NotFromTheApp(Exception):
    """The pipe holds what no app of ours writes."""


def typed(text: str) -> bytes:
    """Write what was typed; half of a pair of surrogates, which no keyboard gives, becomes a question mark."""
    return _packet(DRAWN, text.encode(errors="replace"))


def resized(columns: int, rows: int) -> bytes:
    """Write the size of the screen."""
    return _packet(b"M", json.dumps({"type": "resize", "width": columns, "height": rows}).encode())


def _packet(kind: bytes, payload: bytes) -> bytes:
    return kind + len(payload).to_bytes(4, "big") + payload


async def drawings(pipe: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """Give what the app draws until it ends; what else it asks for (a download, a link) is left out.

    Raises NotFromTheApp.
    """
    try:
        if await pipe.readexactly(len(BEGINS)) != BEGINS:
            raise NotFromTheApp("The app did not say that it begins.")
        while True:
            head = await pipe.readexactly(5)
            size = int.from_bytes(head[1:], "big")
            if size > LONGEST_PACKET:
                raise NotFromTheApp(f"A packet of {size} bytes.")
            payload = await pipe.readexactly(size)
            if head[:1] == DRAWN:
                yield payload
    except asyncio.IncompleteReadError:
        return
