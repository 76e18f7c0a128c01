"""The one way in which anything leaves the desk as a file or on paper: safe names, its owner's eyes, no temp file.

A file is made anew (O_EXCL), for its owner alone (0600), never over another and never through a link; its name is of
our own letters and names no person and no procedure (TRUST S9). What is printed goes to the printing command on its
standard input, so no file of it is made here.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from provider_directory.cleaning import clean
from provider_directory.errors import BadInput, Choice

_PRINTING_SECONDS = 20
_ASKING_SECONDS = 5
_LONGEST_NAME = 80
_OF_A_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)")
"""Names that Windows gives to a device, whatever the ending."""


class NotSaved(BadInput):
    """A file could not be made."""

    code = "not_saved"
    title = "No file was made"


class NotPrinted(BadInput):
    """Nothing was printed."""

    code = "not_printed"
    title = "Nothing was printed"


def file_name(*parts: str) -> str:
    """Give a name for a file, without ending, of letters, digits and "-" only; the same for a name it gave."""
    name = re.sub(r"[^a-z0-9]+", "-", "-".join(parts).lower()).strip("-")[:_LONGEST_NAME].strip("-")
    return f"coe-{name}".strip("-") if not name or _OF_A_DEVICE.fullmatch(name) else name


def save(folder: Path, name: str, content: str | bytes, ending: str = "txt") -> Path:
    """Write into the folder under the first free of ``name``, ``name-2`` ...; gives its path, raises BadInput."""
    stem = file_name(name)
    make_folder(folder)
    for path in _free_names(folder, stem, file_name(ending)):
        with suppress(FileExistsError):
            return _made(path, content)
    raise NotSaved(f"{folder} is full of files of this name.", "Clear it.")


def save_as(given: str, name: str, content: str | bytes, ending: str) -> Path:
    """Write to what a person gave: into a folder under ``name``, else to exactly that file, which must be new.

    Gives the path. Raises BadInput where a file or a link of that name is there, or where nothing can be written.
    """
    path = Path(given).expanduser()
    if given.endswith(("/", os.sep)) or path.is_dir():
        return save(path, name, content, ending)
    return write_new(path, content)


def write_new(path: Path, content: str | bytes) -> Path:
    """Write a file that must not be there yet, for its owner alone; gives its path, raises BadInput."""
    try:
        return _made(path, content)
    except FileExistsError:
        raise NotSaved(f"{path} is there already, and is not written over.", "Give another name.") from None


def make_folder(folder: Path) -> None:
    """Make a folder that its owner alone may enter, where it is not there yet; raises BadInput."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as fault:
        raise _not_written(folder, fault) from None


def _made(path: Path, content: str | bytes) -> Path:
    """Write a new file whole; half of one does not stay. Raises FileExistsError, and BadInput for any other fault."""
    data = content.encode() if isinstance(content, str) else content
    try:
        # Neither an existing file nor a link that somebody has laid there is followed.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except FileExistsError:
        raise
    except (OSError, ValueError) as fault:
        raise _not_written(path.parent, fault) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
    except OSError as fault:
        with suppress(OSError):
            path.unlink()
        raise _not_written(path.parent, fault) from None
    return path


def _not_written(folder: Path, fault: Exception) -> NotSaved:
    reason = getattr(fault, "strerror", None) or "its name cannot be used"
    return NotSaved(f"Nothing could be written to {folder}: {reason}.", "Make room there, or give another folder.")


def _free_names(folder: Path, stem: str, ending: str) -> Iterator[Path]:
    for number in range(1, 1000):
        yield folder / f"{stem}{'' if number == 1 else f'-{number}'}.{ending}"


def printers() -> tuple[str, ...]:
    """Give the printers of this machine as the print system names them; empty where none are known."""
    asking = shutil.which("lpstat")
    if asking is None:
        return ()
    try:
        said = subprocess.run(  # noqa: S603 - found on the user's own path, with one option of ours
            [asking, "-e"],
            capture_output=True,
            text=True,
            timeout=_ASKING_SECONDS,
            check=True,
            env=environment_of_others(),
        )
    except (OSError, subprocess.SubprocessError):
        return ()
    return tuple(name for line in said.stdout.splitlines() if (name := clean(line, 120)))


def print_out(command: str | None, content: str | bytes, printer: str | None = None) -> str:
    """Hand a text or a PDF to the command that prints, by its standard input; gives who prints it, raises BadInput.

    ``printer`` is one of the print system's; without it the user's own command prints, or `lp` to its default printer.
    """
    words = _printing(command, printer)
    try:
        subprocess.run(  # noqa: S603 - the command is this user's own setting, and no shell reads it
            words,
            input=content.encode() if isinstance(content, str) else content,
            timeout=_PRINTING_SECONDS,
            check=True,
            capture_output=True,
            env=environment_of_others(),
        )
    except (OSError, subprocess.SubprocessError) as fault:
        raise NotPrinted(f"{words[0]} did not print: {_reason(fault)}.", "Look at the printer.") from None
    return printer or words[0]


def _printing(command: str | None, printer: str | None) -> list[str]:
    found = shutil.which("lp")
    if printer is not None:
        if found is None:
            raise NotPrinted(
                "This machine has no print system, so no printer can be chosen.", "Save the file, or set print_command."
            )
        known = printers()
        if printer.startswith("-") or (known and printer not in known):
            raise NotPrinted(
                f'There is no printer "{clean(printer, 60)}".',
                "Choose one that is there.",
                tuple(Choice(name, name) for name in known),
            )
        return [found, "-d", printer]
    try:
        words = shlex.split(command) if command else [found] if found else []
    except ValueError:
        raise NotPrinted("The print_command of settings.toml has a quote that does not end.", "Correct it.") from None
    if not words:
        raise NotPrinted("No command that prints is known here.", "Set print_command in settings.toml, or copy.")
    return words


def _reason(fault: Exception) -> str:
    if isinstance(fault, subprocess.TimeoutExpired):
        return f"it did not end within {_PRINTING_SECONDS} seconds"
    said = getattr(fault, "strerror", None) or getattr(fault, "stderr", None) or "it gives no reason"
    return clean(said.decode(errors="replace") if isinstance(said, bytes) else str(said), 120).rstrip(". ")


def environment_of_others() -> dict[str, str]:
    """Give our environment without the ledger's passphrase and address, for programs of others."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COE_LEDGER")}
