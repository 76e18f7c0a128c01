"""The three stores on which the ledger's tests run (SQLCipher, plain SQLite with sealed rows, PostgreSQL): a plugin."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from postgres_server import ABSENT, PostgresServer, is_installed, running_server
from sqlalchemy import insert, select
from store_desk import Desk

from navigator.ledger.append_only import allow_changes, forbid_changes
from navigator.ledger.ledger import Ledger
from navigator.ledger.postgres import open_engine, read_url
from navigator.ledger.schema import REVISION, audit, metadata, secret


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


class NewDatabase:
    """One database for all tests of a worker, brought back to a new and empty ledger before each."""

    def __init__(self, desk: Desk) -> None:
        assert desk.url is not None
        self.desk = desk
        self._engine = open_engine(read_url(desk.url))
        with self._engine.connect() as connection:
            self._first = {table: connection.execute(select(table)).mappings().all() for table in (secret, audit)}

    def renew(self) -> None:
        """Take away all rows but the first, and make good what a test did to the guards and the version."""
        names = ", ".join(table.name for table in metadata.sorted_tables)
        with self._engine.begin() as connection:
            allow_changes(connection)
            connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY")
            connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{REVISION}'")
            for table, rows in self._first.items():
                connection.execute(insert(table), [dict(row) for row in rows])
            forbid_changes(connection)

    def close(self) -> None:
        self._engine.dispose()


@pytest.fixture(scope="session")
def new_database(postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewDatabase]:
    """Give the database of this worker; a new one for each test would leave thousands of files to delete."""
    address = postgres_server.address(postgres_server.fresh())
    desk = Desk("postgresql", tmp_path_factory.mktemp("postgresql"), address)
    desk.open().close()
    database = NewDatabase(desk)
    yield database
    database.close()


@pytest.fixture(params=["sqlcipher", "plain", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    """Give a new ledger of each kind."""
    kind: str = request.param
    folder = tmp_path / "desk"
    if kind == "postgresql":
        database: NewDatabase = request.getfixturevalue("new_database")
        database.renew()
        shutil.copytree(database.desk.folder, folder)
        return Desk(kind, folder, database.desk.url)
    shutil.copytree(request.getfixturevalue("new_ledgers")[kind], folder)
    return Desk(kind, folder)


@pytest.fixture
def ledger(desk: Desk) -> Iterator[Ledger]:
    """Give the opened ledger of each kind."""
    with desk.open() as opened:
        yield opened
