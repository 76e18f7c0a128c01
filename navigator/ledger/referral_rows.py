"""A referral as a row: what queries need stands in columns, all else is sealed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from navigator.case.reasons import SENSITIVE
from navigator.ledger.errors import LedgerProblem, UnknownReferral
from navigator.ledger.schema import referral as table
from navigator.ledger.sealing import Sealer, person_keys
from navigator.ledger.store import Store
from navigator.referral.record import Member, Referral, ReferralSummary, SafeContact

_COLUMNS = tuple(name for name in Referral.model_fields if name in table.c)
_SEALED = tuple(name for name in Referral.model_fields if name not in table.c)
_REMOVED = dict.fromkeys(_SEALED) | {
    "member": Member(),
    "safe_contact": SafeContact(),
    "sensitive": True,
}
"""What a referral says after its time of keeping."""


def columns_of(referral: Referral, sealer: Sealer) -> dict[str, Any]:
    """Give the columns in clear, and the keyed words by which the member is found."""
    return {name: getattr(referral, name) for name in _COLUMNS} | referral_keys(fields_of(referral), sealer)


def referral_keys(fields: Mapping[str, Any], sealer: Sealer) -> dict[str, str | None]:
    """Give the keyed words of a referral's sealed fields."""
    member, contact = fields["member"], fields["safe_contact"]
    phone = member["phone"] or (contact["address"] if contact["method"] == "phone" else None)
    return person_keys(sealer, member["member_id"], phone, member["name"], member["birth_date"])


def fields_of(referral: Referral, before: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Give the fields to be sealed; those of ``before`` that this program does not know are kept."""
    return {**(before or {}), **referral.model_dump(mode="json", include=set(_SEALED))}


def row_of(connection: Connection, number: str) -> RowMapping:
    """Give the row of a number; raises UnknownReferral."""
    row = connection.execute(select(table).where(table.c.number == number)).mappings().one_or_none()
    if row is None:
        raise UnknownReferral(
            f"The ledger of this machine holds no referral {number}.",
            'See the numbers it holds with "coe referral list".',
        )
    return row


def referral_from(row: RowMapping, store: Store) -> Referral:
    """Give the referral of a row; raises LedgerProblem where the sealed text does not open."""
    fields = store.fields(table, row)
    columns = {name: row[name] for name in _COLUMNS}
    if fields is None:
        return Referral(**columns, **_REMOVED)
    return Referral.model_validate(columns | {name: fields[name] for name in _SEALED if name in fields})


def summary_from(row: RowMapping, store: Store) -> ReferralSummary:
    """Give the row of the work list; a sensitive procedure is not named."""
    fields = store.fields(table, row) or {"member": {"name": None}, "sensitive": True}
    return ReferralSummary(
        number=row["number"],
        state=row["state"],
        created_at=row["created_at"],
        member_name=fields["member"]["name"],
        procedure=SENSITIVE if fields["sensitive"] else fields["procedure_name"],
        facility_name=fields.get("facility_name"),
        demonstration=row["demonstration"],
        owner=row["owner"],
        case_id=row["case_id"],
    )


def kept_fields(row: RowMapping, store: Store) -> dict[str, Any]:
    """Give the sealed fields for a change; raises LedgerProblem for a referral whose contents were removed."""
    fields = store.fields(table, row)
    if fields is None:
        raise LedgerProblem(
            f"The contents of {row['number']} were removed when their time of keeping was over.",
            "It can no longer be changed; begin a new referral.",
        )
    return fields
