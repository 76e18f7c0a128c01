"""The three stores on which the ledger's tests run: SQLCipher, plain SQLite with sealed rows, PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from postgres_server import ABSENT, PostgresServer, is_installed, running_server
from store_desk import Desk

from navigator.ledger.ledger import Ledger


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Give this session's server."""
    if not is_installed():
        pytest.skip(ABSENT)
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def new_ledgers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Give a folder in which each kind of file ledger lies new and empty, to be copied."""
    made = {}
    for kind in ("sqlcipher", "plain"):
        desk = Desk(kind, tmp_path_factory.mktemp(kind))
        with pytest.MonkeyPatch.context() as patch:
            if kind == "plain":
                patch.setattr("navigator.ledger.storage._sqlcipher", lambda: None)
            desk.open().close()
        made[kind] = desk.folder
    return made


@pytest.fixture(scope="session")
def new_database(postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Give a new and empty ledger on the server, to be copied."""
    name = postgres_server.fresh()
    desk = Desk("postgresql", tmp_path_factory.mktemp("postgresql"), postgres_server.address(name))
    desk.open().close()
    return desk


@pytest.fixture(params=["sqlcipher", "plain", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    """Give a new ledger of each kind."""
    kind: str = request.param
    folder = tmp_path / "desk"
    if kind == "postgresql":
        new: Desk = request.getfixturevalue("new_database")
        server: PostgresServer = request.getfixturevalue("postgres_server")
        assert new.url is not None
        shutil.copytree(new.folder, folder)
        return Desk(kind, folder, server.address(server.fresh(new.url.rpartition("/")[2])))
    shutil.copytree(request.getfixturevalue("new_ledgers")[kind], folder)
    return Desk(kind, folder)


@pytest.fixture
def ledger(desk: Desk) -> Iterator[Ledger]:
    """Give the opened ledger of each kind."""
    with desk.open() as opened:
        yield opened
