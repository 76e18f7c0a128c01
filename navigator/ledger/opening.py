"""Open the ledger: key, database, tables of today, and the key of the audit chain (TRUST B3)."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, select, text

from navigator.ledger import keys, postgres, rotation
from navigator.ledger.desk_user import os_user
from navigator.ledger.errors import LedgerProblem
from navigator.ledger.faults import faults_in_words
from navigator.ledger.key_file import held, sweep
from navigator.ledger.schema import REVISION, offer, referral, secret
from navigator.ledger.sealing import KEY_BYTES, NotSealedHere, Sealer
from navigator.ledger.storage import files_in_words, open_engine
from navigator.ledger.store import AUDIT_KEY, READ, Store, Writing


def open_file(path: Path, key_file: Path, now: Callable[[], datetime]) -> Store:
    """Open the ledger of this machine; raises LedgerProblem, never stores in clear."""
    with files_in_words(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        key_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # SQLite does not wait its turn where two programs switch a new file to WAL: one would be told "locked".
        with held(path.parent):
            sweep(path, key_file, rotation.coming(key_file))
            data_key = keys.at_hand(key_file, may_create=not path.exists())
            if rotation.coming(key_file).exists():
                rotation.settle(path, key_file)
                data_key = keys.load(key_file)
            engine = open_engine(path, data_key)
            try:
                return up_to_date(engine, str(path), data_key, now)
            except BaseException:
                engine.dispose()
                raise


def open_server(url: str, key_file: Path, now: Callable[[], datetime]) -> Store:
    """Open the ledger of all desks on PostgreSQL; raises BadInput for the address, LedgerProblem.

    Each desk needs the same key file; a new one is made for an empty database alone.
    """
    address = postgres.read_url(url)
    engine, place = postgres.open_engine(address), postgres.place_of_server(address)
    try:
        with faults_in_words(place), engine.connect().execution_options(**READ) as connection:
            is_new = revision_of(connection) == ""
        with files_in_words(key_file):
            key_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with held(key_file.parent):
                sweep(key_file, rotation.coming(key_file))
                if not is_new:
                    rotation.settle_server(engine, place, key_file)
                data_key = keys.at_hand(key_file, may_create=is_new)
        return up_to_date(engine, place, data_key, now)
    except BaseException:
        engine.dispose()
        raise


def up_to_date(engine: Engine, place: str, data_key: bytes, now: Callable[[], datetime]) -> Store:
    """Give the store over a database, its tables brought up to today; raises LedgerProblem."""
    sealer = Sealer(data_key)
    with faults_in_words(place):
        with engine.connect().execution_options(**READ) as connection:
            found = revision_of(connection)
            sealed = _sealed_audit_key(connection) if found == REVISION else None
        if found > REVISION:
            raise LedgerProblem(
                f"The ledger {place} was written by a newer version of this program "
                f"(step {found}, known up to {REVISION}).",
                "Update the program on this machine.",
            )
        if sealed is None:
            with engine.begin() as connection:
                sealed = _migrated(engine, connection, place, data_key, now)
    try:
        audit_key = sealer.open_bytes(AUDIT_KEY, sealed)
    except NotSealedHere:
        raise LedgerProblem(
            f"The ledger {place} is sealed with another key than the one at hand.",
            "Restore the key file from its backup.",
        ) from None
    return Store(engine, place, data_key, audit_key, now, os_user())


def revision_of(connection: Connection) -> str:
    """Give the step of the tables; "" for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none() or ""


def _sealed_audit_key(connection: Connection) -> bytes | None:
    return connection.execute(select(secret.c.sealed).where(secret.c.name == "audit")).scalar_one_or_none()


def _migrated(
    engine: Engine, connection: Connection, place: str, data_key: bytes, now: Callable[[], datetime]
) -> bytes:
    # Asked again: another desk may have done it in the meantime.
    if revision_of(connection) < REVISION:
        _migrate(connection, Sealer(data_key))
    if (sealed := _sealed_audit_key(connection)) is not None:
        return sealed
    audit_key = secrets.token_bytes(KEY_BYTES)
    store = Store(engine, place, data_key, audit_key, now, os_user())
    sealed = store.sealer.seal_bytes(AUDIT_KEY, audit_key)
    connection.execute(secret.insert().values(name="audit", key_id=store.sealer.key_id, sealed=sealed))
    _begin_chain(connection, store)
    return sealed


def _begin_chain(connection: Connection, store: Store) -> None:
    begin = Writing(store, connection, "begin ledger", "")
    begin.sign()
    for row in connection.execute(select(referral).order_by(referral.c.seq)).mappings().fetchall():
        work = Writing(store, connection, "carry over", row["number"])
        work.touch(referral, row)
        for kept in connection.execute(select(offer).where(offer.c.referral_seq == row["seq"])).mappings().fetchall():
            work.touch(offer, kept)
        work.sign()


def _migrate(connection: Connection, sealer: Sealer) -> None:
    # deferred: alembic costs 318 ms, and only the first start after an update needs it
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["sealer"] = sealer
    command.upgrade(config, "head")
