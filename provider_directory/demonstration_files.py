"""The invented employers' files on a machine: made anew by another version, never over what a person wrote there.

What was written is recorded beside the files, so that a file that is still as it was written is known from an edited
one. Nothing here imports the generator, which the app would pay for in its first frame.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

from provider_directory.bounded_files import WRITTEN_BY_HAND, read_bounded

RECORD = "demonstration.sha256"
"""The digests of what was written, as `sha256sum -c` reads them."""
_WITHOUT_A_RECORD = frozenset(
    {
        *("0df1780f80b8", "0efb75a149c8", "1b5b2021c5b3", "22954f8797d9", "29f624f05174", "40028215bb90"),
        *("40ba9582945c", "54cbce96723c", "75ab2b6bbacb", "7be065831850", "8bd219656a18", "aa7f4c0248e4"),
        *("c9cd42f4e113", "d65fb600813f", "de252382ea2e", "de6b5ed60683", "f5a57cb3a906"),
    }
)
"""The first digits of what was written before there was a record; nothing is added here."""
_DIGITS = 12


def is_outdated_program(file: Path) -> bool:
    """Say whether a program is an invented employer's, as another version wrote it and nobody changed since."""
    try:
        now = files("provider_directory").joinpath("demo", "program_files", file.name).read_bytes()
        found = _content(file)
    except OSError:
        return False
    return found != now and _is_as_written(found, _recorded(file.parent).get(file.name))


def put_files(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files by their names in a folder, and record them; what a person changed stays as it is.

    So does an earlier one where nothing may be written. Raises OSError where a file is missing and cannot be written.
    """
    from provider_directory.fetching.partial import write_whole  # deferred: once on a machine

    before = _recorded(folder)
    record = dict(before)
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        found = _content(path) if path.is_file() else None
        if found is not None and found != content and not _is_as_written(found, record.get(name)):
            continue
        try:
            if found != content:
                write_whole(path, content)
        except OSError:
            if found is None:
                raise
        else:
            record[name] = _digest(content)
    lines = (f"{digest}  {name}\n" for name, digest in sorted(record.items()))
    with suppress(OSError):  # as above: what cannot be recorded counts as changed
        if record != before:
            write_whole(folder / RECORD, "".join(lines).encode())


def _content(path: Path) -> bytes:
    """Give what stands in a file; of a longer one than a person writes, which is not ours, the beginning."""
    with path.open("rb") as file:
        return file.read(WRITTEN_BY_HAND)


def _is_as_written(found: bytes, recorded: str | None) -> bool:
    digest = _digest(found)
    return digest == recorded or digest[:_DIGITS] in _WITHOUT_A_RECORD


def _recorded(folder: Path) -> Mapping[str, str]:
    """Give the recorded digests by the names of their files; a record that cannot be read tells of none."""
    try:
        lines = read_bounded(folder / RECORD).splitlines()
    except (OSError, ValueError):
        return {}
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
