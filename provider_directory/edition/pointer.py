"""Which edition of a shelf is in use, by plain files only: the app asks before its first frame, without pydantic."""

from __future__ import annotations

import re
from pathlib import Path

from provider_directory.bounded_files import read_bounded
from provider_directory.errors import EditionProblem
from provider_directory.strict_json import read_json

SCHEMA_VERSION = 3
"""Of the editions that this program makes and reads: 2 added posted prices, 3 what paid claims count."""
POINTER = "current"
EDITION_NAME = re.compile(r"[0-9a-f]{64}")


def sidecar_of(edition: Path) -> Path:
    """Give the path of an edition file's sidecar."""
    return edition.with_suffix(".json")


def name_in_use(shelf: Path) -> str | None:
    """Give the name that the shelf's pointer holds, "" for one that cannot be read; None when nothing is published."""
    try:
        return read_bounded(shelf / POINTER).strip()
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return ""


def current_edition(shelf: Path) -> Path | None:
    """Give the edition file in use; None when nothing is published. Raises EditionProblem if it is gone."""
    name = name_in_use(shelf)
    if name is None:
        return None
    path = shelf / f"{name}.sqlite"
    if not EDITION_NAME.fullmatch(name) or not path.is_file():
        raise EditionProblem(
            "The published edition is not on the shelf.",
            "Run `coe edition list`, then `coe edition use NAME`, or build again.",
        )
    return path


def is_demonstration(edition: Path) -> bool:
    """Say whether an edition's sidecar calls it a demonstration; without a readable sidecar it does not."""
    return bool(_sidecar(edition).get("demonstration"))


def is_outdated_demonstration(edition: Path) -> bool:
    """Say whether an edition is a demonstration of another schema, which is made anew rather than complained of."""
    said = _sidecar(edition)
    return bool(said.get("demonstration")) and said.get("schema_version") != SCHEMA_VERSION


def other_schema(name: str, found: int) -> EditionProblem:
    """Make the error of an edition that another version of the program made."""
    return EditionProblem(
        f"The edition {name[:24]} has schema {found}; this program reads schema {SCHEMA_VERSION}.",
        "Build it again from its sources with this program: coe build --from FOLDER.",
    )


def _sidecar(edition: Path) -> dict[str, object]:
    try:
        said = read_json(sidecar_of(edition))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}
