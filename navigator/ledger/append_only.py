"""Tables whose rows are added, never changed: the database refuses it, whatever program asks (issue "Ledger")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from navigator.ledger.schema import APPEND_ONLY

_REFUSED = "rows of this table are added, never changed"


def forbid_changes(connection: Connection, tables: Iterable[str] = APPEND_ONLY) -> None:
    """Make the triggers that refuse UPDATE and DELETE."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(
            "CREATE OR REPLACE FUNCTION coe_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$BEGIN RAISE EXCEPTION '{_REFUSED}'; END$$"
        )
        for table in tables:
            for name, moment, each in (("row", "UPDATE OR DELETE", "ROW"), ("all", "TRUNCATE", "STATEMENT")):
                connection.exec_driver_sql(
                    f"CREATE TRIGGER {table}_append_only_{name} BEFORE {moment} ON {table} "
                    f"FOR EACH {each} EXECUTE FUNCTION coe_append_only()"
                )
        return
    for table in tables:
        for moment in ("UPDATE", "DELETE"):
            connection.exec_driver_sql(
                f"CREATE TRIGGER {table}_append_only_{moment.lower()} BEFORE {moment} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
            )


def allow_changes(connection: Connection, tables: Iterable[str] = APPEND_ONLY) -> None:
    """Take the triggers away."""
    for table in tables:
        if connection.dialect.name == "postgresql":
            for name in ("row", "all"):
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_append_only_{name} ON {table}")
        else:
            for moment in ("update", "delete"):
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_append_only_{moment}")


@contextmanager
def lifted(connection: Connection, *tables: str) -> Iterator[None]:
    """Allow changes within a transaction that rotates the key or ends the time of keeping."""
    allow_changes(connection, tables)
    yield
    forbid_changes(connection, tables)
