"""Is every row what the audit says it is? Chain, rows, seals, look-up words and offers are all gone through (S15)."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, RowMapping, Table, func, select

from navigator.ledger import audit as chain
from navigator.ledger.append_only import guards
from navigator.ledger.cases import case_keys
from navigator.ledger.errors import LedgerProblem
from navigator.ledger.referral_rows import referral_keys
from navigator.ledger.roster import people_digest
from navigator.ledger.schema import (
    APPEND_ONLY,
    LOOK_UP_KEYS,
    ROW_ID,
    audit,
    case_file,
    metadata,
    offer,
    referral,
    roster,
)
from navigator.ledger.storage import begins_with, fold_pages
from navigator.ledger.store import Store, place_of
from navigator.referral import snapshot
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput

_KEYS_OF = {referral.name: referral_keys, case_file.name: case_keys}
MOST_PROBLEMS = 50
_HEAD = re.compile(r"([0-9]{1,18}):([0-9a-f]{8,64})")


class Verified(NamedTuple):
    """What was gone through, and what does not hold; no problem = the ledger is whole."""

    rows: dict[str, int]
    """By table."""
    head: chain.Head
    content_sha256: str
    """Of all rows but the audit's, whatever the store and the key: a backup that is restored has the same."""
    problems: tuple[str, ...]
    """At most 50, in words; they name rows, never what stands in them."""


def verify(store: Store, anchor: str | None = None) -> Verified:
    """Go through the whole ledger; ``anchor`` is an audit head that was printed or noted before, "SEQ:MAC".

    A tail that was cut off the audit is found by an anchor alone. Raises BadInput for an anchor of another form,
    LedgerProblem where the ledger cannot be read at all.
    """
    wanted = _anchor(anchor)
    with store.reading() as connection:
        work = _Verification(store, connection)
        problems = []
        for problem in work.found(wanted):
            problems.append(problem)
            if len(problems) == MOST_PROBLEMS:
                problems.append("More than that was not listed.")
                break
        rows = {name: _count(connection, metadata.tables[name]) for name in (*ROW_ID, "audit")}
        head = chain.head(connection)
    problems = [*_file_problems(store), *problems]
    return Verified(rows, head, work.content.hexdigest(), tuple(problems))


class _Verification:
    def __init__(self, store: Store, connection: Connection) -> None:
        self._store = store
        self._connection = connection
        self.content = hashlib.sha256()
        self._vouched: dict[str, str] = {}
        self._digests: dict[str, str] = {}

    def found(self, anchor: tuple[int, str] | None) -> Iterator[str]:
        yield from self._chain(anchor)
        for name in ROW_ID:
            if name != roster.name:
                for row in self._connection.execute(select(metadata.tables[name]).order_by("seq")).mappings():
                    yield from self._row(metadata.tables[name], row)
        yield from self._rosters()
        for place in self._vouched:
            yield f"The row {place} is missing."
        yield from self._triggers()

    def _chain(self, anchor: tuple[int, str] | None) -> Iterator[str]:
        broken = set(chain.broken_links(self._connection, self._store.audit_key))
        for seq in sorted(broken):
            yield f"The audit does not hold at entry {seq}: it was changed or moved, or the one before was deleted."
        for row in self._connection.execute(select(audit).order_by(audit.c.seq)).mappings():
            if anchor is not None and row["seq"] == anchor[0]:
                if not row["mac"].startswith(anchor[1]):
                    yield f"Entry {anchor[0]} of the audit is not the one that was noted."
                anchor = None
            if row["seq"] in broken:
                continue  # what it says is not ours
            detail = json.loads(row["detail"])
            self._vouched |= detail.get("rows", {})
            if row["action"] == "take roster":
                self._digests[detail["program"]] = detail["digest"]
        if anchor is not None:
            yield f"The audit ends before entry {anchor[0]}, which was noted: its tail is missing."

    def _row(self, table: Table, row: RowMapping) -> Iterator[str]:
        place = place_of(table, row)
        try:
            mac, fields = self._store.row_mac(table, row), self._fields(table, row)
        except LedgerProblem:
            self._vouched.pop(place, None)
            yield f"The row {place} does not open: it is damaged, or was written by another program."
            return
        self.content.update(f"{place}:{mac}".encode())
        vouched = self._vouched.pop(place, None)
        if vouched is None:
            yield f"The row {place} stands in no entry of the audit."
        elif not hmac.compare_digest(vouched, mac):
            yield f"The row {place} is not what the audit says: it was changed by another program."
        if fields is None:
            return
        if table.name in _KEYS_OF and _KEYS_OF[table.name](fields, self._store.sealer) != {
            name: row[name] for name in LOOK_UP_KEYS
        }:
            yield f"The row {place} is not found by its person: its look-up words were changed."
        if table.name == offer.name and snapshot.sha256(str(fields["shown"])) != row["sha256"]:
            yield f"The row {place} does not have the SHA-256 that it was shown with."

    def _fields(self, table: Table, row: RowMapping) -> dict[str, object] | None:
        return self._store.fields(table, row) if "sealed" in row else None

    def _rosters(self) -> Iterator[str]:
        programs = set(self._connection.execute(select(roster.c.program).distinct()).scalars()) | self._digests.keys()
        for program in sorted(programs):
            try:
                digest = people_digest(self._store, self._connection, program)
            except LedgerProblem:
                digest = "does not open"
            self.content.update(f"roster {program}:{digest}".encode())
            if digest != self._digests.get(program):
                yield f"The roster of {program} is not the one that was imported."

    def _triggers(self) -> Iterator[str]:
        query = "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
        if self._connection.dialect.name == "postgresql":
            query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        there = set(self._connection.exec_driver_sql(query).scalars())
        for table in APPEND_ONLY:
            if not there.issuperset(guards(self._connection.dialect.name, table)):
                yield f"The guard of table {table} is gone: its rows could be changed."


def _anchor(text: str | None) -> tuple[int, str] | None:
    if text is None:
        return None
    found = _HEAD.fullmatch(text.strip().lower())
    if found is None:
        raise BadInput(f'"{clean(text, 40)}" is no head of the audit.', 'It is printed like "217:49279de9ed75ec99".')
    return int(found[1]), found[2]


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _file_problems(store: Store) -> Iterator[str]:
    """Ask SQLite about its file; the writers wait, for a page that is being written cannot be judged."""
    if store.engine.dialect.name != "sqlite":
        return
    fold_pages(store.engine, store.place)  # the cipher's check reads the file without its write-ahead log
    with store.unaudited() as connection:
        salt = connection.exec_driver_sql("PRAGMA cipher_salt")
        if salt.returns_rows and not begins_with(Path(store.place), bytes.fromhex(salt.scalar_one())):
            yield "The file: its first bytes are damaged; nothing is lost, the next backup is whole."
        for pragma in ("cipher_integrity_check", "integrity_check"):
            answer = connection.exec_driver_sql(f"PRAGMA {pragma}")
            if answer.returns_rows:  # a plain file knows nothing of the first
                yield from (f"The file: {found}." for (found,) in answer.fetchall()[:MOST_PROBLEMS] if found != "ok")
