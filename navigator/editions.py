"""What the app asks of the machine's shelf of editions: which one is published now, and how it is opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from navigator.program_in_use import ProgramInUse
    from provider_directory.directory import Directory

Progress = Callable[[str, float], None]
OpenDirectory = Callable[[Progress], "Directory"]
"""Opens the directory in a worker thread; told how to say what is being done and how much of it is done, 0 to 1."""


class PublishedEdition(NamedTuple):
    """An edition to answer from, and the program that goes with it."""

    open_directory: OpenDirectory
    program: ProgramInUse | None


class EditionShelf(Protocol):
    """The shelf as the app sees it; every method may raise DirectoryError but ``name_in_use``."""

    def name_in_use(self) -> str | None:
        """Name the edition that is published now, None while there is none; cheap, asked every few seconds."""
        ...

    def in_use(self) -> PublishedEdition:
        """Give the edition that is published now."""
        ...

    def demonstration(self) -> PublishedEdition:
        """Give the demonstration, which is made and published when it is opened."""
        ...

    def put(self, file: Path, progress: Progress) -> PublishedEdition:
        """Verify an edition file, publish a copy of it, and give it; blocks, so a worker calls it."""
        ...
