"""Who did what, in a chain of MACs: an entry that is edited, deleted or moved breaks it (TRUST B3, S15)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, insert, select

from navigator.ledger.schema import audit
from navigator.ledger.sealing import canonical

START = "0" * 64
SHORT_DIGITS = 16
"""Of a head on paper: 64 bits, which nobody can aim at without the key."""


class Head(NamedTuple):
    """The newest entry of the chain, as printed on documents; (0, START) before the first."""

    seq: int
    mac: str

    @property
    def short(self) -> str:
        """Give "SEQ:MAC" with the first 16 digits of the MAC, as ``coe ledger verify --head`` takes it."""
        return f"{self.seq}:{self.mac[:SHORT_DIGITS]}"


def entry_mac(key: bytes, previous: str, entry: Mapping[str, Any] | RowMapping) -> str:
    """Give the MAC of an entry that follows the entry with MAC ``previous``."""
    said = [entry["seq"], entry["at"].isoformat(), entry["by"], entry["action"], entry["subject"], entry["detail"]]
    return hmac.new(key, f"{previous}\n{canonical(said)}".encode(), hashlib.sha256).hexdigest()


def head(connection: Connection) -> Head:
    """Give the newest entry."""
    row = connection.execute(select(audit.c.seq, audit.c.mac).order_by(audit.c.seq.desc()).limit(1)).first()
    return Head(0, START) if row is None else Head(row.seq, row.mac)


def append(
    connection: Connection, key: bytes, at: datetime, by: str, action: str, subject: str, detail: Mapping[str, Any]
) -> Head:
    """Add one entry behind the newest; the transaction must be the only one that writes."""
    last = head(connection)
    entry = {
        "seq": last.seq + 1,
        "at": at,
        "by": by,
        "action": action,
        "subject": subject,
        "detail": canonical(detail),
    }
    mac = entry_mac(key, last.mac, entry)
    connection.execute(insert(audit).values(**entry, mac=mac))
    return Head(last.seq + 1, mac)


def broken_links(connection: Connection, key: bytes) -> Iterator[int]:
    """Give the numbers of the entries at which the chain does not hold: edited, moved, or one missing before."""
    previous, expected = START, 1
    for row in connection.execute(select(audit).order_by(audit.c.seq)).mappings():
        if row["seq"] != expected or not hmac.compare_digest(row["mac"], entry_mac(key, previous, row)):
            yield row["seq"]
        previous, expected = row["mac"], row["seq"] + 1
