"""The one way in which rows are read and written: each write is one transaction with one audit entry (TRUST B3)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, Table, and_, insert, select, update

from navigator.ledger import audit
from navigator.ledger.errors import LedgerProblem
from navigator.ledger.faults import faults_in_words
from navigator.ledger.schema import LOOK_UP_KEYS, ROW_ID, secret
from navigator.ledger.sealing import NotSealedHere, Sealer, canonical
from navigator.ledger.turns import turn_to_write

READ = {"begin": "BEGIN"}
"""Execution options of a reading transaction: it waits for no writer."""

AUDIT_KEY = "secret/audit"
"""The place that the sealed audit key is bound to."""

_NOT_IN_MAC = {*LOOK_UP_KEYS, "sealed", "seq"}
_MAC_DIGITS = 32


class Store:
    """What all parts of the ledger share: the database, its keys, the clock and who is at work."""

    def __init__(
        self, engine: Engine, place: str, data_key: bytes, audit_key: bytes, now: Callable[[], datetime], by: str
    ) -> None:
        self.engine = engine
        self.place = place
        """Where the ledger lies, in words for people; holds no password."""
        self.data_key = data_key
        self.sealer = Sealer(data_key)
        self.audit_key = audit_key
        self.now = now
        self.by = by
        """Who signs what is written now."""
        self.years_kept: Callable[[str | None], int | None] = lambda _program: None
        """How long a program, by its id, has the contents kept after the end; None = as long as most."""

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend a connection that sees one state of the ledger and waits for no writer."""
        with (
            faults_in_words(self.place),
            self.engine.connect().execution_options(**READ) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def writing(self, action: str, subject: str = "") -> Iterator[Writing]:
        """Lend the only writing transaction; its audit entry goes to disk with it, or neither does."""
        with self.unaudited() as connection:
            work = Writing(self, connection, action, subject)
            yield work
            work.sign()

    @contextmanager
    def unaudited(self) -> Iterator[Connection]:
        """Lend the only writing transaction, for what is no record: who is at which desk."""
        alone = turn_to_write(Path(self.place)) if self.engine.dialect.name == "sqlite" else nullcontext()
        with faults_in_words(self.place), alone, self.engine.begin() as connection:
            in_force = connection.execute(select(secret.c.key_id).where(secret.c.name == "audit")).scalar_one_or_none()
            if in_force != self.sealer.key_id:
                raise LedgerProblem(
                    "The ledger's key was changed since this program opened it; nothing was saved.",
                    "Close this program and open it again.",
                )
            yield connection

    def seal(self, table: Table, row: Mapping[str, Any] | RowMapping, fields: Mapping[str, Any]) -> bytes:
        """Seal the personal fields of a row."""
        return self.sealer.seal(place_of(table, row), fields)

    def fields(self, table: Table, row: Mapping[str, Any] | RowMapping) -> dict[str, Any] | None:
        """Open the personal fields of a row; None where its time of keeping is over; raises LedgerProblem."""
        if row["sealed"] is None:
            return None
        place = place_of(table, row)
        try:
            return self.sealer.open(place, row["sealed"])
        except NotSealedHere:
            raise LedgerProblem(
                f"A row of the ledger is damaged or was changed by another program ({place}).",
                "Close the app and restore the ledger from the backup.",
            ) from None

    def row_mac(self, table: Table, row: RowMapping) -> str:
        """Give the MAC of what a row says; another key of the ledger, or a new empty column, does not change it."""
        said = {
            name: _written(value) for name, value in row.items() if value is not None and str(name) not in _NOT_IN_MAC
        }
        content = canonical([table.name, said, self.fields(table, row) if "sealed" in row else None])
        return hmac.new(self.audit_key, content.encode(), hashlib.sha256).hexdigest()[:_MAC_DIGITS]


class Writing:
    """One writing transaction: its moment, its rows, and what its audit entry will say."""

    def __init__(self, store: Store, connection: Connection, action: str, subject: str) -> None:
        self.store = store
        self.connection = connection
        self.moment = store.now()
        self.by = store.by
        self.action = action
        self.subject = subject
        self.detail: dict[str, Any] = {}
        """What the audit says beside the rows; never personal data."""
        self._touched: dict[str, tuple[Table, dict[str, Any]]] = {}

    def insert(self, table: Table, row: Mapping[str, Any], fields: Mapping[str, Any] | None = None) -> None:
        """Add a row, with its personal fields sealed."""
        values = dict(row)
        if fields is not None:
            values["sealed"] = self.store.seal(table, values, fields)
        self.connection.execute(insert(table).values(**values))
        self.touch(table, values)

    def change(self, table: Table, row_id: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """Change columns of the row that ``row_id`` names."""
        self.connection.execute(update(table).where(_is(table, row_id)).values(**values))
        self.touch(table, row_id)

    def touch(self, table: Table, row: Mapping[str, Any] | RowMapping) -> None:
        """Have the audit entry vouch for a row as it is at the end of the transaction."""
        self._touched[place_of(table, row)] = (table, {name: row[name] for name in ROW_ID[table.name]})

    def sign(self) -> None:
        """Write the audit entry."""
        rows = {}
        for place, (table, row_id) in self._touched.items():
            row = self.connection.execute(select(table).where(_is(table, row_id))).mappings().one()
            rows[place] = self.store.row_mac(table, row)
        detail = self.detail | ({"rows": rows} if rows else {})
        audit.append(self.connection, self.store.audit_key, self.moment, self.by, self.action, self.subject, detail)


def place_of(table: Table, row: Mapping[str, Any] | RowMapping) -> str:
    """Name a row for good: "task/6f1c...", the place that its sealed text is bound to."""
    return f"{table.name}/{'/'.join(str(row[name]) for name in ROW_ID[table.name])}"


def _is(table: Table, row_id: Mapping[str, Any]) -> Any:
    return and_(*(table.c[name] == row_id[name] for name in ROW_ID[table.name]))


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
