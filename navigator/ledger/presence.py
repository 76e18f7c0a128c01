"""Who is in a case now: a second desk sees it and reads only (issue "Ledger"); no record, so not in the audit."""

from __future__ import annotations

import socket
import uuid
from datetime import timedelta

from sqlalchemy import RowMapping, delete, insert, or_, select, update

from navigator.ledger.running import RunningDesks
from navigator.ledger.schema import presence
from navigator.ledger.store import Store
from navigator.ledger.values import Present
from provider_directory.cleaning import clean

STALE = timedelta(seconds=90)
"""Without renewal for so long a desk of another machine counts as gone; renew every 30 seconds."""


class PresenceList:
    """Which desks are in which cases and referrals."""

    def __init__(self, store: Store, running: RunningDesks) -> None:
        self._store = store
        self._running = running
        self._desk = str(uuid.uuid4())
        self._host = clean(socket.gethostname(), 120)

    def enter(self, subject: str) -> tuple[Present, ...]:
        """Say that this desk is in a case or referral, or still is, and give the other desks that are in it."""
        moment = self._store.now()
        mine = (presence.c.subject == subject, presence.c.desk == self._desk)
        self._running.hold(self._desk)
        ended = self._running.ended()
        gone = or_(presence.c.renewed_at < moment - STALE, presence.c.desk.in_(ended))
        with self._store.unaudited() as connection:
            connection.execute(delete(presence).where(gone))
            renewed = connection.execute(
                update(presence).where(*mine).values(renewed_at=moment, who=self._store.by)
            ).rowcount
            if not renewed:
                row = {"subject": subject, "desk": self._desk, "who": self._store.by, "host": self._host}
                connection.execute(insert(presence).values(**row, since=moment, renewed_at=moment))
        self._running.forget(ended)
        return self.others(subject)

    def leave(self, subject: str | None = None) -> None:
        """Say that this desk left a case or referral; without ``subject`` all of them."""
        mine = [presence.c.desk == self._desk, *([presence.c.subject == subject] if subject else [])]
        with self._store.unaudited() as connection:
            connection.execute(delete(presence).where(*mine))

    def others(self, subject: str) -> tuple[Present, ...]:
        """Give the other desks that are in a case or referral now, who came first first."""
        rows = (row for row in self._in(subject) if row["desk"] != self._desk)
        return tuple(Present(**{name: row[name] for name in Present.model_fields}) for row in rows)

    def may_write(self, subject: str) -> bool:
        """Say whether this desk came first, after ``enter``; a desk that came later reads only."""
        first = next(iter(self._in(subject)), None)
        return first is not None and first["desk"] == self._desk

    def close(self) -> None:
        """Let the other desks know at once that this one has ended."""
        self._running.let_go()

    def _in(self, subject: str) -> list[RowMapping]:
        """Give the rows of the desks that are in a case or referral now, who came first first."""
        fresh = presence.c.renewed_at >= self._store.now() - STALE
        query = select(presence).where(presence.c.subject == subject, fresh)
        with self._store.reading() as connection:
            rows = connection.execute(query.order_by(presence.c.since, presence.c.desk)).mappings().fetchall()
        return [row for row in rows if row["desk"] == self._desk or not self._running.has_ended(row["desk"])]
