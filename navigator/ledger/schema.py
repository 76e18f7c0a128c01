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
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

REVISION = "0001"
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

referral = Table(
    "referral",
    metadata,
    # The order of creation: a clock may jump, this does not.
    Column("seq", Integer, primary_key=True),
    Column("number", String(14), nullable=False),
    Column("state", String(20), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", String(120), nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("edition", String(120), nullable=False),
    Column("demonstration", Boolean, nullable=False),
    Column("program", String(120)),
    Column("procedure", String(120)),
    Column("procedure_name", String(300)),
    Column("sensitive", Boolean, nullable=False),
    Column("facility_id", String(120)),
    Column("facility_name", String(300)),
    Column("facility_ccn", String(10)),
    Column("member_name", String(120)),
    Column("member_birth_date", Date),
    Column("member_id", String(40)),
    Column("member_phone", String(20)),
    Column("member_zip", String(5)),
    Column("reason", String(300)),
    Column("urgency", String(10)),
    Column("language", String(40)),
    Column("interpreter", Boolean),
    Column("contact_method", String(10)),
    Column("contact_address", String(200)),
    Column("contact_voicemail_ok", Boolean),
    Column("contact_best_times", String(100)),
    Column("notes", Text),
    Column("consent_given", Boolean),
    Column("consent_method", String(10)),
    Column("consent_script_version", String(20)),
    Column("consent_at", UtcDateTime),
    Column("offer_sha256", String(64)),
    UniqueConstraint("number"),
    sqlite_autoincrement=True,
)

offer = Table(
    "offer",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("referral_seq", Integer, ForeignKey("referral.seq"), nullable=False),
    Column("sha256", String(64), nullable=False),
    # Canonical JSON of the offer as it was shown; rows are added, never changed.
    Column("shown", Text, nullable=False),
    Column("attached_at", UtcDateTime, nullable=False),
    UniqueConstraint("referral_seq", "sha256", name="uq_offer_referral_seq_sha256"),
    sqlite_autoincrement=True,
)
