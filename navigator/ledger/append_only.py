"""Tables whose rows are added, never changed: the database refuses it, whatever program asks (issue "Ledger")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from navigator.ledger.schema import APPEND_ONLY

_REFUSED = "rows of this table are added, never changed"


def guards(dialect: str, table: str) -> tuple[str, str]:
    """Name the two triggers that guard a table."""
    kinds = ("row", "all") if dialect == "postgresql" else ("update", "delete")
    return f"{table}_append_only_{kinds[0]}", f"{table}_append_only_{kinds[1]}"


def forbid_changes(connection: Connection, tables: Iterable[str] = APPEND_ONLY) -> None:
    """Make the triggers that refuse UPDATE and DELETE."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(
            "CREATE OR REPLACE FUNCTION coe_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$BEGIN RAISE EXCEPTION '{_REFUSED}'; END$$"
        )
        for table in tables:
            row, all_rows = guards("postgresql", table)
            for name, moment, each in ((row, "UPDATE OR DELETE", "ROW"), (all_rows, "TRUNCATE", "STATEMENT")):
                connection.exec_driver_sql(
                    f"CREATE TRIGGER {name} BEFORE {moment} ON {table} "
                    f"FOR EACH {each} EXECUTE FUNCTION coe_append_only()"
                )
        return
    for table in tables:
        for name, moment in zip(guards("sqlite", table), ("UPDATE", "DELETE"), strict=True):
            connection.exec_driver_sql(
                f"CREATE TRIGGER {name} BEFORE {moment} ON {table} BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
            )


def allow_changes(connection: Connection, tables: Iterable[str] = APPEND_ONLY) -> None:
    """Take the triggers away."""
    on_table = connection.dialect.name == "postgresql"
    for table in tables:
        for name in guards(connection.dialect.name, table):
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}{f' ON {table}' if on_table else ''}")


@contextmanager
def lifted(connection: Connection, *tables: str) -> Iterator[None]:
    """Allow changes within a transaction that rotates the key or ends the time of keeping."""
    allow_changes(connection, tables)
    yield
    forbid_changes(connection, tables)
