"""Whether an edition on a shelf is still the file that was verified, told by its size and times; they cost no reading.

What a program writes into a file changes them. A bit that the disk flips does not: `coe edition verify` finds it.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from provider_directory.bounded_files import read_bounded
from provider_directory.edition.pointer import EDITION_NAME, POINTER


def verify_where_changed(edition: Path) -> None:
    """Verify an edition on a shelf into which something was written since ``note_verified``; raises EditionProblem.

    Elsewhere an edition may come without its sidecar, and nobody knows what it should be.
    """
    if _is_shelved(edition) and not is_as_verified(edition):
        from provider_directory.edition.publish import verify_bytes  # deferred: for a file that was touched alone

        looks = _state_of(edition)  # what is written while it is read is found the next time
        verify_bytes(edition)
        _note(edition, looks)


def is_as_verified(edition: Path) -> bool:
    """Say whether an edition looks as it did when it was verified; never noted counts as changed."""
    try:
        return read_bounded(_note_of(edition)) == _state_of(edition)
    except (OSError, ValueError):
        return False


def note_verified(edition: Path) -> None:
    """Note how an edition looks that was verified a moment ago; a shelf that takes no note has it verified again."""
    _note(edition, _state_of(edition))


def _is_shelved(edition: Path) -> bool:
    return bool(EDITION_NAME.fullmatch(edition.stem)) and (edition.parent / POINTER).exists()


def _state_of(edition: Path) -> str:
    found = edition.stat()
    # ctime too: who edits a file can set its mtime back, but not this.
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}\n"


def _note(edition: Path, looks: str) -> None:
    with suppress(OSError):
        _note_of(edition).write_text(looks, encoding="utf-8")


def _note_of(edition: Path) -> Path:
    return edition.with_suffix(".verified")
