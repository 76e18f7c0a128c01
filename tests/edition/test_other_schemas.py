"""An edition of another schema is told as such; a demonstration of one is made anew by itself."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from navigator import first_run
from provider_directory.edition.manifest import file_sha256, read_manifest
from provider_directory.edition.pointer import SCHEMA_VERSION, is_outdated_demonstration, sidecar_of
from provider_directory.edition.publish import Shelf, verify
from provider_directory.edition.reader import EditionReader
from provider_directory.errors import EditionProblem


@pytest.fixture
def older(tmp_path: Path, demonstration_edition: Path) -> Path:
    """Put on the shelf an edition that says of itself that it is of the schema before."""
    path = tmp_path / "older.sqlite"
    shutil.copy(demonstration_edition, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", (SCHEMA_VERSION - 1,))
        connection.commit()
    manifest = read_manifest(demonstration_edition)
    said = {"schema_version": SCHEMA_VERSION - 1, "file_sha256": file_sha256(path)}
    sidecar_of(path).write_text(manifest.model_copy(update=said).sealed().model_dump_json())
    return Shelf(tmp_path / "editions").put(path)


def test_it_is_not_read_and_the_error_says_what_to_do(older: Path) -> None:
    for opened in (EditionReader, verify, Shelf(older.parent).use):
        with pytest.raises(EditionProblem, match="reads schema 3") as caught:
            opened(older)
        assert "coe build" in caught.value.next_step


def test_a_demonstration_is_made_anew_at_start(
    older: Path, tmp_path: Path, demonstration_edition: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COE_HOME", str(tmp_path))
    monkeypatch.setattr(first_run, "publish_demonstration", lambda shelf, progress: demonstration_edition)
    assert is_outdated_demonstration(older)
    assert not is_outdated_demonstration(demonstration_edition)
    assert first_run.edition_in_use(lambda words, done: None) == demonstration_edition
