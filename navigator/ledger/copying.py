"""All rows of one ledger put in place of all rows of another, whatever store either is."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, insert, select

from navigator.ledger.append_only import lifted
from navigator.ledger.schema import APPEND_ONLY, metadata, presence

_CHUNK = 500


def copy_rows(source: Connection, target: Connection) -> None:
    """Copy within the transactions that are lent; who is at which desk is left out. Rows stay sealed as they are."""
    tables = [table for table in metadata.sorted_tables if table is not presence]
    with lifted(target, *APPEND_ONLY):
        for table in reversed(metadata.sorted_tables):
            target.execute(delete(table))
        for table in tables:
            query = select(table).order_by(*table.primary_key.columns)
            rows = source.execution_options(stream_results=True).execute(query).mappings()
            for chunk in rows.partitions(_CHUNK):
                target.execute(insert(table), [dict(row) for row in chunk])
    if target.dialect.name == "postgresql":
        for table in tables:
            if "seq" in table.c and table.name != "audit":
                highest = target.execute(select(func.coalesce(func.max(table.c.seq), 0))).scalar_one()
                sequence = func.pg_get_serial_sequence(table.name, "seq")
                target.execute(select(func.setval(sequence, max(highest, 1), highest > 0)))
