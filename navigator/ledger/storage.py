"""The encrypted file under the ledger: how it is opened, how its faults are told, how its tables come up to date."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from navigator.ledger import key_file as keys
from navigator.ledger.errors import LedgerProblem
from navigator.ledger.schema import REVISION

BUSY_SECONDS = 5.0
READ = {"begin": "BEGIN"}
"""Execution options of a reading transaction: it waits for no writer."""


def open_engine(path: Path, key_file: Path) -> Engine:
    """Open or create the encrypted file with today's tables; raises LedgerProblem, never stores in clear."""
    module = _sqlcipher()
    with _files_in_words(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        key_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = keys.read_or_create(key_file, may_create=not path.exists())
        # SQLite would make it readable as the umask says; -wal and -shm take their mode from this file.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    engine = _engine(module, path, key)
    try:
        # SQLite does not wait its turn where two programs switch a new file to WAL: one would be told "locked".
        with faults_in_words(path), keys.held(key_file):
            _bring_up_to_date(engine, path)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def faults_in_words(path: Path) -> Iterator[None]:
    """Turn a fault of the database into a LedgerProblem; no value of a referral gets into its words."""
    try:
        yield
    except DBAPIError as fault:
        raise _in_words(str(fault.orig), path) from None


def _in_words(found: str, path: Path) -> LedgerProblem:
    if "not a database" in found:
        return LedgerProblem(
            f"The ledger {path} does not open: the key file is not its own, or the file is damaged.",
            "Restore the key file or the ledger from the backup; do not delete either.",
        )
    if "malformed" in found:
        return LedgerProblem(f"The ledger {path} is damaged.", "Close the app and restore the ledger from the backup.")
    if "locked" in found:
        return LedgerProblem(
            f"Another program held the ledger for more than {BUSY_SECONDS:.0f} seconds; nothing was saved.",
            "Try again; if it happens again, close the other program.",
        )
    if "full" in found:
        return LedgerProblem("The disk is full; nothing was saved.", "Free some space, then save again.")
    return LedgerProblem(f"The ledger {path} answered: {found}.", "Nothing was saved; try again.")


@contextmanager
def _files_in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise LedgerProblem(
            f"The ledger's folder {path.parent} cannot be used: {fault.strerror}.",
            "Check that the folder can be written to; COE_HOME moves it.",
        ) from None


def _sqlcipher() -> ModuleType:
    try:
        from sqlcipher3 import dbapi2  # deferred: no wheel for Windows, and its absence is told in words
    except ImportError:
        raise LedgerProblem(
            "The encrypted store (sqlcipher3) is not installed, and referrals are never stored in clear.",
            'Install it with "python -m pip install sqlcipher3"; on Windows use the Linux subsystem.',
        ) from None
    module: ModuleType = dbapi2
    return module


def _engine(module: ModuleType, path: Path, key: str) -> Engine:
    engine = create_engine(
        "sqlite://",
        module=module,
        creator=_creator(module, path, key),
        poolclass=QueuePool,  # the pool of file databases; the address names none
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer that starts as a reader cannot wait its turn: BEGIN IMMEDIATE can (TRUST B4, "4 writers").
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN IMMEDIATE"))

    return engine


def _creator(module: ModuleType, path: Path, key: str) -> Callable[[], Any]:
    def connect() -> Any:
        # The pool lends a connection to one thread at a time; isolation_level None leaves BEGIN to the engine.
        connection = module.connect(str(path), timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            _prepare(connection, key)
        except BaseException:
            connection.close()
            raise
        return connection

    return connect


def _prepare(connection: Any, key: str) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")  # else it writes on the terminal's stderr
    connection.execute(f"PRAGMA key = \"x'{key}'\"")
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise LedgerProblem(
            "The installed sqlcipher3 does not encrypt, and referrals are never stored in clear.",
            'Install it again with "python -m pip install --force-reinstall sqlcipher3".',
        )
    connection.execute("PRAGMA temp_store = MEMORY")  # no temporary file, which might not be encrypted
    if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # NORMAL loses saved referrals in a power cut (TRUST 0.7)
    connection.execute("PRAGMA foreign_keys = ON")


def _revision(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none() or ""


def _bring_up_to_date(engine: Engine, path: Path) -> None:
    with engine.connect().execution_options(**READ) as connection:
        found = _revision(connection)
    if found > REVISION:
        raise LedgerProblem(
            f"The ledger {path} was written by a newer version of this program (step {found}, known up to {REVISION}).",
            "Update the program on this machine.",
        )
    if found < REVISION:
        with engine.begin() as connection:
            if _revision(connection) < REVISION:  # another desk may have done it in the meantime
                _migrate(connection)


def _migrate(connection: Connection) -> None:
    # deferred: alembic costs 318 ms, and only the first start after an update needs it
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
