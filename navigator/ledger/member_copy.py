"""Everything that is kept about one person, for that person to have (issue "Ledger"; 45 CFR 164.524)."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, or_, select

from navigator.ledger.cases import case_from
from navigator.ledger.referral_rows import referral_from
from navigator.ledger.schema import audit, case_file, delivery, event, note, offer, referral, roster, task
from navigator.ledger.store import Store
from provider_directory.errors import BadInput, NothingFound

_NOT_FOR_READERS = {"seq", "sealed", "member_key", "phone_key", "name_key", "once"}


def copy_for_member(
    store: Store, member_id: str | None = None, name: str | None = None, birth_date: date | None = None
) -> dict[str, Any]:
    """Give all referrals, cases and roster rows of a person with what belongs to them, as JSON values.

    Found by member id, or by name with birth date; the search and what it found stand in the audit. Raises BadInput
    where neither is given, NothingFound.
    """
    by_member, by_name = store.sealer.member_key(member_id), store.sealer.name_key(name, birth_date)
    if by_member is None and by_name is None:
        raise BadInput("Nobody was named.", "Give --member-id, or --name with --birth-date.")
    column, key = ("member_key", by_member) if by_member is not None else ("name_key", by_name)
    with store.writing("export member") as work:
        connection = work.connection
        cases = connection.execute(select(case_file).where(case_file.c[column] == key)).mappings().all()
        calls = [row["id"] for row in cases]
        mine = or_(referral.c[column] == key, referral.c.number.in_(_begun_in(calls)))
        referrals = connection.execute(select(referral).where(mine).order_by(referral.c.seq)).mappings().all()
        listed = connection.execute(select(roster).where(roster.c[column] == key)).mappings().all()
        if not (cases or referrals or listed):
            raise NothingFound("Nothing is kept about this person.", "Check the spelling, or try the other way.")
        numbers = [row["number"] for row in referrals]
        work.detail |= {"referrals": numbers, "cases": calls, "rosters": sorted({row["program"] for row in listed})}
        return {
            "copied_at": work.moment.isoformat(),
            "referrals": [_referral(store, connection, row) for row in referrals],
            "cases": [_case(store, connection, row) for row in cases],
            "rosters": [_row(store, roster, row) for row in listed],
            "who_read_and_wrote": _audited(connection, [*numbers, *calls]),
        }


def _begun_in(calls: list[str]) -> Select[tuple[str]]:
    """Ask for the referrals of a person's calls; one in the same call for a brother or sister is not theirs."""
    same = [
        or_(referral.c[key].is_(None), case_file.c[key].is_(None), referral.c[key] == case_file.c[key])
        for key in ("member_key", "name_key")
    ]
    of_call = select(referral.c.number).join(case_file, referral.c.case_id == case_file.c.id)
    return of_call.where(case_file.c.id.in_(calls), *same)


def _referral(store: Store, connection: Connection, row: Any) -> dict[str, Any]:
    number = row["number"]
    return {
        **referral_from(row, store).model_dump(mode="json"),
        "moves": _rows(store, connection, event, event.c.referral == number),
        "tries": _rows(store, connection, delivery, delivery.c.referral == number),
        "tasks": _rows(store, connection, task, task.c.referral == number),
        "notes_taken": _rows(store, connection, note, note.c.referral == number),
        "offers_shown": [
            {**shown, "shown": json.loads(shown["shown"])} if "shown" in shown else shown
            for shown in _rows(store, connection, offer, offer.c.referral_seq == row["seq"])
        ],
    }


def _case(store: Store, connection: Connection, row: Any) -> dict[str, Any]:
    kept = case_from(row, store)
    return {
        **kept.model_dump(mode="json", exclude={"case_json"}),
        "case": json.loads(kept.case_json),
        "tasks": _rows(store, connection, task, task.c.case_id == kept.id),
        "notes_taken": _rows(store, connection, note, (note.c.case_id == kept.id) & note.c.referral.is_(None)),
    }


def _rows(store: Store, connection: Connection, table: Any, which: ColumnElement[bool]) -> list[dict[str, Any]]:
    rows = connection.execute(select(table).where(which).order_by(table.c.seq)).mappings().all()
    return [_row(store, table, row) for row in rows]


def _row(store: Store, table: Any, row: Any) -> dict[str, Any]:
    plain = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in row.items()
        if name not in _NOT_FOR_READERS
    }
    return plain | (store.fields(table, row) or {})


def _audited(connection: Connection, subjects: list[str]) -> list[dict[str, Any]]:
    query = select(audit).where(audit.c.subject.in_(subjects)).order_by(audit.c.seq)
    return [
        {"at": row["at"].isoformat(), "by": row["by"], "action": row["action"], "subject": row["subject"]}
        for row in connection.execute(query).mappings()
    ]
