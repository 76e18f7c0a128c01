"""How much is kept, as what, and what the audit says, for who runs the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from navigator.ledger.cases import case_number
from navigator.ledger.schema import ROW_ID, audit, metadata
from navigator.ledger.storage import is_encrypted
from navigator.ledger.store import Store
from navigator.referral import number as numbers


def counts(store: Store) -> dict[str, int]:
    """Count the rows of each table."""
    with store.reading() as connection:
        return {
            name: connection.execute(select(func.count()).select_from(metadata.tables[name])).scalar_one()
            for name in (*ROW_ID, audit.name)
        }


def kind_of_store(store: Store) -> str:
    """Say how the ledger is kept."""
    if store.engine.dialect.name == "postgresql":
        return "PostgreSQL, every row sealed (AES-256-GCM)"
    if is_encrypted(Path(store.place)):
        return "SQLCipher file, every row sealed (AES-256-GCM)"
    return "SQLite file, every row sealed (AES-256-GCM)"


def audit_entries(store: Store, limit: int, subject: str | None = None) -> list[dict[str, Any]]:
    """Give the newest entries, oldest first; with ``subject`` those of one referral or case. Raises BadInput."""
    query = select(audit).order_by(audit.c.seq.desc()).limit(limit)
    if subject is not None:
        is_case = subject.strip().upper().startswith("CS")
        query = query.where(audit.c.subject == (case_number(subject) if is_case else numbers.normalise(subject)))
    with store.reading() as connection:
        return [dict(row) for row in connection.execute(query).mappings()][::-1]
