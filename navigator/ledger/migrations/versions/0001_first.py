"""Referrals in draft and the offers that were shown with them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table("referral", *_referral_columns(), sqlite_autoincrement=True)
    op.create_table(
        "offer",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("referral_seq", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("attached_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_offer"),
        sa.ForeignKeyConstraint(["referral_seq"], ["referral.seq"], name="fk_offer_referral_seq"),
        sa.UniqueConstraint("referral_seq", "sha256", name="uq_offer_referral_seq_sha256"),
        sqlite_autoincrement=True,
    )


def _referral_columns() -> tuple[sa.Column[object] | sa.Constraint, ...]:
    return (
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(14), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(120), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edition", sa.String(120), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("program", sa.String(120)),
        sa.Column("procedure", sa.String(120)),
        sa.Column("procedure_name", sa.String(300)),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("facility_id", sa.String(120)),
        sa.Column("facility_name", sa.String(300)),
        sa.Column("facility_ccn", sa.String(10)),
        sa.Column("member_name", sa.String(120)),
        sa.Column("member_birth_date", sa.Date()),
        sa.Column("member_id", sa.String(40)),
        sa.Column("member_phone", sa.String(20)),
        sa.Column("member_zip", sa.String(5)),
        sa.Column("reason", sa.String(300)),
        sa.Column("urgency", sa.String(10)),
        sa.Column("language", sa.String(40)),
        sa.Column("interpreter", sa.Boolean()),
        sa.Column("contact_method", sa.String(10)),
        sa.Column("contact_address", sa.String(200)),
        sa.Column("contact_voicemail_ok", sa.Boolean()),
        sa.Column("contact_best_times", sa.String(100)),
        sa.Column("notes", sa.Text()),
        sa.Column("consent_given", sa.Boolean()),
        sa.Column("consent_method", sa.String(10)),
        sa.Column("consent_script_version", sa.String(20)),
        sa.Column("consent_at", sa.DateTime(timezone=True)),
        sa.Column("offer_sha256", sa.String(64)),
        sa.PrimaryKeyConstraint("seq", name="pk_referral"),
        sa.UniqueConstraint("number", name="uq_referral_number"),
    )
