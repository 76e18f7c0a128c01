"""The shelf of published editions: put one there whole, point to it, list, verify, roll back."""

from __future__ import annotations

import os
import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from provider_directory.edition.manifest import (
    Manifest,
    content_name,
    file_sha256,
    read_manifest,
    sync_folder,
    write_durably,
)
from provider_directory.edition.pointer import (
    EDITION_NAME,
    POINTER,
    SCHEMA_VERSION,
    current_edition,
    name_in_use,
    other_schema,
    sidecar_of,
)
from provider_directory.edition.shelf_lock import changing
from provider_directory.edition.unchanged import note_verified
from provider_directory.errors import Choice, EditionProblem

_PART = re.compile(r"\.part-\d+$|^part-\d+\.")
# A build writes all the time and is done in a minute: a part that is an hour old belongs to nobody.
_PART_IS_DEAD_AFTER_SECONDS = 3600


class Shelved(NamedTuple):
    """One edition on the shelf."""

    path: Path
    manifest: Manifest
    in_use: bool


class Shelf:
    """A folder of editions with a pointer to the one in use; publishing and switching are atomic (CONTRACT 5)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def current(self) -> Path | None:
        """Give the edition file in use; None when nothing is published. Raises EditionProblem if it is gone."""
        return current_edition(self.folder)

    def previous(self) -> Path | None:
        """Give the edition before the one in use: the one that it adds a change to, else the newest built before it.

        None where there is none of its kind, invented or not.
        """
        shelved = self.editions()
        now = next((entry.manifest for entry in shelved if entry.in_use), None)
        if now is None:
            return None
        older = [
            entry
            for entry in shelved
            if entry.manifest.demonstration == now.demonstration
            and (entry.manifest.name == now.extends or entry.manifest.built_at < now.built_at)
        ]
        older.sort(key=lambda entry: entry.manifest.name != now.extends)
        return older[0].path if older else None

    def editions(self) -> list[Shelved]:
        """List the editions, newest build first; files without a readable sidecar are left out."""
        in_use = name_in_use(self.folder)
        shelved = []
        for path in self.folder.glob("*.sqlite"):
            if not EDITION_NAME.fullmatch(path.stem):
                continue
            try:
                shelved.append(Shelved(path, read_manifest(path), path.stem == in_use))
            except EditionProblem:
                continue
        return sorted(shelved, key=lambda entry: (entry.manifest.built_at, entry.path.name), reverse=True)

    def find(self, name: str) -> Path:
        """Find an edition by its name or the beginning of it; raises EditionProblem with the names there are."""
        matches = [entry for entry in self.editions() if entry.path.stem.startswith(name.lower())]
        if len(matches) == 1:
            return matches[0].path
        choices = tuple(Choice(e.path.stem, f"built {e.manifest.built_at}") for e in matches or self.editions())
        found = f"{len(matches)} editions begin with" if matches else "No edition begins with"
        raise EditionProblem(f'{found} "{name}".', "Give more of the name; `coe edition list` has them.", choices)

    def use(self, path: Path) -> None:
        """Make an edition of the shelf the one in use, after verifying it."""
        verify(path)
        with changing(self.folder):
            self._point_to(path.stem)

    def put(self, built: Path) -> Path:
        """Publish an edition file just built: verify its bytes, move, switch; gives its place on the shelf.

        A reader in mid-question keeps the file that it has open. Interrupted anywhere, the old edition stays in use.
        """
        name = verify_bytes(built).name
        self.folder.mkdir(parents=True, exist_ok=True)
        place = self.folder / f"{name}.sqlite"
        write_durably(sidecar_of(place), sidecar_of(built).read_bytes())
        built.replace(place)
        sidecar_of(built).unlink()
        sync_folder(self.folder)
        note_verified(place)
        self._point_to(name)
        return place

    def part_file(self) -> Path:
        """Give a path for a build in progress; what dead builds left behind is swept away."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for left in self.folder.iterdir():
            if _PART.search(left.name) and time.time() - left.stat().st_mtime > _PART_IS_DEAD_AFTER_SECONDS:
                left.unlink(missing_ok=True)
        return self.folder / f"part-{os.getpid()}.sqlite"

    def _point_to(self, name: str) -> None:
        write_durably(self.folder / POINTER, f"{name}\n".encode())


def verify(path: Path) -> Manifest:
    """Check an edition against its sidecar: seal, file hash, name by content. One flipped bit is found.

    Raises EditionProblem that says which of them does not hold, and for an edition of another schema.
    """
    manifest = verify_bytes(path)
    if manifest.schema_version != SCHEMA_VERSION:
        raise other_schema(path.name, manifest.schema_version)
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            name = content_name(connection)
    except (sqlite3.DatabaseError, UnicodeError):
        raise _damaged(path, "it is no database that can be read") from None
    if name != manifest.name:
        raise _damaged(path, f"its content is {name[:12]}…, its name is {manifest.name[:12]}…")
    return manifest


def verify_bytes(path: Path) -> Manifest:
    """Check seal and file hash only, enough for a file that was named a moment ago; raises EditionProblem."""
    manifest = read_manifest(path)
    if not manifest.seal_holds():
        raise _damaged(path, "its sidecar was changed after it was written")
    if not path.is_file():
        raise _damaged(path, "the file is missing")
    if (found := file_sha256(path)) != manifest.file_sha256:
        raise _damaged(path, f"the file's SHA-256 is {found[:12]}…, the sidecar says {manifest.file_sha256[:12]}…")
    return manifest


def _damaged(path: Path, what: str) -> EditionProblem:
    return EditionProblem(
        f"The edition {path.name[:24]} does not verify: {what}.",
        "Use another edition (`coe edition list`, `coe edition use NAME`) or build it again from its sources.",
    )
