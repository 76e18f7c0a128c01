"""Another data key for a ledger that lives on: whatever moment it is killed at, the old or the new key opens it.

The new key goes to disk beside the old one first; then one transaction seals every row anew; then SQLCipher's own key
is changed; at last the new key takes the old one's place. ``settle`` finds how far it came, and finishes it.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from sqlalchemy import Connection, Engine, select, update

from navigator.ledger import key_file as files
from navigator.ledger import keyring_entry, keys, passphrase
from navigator.ledger.append_only import lifted
from navigator.ledger.cases import case_keys
from navigator.ledger.faults import faults_in_words
from navigator.ledger.referral_rows import referral_keys
from navigator.ledger.roster import roster_keys
from navigator.ledger.schema import APPEND_ONLY, ROW_ID, case_file, metadata, referral, roster, secret
from navigator.ledger.sealing import KEY_BYTES, Sealer
from navigator.ledger.storage import change_file_key, file_opens_with, is_encrypted, open_engine
from navigator.ledger.store import AUDIT_KEY, READ, Store, Writing, place_of

_KEYS_OF = {referral.name: referral_keys, case_file.name: case_keys, roster.name: roster_keys}


def rotate(store: Store, key_file: Path, path: Path | None) -> str:
    """Change the ledger's key and give the new one's id; ``path`` is the ledger's file, None on a server.

    Other programs that have the ledger open are refused from then on until they open it again. Raises LedgerProblem.
    """
    with files.held(key_file.parent):
        before, kind = keys.load(key_file), keys.kind_of(key_file)
        after = secrets.token_bytes(KEY_BYTES)
        phrase = passphrase.given(key_file) if kind == "passphrase" else None
        keys.keep(coming(key_file), after, kind or "file", phrase)
        _seal_anew(store, Sealer(after))
        store.engine.dispose()
        if path is not None and is_encrypted(path):
            change_file_key(path, before, after)
        _promote(key_file)
    return Sealer(after).key_id


def coming(key_file: Path) -> Path:
    """Name the file that holds the new key while it is changed."""
    return key_file.with_name(key_file.name + ".next")


def settle(path: Path, key_file: Path) -> None:
    """Finish or forget a change of the key that was interrupted, before a file ledger is opened."""
    if not coming(key_file).exists():
        return None
    old = keys.load(key_file)
    if not path.exists():
        return _forget(key_file)
    new = _load_coming(key_file)
    file_key = old
    if is_encrypted(path) and not file_opens_with(path, old):
        file_key = new
    engine = open_engine(path, file_key)
    try:
        sealed_by = key_id_of(engine, str(path))
    finally:
        engine.dispose()
    if sealed_by != Sealer(new).key_id:
        return _forget(key_file)
    if is_encrypted(path) and file_key == old:
        change_file_key(path, old, new)
    return _promote(key_file)


def settle_server(engine: Engine, place: str, key_file: Path) -> None:
    """Finish or forget a change of the key that was interrupted, before a ledger on a server is opened."""
    if not coming(key_file).exists():
        return
    new = _load_coming(key_file)
    if key_id_of(engine, place) == Sealer(new).key_id:
        _promote(key_file)
    else:
        _forget(key_file)


def key_id_of(engine: Engine, place: str) -> str | None:
    """Give the id of the key that seals the rows."""
    with faults_in_words(place), engine.connect().execution_options(**READ) as connection:
        return connection.execute(select(secret.c.key_id).where(secret.c.name == "audit")).scalar_one_or_none()


def _seal_anew(store: Store, after: Sealer) -> None:
    before = store.sealer
    sealed_tables = [metadata.tables[name] for name in ROW_ID if "sealed" in metadata.tables[name].c]
    with store.writing("rotate key") as work:
        work.detail |= {"from": before.key_id, "to": after.key_id}
        closed = [name for name in APPEND_ONLY if name != "audit"]
        with lifted(work.connection, *closed):
            for table in sealed_tables:
                _seal_table_anew(work, table.name, after)
        audit_key = after.seal_bytes(AUDIT_KEY, store.audit_key)
        values = {"key_id": after.key_id, "sealed": audit_key}
        work.connection.execute(update(secret).where(secret.c.name == "audit").values(**values))


def _seal_table_anew(work: Writing, name: str, after: Sealer) -> None:
    table, keys_of = metadata.tables[name], _KEYS_OF.get(name)
    for seq in _seqs(work.connection, name):
        row = work.connection.execute(select(table).where(table.c.seq == seq)).mappings().one()
        fields = work.store.fields(table, row)
        if fields is None:
            continue
        values: dict[str, bytes | str | None] = {"sealed": after.seal(place_of(table, row), fields)}
        if keys_of is not None:
            values |= keys_of(fields, after)
        work.connection.execute(update(table).where(table.c.seq == seq).values(**values))


def _seqs(connection: Connection, name: str) -> list[int]:
    column = metadata.tables[name].c.seq
    return list(connection.execute(select(column).order_by(column)).scalars())


def _load_coming(key_file: Path) -> bytes:
    phrase = passphrase.given(key_file) if keys.kind_of(coming(key_file)) == "passphrase" else None
    if phrase is not None:
        passphrase.remember(coming(key_file), phrase)
    return keys.load(coming(key_file))


def _promote(key_file: Path) -> None:
    gone = keys.entry_of(key_file)
    coming(key_file).replace(key_file)
    files.sync_folder(key_file.parent)
    if gone is not None:
        keyring_entry.forget(gone)


def _forget(key_file: Path) -> None:
    gone = keys.entry_of(coming(key_file))
    coming(key_file).unlink()
    files.sync_folder(key_file.parent)
    if gone is not None:
        keyring_entry.forget(gone)
