"""The encrypted ledger: each call is one transaction on disk before it returns (TRUST B3, B4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

from sqlalchemy import and_, or_, select
from sqlalchemy.exc import IntegrityError

from navigator.ledger import audit, opening
from navigator.ledger.cases import Cases
from navigator.ledger.core_dumps import keep_out_of_core_dumps
from navigator.ledger.errors import LedgerProblem
from navigator.ledger.finding import looked_up
from navigator.ledger.moves import Deliveries, Moves
from navigator.ledger.notes import Notes
from navigator.ledger.presence import PresenceList
from navigator.ledger.referral_rows import (
    columns_of,
    fields_of,
    kept_fields,
    referral_from,
    row_of,
    summary_from,
)
from navigator.ledger.roster import Roster
from navigator.ledger.running import RunningDesks
from navigator.ledger.schema import offer, referral, task
from navigator.ledger.store import Store, Writing
from navigator.ledger.tasks import Tasks
from navigator.ledger.values import Found
from navigator.referral import number as numbers
from navigator.referral import snapshot
from navigator.referral.changing import with_choice, with_field
from navigator.referral.delivery import Delivery
from navigator.referral.disclosed import disclosed
from navigator.referral.lifecycle import ENDED
from navigator.referral.record import FieldValue, Member, Referral, ReferralSummary, SafeContact, as_text, check_field
from navigator.referral.tasks import Task
from provider_directory.cleaning import clean
from provider_directory.models import Facility, Procedure

_DRAWS = 20
_NO_FIELDS: Mapping[str, FieldValue] = MappingProxyType({})


class Ledger:
    """What this desk, or all desks of one server, wrote down; may be used from any thread, by many programs at once.

    Every method may raise LedgerProblem. Every method that writes, or reads a person's record, leaves one entry in the
    audit.
    """

    def __init__(self, store: Store, running: RunningDesks) -> None:
        self.store = store
        self.cases = Cases(store)
        self.notes = Notes(store)
        self.tasks = Tasks(store)
        self.moves = Moves(store)
        self.deliveries = Deliveries(store)
        self.roster = Roster(store)
        self.presence = PresenceList(store, running)

    @classmethod
    def open(
        cls,
        path: Path,
        key_file: Path,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        url: str | None = None,
    ) -> Self:
        """Open the ledger, making folder (0700), key file (0600) and tables where they are not there yet.

        With ``url`` it is the PostgreSQL database of this address, and ``path`` is not used. ``now`` gives an aware
        moment. Raises LedgerProblem: key missing, readable by others or wrong, file damaged, server not reached.
        """
        keep_out_of_core_dumps()
        store = opening.open_server(url, key_file, now) if url else opening.open_file(path, key_file, now)
        return cls(store, RunningDesks(key_file.parent))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database; the ledger cannot be used after."""
        self.presence.close()
        self.store.engine.dispose()

    def sign_as(self, name: str) -> None:
        """Sign what is written from now on with the name of who is at work; at first it is the OS user."""
        self.store.by = clean(name, 120)

    def start(
        self,
        *,
        edition: str,
        demonstration: bool,
        program: str | None = None,
        procedure: Procedure | None = None,
        facility: Facility | None = None,
        case_id: str | None = None,
        replaces: str | None = None,
        fields: Mapping[str, FieldValue] = _NO_FIELDS,
        request_key: str | None = None,
    ) -> Referral:
        """Draw a number and save a draft with what the offer already says, and with checked ``fields`` of the form.

        With ``request_key`` a draft that the same member has by this key is given instead.
        """
        for _ in range(_DRAWS):
            drawn = numbers.draw()
            try:
                with self.store.writing("start", drawn) as work:
                    draft = Referral(
                        number=drawn,
                        state="draft",
                        created_at=work.moment,
                        created_by=work.by,
                        updated_at=work.moment,
                        edition=clean(edition, 120),
                        demonstration=demonstration,
                        program=None if program is None else clean(program, 120),
                        owner=work.by,
                        case_id=case_id,
                        replaces=replaces,
                        request_key=request_key,
                        **_EMPTY,
                    )
                    draft = with_choice(draft, procedure, facility)
                    for field_id, value in fields.items():
                        draft = with_field(draft, field_id, value, work.moment)
                    if known := _same_request(work, draft):
                        work.action, work.subject = "start again", known.number
                        return known
                    work.insert(referral, columns_of(draft, self.store.sealer), fields_of(draft))
                return draft
            except IntegrityError:  # the ledger holds this number: draw another
                continue
        raise LedgerProblem(f"No free number was found in {_DRAWS} draws.", "Try again.")

    def save_field(self, number: str, field_id: str, value: FieldValue) -> Referral:
        """Check and save one field of the form, typed text or a checked value; None or "" empties it.

        A yes to sharing that becomes a no is taken back, and kept with what had been disclosed before. Raises BadInput
        as ``check_field`` does, UnknownReferral.
        """
        checked = check_field(field_id, as_text(value))
        sent: tuple[tuple[Delivery, ...], tuple[Task, ...]] = ((), ())
        if field_id == "consent":
            sent = (self.deliveries.of(number), self.tasks.of(number))

        def changed(known: Referral, moment: datetime) -> Referral:
            return with_field(known, field_id, checked, moment, disclosed(known.facility_name, *sent))

        return self._change(number, "save field", changed)

    def choose(self, number: str, procedure: Procedure, facility: Facility) -> Referral:
        """Save another choice of procedure and center; raises UnknownReferral.

        Consent was given to another choice, so it goes ("the center you chose"); the same choice again keeps it.
        """
        return self._change(number, "choose", lambda known, _: with_choice(known, procedure, facility))

    def set(self, number: str, action: str, **changes: Any) -> Referral:
        """Save other fields of the referral by name, e.g. ``owner``, ``away_until``, ``center_number``, ``case_id``.

        The state changes by ``moves`` alone. ``action`` stands in the audit. Raises UnknownReferral, and ValueError for
        a field that is not set this way.
        """
        if locked := {"number", "state", "seq", "created_at", "created_by", "offer_sha256"} & changes.keys():
            raise ValueError(f"not to be set: {', '.join(sorted(locked))}")
        return self._change(number, action, lambda known, _: known.model_copy(update=changes))

    def attach_offer(self, number: str, offer_json: str) -> str:
        """Keep the offer as it was shown and give the SHA-256 of its canonical JSON; earlier offers stay.

        Raises BadInput for text that is not a JSON object, UnknownReferral.
        """
        shown = snapshot.canonical(offer_json)
        digest = snapshot.sha256(shown)
        known = numbers.normalise(number)
        with self.store.writing("attach offer", known) as work:
            seq = row_of(work.connection, known)["seq"]
            same = select(offer.c.seq).where(offer.c.referral_seq == seq, offer.c.sha256 == digest)
            if work.connection.execute(same).first() is None:
                row = {"referral_seq": seq, "sha256": digest, "attached_at": work.moment}
                work.insert(offer, row, {"shown": shown})
            work.change(referral, {"number": known}, {"offer_sha256": digest, "updated_at": work.moment})
        return digest

    def shown_offer(self, number: str) -> str | None:
        """Give the canonical JSON of the offer that was attached last, or None; raises UnknownReferral, LedgerProblem.

        The text is hashed again: one that no longer has its SHA-256 is not given out.
        """
        known = numbers.normalise(number)
        with self.store.reading() as connection:
            of = row_of(connection, known)
            query = select(offer).where(offer.c.referral_seq == of["seq"], offer.c.sha256 == of["offer_sha256"])
            row = connection.execute(query).mappings().first()
            fields = None if row is None else self.store.fields(offer, row)
        if fields is None:
            return None
        shown: str = fields["shown"]
        if snapshot.sha256(shown) != of["offer_sha256"]:
            raise LedgerProblem(f"The offer kept with {known} was changed.", "Restore the ledger from the backup.")
        return shown

    def get(self, number: str) -> Referral:
        """Give one referral by its number, however it is typed; raises BadInput, UnknownReferral."""
        known = numbers.normalise(number)
        with self.store.writing("read", known) as work:
            return referral_from(row_of(work.connection, known), self.store)

    def list(self, limit: int = 50, after: str | None = None) -> tuple[ReferralSummary, ...]:
        """Give the newest referrals; ``after`` is the number of the last row seen (UnknownReferral if none)."""
        query = select(referral).order_by(referral.c.seq.desc()).limit(limit)
        with self.store.reading() as connection:
            if after is not None:
                query = query.where(referral.c.seq < row_of(connection, numbers.normalise(after))["seq"])
            return tuple(summary_from(row, self.store) for row in connection.execute(query).mappings())

    def open_referrals(self, owner: str | None = None, today: date | None = None) -> tuple[Referral, ...]:
        """Give every referral that is not ended, oldest first, for the work list.

        With ``owner`` only that person's, and those whose owner is away on ``today``.
        """
        query = select(referral).where(referral.c.state.not_in(ENDED)).order_by(referral.c.seq)
        if owner is not None:
            away = and_(referral.c.away_until.is_not(None), referral.c.away_until > today) if today else None
            mine = referral.c.owner == owner
            query = query.where(mine if away is None else or_(mine, away))
        with self.store.reading() as connection:
            return tuple(referral_from(row, self.store) for row in connection.execute(query).mappings())

    def to_follow(self) -> tuple[Referral, ...]:
        """Give every referral that is not ended, and the ended ones that have an open task, oldest first."""
        with_task = select(task.c.referral).where(task.c.done_at.is_(None), task.c.referral.is_not(None))
        wanted = referral.c.state.not_in(ENDED) | referral.c.number.in_(with_task)
        with self.store.reading() as connection:
            query = select(referral).where(wanted).order_by(referral.c.seq)
            return tuple(referral_from(row, self.store) for row in connection.execute(query).mappings())

    def look_up(self, text: str | None = None, name: str | None = None, birth_date: date | None = None) -> Found:
        """Find what is kept about a person: by number, case id, phone or member id, or by name with birth date."""
        return looked_up(self.store, text, name, birth_date)

    def audit_head(self) -> audit.Head:
        """Give the newest audit entry; its ``short`` form is printed on documents (TRUST B3)."""
        with self.store.reading() as connection:
            return audit.head(connection)

    def _change(self, number: str, action: str, step: Callable[[Referral, datetime], Referral]) -> Referral:
        known = numbers.normalise(number)
        with self.store.writing(action, known) as work:
            row = row_of(work.connection, known)
            fields = kept_fields(row, self.store)
            changed = step(referral_from(row, self.store), work.moment)
            changed = changed.model_copy(update={"updated_at": work.moment})
            values = columns_of(changed, self.store.sealer)
            values["sealed"] = self.store.seal(referral, values, fields_of(changed, fields))
            work.change(referral, {"number": known}, values)
        return changed


def _same_request(work: Writing, draft: Referral) -> Referral | None:
    """Give the referral that the member of ``draft`` has by the same request key, within the transaction."""
    key = work.store.sealer.member_key(draft.member.member_id)
    if draft.request_key is None or key is None:
        return None
    rows = work.connection.execute(select(referral).where(referral.c.member_key == key)).mappings()
    found = (referral_from(row, work.store) for row in rows if row["sealed"] is not None)
    return next((each for each in found if each.request_key == draft.request_key), None)


_EMPTY: dict[str, Any] = {
    "procedure": None,
    "procedure_name": None,
    "sensitive": False,
    "facility_id": None,
    "facility_name": None,
    "facility_ccn": None,
    "reason": None,
    "urgency": None,
    "language": None,
    "interpreter": None,
    "member": Member(),
    "safe_contact": SafeContact(),
    "notes": None,
    "consent": None,
    "offer_sha256": None,
}
