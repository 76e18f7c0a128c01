"""What the work list and a referral's page ask of the ledger; each runs in the ledger's thread and posts a message."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from textual.message import Message

from navigator.lookups import ask, one_at_a_time, write
from provider_directory.errors import DirectoryError

if TYPE_CHECKING:
    from textual.widget import Widget

    from navigator.app import CoeApp
    from navigator.case.value import Case
    from navigator.ledger.ledger import Ledger
    from navigator.packets.values import NextStep
    from navigator.program_in_use import ProgramInUse
    from navigator.referral.record import Referral
    from navigator.referral.tasks import Task
    from navigator.referral.waits import Wait
    from navigator.referral.worklist import Section, WorkList
    from provider_directory.routes import CenterRoute

OpenLedger = Callable[[], "Ledger"]


@dataclass
class WorkListed(Message):
    """What is to be done, by due date."""

    work: WorkList


@dataclass
class ReferralShown(Message):
    """A referral as the ledger holds it, with what is owed and what happened; ``said`` = what was just done."""

    referral: Referral
    tasks: tuple[Task, ...]
    """Those that are not done."""
    history: tuple[str, ...]
    waits: tuple[str, ...]
    """How long others waited at this center, in words."""
    gates_not_yet: tuple[str, ...]
    next_steps: tuple[NextStep, ...]
    """The next dates and who calls whom, as the member is told."""
    next_route: CenterRoute | None
    """By which the next try to send is proposed; None = the roster names none."""
    owed_by_call: tuple[str, ...]
    """What the call in which a draft began still owes before it may be sent."""
    safety_checked: bool
    """The red flags were asked in that call, and none was true."""
    today: date
    me: str
    said: str = ""


@dataclass
class OfferShownAgain(Message):
    """The snapshot of a referral in plain lines; None = none is kept."""

    lines: tuple[str, ...] | None


@dataclass
class WaitsLearned(Message):
    """How long members waited at a center, from own referrals; empty where fewer than five tell it."""

    facility: str
    waits: tuple[Wait, ...]


@dataclass
class WentAway(Message):
    """Who works is away, or back again; ``said`` tells it."""

    said: str


@dataclass
class EditionChecked(Message):
    """Open referrals were compared with another edition."""

    tasks_made: int


def list_work(node: Widget, open_ledger: OpenLedger, section: Section) -> None:
    """List what is to be done; posts WorkListed."""

    def work() -> Message:
        from navigator.ledger.following import todays_work  # deferred: SQLAlchemy, with the ledger

        return WorkListed(todays_work(open_ledger(), section))

    _run(node, "list", work)


def show(node: Widget, open_ledger: OpenLedger, number: str) -> None:
    """Read one referral; posts ReferralShown."""
    _run(node, "show", lambda: _shown(open_ledger(), number, ""))


def change(node: Widget, open_ledger: OpenLedger, number: str, work: Callable[[Ledger], str]) -> None:
    """Do something to a referral in the ledger; ``work`` gives what to say. Posts ReferralShown as it is after."""

    def done() -> Message:
        ledger = open_ledger()
        return _shown(ledger, number, work(ledger))

    write(node, "change", done)


def learn_waits(node: Widget, open_ledger: OpenLedger, facility: str) -> None:
    """Learn from own referrals how long members waited at a center; posts WaitsLearned."""

    def learned() -> Message:
        from navigator.ledger.following import center_waits  # deferred: as above

        return WaitsLearned(facility, center_waits(open_ledger(), facility))

    _run(node, "waits", learned)


def be_away(node: Widget, open_ledger: OpenLedger, until: date | None) -> None:
    """Note until when who works is away, None = back; posts WentAway."""

    def noted() -> Message:
        from navigator.ledger import following  # deferred: as above

        return WentAway(following.away_words(following.be_away(open_ledger(), until), until))

    write(node, "away", noted)


def show_offer(node: Widget, open_ledger: OpenLedger, number: str) -> None:
    """Read what was shown when the center was chosen; posts OfferShownAgain."""

    def lines() -> Message:
        from navigator.referral.shown import shown_lines  # deferred: with the ledger

        kept = open_ledger().shown_offer(number)
        return OfferShownAgain(None if kept is None else tuple(shown_lines(kept)))

    _run(node, "offer again", lines)


def _owed_by(call: Case) -> tuple[str, ...]:
    """Say what only the call can bring; gates stand in the snapshot, consent in the record."""
    from navigator.case.steps import missing_to_send

    return tuple(each.words for each in missing_to_send(call) if each.step in ("identify", "safety", "choose"))


def _to_do(referral: Referral, tasks: tuple[Task, ...]) -> tuple[Task, ...]:
    """Give the open tasks, what is done first in front; none that sends where the consent does not stand."""
    from navigator.referral.history import today_of
    from navigator.referral.task_rules import owed
    from navigator.referral.tasks import Task

    left = [task for task in tasks if task.done_at is None]
    found = owed(referral.state, today_of(referral.updated_at), left, referral.may_go_on)
    return tuple(task for task in found if isinstance(task, Task))


def _shown(ledger: Ledger, number: str, said: str) -> ReferralShown:
    from navigator.ledger import following  # deferred: as above
    from navigator.packets.next_steps import next_steps
    from navigator.referral.delivery import proposed_route
    from navigator.referral.history import history_lines, today_of
    from navigator.referral.snapshot import gates_not_yet, routes_shown, taken_apart
    from navigator.referral.waits import wait_words

    referral = ledger.get(number)
    known = referral.number
    tasks, events, today = ledger.tasks.of(known), ledger.moves.events(known), today_of(ledger.store.now())
    call = following.call_of(ledger, referral) if referral.state == "draft" else None
    appointment = next((move.appointment for move in reversed(events) if move.appointment), None)
    notes = tuple((note.at, f"note by {note.by}: {note.text}") for note in ledger.notes.of(referral=known))
    kept, tries = ledger.shown_offer(known), ledger.deliveries.of(known)
    apart = taken_apart(kept) if kept else None
    return ReferralShown(
        referral=referral,
        tasks=_to_do(referral, tasks),
        history=tuple(history_lines(referral, events, tries, tasks, notes)),
        waits=tuple(map(wait_words, following.center_waits(ledger, referral.facility_id)))
        if referral.facility_id
        else (),
        gates_not_yet=gates_not_yet(apart) if apart else (),
        next_steps=next_steps(referral, tasks, today, appointment, rule=apart.rule if apart else None),
        next_route=proposed_route(routes_shown(apart, referral.facility_id), tries) if apart else None,
        owed_by_call=_owed_by(call) if call else (),
        safety_checked=bool(call and call.safety and call.safety.outcome == "none"),
        today=today,
        me=ledger.store.by,
        said=said,
    )


def _run(node: Widget, group: str, work: Callable[[], Message]) -> None:
    async def question() -> Message:
        return await one_at_a_time(work)

    ask(node, group, question, exclusive=False)


def check_edition(desk: CoeApp) -> None:
    """Compare the centers of open referrals with the edition in use, once for each edition; posts EditionChecked.

    What got worse becomes a task due today; a referral of a program whose file lies elsewhere is left to
    `coe referral check-edition`.
    """
    directory, edition, program = desk.directory, desk.edition, desk.program
    if directory is None or edition is None or desk.checked_edition == edition.name:
        return
    desk.checked_edition = edition.name

    async def question() -> Message:
        from navigator.ledger import edition_check  # deferred: SQLAlchemy, with the ledger

        pairs, _ = await one_at_a_time(lambda: edition_check.to_compare(desk.ledger()))
        alliances = _alliances({pair.shown.offer.get("program") for pair in pairs}, program)
        today = desk.today()
        worse, _ = await edition_check.compare_all(pairs, edition.name, today, alliances, directory.center)
        return EditionChecked(await one_at_a_time(lambda: edition_check.keep_tasks(desk.ledger(), worse, today)))

    ask(desk.screen, "edition check", question)


def _alliances(programs: set[object], in_use: ProgramInUse | None) -> dict[str, tuple[str, ...]]:
    """Give the alliances of the program in use, and of those whose files lie beside its own."""
    from navigator.program.model import load_program

    found = {in_use.id: tuple(in_use.alliances)} if in_use else {}
    folder = in_use.file.parent if in_use and in_use.file else None
    for name in programs:
        if folder and isinstance(name, str) and name not in found:
            with suppress(DirectoryError):
                found[name] = load_program(name, folder).alliances
    return found
