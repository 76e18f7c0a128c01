"""A referral followed to its end: moves, tries and tasks written together, and what is to be done next by whom."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from navigator.case.reasons import SENSITIVE
from navigator.case.steps import missing_to_send
from navigator.case.stored import from_json
from navigator.case.value import Case
from navigator.days import day_words
from navigator.ledger.errors import Overtaken
from navigator.ledger.ledger import Ledger
from navigator.ledger.values import KeptCase
from navigator.referral import number as numbers
from navigator.referral.case_kinds import case_kinds
from navigator.referral.delivery import Delivery, proposed_route
from navigator.referral.lifecycle import ENDED, WORDS, State
from navigator.referral.making_moves import Told, make_move
from navigator.referral.record import Referral
from navigator.referral.snapshot import Shown, gates_not_yet, routes_shown, taken_apart
from navigator.referral.task_rules import PROPOSES, SHARES, Terms, tasks_of, tasks_of_try
from navigator.referral.tasks import NewTask, Task
from navigator.referral.waits import Wait, waits_of
from navigator.referral.working_days import working_day_from
from navigator.referral.worklist import Section, Subject, WorkList, work_list
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput
from provider_directory.routes import CenterRoute

TAKEN_BACK = "the consent was taken back"
NOT_TRIED: frozenset[State] = frozenset({"draft", "completed", "cancelled", "failed", "re-referred", "declined"})
"""States in which nothing is to be sent."""


class Finished(NamedTuple):
    """A task that was closed, and the move that is likely next; None = none."""

    task: Task
    proposes: State | None


def move(ledger: Ledger, number: str, to: State, told: Told) -> Referral:
    """Make a move with the tasks that it makes and settles, in one step on disk.

    The conditions of the program are taken from the snapshot. Raises BadInput as ``make_move``, UnknownReferral,
    Overtaken where somebody else moved it in the meantime.
    """
    known = ledger.moves.count(number)
    referral = ledger.get(number)
    shown = ledger.shown_offer(referral.number)
    terms = None
    if shown is not None:
        apart = taken_apart(shown)
        told = told._replace(gates_not_yet=told.gates_not_yet or gates_not_yet(apart))
        terms = _terms(apart)
    if to == "requested":
        _check_consent(referral)
        told = _with_the_call(ledger, referral, told) if referral.state == "draft" else told
    made = make_move(referral, to, told, ledger.store.now(), ledger.store.by)
    if made.replaced_by is not None:
        _check_replacement(ledger, referral, made.replaced_by)
    change = tasks_of(made, open_tasks(ledger, referral.number), terms)
    return ledger.moves.record(
        referral.number, made, change.made, change.settled, moved_up=change.moved_up, after=known
    )


def deliver(ledger: Ledger, number: str, tried: Delivery) -> Referral:
    """Keep another try to send; a failed one makes a task for today and the state stays as it is.

    Raises BadInput for a referral that is not sent yet or has ended, and where the consent was taken back.
    """
    referral = ledger.get(number)
    if referral.state in NOT_TRIED:
        raise BadInput(
            f"{referral.number} is {referral.state}: there is nothing to send.",
            "A draft is sent by the move to requested." if referral.state == "draft" else "Begin another referral.",
        )
    _check_consent(referral)
    today = tried.at.astimezone().date()
    first = referral.state == "requested"
    change = tasks_of_try(tried, today, open_tasks(ledger, referral.number), first)
    ledger.deliveries.add(referral.number, tried, change.made, change.settled)
    return referral


def next_route(ledger: Ledger, number: str) -> CenterRoute | None:
    """Give the route for the next try, by the roster's order as it was shown; None where it names none."""
    referral = ledger.get(number)
    shown = ledger.shown_offer(referral.number)
    if shown is None:
        return None
    apart = taken_apart(shown)
    return proposed_route(routes_shown(apart, referral.facility_id), ledger.deliveries.of(referral.number))


def take_back_consent(ledger: Ledger, number: str, said: str | None = None) -> Referral:
    """Note that the member takes the consent back, with what was disclosed before; nothing is sent from then on.

    Where something was sent a task is made for today: nobody else tells the center to stop. Raises BadInput without a
    consent that stands, UnknownReferral.
    """
    referral = ledger.get(number)
    if referral.consent is None or not referral.consent.stands:
        raise BadInput(
            f"{referral.number} has no consent that could be taken back.", "Look at it with `coe referral show`."
        )
    taken_back = ledger.save_field(referral.number, "consent", f"{referral.consent.method}_no")
    kept = taken_back.consent.disclosed if taken_back.consent else ()
    words = clean(said or "", 500)
    ledger.notes.add(
        f"Consent taken back{f': {words}' if words else ''}. Disclosed before: {'; '.join(kept) or 'nothing'}.",
        referral=referral.number,
    )
    if kept and referral.state not in ENDED:
        today = working_day_from(ledger.store.now().astimezone().date())
        ledger.tasks.add(
            NewTask(kind="stop", due_on=today, what=TAKEN_BACK, marker="consent taken back"), referral.number
        )
    return taken_back


def finish_task(ledger: Ledger, task_id: str, outcome: str | None = None) -> Finished:
    """Close a task by its id or the beginning of it, and give the move that is likely next.

    The authorization number is the outcome of its task and is kept with the referral. Raises UnknownTask, BadInput
    where it is missing, Overtaken for a task that is done already.
    """
    task = ledger.tasks.get(task_id)
    said = clean(outcome or "", 300) or None
    if task.done_at is not None:
        raise Overtaken("This task is done already.", f"It was closed by {task.done_by}.")
    if task.kind == "authorization" and task.number is not None:
        if said is None:
            raise BadInput("The authorization number is missing.", "Give it as the outcome of the task.")
        ledger.set(task.number, "authorization number", authorization_number=clean(said, 60))
    goes_on = task.number is not None and (task.kind not in SHARES or ledger.get(task.number).may_go_on)
    return Finished(ledger.tasks.done(task.id, said), PROPOSES.get(task.kind) if goes_on else None)


def take_over(ledger: Ledger, number: str, reason: str) -> Referral:
    """Make who works now the owner; the reason is kept as a note. Raises BadInput without a reason."""
    said = clean(reason)
    if not said:
        raise BadInput("Taking over needs a reason.", "Say why, in a few words.")
    before = ledger.get(number)
    if before.owner == ledger.store.by:
        raise BadInput(f"{before.number} is followed by you already.", "Go on with it.")
    taken = ledger.set(before.number, "take over", owner=ledger.store.by, away_until=None)
    ledger.notes.add(f"Taken over from {before.owner or 'nobody'}: {said}", referral=before.number)
    return taken


def be_away(ledger: Ledger, until: date | None) -> int:
    """Have everybody's list show the open referrals and cases of who works now until a day; gives how many.

    None = back again.
    """
    mine = [each for each in ledger.to_follow() if each.owner == ledger.store.by]
    cases = [each for each in ledger.cases.not_closed() if each.index.owner == ledger.store.by]
    for each in mine:
        ledger.set(each.number, "away" if until else "back", away_until=until)
    for case in cases:
        ledger.cases.be_away(case.id, until)
    return len(mine) + len(cases)


def away_words(count: int, until: date | None) -> str:
    """Say what was done by ``be_away``."""
    said = f"stand in everybody's list until {day_words(until)}" if until else "stand in your list alone again"
    return f"{count} open referrals and cases {said}."


def open_tasks(ledger: Ledger, number: str) -> tuple[Task, ...]:
    """Give the tasks of a referral that are not done, the earliest day first."""
    return tuple(task for task in ledger.tasks.of(number) if task.done_at is None)


def todays_work(ledger: Ledger, section: Section = "mine", me: str | None = None) -> WorkList:
    """Give the work list as ``me`` (default: who works now) sees it today."""
    tasks = ledger.tasks.open()
    cases = {task.case_id for task in tasks if task.case_id}
    kept_cases = (each for each in ledger.cases.not_closed() if each.id in cases)
    subjects = (*map(_of_referral, ledger.to_follow()), *map(_of_case, kept_cases))
    return work_list(subjects, tasks, ledger.store.now().astimezone().date(), me or ledger.store.by, section)


def call_of(ledger: Ledger, referral: Referral) -> Case | None:
    """Give the call in which a referral began; None for one that began with a file."""
    return from_json(ledger.cases.get(referral.case_id).case_json) if referral.case_id else None


def center_waits(ledger: Ledger, facility_id: str) -> tuple[Wait, ...]:
    """Give how long members waited at a center, from own referrals; empty where too few tell (REFERRAL, PRODUCT 12)."""
    return waits_of(tuple(ledger.moves.events_to(facility_id)))


def _terms(shown: Shown) -> Terms:
    """Give what the snapshot says of the time after surgery; only contracts that count for the program are meant."""
    days = (shown.rule or {}).get("follow_up_days") or ()
    warranties = (contract.get("warranty") for contract in shown.contracts if contract.get("counts"))
    return Terms(tuple(days), next((words for words in warranties if words), None))


def _with_the_call(ledger: Ledger, referral: Referral, told: Told) -> Told:
    """Take the safety check from the call in which the referral began; raises BadInput for what that call still owes.

    Gates are judged by the snapshot, where a reason may override them.
    """
    case = call_of(ledger, referral)
    if case is None:
        return told
    owed = [each for each in missing_to_send(case) if each.step != "gates"]
    if told.safety_checked and case.safety is None:  # asked since, by who sends it
        owed = [each for each in owed if each.step != "safety"]
    if owed:
        words = " ".join(each.words for each in owed)
        raise BadInput(
            f"{referral.number} cannot be sent yet. {words}", "Go on with its form, which takes its call up again."
        )
    return told._replace(safety_checked=told.safety_checked or case.safety is not None)


def _check_consent(referral: Referral) -> None:
    if referral.consent is not None and referral.consent.withdrawn_at is not None:
        raise BadInput(
            f"The consent for {referral.number} was taken back: nothing more may be sent.",
            "Tell the center to stop, or ask the member again.",
        )


def _check_replacement(ledger: Ledger, referral: Referral, replaced_by: str) -> None:
    if numbers.normalise(replaced_by) == referral.number:
        raise BadInput("A referral cannot replace itself.", "Give the number of the new referral.")
    following = ledger.get(replaced_by)
    if following.replaces not in (None, referral.number):
        raise BadInput(
            f"{following.number} replaces {following.replaces} already.", "Give the referral that follows this one."
        )
    before, after = referral.member, following.member
    said = ((before.birth_date, after.birth_date), (before.member_id, after.member_id))
    known = [old == new for old, new in said if old and new]
    if known and not any(known):
        raise BadInput(f"{following.number} is of another member.", "Give the number of this member's new referral.")
    ledger.set(following.number, "replaces", replaces=referral.number)


def _of_referral(referral: Referral) -> Subject:
    return Subject(
        id=referral.number,
        state=referral.state,
        state_words=WORDS[referral.state],
        since=referral.updated_at.astimezone().date(),
        is_new=referral.state == "draft",
        member_name=referral.member.name,
        procedure=SENSITIVE if referral.sensitive else referral.procedure_name,
        center=referral.facility_name,
        owner=referral.owner,
        away_until=referral.away_until,
        demonstration=referral.demonstration,
        may_go_on=referral.may_go_on,
    )


def _of_case(case: KeptCase) -> Subject:
    kind = case_kinds().get(case.index.kind)
    return Subject(
        id=case.id,
        state=None,
        state_words=f"{kind.words if kind else 'call'}, {case.index.state.replace('_', ' ')}",
        since=case.updated_at.astimezone().date(),
        is_new=case.version == 1,
        member_name=case.index.name,
        procedure=None,
        center=None,
        owner=case.index.owner,
        away_until=case.index.away_until,
    )
