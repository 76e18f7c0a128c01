"""One call after another written to a ledger, every kind of write; and what of it must be found again afterwards."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import NamedTuple

from sqlalchemy import func, select

from navigator.ledger.ledger import Ledger
from navigator.ledger.schema import audit as audit_table
from navigator.ledger.schema import offer
from navigator.ledger.values import CaseIndex
from navigator.ledger.verifying import verify
from navigator.referral.moves import Move
from navigator.referral.tasks import NewTask

STEPS = ("start", "offer", "field", "note", "task", "move", "case")
"""What is acknowledged of each call, in the order in which it is written."""
_ACTIONS = {
    "start": "start",
    "offer": "attach offer",
    "field": "save field",
    "note": "add note",
    "task": "add task",
    "move": "move",
    "case": "open case",
}
_DUE = date(2026, 12, 1)

Say = Callable[[str, str], None]


class Findings(NamedTuple):
    """What is wrong with a ledger after its writer was ended."""

    lost: tuple[str, ...]
    """Writes that were acknowledged and are not there."""
    half: tuple[str, ...]
    """Writes of which a part is there."""
    broken: tuple[str, ...]
    """What ``coe ledger verify`` says against it: a row, a seal or an audit entry that does not fit."""

    @property
    def any(self) -> bool:
        """Say whether anything is wrong."""
        return bool(self.lost or self.half or self.broken)


def write_call(ledger: Ledger, turn: int, say: Say) -> None:
    """Write one call step by step; ``say`` gets each step and the referral's number when the ledger has it."""
    number = ledger.start(edition="e1", demonstration=True, program="brewline-foods").number
    say("start", number)
    ledger.attach_offer(number, f'{{"turn": {turn}}}')
    say("offer", number)
    ledger.save_field(number, "notes", f"turn {turn} of {number}")
    say("field", number)
    ledger.notes.add(f"note of {number}", referral=number)
    say("note", number)
    ledger.tasks.add(NewTask(kind="other", due_on=_DUE, what=f"task of {number}"), number)
    say("task", number)
    ledger.moves.record(number, _sent(), tasks=[NewTask(kind="receipt", due_on=_DUE, what=f"receipt of {number}")])
    say("move", number)
    ledger.cases.save(f'{{"number": "{number}"}}', CaseIndex(kind="find_care", state="open", name=f"case of {number}"))
    say("case", number)


def look_over(ledger: Ledger, acknowledged: Iterable[str]) -> Findings:
    """Compare a ledger with what was acknowledged, "STEP NUMBER" each, and with itself."""
    found = _found_in(ledger)
    lost = [each for each in acknowledged if each not in found.whole]
    half = [*found.half, *_not_in_step(ledger, found.whole)]
    return Findings(tuple(lost), tuple(half), verify(ledger.store).problems)


class _Found(NamedTuple):
    whole: set[str]
    half: list[str]


def _found_in(ledger: Ledger) -> _Found:
    whole, half = set[str](), list[str]()
    tasks = defaultdict[str, list[str]](list)
    for task in ledger.tasks.open():
        tasks[task.number or ""].append(task.what or "")
    moves = Counter(number for number, _ in ledger.moves.all_events())
    cases = {case.index.name for case in ledger.cases.recent(100_000)}
    for referral in ledger.open_referrals():
        number = referral.number
        moved = {referral.state != "draft", moves[number] == 1, f"receipt of {number}" in tasks[number]}
        if len(moved) > 1:
            half.append(f"move {number}")
        there = {
            "start": True,
            "offer": referral.offer_sha256 is not None and ledger.shown_offer(number) is not None,
            "field": bool(referral.notes and referral.notes.endswith(number)),
            "note": [note.text for note in ledger.notes.of(referral=number)] == [f"note of {number}"],
            "task": f"task of {number}" in tasks[number],
            "move": moved == {True},
            "case": f"case of {number}" in cases,
        }
        whole |= {f"{step} {number}" for step in STEPS if there[step]}
        later = [there[step] for step in STEPS]
        if later != sorted(later, reverse=True):  # each step was written after the one before it
            half.append(f"order {number}")
    return _Found(whole, half)


def _not_in_step(ledger: Ledger, whole: set[str]) -> list[str]:
    """Give the kinds of write of which there are more or fewer than audit entries about them."""
    kinds = Counter(each.partition(" ")[0] for each in whole)
    with ledger.store.reading() as connection:
        query = select(audit_table.c.action, func.count().label("entries")).group_by(audit_table.c.action)
        audited = {row.action: row.entries for row in connection.execute(query)}
        kinds["offer"] = connection.execute(select(func.count()).select_from(offer)).scalar_one()
    return [
        f"{kinds[step]} x {step}, {audited.get(action, 0)} x audited"
        for step, action in _ACTIONS.items()
        if kinds[step] != audited.get(action, 0)
    ]


def _sent() -> Move:
    return Move(
        from_state="draft",
        to="requested",
        actor="navigator",
        trigger="send",
        at=datetime.now(UTC),
        by="desk",
        on=date(2026, 11, 22),
    )
