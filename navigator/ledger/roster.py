"""Who may have a benefit, as a program's newest eligibility file says: sealed person by person (issue "The case")."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, insert, select

from navigator.ledger.schema import roster, roster_file
from navigator.ledger.sealing import Sealer, canonical, person_keys
from navigator.ledger.store import Store
from navigator.ledger.values import RosterFile, RosterPerson
from provider_directory.cleaning import clean

_CHUNK = 500


class Roster:
    """The eligibility files of the programs."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def replace(
        self, program: str, file_name: str, people: Iterable[RosterPerson], as_of: date | None = None, sha256: str = ""
    ) -> RosterFile:
        """Take a program's new file in place of the old one, as a whole or not at all.

        ``sha256`` is that of the file as it came.
        """
        known = clean(program, 120)
        with self._store.writing("take roster") as work:
            work.connection.execute(delete(roster).where(roster.c.program == known))
            rows = [self._row(known, person) for person in people]
            for first in range(0, len(rows), _CHUNK):
                work.connection.execute(insert(roster), rows[first : first + _CHUNK])
            file = {
                "id": str(uuid.uuid4()),
                "program": known,
                "file_name": clean(file_name),
                "as_of": as_of,
                "people": len(rows),
                "sha256": sha256,
                "imported_at": work.moment,
                "imported_by": work.by,
            }
            work.detail |= {
                "program": known,
                "people": len(rows),
                "digest": people_digest(self._store, work.connection, known),
            }
            work.insert(roster_file, file)
            return RosterFile(**{name: file[name] for name in RosterFile.model_fields})

    def match(
        self,
        program: str | None = None,
        member_id: str | None = None,
        name: str | None = None,
        birth_date: date | None = None,
    ) -> tuple[tuple[str, RosterPerson], ...]:
        """Give who fits a member id, or a name with a birth date, each with the program; without ``program`` in all.

        Empty = no match. Two of one program fit one name and birth date: ask for the member id.
        """
        by_member, by_name = self._store.sealer.member_key(member_id), self._store.sealer.name_key(name, birth_date)
        if by_member is not None:
            query = select(roster).where(roster.c.member_key == by_member)
        elif by_name is not None:
            query = select(roster).where(roster.c.name_key == by_name)
        else:
            return ()
        if program is not None:
            query = query.where(roster.c.program == clean(program, 120))
        with self._store.writing("look up") as work:
            work.detail["by"] = "roster"
            rows = work.connection.execute(query.order_by(roster.c.seq)).mappings()
            return tuple((row["program"], self._person(row)) for row in rows)

    def status(self, program: str) -> RosterFile | None:
        """Give the file that is in force for a program."""
        query = select(roster_file).where(roster_file.c.program == clean(program, 120))
        with self._store.reading() as connection:
            row = connection.execute(query.order_by(roster_file.c.seq.desc()).limit(1)).mappings().first()
        return None if row is None else RosterFile(**{name: row[name] for name in RosterFile.model_fields})

    def programs(self) -> tuple[str, ...]:
        """Name the programs that have a file."""
        with self._store.reading() as connection:
            return tuple(connection.execute(select(roster_file.c.program).distinct().order_by("program")).scalars())

    def people(self, program: str) -> tuple[RosterPerson, ...]:
        """Give everybody of a program's file, in its order, to compare a newer one with it."""
        with self._store.writing("read roster") as work:
            work.detail["program"] = clean(program, 120)
            return tuple(self._person(row) for row in _rows(work.connection, clean(program, 120)))

    def _row(self, program: str, person: RosterPerson) -> dict[str, Any]:
        fields = person.model_dump(mode="json", exclude={"effective", "ends"})
        row = {
            "id": str(uuid.uuid4()),
            "program": program,
            "effective": person.effective,
            "ends": person.ends,
            **roster_keys(fields, self._store.sealer),
        }
        return row | {"sealed": self._store.seal(roster, row, fields)}

    def _person(self, row: RowMapping) -> RosterPerson:
        fields = self._store.fields(roster, row) or {"member_id": None, "name": None, "birth_date": None}
        return RosterPerson.model_validate(fields | {"effective": row["effective"], "ends": row["ends"]})


def roster_keys(fields: Mapping[str, Any], sealer: Sealer) -> dict[str, str | None]:
    """Give the keyed words of a person's sealed fields; a roster is not searched by phone."""
    keys = person_keys(sealer, fields["member_id"], None, fields["name"], fields["birth_date"])
    return {"member_key": keys["member_key"], "name_key": keys["name_key"]}


def people_digest(store: Store, connection: Connection, program: str) -> str:
    """Give one MAC over all people of a program, which the audit vouches for."""
    digest = hmac.new(store.audit_key, canonical(["roster", program]).encode(), hashlib.sha256)
    for row in _rows(connection, program):
        digest.update(store.row_mac(roster, row).encode())
    return digest.hexdigest()


def _rows(connection: Connection, program: str) -> Iterator[RowMapping]:
    return iter(connection.execute(select(roster).where(roster.c.program == program).order_by(roster.c.seq)).mappings())
