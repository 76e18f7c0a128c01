"""A copy of the ledger in one file while the desks work: encrypted by the ledger's key, verified once written."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path
from typing import NamedTuple

from navigator.ledger import key_file as files
from navigator.ledger.copying import copy_rows
from navigator.ledger.errors import LedgerProblem
from navigator.ledger.faults import driver_faults_in_words, faults_in_words
from navigator.ledger.opening import up_to_date
from navigator.ledger.storage import beside, files_in_words, open_engine
from navigator.ledger.store import Store
from navigator.ledger.verifying import Verified, verify
from provider_directory.errors import BadInput


class Backup(NamedTuple):
    """A backup that was written, read again and verified."""

    file: Path
    sha256: str
    verified: Verified


def back_up(store: Store, target: Path) -> Backup:
    """Write all that was kept at this moment into a new file.

    Raises BadInput where the file is there already, LedgerProblem.
    """
    if target.exists():
        raise BadInput(f"{target} is there already.", "Name a new file: a backup is never overwritten.")
    partial = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    with store.writing("back up") as work:
        work.detail["file"] = target.name
    try:
        with files_in_words(target):
            os.close(os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        if store.engine.dialect.name == "sqlite":
            _vacuum_into(store, partial)
        else:
            _rows_into(store, partial)
        verified = verify_file(partial, store)
        if verified.problems:
            raise LedgerProblem(
                f"The backup does not verify: {verified.problems[0]}",
                "See all with `coe ledger verify`; nothing was written.",
            )
        with files_in_words(target):
            with partial.open("rb+") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
                os.fsync(file.fileno())
            partial.rename(target)
            files.sync_folder(target.parent)
    finally:
        for left in (partial, *beside(partial)):
            left.unlink(missing_ok=True)
    return Backup(target, digest, verified)


def verify_file(path: Path, store: Store) -> Verified:
    """Verify a file ledger that the key of ``store`` opens; raises LedgerProblem where it does not open."""
    engine = open_engine(path, store.data_key)
    try:
        return verify(up_to_date(engine, str(path), store.data_key, store.now))
    finally:
        engine.dispose()


def _vacuum_into(store: Store, partial: Path) -> None:
    with driver_faults_in_words(store.engine, store.place):
        # A raw connection: VACUUM INTO reads one state of the file and cannot run inside a transaction.
        connection = store.engine.raw_connection()
        try:
            connection.execute("VACUUM INTO ?", (str(partial),))
        finally:
            connection.close()


def _rows_into(store: Store, partial: Path) -> None:
    engine = open_engine(partial, store.data_key)
    try:
        up_to_date(engine, str(partial), store.data_key, store.now)
        with store.reading() as source, faults_in_words(str(partial)), engine.begin() as target:
            copy_rows(source, target)
    finally:
        engine.dispose()
