"""Cases in the ledger: saved, found again, taken over; every function runs in the ledger's thread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from navigator.case import call_backs, identify, transitions
from navigator.case.reasons import SENSITIVE, about, kind_of, reason_label
from navigator.case.stored import as_json, from_json
from navigator.case.value import Case, Identified, Withdrawal
from navigator.days import short_day
from provider_directory.errors import BadInput

if TYPE_CHECKING:
    from navigator.ledger.ledger import Ledger
    from navigator.ledger.values import CaseIndex, KeptCase
    from navigator.program.member import MemberFacts
    from navigator.referral.record import ReferralSummary

_STANDING_WORDS = {
    "open": "call in progress",
    "parked": "parked",
    "call_back": "to be called back",
    "worked_on": "worked on",
    "closed": "closed",
}


@dataclass(frozen=True)
class Kept:
    """A case as the ledger holds it; ``version`` counts its saves, 0 = not kept yet."""

    case: Case
    version: int = 0
    owner: str | None = None
    others: tuple[str, ...] = ()
    """Other desks that had it open before, in words; then this desk reads only."""


@dataclass(frozen=True)
class StatusRow:
    """One open or closed case or referral, in the words of a status answer."""

    subject: str
    """Its number."""
    is_case: bool
    ended: bool
    standing: str
    """Where it stands and what is next: the answer that a caller waits for."""
    about: str
    """What and where."""
    since: str
    """Whose it is, and since when."""
    member: str | None = None
    """Who it is about, in the list of calls alone; a status answer names nobody, and neither do its words."""

    @property
    def words(self) -> str:
        """Give the whole in one sentence (PRODUCT: "knee, Marquette Lakes, waiting for records, J. Stone, Mar 3")."""
        return ", ".join((self.about, self.standing, self.since))


@dataclass(frozen=True)
class LookedUp:
    """What a look-up found, open ones first, and what the eligibility file says of the person who was named."""

    query: identify.Query
    rows: tuple[StatusRow, ...]
    member: Identified | None
    told: tuple[str, ...]
    """What to say or ask next."""
    facts: MemberFacts | None = None
    """What the eligibility file says of the member, as the rules see it; None without a match."""


def save(ledger: Ledger, kept: Kept, today: date, notes: Iterable[str] = ()) -> Kept:
    """Save a case whole, with notes that waited for its number; raises Overtaken where another desk saved it since."""
    saved = save_alone(ledger, kept, today)
    follow_up(ledger, saved, today, notes)
    return saved


def save_alone(ledger: Ledger, kept: Kept, today: date) -> Kept:
    """Save a case and nothing beside it; raises Overtaken where another desk saved it since.

    One that has its number is saved over the version it was read at, never over another.
    """
    text, index = as_json(kept.case), _index_of(kept.case, today)
    saved = ledger.cases.save(text, index, kept.case.id, kept.version)
    return Kept(replace(kept.case, id=saved.id), saved.version, saved.index.owner)


def follow_up(ledger: Ledger, saved: Kept, today: date, notes: Iterable[str] = ()) -> None:
    """Keep what follows from a case that is saved; may be done again where it failed half-way.

    Its notes are kept, a case that is to be worked on gets its tasks, one that is closed loses them, and other desks
    see whether it is in hand.
    """
    case, number = saved.case, saved.case.id or ""
    for note in notes:
        ledger.notes.add(note, case=number)
    if case.disposition:
        _tasks_at_the_end(ledger, case, number, today)
    if case.standing == "open" and case.disposition is None:
        ledger.presence.enter(number)
    else:
        ledger.presence.leave(number)


def load(ledger: Ledger, number: str) -> Kept:
    """Give a case by its number, and who else has it open; raises UnknownCase, BadInput."""
    kept = read_only(ledger, number)
    known = kept.case.id or number
    others = ledger.presence.enter(known)
    if ledger.presence.may_write(known):
        return kept
    said = (f"{each.who} at {each.host} since {each.since.astimezone():%H:%M}" for each in others)
    return replace(kept, others=tuple(said))


def read_only(ledger: Ledger, number: str) -> Kept:
    """Give a case as it is kept, without a sign that this desk has it open.

    A consent that was taken back on the referral, by whichever way, is taken back in its call too.
    """
    kept = _kept(ledger.cases.get(number))
    return replace(kept, case=_as_taken_back(ledger, kept.case))


def _as_taken_back(ledger: Ledger, case: Case) -> Case:
    from navigator.ledger.errors import UnknownReferral  # deferred: SQLAlchemy, with the ledger

    consent = case.consent
    if consent is None or not consent.given or consent.withdrawn is not None:
        return case
    for number in (*([case.draft] if case.draft else []), *case.created):
        try:
            kept = ledger.get(number).consent
        except UnknownReferral:  # of a ledger that was restored to a day before it
            continue
        if kept and kept.withdrawn_at and kept.withdrawn_at >= consent.at:
            noted = (note for note in ledger.notes.of(referral=number) if note.at >= kept.withdrawn_at)
            by = next((note.by for note in noted), "not noted")
            return transitions.take_back(case, Withdrawal(kept.withdrawn_at, by, kept.disclosed))
    return case


def leave(ledger: Ledger, number: str) -> None:
    """Say that this desk has left a case."""
    ledger.presence.leave(number)


def take_over(ledger: Ledger, number: str, by: str, reason: str) -> Kept:
    """Make who works the owner of a case; the reason is noted with it. Raises BadInput without a reason."""
    if not reason.strip():
        raise BadInput("Whoever takes over a case says why.", "Give the reason in a few words.")
    taken = ledger.cases.take_over(number, by, reason)
    ledger.notes.add(f"Taken over by {by}: {reason}", case=number)
    return _kept(taken)


def listed(ledger: Ledger, today: date, in_hand: str | None = None) -> tuple[StatusRow, ...]:
    """Give the parked calls, then the calls to make back, who is due first first, then those that were left open.

    A call is left open where the power failed; ``in_hand`` is this desk's own. Like the work list, and unlike a status
    answer, the rows name the member: two parked knees are not told apart else.
    """
    found = ledger.cases.not_closed()
    parked = [each for each in found if each.index.state == "parked"]
    waiting = sorted(
        (each for each in found if each.index.state == "call_back"),
        key=lambda each: each.index.call_back_on or date.max,
    )
    left = [each for each in found if each.id != in_hand and _was_left_open(ledger, each)]
    rows = (_row_with_name(each, today) for each in (*parked, *waiting))
    return (*rows, *(replace(_row_with_name(each, today), standing="left open") for each in left))


def _row_with_name(found: KeptCase, today: date) -> StatusRow:
    member = from_json(found.case_json).member
    return replace(status_row(found, today), member=member.name if member else None)


def _was_left_open(ledger: Ledger, found: KeptCase) -> bool:
    """Say whether a call is in nobody's hand and is none that is worked on with tasks."""
    if found.index.state != "open" or from_json(found.case_json).disposition is not None:
        return False
    return not ledger.presence.others(found.id)


def look_up(ledger: Ledger, query: identify.Query, program: str | None, today: date, at: datetime) -> LookedUp:
    """Find what is kept about the person or number, and match who was named with the eligibility file."""
    if query.kind == "ticket":
        return LookedUp(query, (), None, ("A kiosk's ticket: it holds the procedure and the place, and no name.",))
    found = ledger.look_up(query.text if query.kind != "person" else None, query.name, query.birth_date)
    rows = sorted(
        [
            *(status_row(each, today) for each in found.cases),
            *(_referral_row(ledger, each, today) for each in found.referrals),
        ],
        key=lambda row: (row.subject != query.text, row.ended),
    )
    if query.kind not in ("member_id", "person"):
        told_of = identify.CONFIRM if rows else f"Nothing is kept under {query.text}."
        return LookedUp(query, tuple(rows), None, (told_of,))
    member, told, facts = _matched(ledger, query, program, today, at)
    return LookedUp(query, tuple(rows), member, told, facts)


def open_of_set(ledger: Ledger, member: Identified, same_set: Iterable[str], but: str | None) -> tuple[str, ...]:
    """Give the numbers of the member's other open referrals for a procedure of one criteria set."""
    from navigator.referral.lifecycle import ENDED  # deferred: pydantic, with the ledger

    found = (
        ledger.look_up(member.member_id) if member.member_id else ledger.look_up(None, member.name, member.birth_date)
    )
    numbers = [each.number for each in found.referrals if each.state not in ENDED and each.number != but]
    wanted = frozenset(same_set)
    return tuple(number for number in numbers if ledger.get(number).procedure in wanted)


def _index_of(case: Case, today: date) -> CaseIndex:
    from navigator.ledger.values import CaseIndex  # deferred: as above

    member, waiting = case.member, case.call_back
    return CaseIndex(
        kind=kind_of(case.reason),
        state=case.standing,
        program=case.program,
        call_back_on=call_backs.due(waiting, today).on if waiting and case.standing == "call_back" else None,
        wait_ms=case.waited.total_ms,
        member_id=member.member_id if member else None,
        name=member.name if member else None,
        birth_date=member.birth_date if member else None,
        phone=(member.phone if member else None) or (waiting.number if waiting else None),
    )


def _tasks_at_the_end(ledger: Ledger, case: Case, number: str, today: date) -> None:
    from navigator.referral.case_kinds import case_kinds, first_tasks  # deferred: as above

    kind, ended = kind_of(case.reason), case.disposition
    if ended and ended.kind == "to_do":
        for task in first_tasks(kind if kind in case_kinds() else "other", today):
            ledger.tasks.add(task.model_copy(update={"marker": f"{kind} {task.kind} {task.due_on}"}), case_id=number)
    elif case.standing == "closed":
        for owed in ledger.tasks.of(case_id=number):
            if owed.done_at is None:
                ledger.tasks.done(owed.id, "the case is closed")


def _kept(found: KeptCase) -> Kept:
    case = from_json(found.case_json)
    return Kept(replace(case, id=found.id, standing=found.index.state), found.version, found.index.owner)


def status_row(found: KeptCase, today: date) -> StatusRow:
    """Give one row of a list of calls; it names neither the member nor a sensitive procedure."""
    case = from_json(found.case_json)
    asked = about(case.reason)
    if case.need:
        asked = SENSITIVE if case.need.sensitive else case.need.procedure_name
    ended = found.index.state == "closed"
    what = (asked or reason_label(case.reason, ended).lower(), case.chosen.name if case.chosen else None)
    standing = _STANDING_WORDS["worked_on" if case.disposition and not ended else found.index.state]
    if case.call_back and found.index.state == "call_back":
        due = call_backs.due(case.call_back, today)
        call = (f"{short_day(due.on)}: {due.words}", case.call_back.number or "no number", case.call_back.best_hours)
        standing = ", ".join(filter(None, call))
    away = found.index.away_until
    owner = found.index.owner or found.opened_by
    since = f"{owner}, away until {short_day(away)}" if away and away >= today else owner
    at = found.updated_at.astimezone()
    since += f", today at {at:%H:%M}" if at.date() == today else f", {short_day(at.date())}"
    return StatusRow(found.id, True, ended, standing, ", ".join(filter(None, what)), since)


def _referral_row(ledger: Ledger, found: ReferralSummary, today: date) -> StatusRow:
    from navigator.referral import tasks  # deferred: as above
    from navigator.referral.lifecycle import ENDED, WORDS

    owed = next((task for task in ledger.tasks.of(found.number) if task.done_at is None), None)
    standing = WORDS[found.state]
    if owed:
        by = f"overdue since {short_day(owed.due_on)}" if owed.due_on < today else f"by {short_day(owed.due_on)}"
        standing += f"; next: {tasks.WORDS[owed.kind]}, {by}"
    about = f"{found.procedure or 'no procedure yet'}, {found.facility_name or 'no center yet'}"
    since = f"{found.owner or 'nobody'}, {short_day(found.created_at.astimezone().date())}"
    return StatusRow(found.number, False, found.state in ENDED, standing, about, since)


def _matched(
    ledger: Ledger, query: identify.Query, program: str | None, today: date, at: datetime
) -> tuple[Identified | None, tuple[str, ...], MemberFacts | None]:
    from navigator.program.eligibility import covered_on, facts_on_file  # deferred: as above

    member_id = query.text if query.kind == "member_id" else None
    told = Identified("not_checked", query.name, query.birth_date, member_id, at, ledger.store.by)
    status = ledger.roster.status(program) if program else None
    if status is None or program is None:
        return told, identify.said_of(told), None
    found = ledger.roster.match(None, member_id, query.name, query.birth_date)
    here = [person for on, person in found if on == program]
    elsewhere = next((on for on, _person in found if on != program), None)
    if len(here) > 1:
        return None, ("More than one person of the eligibility file fits.", "Ask for the member ID on the card."), None
    as_of = status.as_of or status.imported_at.astimezone().date()
    if not here:
        missed = replace(told, match="no_match", file_as_of=as_of, other_roster=elsewhere)
        return missed, identify.said_of(missed), None
    matched = replace(
        told, match="match", file_as_of=as_of, other_roster=elsewhere, eligible=covered_on(here[0], today)
    )
    return matched, identify.said_of(matched), facts_on_file(here[0], as_of)
