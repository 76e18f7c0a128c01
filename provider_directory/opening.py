"""Open a directory by what a person can name: an edition file."""

from __future__ import annotations

from pathlib import Path

from provider_directory.directory import Directory
from provider_directory.embedded import EmbeddedDirectory


def open_directory(edition: Path) -> Directory:
    """Open the directory that an edition file holds; raises EditionProblem."""
    return EmbeddedDirectory(edition)
