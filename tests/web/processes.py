"""Which processes there are, from /proc."""

from __future__ import annotations

from pathlib import Path


def is_alive(process: int) -> bool:
    """Say whether a process runs; one that has ended and is not yet taken note of does not."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def children_of(process: int) -> list[int]:
    """Give the processes that a process started from its first thread."""
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
