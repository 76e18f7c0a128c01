"""The name and the sidecar of an edition: a hash of what it says, and the account of how it came about."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from importlib.resources import files
from operator import itemgetter
from pathlib import Path
from typing import Any

from pydantic import Field

from provider_directory.bounded_files import read_bounded
from provider_directory.edition.pointer import SCHEMA_VERSION as SCHEMA_VERSION
from provider_directory.edition.pointer import sidecar_of
from provider_directory.errors import EditionProblem
from provider_directory.models import Value
from provider_directory.strict_json import MOST_BYTES

APPLICATION_ID = 0x434F4531  # "COE1"


class Rejected(Value):
    """One row that was set aside, as an example of its reason."""

    row: int
    column: str
    found: str
    expected: str
    reason: str
    next_step: str
    place: str = ""


class FileReport(Value):
    """The account of one source file: read = kept + duplicates + sum of set_aside."""

    file: str
    dataset: str
    title: str
    release: str | None
    sha256: str
    read: int
    kept: int
    duplicates: int
    set_aside: dict[str, int]
    examples: tuple[Rejected, ...]
    conflict: str | None
    period_start: str
    period_end: str
    notes: tuple[str, ...] = ()
    refused: dict[str, int] = Field(default={}, description="Rule -> rates that are kept as evidence, never offered")


class SkippedFile(Value):
    """A file that no reader takes, with the reason."""

    file: str
    reason: str


class Review(Value):
    """A roster row that a person has to tie to a facility."""

    file: str
    row: int
    found: str
    candidates: tuple[str, ...]
    next_step: str
    mark: str = ""
    candidate_ids: tuple[str, ...] = ()


class PriceAccount(Value):
    """What hospitals post, over all files: rates = offered + sum of refused, one facility's rates counted for each."""

    files: int
    facilities: int
    rates: int
    offered: int
    refused: dict[str, int]


class Manifest(Value):
    """The sidecar ``NAME.json``: sources, row counts, rejects, rule versions, hashes."""

    name: str
    file_sha256: str
    schema_version: int
    demonstration: bool
    default_date: date | None
    built_at: str
    reference: str
    rule_versions: dict[str, str]
    zip_source: str
    counts: dict[str, int]
    digests: dict[str, str] = Field(default={}, description="Table -> SHA-256 of its content; the name is made of them")
    files: tuple[FileReport, ...]
    skipped: tuple[SkippedFile, ...]
    review: tuple[Review, ...]
    notes: tuple[str, ...] = ()
    prices: PriceAccount | None = None
    extends: str | None = Field(default=None, description="Name of the edition that this one adds a change by hand to")
    seal: str = Field(default="", description="SHA-256 of this sidecar with an empty seal")

    def sealed(self) -> Manifest:
        """Give the same manifest with its seal, so that a change of the sidecar itself is found."""
        whole = Manifest.model_validate_json(self.model_dump_json())
        return whole.model_copy(update={"seal": whole._digest()})

    def seal_holds(self) -> bool:
        """Say whether the sidecar is as it was written."""
        return self.seal == self._digest()

    def _digest(self) -> str:
        # Of what the file holds: a field that a later version of the program adds breaks no seal.
        said = self.model_copy(update={"seal": ""}).model_dump_json(exclude_unset=True)
        return hashlib.sha256(said.encode()).hexdigest()


def schema_sql() -> str:
    """Give the statements that make an empty edition."""
    return files("provider_directory.edition").joinpath("schema.sql").read_text(encoding="utf-8")


def read_manifest(edition: Path) -> Manifest:
    """Read the sidecar of an edition file; raises EditionProblem when it is missing or not readable."""
    path = sidecar_of(edition)
    try:
        return Manifest.model_validate_json(read_bounded(path, MOST_BYTES))
    except FileNotFoundError:
        raise EditionProblem(
            f"The edition's sidecar {path.name} is missing.", "Build the edition again, or use another one."
        ) from None
    except ValueError as fault:
        raise EditionProblem(
            f"The edition's sidecar {path.name} cannot be read: {str(fault).splitlines()[0]}.",
            "Build the edition again, or use another one.",
        ) from None


def content_name(connection: sqlite3.Connection) -> str:
    """Name an edition by its content (CONTRACT 5)."""
    return name_of(content_digests(connection))


def content_digests(connection: sqlite3.Connection) -> dict[str, str]:
    """Give the digest of each table of an edition."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return {table: table_digest(connection, table) for (table,) in tables}


def name_of(digests: Mapping[str, str]) -> str:
    """Give the name of an edition: SHA-256 over the digests of its tables in name order (CONTRACT 5)."""
    lines = (f"{table} {digest}\n" for table, digest in sorted(digests.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def table_digest(connection: sqlite3.Connection, table: str) -> str:
    """Hash what a table says: its columns, and its rows in the order of its key, floats rounded to 1e-9."""
    described = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    digest = hashlib.sha256(json.dumps([row[1] for row in described]).encode())
    floats = [index for index, row in enumerate(described) if row[2] == "REAL"]
    keyed = [row[1] for row in sorted(described, key=itemgetter(5)) if row[5]] or [row[1] for row in described]
    order = ", ".join(f'"{name}"' for name in keyed)
    # The key's own order is how the rows lie, so that nothing is sorted and nothing kept: price tables are long.
    for text in _row_texts(connection.execute(f'SELECT * FROM "{table}" ORDER BY {order}'), floats):
        digest.update(text.encode())
        digest.update(b"\n")
    return digest.hexdigest()


def _row_texts(rows: Iterable[tuple[Any, ...]], floats: list[int]) -> Iterator[str]:
    if not floats:
        yield from map(repr, rows)
        return
    for row in rows:
        values = list(row)
        for index in floats:
            if values[index] is not None:
                # + 0.0 makes -0.0 and 0.0 one
                values[index] = round(values[index], 9) + 0.0
        yield repr(tuple(values))


def file_sha256(path: Path) -> str:
    """Hash a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_durably(path: Path, content: bytes) -> None:
    """Write a file so that a power cut leaves the old one or the new one, never a half (write, fsync, replace)."""
    part = path.with_name(f"{path.name}.part-{os.getpid()}")
    with part.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in this folder durable; where folders cannot be opened (Windows) the rename already is."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
