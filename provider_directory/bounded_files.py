"""Files from outside, read within bounds: nobody knows how long a file is before its end has come (TRUST S10)."""

from __future__ import annotations

from pathlib import Path

WRITTEN_BY_HAND = 512 << 10
"""Bytes; a file that a person writes is a tenth of this."""


def read_bounded(path: Path, most_bytes: int = WRITTEN_BY_HAND) -> str:
    """Give the text of a file in UTF-8; raises OSError, and ValueError for a longer file, and for other bytes."""
    with path.open("rb") as file:
        data = file.read(most_bytes + 1)
    if len(data) > most_bytes:
        raise ValueError(f"it has more than {most_bytes:,} bytes")
    return data.decode("utf-8-sig")


def why_unread(fault: OSError | ValueError) -> str:
    """Say in words why a file could not be read; the system's number, and the path that was asked for, are left out."""
    if isinstance(fault, UnicodeError):
        return "it is no text in UTF-8"
    return (fault.strerror if isinstance(fault, OSError) else None) or str(fault)
