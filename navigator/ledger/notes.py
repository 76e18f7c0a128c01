"""Notes: signed, timed, added and never changed; before the caller is known they stay with the call."""

from __future__ import annotations

import uuid

from sqlalchemy import select

from navigator.ledger.cases import case_number
from navigator.ledger.schema import note
from navigator.ledger.store import Store
from navigator.ledger.values import Note
from navigator.referral import checks
from navigator.referral import number as numbers
from provider_directory.errors import BadInput

LONGEST = 2000


class Notes:
    """The notes of the ledger."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, text: str, referral: str | None = None, case: str | None = None) -> Note:
        """Keep a note with a referral, a case or both.

        Raises BadInput for an empty text, one above 2,000 characters, and one that belongs to nothing.
        """
        said = checks.text_within("The note", text, LONGEST)
        if not said:
            raise BadInput("The note is empty.", "Type what is to be kept, or leave the note.")
        if referral is None and case is None:
            raise BadInput("The note belongs to no referral and no case.", "Say to which.")
        of_referral = None if referral is None else numbers.normalise(referral)
        of_case = None if case is None else case_number(case)
        with self._store.writing("add note", of_referral or of_case or "") as work:
            row = {
                "id": str(uuid.uuid4()),
                "referral": of_referral,
                "case_id": of_case,
                "at": work.moment,
                "by": work.by,
            }
            work.insert(note, row, {"text": said})
            return Note(id=row["id"], referral=of_referral, case=of_case, at=work.moment, by=work.by, text=said)

    def of(self, referral: str | None = None, case: str | None = None) -> tuple[Note, ...]:
        """Give the notes of a referral or a case, oldest first."""
        query = select(note).order_by(note.c.seq)
        if referral is not None:
            query = query.where(note.c.referral == numbers.normalise(referral))
        if case is not None:
            query = query.where(note.c.case_id == case_number(case))
        if referral is None and case is None:
            return ()
        with self._store.reading() as connection:
            kept = []
            for row in connection.execute(query).mappings():
                fields = self._store.fields(note, row)
                if fields is None:  # its time of keeping is over
                    continue
                kept.append(
                    Note(
                        id=row["id"],
                        referral=row["referral"],
                        case=row["case_id"],
                        at=row["at"],
                        by=row["by"],
                        text=fields["text"],
                    )
                )
            return tuple(kept)
