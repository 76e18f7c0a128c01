"""The encrypted ledger of referrals: each call is one transaction on disk before it returns (TRUST B3, B4)."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Engine, RowMapping, insert, select, update
from sqlalchemy.exc import IntegrityError

from navigator.ledger.errors import LedgerProblem, UnknownReferral
from navigator.ledger.schema import offer, referral
from navigator.ledger.storage import READ, faults_in_words, open_engine
from navigator.referral import number as numbers
from navigator.referral import snapshot
from navigator.referral.record import (
    CONSENT_SCRIPT_VERSION,
    Consent,
    FieldValue,
    Member,
    Referral,
    ReferralSummary,
    SafeContact,
    as_text,
    check_field,
)
from provider_directory.cleaning import clean
from provider_directory.models import Facility, Procedure

SENSITIVE = "a sensitive procedure"
_DRAWS = 20


class Ledger:
    """Referrals on this machine; may be used from any thread, and by several programs at once.

    Every method may raise LedgerProblem.
    """

    def __init__(self, engine: Engine, path: Path, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._path = path
        self._now = now

    @classmethod
    def open(cls, path: Path, key_file: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Self:
        """Open the ledger, making folder (0700), key file (0600) and tables where they are not there yet.

        ``now`` gives an aware moment. Raises LedgerProblem: key missing, readable by others or wrong, file damaged,
        sqlcipher3 not installed.
        """
        return cls(open_engine(path, key_file), path, now)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the ledger cannot be used after."""
        self._engine.dispose()

    def start(
        self,
        *,
        edition: str,
        demonstration: bool,
        program: str | None = None,
        procedure: Procedure | None = None,
        facility: Facility | None = None,
    ) -> Referral:
        """Draw a number and save a draft with what the offer already says."""
        moment = self._now()
        row = {
            "state": "draft",
            "created_at": moment,
            "created_by": _os_user(),
            "updated_at": moment,
            "edition": clean(edition, 120),
            "demonstration": demonstration,
            "program": None if program is None else clean(program, 120),
            **_chosen(procedure, facility),
        }
        with faults_in_words(self._path):
            for _ in range(_DRAWS):
                drawn = numbers.draw()
                try:
                    with self._engine.begin() as connection:
                        connection.execute(insert(referral).values(number=drawn, **row))
                        return _read(connection, drawn)
                except IntegrityError:  # the ledger holds this number: draw another
                    continue
        raise LedgerProblem(f"No free number was found in {_DRAWS} draws.", "Try again.")

    def save_field(self, number: str, field_id: str, value: FieldValue) -> Referral:
        """Check and save one field of the form, typed text or a checked value; None or "" empties it.

        Raises BadInput as ``check_field`` does, UnknownReferral.
        """
        checked = check_field(field_id, as_text(value))
        return self._change(number, _consent(checked, self._now()) if field_id == "consent" else {field_id: checked})

    def choose(self, number: str, procedure: Procedure, facility: Facility) -> Referral:
        """Save another choice of procedure and center; raises UnknownReferral.

        Consent was given to another choice, so it goes ("the center you chose"); the same choice again keeps it.
        """
        known, chosen = self.get(number), _chosen(procedure, facility)
        if (known.procedure, known.facility_id) != (chosen["procedure"], chosen["facility_id"]):
            chosen |= _consent(None, self._now())
        return self._change(number, chosen)

    def attach_offer(self, number: str, offer_json: str) -> str:
        """Keep the offer as it was shown and give the SHA-256 of its canonical JSON; earlier offers stay.

        Raises BadInput for text that is not a JSON object, UnknownReferral.
        """
        shown = snapshot.canonical(offer_json)
        digest = snapshot.sha256(shown)
        known = numbers.normalise(number)
        with faults_in_words(self._path), self._engine.begin() as connection:
            seq = _seq(connection, known)
            same = select(offer.c.seq).where(offer.c.referral_seq == seq, offer.c.sha256 == digest)
            if connection.execute(same).first() is None:
                row = {"referral_seq": seq, "sha256": digest, "shown": shown, "attached_at": self._now()}
                connection.execute(insert(offer).values(row))
            changed = {"offer_sha256": digest, "updated_at": self._now()}
            connection.execute(update(referral).where(referral.c.seq == seq).values(changed))
        return digest

    def shown_offer(self, number: str) -> str | None:
        """Give the canonical JSON of the offer that was attached last, or None; raises UnknownReferral, LedgerProblem.

        The text is hashed again: one that no longer has its SHA-256 is not given out.
        """
        known = numbers.normalise(number)
        with faults_in_words(self._path), self._engine.connect().execution_options(**READ) as connection:
            seq = _seq(connection, known)
            current = referral.c.offer_sha256 == offer.c.sha256
            query = select(offer.c.sha256, offer.c.shown).join(
                referral, current & (referral.c.seq == offer.c.referral_seq)
            )
            row = connection.execute(query.where(referral.c.seq == seq)).first()
        if row is None:
            return None
        shown: str = row.shown
        if snapshot.sha256(shown) != row.sha256:
            raise LedgerProblem(f"The offer kept with {known} was changed.", "Restore the ledger from the backup.")
        return shown

    def get(self, number: str) -> Referral:
        """Give one referral by its number, however it is typed; raises BadInput, UnknownReferral."""
        known = numbers.normalise(number)
        with faults_in_words(self._path), self._engine.connect().execution_options(**READ) as connection:
            return _read(connection, known)

    def list(self, limit: int = 50, after: str | None = None) -> tuple[ReferralSummary, ...]:
        """Give the work list, newest first; ``after`` is the number of the last row seen (UnknownReferral if none)."""
        query = select(*_SUMMARY_COLUMNS).order_by(referral.c.seq.desc()).limit(limit)
        with faults_in_words(self._path), self._engine.connect().execution_options(**READ) as connection:
            if after is not None:
                query = query.where(referral.c.seq < _seq(connection, numbers.normalise(after)))
            return tuple(_summary(row) for row in connection.execute(query).mappings())

    def _change(self, number: str, values: dict[str, Any]) -> Referral:
        known = numbers.normalise(number)
        with faults_in_words(self._path), self._engine.begin() as connection:
            changed = values | {"updated_at": self._now()}
            connection.execute(update(referral).where(referral.c.number == known).values(changed))
            return _read(connection, known)


def _os_user() -> str:
    import pwd  # deferred: Windows has none, and is told so in words by storage

    try:
        return clean(pwd.getpwuid(os.getuid()).pw_name, 120)  # not LOGNAME, which anybody can set
    except KeyError:  # a container without an entry for this user
        return f"user {os.getuid()}"


def _chosen(procedure: Procedure | None, facility: Facility | None) -> dict[str, Any]:
    return {
        "procedure": procedure and clean(procedure.id, 120),
        "procedure_name": procedure and clean(procedure.name),
        "sensitive": procedure is not None and procedure.sensitive,
        "facility_id": facility and clean(facility.id, 120),
        "facility_name": facility and clean(facility.name),
        "facility_ccn": facility and facility.ccn and clean(facility.ccn, 10),
    }


def _consent(answer: FieldValue, moment: datetime) -> dict[str, Any]:
    if not isinstance(answer, str):
        return dict.fromkeys(("consent_given", "consent_method", "consent_script_version", "consent_at"))
    method, _, word = answer.partition("_")
    return {
        "consent_given": word == "yes",
        "consent_method": method,
        "consent_script_version": CONSENT_SCRIPT_VERSION,
        "consent_at": moment,
    }


def _seq(connection: Connection, number: str) -> int:
    found: int | None = connection.execute(
        select(referral.c.seq).where(referral.c.number == number)
    ).scalar_one_or_none()
    if found is None:
        raise _unknown(number)
    return found


def _unknown(number: str) -> UnknownReferral:
    return UnknownReferral(
        f"The ledger of this machine holds no referral {number}.",
        'See the numbers it holds with "coe referral list".',
    )


def _read(connection: Connection, number: str) -> Referral:
    row = connection.execute(select(referral).where(referral.c.number == number)).mappings().one_or_none()
    if row is None:
        raise _unknown(number)
    return _referral(row)


_SAME_NAME = tuple(name for name in Referral.model_fields if name in referral.c)


def _referral(row: RowMapping) -> Referral:
    consent = None
    if row["consent_given"] is not None:
        consent = Consent(
            given=row["consent_given"],
            script_version=row["consent_script_version"],
            at=row["consent_at"],
            method=row["consent_method"],
        )
    return Referral(
        **{name: row[name] for name in _SAME_NAME},
        member=Member(
            name=row["member_name"],
            birth_date=row["member_birth_date"],
            member_id=row["member_id"],
            phone=row["member_phone"],
            zip=row["member_zip"],
        ),
        safe_contact=SafeContact(
            method=row["contact_method"],
            address=row["contact_address"],
            voicemail_ok=row["contact_voicemail_ok"],
            best_times=row["contact_best_times"],
        ),
        consent=consent,
    )


_SUMMARY_COLUMNS = (
    referral.c.number,
    referral.c.state,
    referral.c.created_at,
    referral.c.member_name,
    referral.c.procedure_name,
    referral.c.sensitive,
    referral.c.facility_name,
    referral.c.demonstration,
)


def _summary(row: RowMapping) -> ReferralSummary:
    return ReferralSummary(
        number=row["number"],
        state=row["state"],
        created_at=row["created_at"],
        member_name=row["member_name"],
        procedure=SENSITIVE if row["sensitive"] else row["procedure_name"],
        facility_name=row["facility_name"],
        demonstration=row["demonstration"],
    )
