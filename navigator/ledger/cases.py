"""Cases: each call as it stands, saved whole; found again by person, state and day (issue "The case")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, select
from sqlalchemy.exc import IntegrityError

from navigator.ledger.errors import LedgerProblem, Overtaken, UnknownCase
from navigator.ledger.retention import keep_until
from navigator.ledger.schema import case_file
from navigator.ledger.sealing import Sealer, person_keys
from navigator.ledger.store import Store
from navigator.ledger.values import CaseIndex, KeptCase
from navigator.referral import number as numbers

_DRAWS = 20
_COLUMNS = ("kind", "state", "program", "owner", "away_until", "call_back_on", "wait_ms")
_SEALED = ("member_id", "name", "birth_date", "phone")


class Cases:
    """The cases of the ledger."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def save(
        self, case_json: str, index: CaseIndex, case_id: str | None = None, known_version: int | None = None
    ) -> KeptCase:
        """Save a case whole; without ``case_id`` it is a new one and gets an id.

        With ``known_version`` a case that somebody else saved since is left as it is. Raises UnknownCase, Overtaken.
        """
        if case_id is None:
            return self._begin(case_json, index)
        known = case_number(case_id)
        with self._store.writing("save case", known) as work:
            row = _row(work.connection, known)
            if known_version is not None and row["version"] != known_version:
                raise Overtaken(
                    f"The case {known} was saved by somebody else in the meantime; nothing was overwritten.",
                    "Open it again, and enter what is missing.",
                )
            closed_at = (row["closed_at"] or work.moment) if index.state == "closed" else None
            values = {
                "id": known,
                "version": row["version"] + 1,
                "updated_at": work.moment,
                "closed_at": closed_at,
                "retain_until": self._keep_until(closed_at, index),
                **self._indexed(index, row["owner"]),
            }
            values["sealed"] = self._store.seal(case_file, values, _fields(case_json, index))
            work.change(case_file, {"id": known}, values)
            return self._case(_row(work.connection, known))

    def get(self, case_id: str) -> KeptCase:
        """Give one case; raises BadInput, UnknownCase."""
        known = case_number(case_id)
        with self._store.writing("read", known) as work:
            return self._case(_row(work.connection, known))

    def parked(self, owner: str | None = None) -> tuple[KeptCase, ...]:
        """Give the parked cases, newest first; with ``owner`` only that person's."""
        return self._listed(case_file.c.state == "parked", *([case_file.c.owner == owner] if owner else []))

    def call_backs(self, on: date) -> tuple[KeptCase, ...]:
        """Give the cases whose caller is to be called back on ``on`` or before, newest first."""
        return self._listed(case_file.c.state == "call_back", case_file.c.call_back_on <= on)

    def not_closed(self) -> tuple[KeptCase, ...]:
        """Give every case that is not closed, newest first."""
        return self._listed(case_file.c.state != "closed")

    def recent(self, limit: int = 50) -> tuple[KeptCase, ...]:
        """Give the newest cases."""
        return self._listed(limit=limit)

    def close(self, case_id: str, case_json: str, index: CaseIndex, known_version: int | None = None) -> KeptCase:
        """Save a case for the last time."""
        return self.save(case_json, index.model_copy(update={"state": "closed"}), case_id, known_version)

    def take_over(self, case_id: str, owner: str, reason: str) -> KeptCase:
        """Make somebody else the owner; the reason is kept with the case's notes by who calls this."""
        known = case_number(case_id)
        with self._store.writing("take over", known) as work:
            row = _row(work.connection, known)
            work.detail |= {"from": row["owner"], "to": owner, "reason_given": bool(reason.strip())}
            taken = {"owner": owner, "away_until": None, "version": row["version"] + 1}
            work.change(case_file, {"id": known}, taken)
            return self._case(_row(work.connection, known))

    def be_away(self, case_id: str, until: date | None) -> None:
        """Note until when the owner is away; what the next save holds stays its own, so no version is counted."""
        known = case_number(case_id)
        with self._store.writing("away" if until else "back", known) as work:
            _row(work.connection, known)
            work.change(case_file, {"id": known}, {"away_until": until})

    def waits(self, since: date) -> tuple[int, ...]:
        """Give the milliseconds of tool wait of each case that was opened on ``since`` or later."""
        query = select(case_file.c.opened_at, case_file.c.wait_ms).where(case_file.c.wait_ms.is_not(None))
        with self._store.reading() as connection:
            return tuple(row.wait_ms for row in connection.execute(query) if row.opened_at.date() >= since)

    def _begin(self, case_json: str, index: CaseIndex) -> KeptCase:
        for _ in range(_DRAWS):
            drawn = numbers.CASE_PREFIX + numbers.draw().removeprefix(numbers.PREFIX)
            try:
                with self._store.writing("open case", drawn) as work:
                    closed_at = work.moment if index.state == "closed" else None
                    row = {
                        "id": drawn,
                        "version": 1,
                        "opened_at": work.moment,
                        "opened_by": work.by,
                        "updated_at": work.moment,
                        "closed_at": closed_at,
                        "retain_until": self._keep_until(closed_at, index),
                        **self._indexed(index, work.by),
                    }
                    work.insert(case_file, row, _fields(case_json, index))
                    return self._case(_row(work.connection, drawn))
            except IntegrityError:  # the ledger holds this id: draw another
                continue
        raise LedgerProblem(f"No free case id was found in {_DRAWS} draws.", "Try again.")

    def _keep_until(self, closed_at: datetime | None, index: CaseIndex) -> date | None:
        return keep_until(closed_at, self._store.years_kept(index.program)) if closed_at else None

    def _indexed(self, index: CaseIndex, owner: str | None) -> dict[str, Any]:
        columns = {name: getattr(index, name) for name in _COLUMNS} | {"owner": index.owner or owner}
        return columns | case_keys(_fields("", index), self._store.sealer)

    def _listed(self, *conditions: ColumnElement[bool], limit: int | None = None) -> tuple[KeptCase, ...]:
        with self._store.reading() as connection:
            return tuple(self._case(row) for row in _rows(connection, *conditions, limit=limit))

    def _case(self, row: RowMapping) -> KeptCase:
        return case_from(row, self._store)


def case_from(row: RowMapping, store: Store) -> KeptCase:
    """Give the case of a row; "{}" as its JSON where its time of keeping is over."""
    fields: Mapping[str, Any] = store.fields(case_file, row) or {"case": "{}"}
    index = {name: row[name] for name in _COLUMNS} | {name: fields.get(name) for name in _SEALED}
    return KeptCase(
        id=row["id"],
        version=row["version"],
        index=CaseIndex.model_validate(index),
        opened_at=row["opened_at"],
        opened_by=row["opened_by"],
        updated_at=row["updated_at"],
        closed_at=row["closed_at"],
        case_json=fields["case"],
    )


def case_number(text: str) -> str:
    """Give a case id as it is written, however it is typed; raises BadInput."""
    return numbers.normalise_case(text)


def case_keys(fields: Mapping[str, Any], sealer: Sealer) -> dict[str, str | None]:
    """Give the keyed words of a case's sealed fields."""
    return person_keys(sealer, *(fields[name] for name in ("member_id", "phone", "name", "birth_date")))


def _fields(case_json: str, index: CaseIndex) -> dict[str, Any]:
    return {"case": case_json} | index.model_dump(mode="json", include=set(_SEALED))


def _row(connection: Connection, case_id: str) -> RowMapping:
    row = connection.execute(select(case_file).where(case_file.c.id == case_id)).mappings().one_or_none()
    if row is None:
        raise UnknownCase(f"The ledger holds no case {case_id}.", 'See the cases it holds with "coe case list".')
    return row


def _rows(connection: Connection, *conditions: ColumnElement[bool], limit: int | None = None) -> Iterable[RowMapping]:
    query = select(case_file).where(*conditions).order_by(case_file.c.seq.desc()).limit(limit)
    return connection.execute(query).mappings()
