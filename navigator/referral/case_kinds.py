"""Cases that are no referral: complaint, bill, travel receipt, records, appeal, each with its small life and its days.

The table is case_kinds.csv; ``counted_in`` says how the days of the answer count: working days, calendar days, or the
plan's own days where the program names them (calendar).
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple, cast, get_args

from navigator.referral.tasks import NewTask, TaskKind
from navigator.referral.working_days import working_day_before, working_days_after
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput, Choice

CaseStage = Literal["open", "working", "waiting", "closed"]
Count = Literal["working", "calendar", "plan"]

NEXT_STAGES: dict[CaseStage, tuple[CaseStage, ...]] = {
    "open": ("working", "waiting", "closed"),
    "working": ("waiting", "closed"),
    "waiting": ("working", "closed"),
    "closed": ("working",),
}
"""A closed case may be taken up again: a bill comes twice."""


class CaseKind(NamedTuple):
    """One kind of case."""

    id: str
    words: str
    answer_within: int
    """Days from the opening to the answer."""
    counted_in: Count
    tasks: tuple[tuple[TaskKind, int], ...]
    """What is to be done first, with its working days."""
    outcomes: tuple[str, ...]


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


def answer_due(kind: str, opened_on: date, plan_days: int | None = None) -> date:
    """Give the working day by which a case is to be answered.

    ``plan_days``: calendar days that the program gives for it, e.g. the appeal's. Days that end on a day on which no
    office answers end on the working day before. Raises BadInput for an unknown kind.
    """
    found = case_kind(kind)
    if found.counted_in == "working":
        return working_days_after(opened_on, found.answer_within)
    days = plan_days if found.counted_in == "plan" and plan_days is not None else found.answer_within
    return working_day_before(opened_on + timedelta(days=days + 1))


def first_tasks(kind: str, opened_on: date, plan_days: int | None = None) -> tuple[NewTask, ...]:
    """Give the tasks of a case that is opened: its first steps, and the answer by its day."""
    found, answer = case_kind(kind), answer_due(kind, opened_on, plan_days)
    steps = [
        NewTask(kind=step, due_on=min(working_days_after(opened_on, days), answer), what=f"{found.words}: first step")
        for step, days in found.tasks
    ]
    return (*steps, NewTask(kind="answer", due_on=answer, what=f"{found.words}: answer the member in full"))


def check_stage(kind: str, stage: CaseStage, to: str, outcome: str | None = None) -> CaseStage:
    """Give the next stage of a case; raises BadInput that says what is possible, or that closing needs its outcome."""
    found = case_kind(kind)
    possible = NEXT_STAGES[stage]
    if to not in get_args(CaseStage) or to not in possible:
        raise BadInput(
            f'A case that is {stage} cannot become "{clean(to, 40)}".', f"Possible from here: {', '.join(possible)}."
        )
    if to == "closed" and outcome not in found.outcomes:
        said = f'"{clean(outcome, 40)}" is no outcome' if outcome else "The outcome is missing"
        raise BadInput(f"{said} of {found.words}.", f"Choose one of {', '.join(found.outcomes)}.")
    return to


def _kind(row: dict[str, str]) -> CaseKind:
    steps = (step.split(":") for step in row["tasks"].split(";") if step)
    return CaseKind(
        row["kind"],
        row["words"],
        int(row["answer_within"]),
        cast("Count", row["counted_in"]),
        tuple((cast("TaskKind", name), int(days)) for name, days in steps),
        tuple(row["outcomes"].split("|")),
    )
