"""Personal data sealed row by row; cases, events, tasks, deliveries, notes, rosters and the audit chain."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import context, op

from navigator.ledger.append_only import forbid_changes

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Columns of the first step that go into the sealed text, by their place in it.
_PLAIN = (
    "procedure",
    "procedure_name",
    "sensitive",
    "facility_name",
    "facility_ccn",
    "reason",
    "urgency",
    "language",
    "interpreter",
    "notes",
)
_MEMBER = {
    "member_name": "name",
    "member_birth_date": "birth_date",
    "member_id": "member_id",
    "member_phone": "phone",
    "member_zip": "zip",
}
_CONTACT = {
    "contact_method": "method",
    "contact_address": "address",
    "contact_voicemail_ok": "voicemail_ok",
    "contact_best_times": "best_times",
}
_CONSENT = {
    "consent_given": "given",
    "consent_method": "method",
    "consent_script_version": "script_version",
    "consent_at": "at",
}


def upgrade() -> None:
    """Make the tables, seal what is there, and drop the columns that held it."""
    _case_file()
    _widen_referral()
    _follow_up()
    _people()
    _chain()
    _seal_referrals()
    _seal_offers()
    forbid_changes(op.get_bind(), ("audit", "note", "event", "delivery", "offer"))


def _moment(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _keyed(table: str, *columns: sa.Column[Any], extra: tuple[Any, ...] = (), indexed: tuple[str, ...] = ()) -> None:
    op.create_table(
        table,
        sa.Column("seq", sa.Integer(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("seq", name=f"pk_{table}"),
        *extra,
        sqlite_autoincrement=True,
    )
    for column in indexed:
        op.create_index(f"ix_{table}_{column}", table, [column])


def _id(table: str, length: int = 36) -> tuple[sa.Column[Any], sa.UniqueConstraint]:
    return sa.Column("id", sa.String(length), nullable=False), sa.UniqueConstraint("id", name=f"uq_{table}_id")


def _sealed() -> sa.Column[Any]:
    return sa.Column("sealed", sa.LargeBinary())


def _to_referral(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["referral"], ["referral.number"], name=f"fk_{table}_referral")


def _to_case(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=f"fk_{table}_case_id")


_KEYS = ("member_key", "phone_key", "name_key")


def _case_file() -> None:
    name, unique = _id("case_file", 14)
    _keyed(
        "case_file",
        name,
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("program", sa.String(120)),
        sa.Column("owner", sa.String(120)),
        sa.Column("away_until", sa.Date()),
        _moment("opened_at"),
        sa.Column("opened_by", sa.String(120), nullable=False),
        _moment("updated_at"),
        _moment("closed_at", nullable=True),
        sa.Column("call_back_on", sa.Date()),
        sa.Column("wait_ms", sa.Integer()),
        sa.Column("retain_until", sa.Date()),
        *(sa.Column(key, sa.String(64)) for key in _KEYS),
        _sealed(),
        extra=(unique,),
        indexed=("state", *_KEYS),
    )


def _widen_referral() -> None:
    # Not in batch mode: it drops the old table, to which the offers belong.
    columns: tuple[sa.Column[Any], ...] = (
        sa.Column("held_from", sa.String(20)),
        sa.Column("owner", sa.String(120)),
        sa.Column("away_until", sa.Date()),
        sa.Column("replaces", sa.String(14)),
        sa.Column("retain_until", sa.Date()),
        *(sa.Column(key, sa.String(64)) for key in _KEYS),
        _sealed(),
    )
    for column in columns:
        op.add_column("referral", column)
    op.execute(
        "ALTER TABLE referral ADD COLUMN case_id VARCHAR(14) CONSTRAINT fk_referral_case_id REFERENCES case_file (id)"
    )
    for name in ("case_id", *_KEYS):
        op.create_index(f"ix_referral_{name}", "referral", [name])
    op.add_column("offer", _sealed())


def _follow_up() -> None:
    name, unique = _id("event")
    _keyed(
        "event",
        name,
        sa.Column("referral", sa.String(14), nullable=False),
        sa.Column("from_state", sa.String(20), nullable=False),
        sa.Column("to_state", sa.String(20), nullable=False),
        sa.Column("trigger", sa.String(200), nullable=False),
        sa.Column("actor", sa.String(20), nullable=False),
        sa.Column("by", sa.String(120), nullable=False),
        _moment("at"),
        _sealed(),
        extra=(unique, _to_referral("event")),
        indexed=("referral",),
    )
    name, unique = _id("delivery")
    _keyed(
        "delivery",
        name,
        sa.Column("referral", sa.String(14), nullable=False),
        sa.Column("route", sa.String(20), nullable=False),
        sa.Column("result", sa.String(20), nullable=False),
        _moment("at"),
        sa.Column("by", sa.String(120), nullable=False),
        _sealed(),
        extra=(unique, _to_referral("delivery")),
        indexed=("referral",),
    )
    name, unique = _id("task")
    _keyed(
        "task",
        name,
        sa.Column("once", sa.String(200)),
        sa.Column("referral", sa.String(14)),
        sa.Column("case_id", sa.String(14)),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        _moment("made_at"),
        sa.Column("made_by", sa.String(120), nullable=False),
        _moment("done_at", nullable=True),
        sa.Column("done_by", sa.String(120)),
        _sealed(),
        extra=(unique, sa.UniqueConstraint("once", name="uq_task_once"), _to_referral("task"), _to_case("task")),
        indexed=("referral", "case_id", "due_on"),
    )
    name, unique = _id("note")
    _keyed(
        "note",
        name,
        sa.Column("referral", sa.String(14)),
        sa.Column("case_id", sa.String(14)),
        _moment("at"),
        sa.Column("by", sa.String(120), nullable=False),
        _sealed(),
        extra=(unique, _to_referral("note"), _to_case("note")),
        indexed=("referral", "case_id"),
    )


def _people() -> None:
    name, unique = _id("roster_file")
    _keyed(
        "roster_file",
        name,
        sa.Column("program", sa.String(120), nullable=False),
        sa.Column("file_name", sa.String(300), nullable=False),
        sa.Column("as_of", sa.Date()),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        _moment("imported_at"),
        sa.Column("imported_by", sa.String(120), nullable=False),
        extra=(unique,),
        indexed=("program",),
    )
    name, unique = _id("roster")
    _keyed(
        "roster",
        name,
        sa.Column("program", sa.String(120), nullable=False),
        sa.Column("effective", sa.Date()),
        sa.Column("ends", sa.Date()),
        sa.Column("member_key", sa.String(64)),
        sa.Column("name_key", sa.String(64)),
        _sealed(),
        extra=(unique,),
        indexed=("program", "member_key", "name_key"),
    )
    op.create_table(
        "presence",
        sa.Column("subject", sa.String(14), nullable=False),
        sa.Column("desk", sa.String(36), nullable=False),
        sa.Column("who", sa.String(120), nullable=False),
        sa.Column("host", sa.String(120), nullable=False),
        _moment("since"),
        _moment("renewed_at"),
        sa.PrimaryKeyConstraint("subject", "desk", name="pk_presence"),
    )


def _chain() -> None:
    op.create_table(
        "secret",
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("key_id", sa.String(16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_secret"),
    )
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), nullable=False, autoincrement=False),
        _moment("at"),
        sa.Column("by", sa.String(120), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(60), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("mac", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
    )


def _seal_referrals() -> None:
    bind, sealer = op.get_bind(), context.config.attributes["sealer"]
    gone = (*_PLAIN, *_MEMBER, *_CONTACT, *_CONSENT)
    types: dict[str, Any] = {
        "sensitive": sa.Boolean(),
        "interpreter": sa.Boolean(),
        "contact_voicemail_ok": sa.Boolean(),
    }
    types |= {"consent_given": sa.Boolean(), "member_birth_date": sa.Date(), "consent_at": sa.DateTime(timezone=True)}
    kept = ("seq", "number", "created_by", "member_key", "phone_key", "name_key", "owner")
    old = sa.table(
        "referral",
        *(sa.column(name, types.get(name)) for name in gone),
        *(sa.column(name) for name in kept),
        sa.column("sealed", sa.LargeBinary()),
    )
    for (seq,) in bind.execute(sa.select(old.c.seq).order_by(old.c.seq)).fetchall():
        row = bind.execute(sa.select(old).where(old.c.seq == seq)).mappings().one()
        fields = _fields(row)
        phone = row["contact_address"] if row["contact_method"] == "phone" else None
        values = {
            "sealed": sealer.seal(f"referral/{row['number']}", fields),
            "owner": row["created_by"],
            "member_key": sealer.member_key(row["member_id"]),
            "phone_key": sealer.phone_key(row["member_phone"] or phone),
            "name_key": sealer.name_key(row["member_name"], row["member_birth_date"]),
        }
        bind.execute(sa.update(old).where(old.c.seq == seq).values(**values))
    for name in gone:
        op.drop_column("referral", name)


def _fields(row: sa.RowMapping) -> dict[str, Any]:
    born, consented = row["member_birth_date"], row["consent_at"]
    fields: dict[str, Any] = {name: row[name] for name in _PLAIN}
    fields["member"] = {inner: row[name] for name, inner in _MEMBER.items()} | {"birth_date": born and born.isoformat()}
    fields["safe_contact"] = {inner: row[name] for name, inner in _CONTACT.items()}
    fields["consent"] = None
    if row["consent_given"] is not None:
        said_at = f"{consented.replace(tzinfo=None).isoformat()}Z"
        fields["consent"] = {inner: row[name] for name, inner in _CONSENT.items()} | {"at": said_at}
    return fields


def _seal_offers() -> None:
    bind, sealer = op.get_bind(), context.config.attributes["sealer"]
    old = sa.table(
        "offer",
        *(sa.column(name) for name in ("seq", "referral_seq", "sha256", "shown")),
        sa.column("sealed", sa.LargeBinary()),
    )
    for (seq,) in bind.execute(sa.select(old.c.seq).order_by(old.c.seq)).fetchall():
        row = bind.execute(sa.select(old).where(old.c.seq == seq)).mappings().one()
        sealed = sealer.seal(f"offer/{row['referral_seq']}/{row['sha256']}", {"shown": row["shown"]})
        bind.execute(sa.update(old).where(old.c.seq == seq).values(sealed=sealed))
    op.drop_column("offer", "shown")
