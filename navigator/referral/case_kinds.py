"""Cases that are no referral: complaint, bill, travel receipt, records, appeal, each with its first steps and its days.

The table is case_kinds.csv; ``counted_in`` says how the days of the answer count: working or calendar days.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple, cast

from navigator.referral.tasks import NewTask, TaskKind
from navigator.referral.working_days import working_day_before, working_days_after
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput, Choice

Count = Literal["working", "calendar"]


class CaseKind(NamedTuple):
    """One kind of case."""

    id: str
    words: str
    answer_within: int
    """Days from the opening to the answer."""
    counted_in: Count
    tasks: tuple[tuple[TaskKind, int], ...]
    """What is to be done first, with its working days."""


@cache
def case_kinds() -> dict[str, CaseKind]:
    """Give every kind of case by its id, in the order of the table."""
    text = files("navigator.referral").joinpath("case_kinds.csv").read_text(encoding="utf-8")
    return {row["kind"]: _kind(row) for row in csv.DictReader(text.splitlines())}


def case_kind(kind: str) -> CaseKind:
    """Give a kind of case; raises BadInput with all of them."""
    known = case_kinds()
    if kind not in known:
        raise BadInput(
            f'There is no kind of case "{clean(kind, 40)}".',
            f"Choose one of {', '.join(known)}.",
            tuple(Choice(each.id, each.words) for each in known.values()),
        )
    return known[kind]


def answer_due(kind: str, opened_on: date) -> date:
    """Give the working day by which a case is to be answered.

    Days that end on a day on which no office answers end on the working day before. Raises BadInput for an unknown
    kind.
    """
    found = case_kind(kind)
    if found.counted_in == "working":
        return working_days_after(opened_on, found.answer_within)
    return working_day_before(opened_on + timedelta(days=found.answer_within + 1))


def first_tasks(kind: str, opened_on: date) -> tuple[NewTask, ...]:
    """Give the tasks of a case that is opened: its first steps, and the answer by its day."""
    found, answer = case_kind(kind), answer_due(kind, opened_on)
    steps = [
        NewTask(kind=step, due_on=min(working_days_after(opened_on, days), answer), what=f"{found.words}: first step")
        for step, days in found.tasks
    ]
    return (*steps, NewTask(kind="answer", due_on=answer, what=f"{found.words}: answer the member in full"))


def _kind(row: dict[str, str]) -> CaseKind:
    steps = (step.split(":") for step in row["tasks"].split(";") if step)
    return CaseKind(
        row["kind"],
        row["words"],
        int(row["answer_within"]),
        cast("Count", row["counted_in"]),
        tuple((cast("TaskKind", name), int(days)) for name, days in steps),
    )
