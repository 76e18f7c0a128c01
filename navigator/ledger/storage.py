"""The ledger as a file: SQLCipher where its wheel is there, else plain SQLite under the same sealed rows (TRUST B3)."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import QueuePool

from navigator.ledger.errors import LedgerProblem
from navigator.ledger.faults import BUSY_SECONDS, driver_faults_in_words, faults_in_words, in_words

Used = TypeVar("Used")

_PLAIN_HEADER = b"SQLite format 3\0"
_SALT = hashlib.sha256(b"coe ledger: salt of the file").hexdigest()[:32]
"""SQLCipher reads the salt from the first bytes of the file, and a power cut in a checkpoint may tear just these.

The salt is given with the key instead, so that the pages in the -wal file still open. It need not differ between
ledgers: it guards passphrases that are alike, and each key is 32 random bytes.
"""


def is_encrypted(path: Path) -> bool:
    """Say whether the file is encrypted as a whole; a new one will be where sqlcipher3 is installed."""
    return not begins_with(path, _PLAIN_HEADER)


def begins_with(path: Path, content: bytes) -> bool:
    """Say whether these are the first bytes of the file."""
    with path.open("rb") as file:
        return file.read(len(content)) == content


def open_engine(path: Path, data_key: bytes) -> Engine:
    """Open or create the file; raises LedgerProblem. The tables are brought up to date by who calls."""
    with files_in_words(path):
        # SQLite would make it readable as the umask says; -wal and -shm take their mode from this file.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    module, key = _driver(path, data_key)
    engine = create_engine(
        "sqlite://",
        module=module,
        creator=lambda: _with_key(partial(_connected, module, path), module, key),
        poolclass=QueuePool,  # the pool of file databases; the address names none
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer that starts as a reader cannot wait its turn: BEGIN IMMEDIATE can (TRUST B4, "4 writers").
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN IMMEDIATE"))

    return engine


def bytes_said(path: Path, data_key: bytes) -> int:
    """Give the length of a closed ledger as its first page has it, which alone is read; raises LedgerProblem.

    Where the file is encrypted, the key vouches for that page. Nothing is written, beside the file neither.
    """
    module, key = _driver(path, data_key)

    def said(key: str | None) -> int:
        connection = module.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            if key is not None:
                _unlock(connection, key)
            pages, size = (connection.execute(f"PRAGMA {what}").fetchone()[0] for what in ("page_count", "page_size"))
            return int(pages) * int(size)
        finally:
            connection.close()

    try:
        return _with_key(said, module, key)
    except module.Error as fault:
        raise in_words(str(fault), str(path)) from None


def file_opens_with(path: Path, data_key: bytes) -> bool:
    """Say whether a file that is encrypted as a whole opens with a key."""
    engine = open_engine(path, data_key)
    try:
        with engine.connect().execution_options(begin="BEGIN") as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema")
    except DatabaseError:
        return False
    finally:
        engine.dispose()
    return True


def change_file_key(path: Path, before: bytes, after: bytes) -> None:
    """Encrypt the file with another key, all pages in one transaction of SQLCipher; raises LedgerProblem."""
    cipher = _sqlcipher()
    if cipher is None:
        raise _not_installed(path)
    engine = open_engine(path, before)
    try:
        with faults_in_words(str(path)), driver_faults_in_words(engine, str(path)):
            connection = engine.raw_connection()
            try:
                connection.execute(f"PRAGMA rekey = \"x'{after.hex()}'\"")
                # The pages of the old key leave the file with this, not at some later moment.
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                connection.close()
    finally:
        engine.dispose()


def fold_pages(engine: Engine, place: str) -> None:
    """Bring the pages of the write-ahead log into the file, as far as readers let."""
    with faults_in_words(place), driver_faults_in_words(engine, place):
        connection = engine.raw_connection()
        try:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        finally:
            connection.close()


def fold_together(path: Path, data_key: bytes) -> None:
    """Bring all of the ledger into its one file; raises LedgerProblem where another program has it open."""
    engine = open_engine(path, data_key)
    try:
        with faults_in_words(str(path)), driver_faults_in_words(engine, str(path)):
            connection = engine.raw_connection()
            try:
                connection.execute("PRAGMA busy_timeout = 0")
                # SQLite leaves WAL only where it is alone.
                connection.execute("PRAGMA journal_mode = DELETE")
            finally:
                connection.close()
    finally:
        engine.dispose()


def beside(path: Path) -> tuple[Path, Path]:
    """Name the files that SQLite keeps beside a file."""
    return path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")


@contextmanager
def files_in_words(path: Path) -> Iterator[None]:
    """Turn a fault of the file system into a LedgerProblem."""
    try:
        yield
    except OSError as fault:
        raise LedgerProblem(
            f"The ledger's folder {path.parent} cannot be used: {fault.strerror}.",
            "Check that the folder can be written to; COE_HOME moves it.",
        ) from None


def _driver(path: Path, data_key: bytes) -> tuple[ModuleType, str | None]:
    """Give the driver of a file, and the key in its form; None for a file that is not encrypted as a whole."""
    with files_in_words(path):
        plain, size = not is_encrypted(path), path.stat().st_size
    cipher = None if plain else _sqlcipher()
    if cipher is None and not plain and size:
        raise _not_installed(path)
    return cipher or sqlite3, data_key.hex() if cipher else None


def _not_installed(path: Path) -> LedgerProblem:
    return LedgerProblem(
        f"The ledger {path} is encrypted as a whole, and the encrypted store (sqlcipher3) is not installed.",
        'Install it with "python -m pip install sqlcipher3".',
    )


def _sqlcipher() -> ModuleType | None:
    try:
        from sqlcipher3 import dbapi2  # deferred: no wheel for Windows
    except ImportError:
        return None
    module: ModuleType = dbapi2
    return module


def _with_key(use: Callable[[str | None], Used], module: ModuleType, key: str | None) -> Used:
    if key is None:
        return use(None)
    try:
        return use(key + _SALT)
    except module.DatabaseError as fault:
        if "not a database" not in str(fault):
            raise
        return use(key)  # a ledger of an earlier version has a salt of its own


def _connected(module: ModuleType, path: Path, key: str | None) -> Any:
    # The pool lends a connection to one thread at a time; isolation_level None leaves BEGIN to the engine.
    connection = module.connect(str(path), timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        if key is not None:
            _unlock(connection, key)
        _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _unlock(connection: Any, key: str) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")  # else it writes on the terminal's stderr
    connection.execute(f"PRAGMA key = \"x'{key}'\"")
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise LedgerProblem(
            "The installed sqlcipher3 does not encrypt.",
            'Install it again with "python -m pip install --force-reinstall sqlcipher3".',
        )


def _prepare(connection: Any) -> None:
    connection.execute("PRAGMA temp_store = MEMORY")  # no temporary file, which might not be encrypted
    connection.execute("PRAGMA secure_delete = ON")  # what was removed does not stay in free pages
    if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # NORMAL loses saved referrals in a power cut (TRUST 0.7)
    connection.execute("PRAGMA foreign_keys = ON")
