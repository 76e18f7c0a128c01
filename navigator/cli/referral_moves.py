"""`coe referral move` and `deliver`: the life cycle from the command line, with the same checks as the screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from navigator.cli.asking import AsJson, parse_day
from navigator.cli.referral_answers import open_ledger, print_now
from navigator.cli.typed import words_of
from provider_directory.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from navigator.ledger.ledger import Ledger
    from navigator.referral.delivery import Delivery
    from navigator.referral.lifecycle import State
    from navigator.referral.moves import Appointment, VisitKind
    from navigator.referral.outcome import Outcome

Number = Annotated[str, typer.Argument(help="The referral's number, as it was heard")]
Note = Annotated[str | None, typer.Option(help="What was said, or why the try failed")]
To = Annotated[str | None, typer.Option("--to", help="The number, address or person tried")]
Result = Annotated[str, typer.Option("--result", help="How the try ended: sent or failed")]

_BELONGS: dict[State, tuple[str, ...]] = {
    "requested": ("--route", "--result", "--to", "--note", "--safety-checked", "--override-gates"),
    "scheduled": ("--appointment", "--time-zone", "--visit"),
    "visit-done": ("--visit",),
    "completed": ("--outcome", "--surgery-on", "--note"),
    "re-referred": ("--replaced-by",),
}
"""What is told with a move, beside day, reason and who told it."""
_DATE_TIME = re.compile(r"(\S+?)(?:[T ]([0-9]{1,2}):([0-9]{2}))?")


def move(
    number: Number,
    state: Annotated[str, typer.Argument(help="The state to move to")],
    reason: Annotated[str | None, typer.Option(help="Why, in words")] = None,
    reason_code: Annotated[str | None, typer.Option(help="Why, by a code; a wrong one lists them")] = None,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="The day it happened; default: today")] = None,
    by_center: Annotated[str | None, typer.Option(metavar="NAME", help="Who at the center told it")] = None,
    receipt: Annotated[str | None, typer.Option(help="Number of the fax receipt or message that confirms")] = None,
    route: Annotated[str | None, typer.Option(help="Sent by portal, email, fax, phone or mail")] = None,
    result: Result = "sent",
    to: To = None,
    note: Note = None,
    safety_checked: Annotated[bool, typer.Option(help="The safety questions were asked and answered")] = False,
    override_gates: Annotated[
        str | None, typer.Option(metavar="REASON", help="Send it although a condition is not yet met, and why")
    ] = None,
    appointment: Annotated[
        str | None, typer.Option(metavar="DATE[ HH:MM]", help="The day of the visit, in the center's time")
    ] = None,
    time_zone: Annotated[str | None, typer.Option(help="The center's, e.g. America/Chicago")] = None,
    visit: Annotated[str | None, typer.Option(help="evaluation, surgery or follow_up")] = None,
    outcome: Annotated[str | None, typer.Option(help="surgery, other_care or not_appropriate")] = None,
    surgery_on: Annotated[str | None, typer.Option(metavar="DATE", help="The day of surgery")] = None,
    replaced_by: Annotated[str | None, typer.Option(metavar="NUMBER", help="The referral that follows")] = None,
    as_json: AsJson = False,
) -> None:
    """Move a referral to another state; what is not possible from here is refused, with what is.

    Where words are "-" they are asked for, or read from standard input: then they are in no shell's history.
    """
    from navigator.ledger import following
    from navigator.referral.lifecycle import WORDS, state_named
    from navigator.referral.making_moves import Told

    target = state_named(state)
    reason, note, to = words_of("--reason", reason), words_of("--note", note), words_of("--to", to)
    given = {
        "--route": route,
        "--result": result if result != "sent" else None,
        "--to": to,
        "--note": note,
        "--safety-checked": safety_checked or None,
        "--override-gates": override_gates,
        "--appointment": appointment,
        "--time-zone": time_zone,
        "--visit": visit,
        "--outcome": outcome,
        "--surgery-on": surgery_on,
        "--replaced-by": replaced_by,
    }
    _check_belongs(target, [option for option, value in given.items() if value is not None])
    with open_ledger() as ledger:
        now = ledger.store.now()
        told = Told(
            reason_code=reason_code,
            reason=reason,
            center_person=by_center,
            receipt=receipt,
            on=parse_day(on, "--on"),
            delivery=_try(ledger, now, route, result, to, note) if route else None,
            appointment=_appointment(appointment, visit, time_zone) if appointment else None,
            visit=_visit(visit) if visit else None,
            outcome=_outcome(outcome, surgery_on, now, note) if outcome else None,
            safety_checked=safety_checked,
            gates_overridden=override_gates,
            replaced_by=replaced_by,
        )
        moved = following.move(ledger, number, target, told)
        print_now(ledger, moved, f"{moved.number}: {WORDS[moved.state]}.", as_json)


def deliver(
    number: Number,
    route: Annotated[
        str | None,
        typer.Argument(help="portal, email, fax, phone or mail; default: the center's first that was not tried yet"),
    ] = None,
    result: Result = "sent",
    to: To = None,
    note: Note = None,
    as_json: AsJson = False,
) -> None:
    """Write down another try to send a referral; a failed one makes a task for today."""
    from navigator.ledger import following
    from navigator.referral.delivery import try_line

    to, note = words_of("--to", to), words_of("--note", note)
    with open_ledger() as ledger:
        if route is None:
            route, to = _next_route(ledger, number, to)
        tried = _try(ledger, ledger.store.now(), route, result, to, note)
        referral = following.deliver(ledger, number, tried)
        print_now(ledger, referral, f"{referral.number}: {try_line(tried)}.", as_json)


def _next_route(ledger: Ledger, number: str, to: str | None) -> tuple[str, str | None]:
    """Give the route that is next by the roster's order, and its contact where nothing else was given."""
    from navigator.ledger.following import next_route

    found = next_route(ledger, number)
    if found is None:
        raise BadInput("The roster names no route to this center.", "Say by which route: portal, email, fax ...")
    return found.route, to or found.contact


def _check_belongs(target: State, given: Iterable[str]) -> None:
    """Refuse what would not be kept with the move: who gave it would believe that it was."""
    belongs = _BELONGS.get(target, ())
    if strange := [option for option in given if option not in belongs]:
        raise BadInput(
            f"{', '.join(strange)} would not be kept with a move to {target}.",
            f"With it go {', '.join(belongs)}."
            if belongs
            else "Say it in --reason, or make the move that it belongs to.",
        )


def _try(ledger: Ledger, now: datetime, route: str, result: str, to: str | None, note: str | None) -> Delivery:
    from navigator.referral.delivery import a_try

    return a_try(route, result, now, ledger.store.by, to, note)


def _visit(text: str) -> VisitKind:
    from navigator.referral.moves import visit_kind

    return visit_kind(text)


def _outcome(text: str, surgery_on: str | None, now: datetime, note: str | None) -> Outcome:
    from navigator.referral.outcome import an_outcome

    return an_outcome(text, parse_day(surgery_on, "--surgery-on"), now.astimezone().date(), note)


def _appointment(text: str, visit: str | None, time_zone: str | None) -> Appointment:
    from navigator.referral.moves import an_appointment

    found = _DATE_TIME.fullmatch(text.strip())
    day = parse_day(found.group(1), "--appointment") if found else None
    if found is None or day is None:
        raise BadInput(f'--appointment: "{text}" is no day.', "Write it as 2026-12-14 or 2026-12-14 09:30.")
    hour = (int(found.group(2)), int(found.group(3))) if found.group(2) else None
    return an_appointment(_visit(visit or "evaluation"), day, hour, time_zone)
