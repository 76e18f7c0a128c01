"""An edition whose cells were changed on the shelf is not opened, and opening one that was not reads no byte more."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from shelved import publish

from provider_directory.edition import publish as publishing
from provider_directory.edition.pointer import sidecar_of
from provider_directory.edition.reader import EditionReader
from provider_directory.errors import EditionProblem


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a shelf's edition, to be copied."""
    return publish(tmp_path_factory.mktemp("shelf")).path


@pytest.fixture
def edition(built: Path, tmp_path: Path) -> Path:
    """Give the edition on a shelf of its own, opened once."""
    shutil.copytree(built.parent, tmp_path / "shelf")
    path = tmp_path / "shelf" / built.name
    EditionReader(path).close()
    return path


def change_a_price(edition: Path) -> None:
    """Change one cell, and set the time of the change back."""
    before = edition.stat()
    with closing(sqlite3.connect(edition)) as connection:
        assert connection.execute("UPDATE contract SET bundle_cents = 100 WHERE bundle_cents = 2410000").rowcount == 1
        connection.commit()
    os.utime(edition, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_cell_that_was_changed_on_the_shelf_is_found_when_it_is_opened(edition: Path) -> None:
    whole = edition.read_bytes()
    change_a_price(edition)
    for _ in range(2):
        with pytest.raises(EditionProblem, match="does not verify") as caught:
            EditionReader(edition)
        assert "coe edition list" in caught.value.next_step
    edition.write_bytes(whole)
    EditionReader(edition).close()
    sidecar_of(edition).unlink()
    EditionReader(edition).close()  # verified before, and nothing was written since
    edition.touch()
    with pytest.raises(EditionProblem, match="sidecar"):
        EditionReader(edition)


def test_a_cell_that_is_changed_while_the_edition_is_verified_is_found_the_next_time(
    edition: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = publishing.verify_bytes

    def meanwhile(path: Path) -> None:
        whole(path)
        change_a_price(path)

    edition.touch()
    with monkeypatch.context() as patched:
        patched.setattr(publishing, "verify_bytes", meanwhile)
        EditionReader(edition).close()
    with pytest.raises(EditionProblem, match="does not verify"):
        EditionReader(edition)


def test_what_was_verified_is_not_read_through_again(
    built: Path, edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "verify_bytes", lambda path: pytest.fail(f"{path} is read through"))
    EditionReader(built).close()  # as it was published
    EditionReader(edition).close()  # as it was copied and opened
    alone = tmp_path / edition.name
    shutil.copyfile(edition, alone)
    EditionReader(alone).close()  # no shelf: without a sidecar nobody knows what it should be


def test_a_shelf_that_takes_no_note_is_verified_each_time(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = edition.with_suffix(".verified")
    for kept in ("", "1 2 3", "x" * (1 << 20)):
        note.write_text(kept)
        EditionReader(edition).close()
        assert len(note.read_text().split()) == 3
    note.unlink()
    note.mkdir()
    EditionReader(edition).close()
    change_a_price(edition)
    with pytest.raises(EditionProblem, match="does not verify"):
        EditionReader(edition)
