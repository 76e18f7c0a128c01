"""The ledger's tables; a change of them is a migration in migrations/versions and a new REVISION."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

REVISION = "0002"
"""The newest migration; numbers with leading zeros, so that their order is their age."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC: SQLite stores no time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into UTC; a naive one is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment back in UTC."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


# Constraints have names on every database, for a migration can only change what it can name.
metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)


def _seq() -> Column[int]:
    return Column("seq", Integer, primary_key=True)  # the order of creation: a clock may jump, this does not


def _id() -> Column[str]:
    return Column("id", String(36), nullable=False, unique=True)


def _sealed() -> Column[bytes]:
    return Column("sealed", LargeBinary)  # everything personal; None = its time of keeping is over


def _key(name: str) -> Column[str]:
    return Column(name, String(64), index=True)


def _of_referral() -> Column[str]:
    return Column("referral", String(14), ForeignKey("referral.number"), index=True)


def _of_case() -> Column[str]:
    return Column("case_id", String(14), ForeignKey("case_file.id"), index=True)


case_file = Table(
    "case_file",
    metadata,
    _seq(),
    Column("id", String(14), nullable=False, unique=True),
    # Counted up by every save, so that a desk that read an older one is told.
    Column("version", Integer, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("state", String(20), nullable=False, index=True),
    Column("program", String(120)),
    Column("owner", String(120)),
    Column("away_until", Date),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("opened_by", String(120), nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    Column("call_back_on", Date),
    Column("wait_ms", Integer),
    Column("retain_until", Date),
    _key("member_key"),
    _key("phone_key"),
    _key("name_key"),
    _sealed(),
    sqlite_autoincrement=True,
)

referral = Table(
    "referral",
    metadata,
    _seq(),
    Column("number", String(14), nullable=False, unique=True),
    Column("state", String(20), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", String(120), nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("edition", String(120), nullable=False),
    Column("demonstration", Boolean, nullable=False),
    Column("program", String(120)),
    Column("facility_id", String(120)),
    Column("offer_sha256", String(64)),
    Column("held_from", String(20)),
    Column("owner", String(120)),
    Column("away_until", Date),
    Column("replaces", String(14)),
    Column("retain_until", Date),
    _of_case(),
    _key("member_key"),
    _key("phone_key"),
    _key("name_key"),
    _sealed(),
    sqlite_autoincrement=True,
)

offer = Table(
    "offer",
    metadata,
    _seq(),
    Column("referral_seq", Integer, ForeignKey("referral.seq"), nullable=False),
    # Of the canonical JSON of the offer as it was shown, which is sealed; rows are added, never changed.
    Column("sha256", String(64), nullable=False),
    Column("attached_at", UtcDateTime, nullable=False),
    _sealed(),
    UniqueConstraint("referral_seq", "sha256", name="uq_offer_referral_seq_sha256"),
    sqlite_autoincrement=True,
)

event = Table(
    "event",
    metadata,
    _seq(),
    _id(),
    Column("referral", String(14), ForeignKey("referral.number"), nullable=False, index=True),
    Column("from_state", String(20), nullable=False),
    Column("to_state", String(20), nullable=False),
    Column("trigger", String(200), nullable=False),
    Column("actor", String(20), nullable=False),
    Column("by", String(120), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    _sealed(),
    sqlite_autoincrement=True,
)

delivery = Table(
    "delivery",
    metadata,
    _seq(),
    _id(),
    Column("referral", String(14), ForeignKey("referral.number"), nullable=False, index=True),
    Column("route", String(20), nullable=False),
    Column("result", String(20), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String(120), nullable=False),
    _sealed(),
    sqlite_autoincrement=True,
)

task = Table(
    "task",
    metadata,
    _seq(),
    _id(),
    # Of tasks that must not be made twice, e.g. one per referral and edition.
    Column("once", String(200), unique=True),
    _of_referral(),
    _of_case(),
    Column("kind", String(40), nullable=False),
    Column("due_on", Date, nullable=False, index=True),
    Column("made_at", UtcDateTime, nullable=False),
    Column("made_by", String(120), nullable=False),
    Column("done_at", UtcDateTime),
    Column("done_by", String(120)),
    _sealed(),
    sqlite_autoincrement=True,
)

note = Table(
    "note",
    metadata,
    _seq(),
    _id(),
    _of_referral(),
    _of_case(),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String(120), nullable=False),
    _sealed(),
    sqlite_autoincrement=True,
)

roster_file = Table(
    "roster_file",
    metadata,
    _seq(),
    _id(),
    Column("program", String(120), nullable=False, index=True),
    Column("file_name", String(300), nullable=False),
    Column("as_of", Date),
    Column("people", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("imported_at", UtcDateTime, nullable=False),
    Column("imported_by", String(120), nullable=False),
    sqlite_autoincrement=True,
)

roster = Table(
    "roster",
    metadata,
    _seq(),
    _id(),
    Column("program", String(120), nullable=False, index=True),
    Column("effective", Date),
    Column("ends", Date),
    _key("member_key"),
    _key("name_key"),
    _sealed(),
    sqlite_autoincrement=True,
)

presence = Table(
    "presence",
    metadata,
    Column("subject", String(14), primary_key=True),
    Column("desk", String(36), primary_key=True),
    Column("who", String(120), nullable=False),
    Column("host", String(120), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("renewed_at", UtcDateTime, nullable=False),
)

secret = Table(
    "secret",
    metadata,
    Column("name", String(20), primary_key=True),
    # Of the key that seals this row and all others.
    Column("key_id", String(16), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String(120), nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", String(60), nullable=False),
    Column("detail", Text, nullable=False),
    Column("mac", String(64), nullable=False),
)

ROW_ID = {
    table.name: columns
    for table, columns in (
        (referral, ("number",)),
        (case_file, ("id",)),
        (offer, ("referral_seq", "sha256")),
        (event, ("id",)),
        (delivery, ("id",)),
        (task, ("id",)),
        (note, ("id",)),
        (roster_file, ("id",)),
        (roster, ("id",)),
    )
}
"""What names a row for good, in the tables whose rows the audit knows."""
APPEND_ONLY = ("audit", "note", "event", "delivery", "offer")
"""Rows of these tables are added, never changed; the database itself refuses it."""
LOOK_UP_KEYS = ("member_key", "phone_key", "name_key")
"""Keyed words; they change with the ledger's key."""
