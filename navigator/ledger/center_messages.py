"""A center's message taken into the record: by the same moves, tasks and checks as if somebody had told it by phone."""

from __future__ import annotations

from navigator.fhir.reading import MessageRefused
from navigator.fhir.status_in import StatusMessage
from navigator.fhir.taking import KnownCenter, MessageTaken, assumed, told_by
from navigator.ledger import following
from navigator.ledger.errors import UnknownReferral
from navigator.ledger.ledger import Ledger
from navigator.referral.making_moves import make_move
from navigator.referral.record import Referral
from navigator.referral.snapshot import center_shown, routes_shown, taken_apart
from provider_directory.time_zones import zone_of_address


def take_message(ledger: Ledger, message: StatusMessage, dry_run: bool = False) -> MessageTaken:
    """Take what a center says; the message's id is the receipt of the move, so that a second copy changes nothing.

    With ``dry_run`` nothing of the referral is written. Raises MessageRefused, and BadInput as ``make_move``.
    """
    try:
        referral = ledger.get(message.number)
    except UnknownReferral:
        raise MessageRefused(
            f"The message is about {message.number}, which is no referral of this desk.", "Ask the center whose it is."
        ) from None
    moves = ledger.moves.events(referral.number)
    now = ledger.store.now()
    told = told_by(message, referral, moves, _center(ledger, referral), now.astimezone().date())
    said: list[str] = []
    after = referral.state
    if told is not None:
        after = message.to
        said += assumed(message)
        if dry_run:
            make_move(referral, message.to, told, now, ledger.store.by)
        else:
            following.move(ledger, referral.number, message.to, told)
    said += _also(ledger, message, referral, news=told is not None, dry_run=dry_run)
    return MessageTaken(
        number=referral.number,
        message_id=message.id,
        before=referral.state,
        after=after,
        known_already=told is None,
        dry_run=dry_run,
        said=tuple(said),
    )


def _also(ledger: Ledger, message: StatusMessage, referral: Referral, news: bool, dry_run: bool) -> list[str]:
    """Keep what stands beside the move: the center's own number, and its note where the outcome does not hold it."""
    said = []
    if message.center_number and referral.center_number is None:
        said.append(f"The center's own number: {message.center_number}.")
        if not dry_run:
            ledger.set(referral.number, "center number", center_number=message.center_number)
    if news and message.note and message.to != "completed":
        said.append("The center's note is kept with it.")
        if not dry_run:
            ledger.notes.add(f"From the center: {message.note}", referral=referral.number)
    return said


def _center(ledger: Ledger, referral: Referral) -> KnownCenter:
    """Give the center by its ids and its time zone, as they were when it was chosen."""
    kept = ledger.shown_offer(referral.number)
    shown = taken_apart(kept) if kept is not None else None
    facility = ((center_shown(shown, referral.facility_id) if shown else None) or {}).get("facility") or {}
    routes = routes_shown(shown, referral.facility_id) if shown else ()
    named = next((each.time_zone for each in routes if each.time_zone), None)
    return KnownCenter(
        facility_id=referral.facility_id,
        ccn=referral.facility_ccn,
        npi=facility.get("npi"),
        time_zone=named or zone_of_address(facility.get("address")),
    )
