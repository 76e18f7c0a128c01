"""`coe referral worklist`, `task`, `take`, `away`, `waits`, `check-edition`: what is to be done, and by whom."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from navigator import locations
from navigator.cli.asking import AsJson, EditionFile, edition_path, parse_day
from navigator.cli.output import print_json, print_sentence
from navigator.cli.referral_answers import open_ledger, print_lines, print_now, print_work, read_today, yes_no
from navigator.cli.referral_export_tables import CsvFile, Workbook, export_work, one_form
from navigator.cli.referral_moves import Number
from navigator.cli.typed import words_of
from navigator.days import day_words
from provider_directory.errors import BadInput, DirectoryError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from navigator.ledger.edition_check import EditionCheck
    from navigator.referral.tasks import Task

task_app = typer.Typer(
    help="Tasks of referrals: add one, or say that it is done.", no_args_is_help=True, rich_markup_mode=None
)


def worklist(
    section: Annotated[str, typer.Option(help="all, mine, overdue, new, bill_risk or waiting")] = "mine",
    owner: Annotated[str | None, typer.Option(help="Whose list; default: who works now")] = None,
    as_json: AsJson = False,
    as_csv: CsvFile = None,
    as_xlsx: Workbook = None,
) -> None:
    """List what is to be done, by due date; a sensitive procedure is not named."""
    from navigator.ledger.following import todays_work
    from navigator.referral.worklist import section_named

    chosen, taken_away = section_named(section), one_form(as_csv, as_xlsx, as_json)
    with open_ledger() as ledger:
        found = todays_work(ledger, chosen, owner)
        if taken_away:
            export_work(ledger, found, as_csv, as_xlsx)
            return
    if as_json:
        print_json(found)
    else:
        print_work(found)


@task_app.command("add")
def add_task(
    number: Number,
    kind: Annotated[str, typer.Argument(help="records, imaging, travel, other ...; a wrong one lists them")],
    due: Annotated[str | None, typer.Option(metavar="DATE", help="Default: the next working day")] = None,
    what: Annotated[str | None, typer.Option(help="What exactly, e.g. which record")] = None,
    where_from: Annotated[str | None, typer.Option(help="Who has the record")] = None,
    release: Annotated[str | None, typer.Option(help="Whether the member signed its release: yes or no")] = None,
    as_json: AsJson = False,
) -> None:
    """Add a task to a referral."""
    from navigator.referral.checks import not_past
    from navigator.referral.tasks import a_task, task_kind, task_line
    from navigator.referral.working_days import working_days_after

    known, what = task_kind(kind), words_of("--what", what)
    with open_ledger() as ledger:
        today = read_today(ledger)
        day = not_past(parse_day(due, "--due") or working_days_after(today, 1), today)
        new = a_task(known, day, what, where_from, yes_no(release, "--release"))
        referral = ledger.get(number)
        ledger.tasks.add(new, number=referral.number)
        print_now(ledger, referral, f"{referral.number}: {task_line(new)}, by {day_words(day)}.", as_json)


@task_app.command("done")
def finish_task(
    task: Annotated[str, typer.Argument(help="The task's id, or its first characters")],
    outcome: Annotated[str | None, typer.Option(help="What came of it, e.g. the authorization number")] = None,
    as_json: AsJson = False,
) -> None:
    """Say that a task is done, and what came of it."""
    from navigator.ledger import following
    from navigator.referral.tasks import task_line

    outcome = words_of("--outcome", outcome)
    with open_ledger() as ledger:
        finished = following.finish_task(ledger, task, outcome)
        if finished.task.number is None:
            _print_of_case(finished.task, as_json)
            return
        proposes = f" Likely next: {finished.proposes}." if finished.proposes else ""
        referral = ledger.get(finished.task.number)
        print_now(ledger, referral, f"Done: {task_line(finished.task)}.{proposes}", as_json)


def take_back_consent(
    number: Number,
    said: Annotated[str | None, typer.Option(help="What the member said; kept as a note")] = None,
    as_json: AsJson = False,
) -> None:
    """Note that the member takes the consent back: nothing more is sent; what was disclosed before is kept."""
    from navigator.ledger import following

    said = words_of("--said", said)
    with open_ledger() as ledger:
        referral = following.take_back_consent(ledger, number, said)
        before = "; ".join(referral.consent.disclosed) if referral.consent else ""
        print_now(
            ledger,
            referral,
            f"{referral.number}: the consent is taken back. Disclosed before: {before or 'nothing'}.",
            as_json,
        )


def take(
    number: Number,
    reason: Annotated[str, typer.Option(help="Why, in a few words; kept as a note")],
    as_json: AsJson = False,
) -> None:
    """Take a referral over from its owner."""
    from navigator.ledger import following

    why = words_of("--reason", reason) or ""
    with open_ledger() as ledger:
        taken = following.take_over(ledger, number, why)
        print_now(ledger, taken, f"{taken.number} is followed by {taken.owner} now.", as_json)


def away(
    until: Annotated[str | None, typer.Option(metavar="DATE", help="The last day away")] = None,
    back: Annotated[bool, typer.Option("--back", help="You are back")] = False,
) -> None:
    """Show your open referrals and cases in everybody's list while you are away."""
    from navigator.ledger import following
    from navigator.referral.checks import not_past

    if (until is None) == (not back):
        raise BadInput("It is not clear whether you leave or are back.", "Give --until DATE, or --back.")
    with open_ledger() as ledger:
        day = parse_day(until, "--until")
        day = day and not_past(day, read_today(ledger))
        print(following.away_words(following.be_away(ledger, day), day))


def waits(
    facility: Annotated[str, typer.Argument(help="Facility id, as `coe find` shows it")], as_json: AsJson = False
) -> None:
    """Tell how long members waited at a center, learned from the referrals of this ledger."""
    from navigator.ledger.following import center_waits
    from navigator.referral.answers import CenterWaits
    from navigator.referral.waits import FEWEST, wait_words

    with open_ledger() as ledger:
        found = center_waits(ledger, facility)
    if as_json:
        print_json(CenterWaits(facility=facility, waits=found))
        return
    if not found:
        print(f"Too few referrals to {facility} tell it yet: fewer than {FEWEST} got so far.")
    for wait in found:
        print_sentence(wait_words(wait))


def check_edition(edition: EditionFile = None, as_json: AsJson = False) -> None:
    """Compare the centers of open referrals with the edition; what got worse becomes a task, nothing is canceled."""
    from navigator.ledger import edition_check
    from provider_directory.opening import open_directory

    directory = open_directory(edition_path(edition))
    with open_ledger() as ledger:
        today = read_today(ledger)
        name = asyncio.run(directory.about()).name
        pairs, cannot = edition_check.to_compare(ledger)
        alliances = _alliances(pair.shown.offer.get("program") for pair in pairs)
        worse, unknown = asyncio.run(
            edition_check.compare_all(
                pairs, name, today, alliances, lambda key, question: directory.center(key, question)
            )
        )
        made = edition_check.keep_tasks(ledger, worse, today)
        found = edition_check.EditionCheck(
            edition=name,
            compared=len(pairs) - len(unknown),
            worse=worse,
            tasks_made=made,
            not_compared=(*cannot, *unknown),
        )
    if as_json:
        print_json(found)
    else:
        print_lines(_said(found))


def _said(found: EditionCheck) -> Iterable[str]:
    yield f"Edition {found.edition[:12]}: {found.compared} open referrals compared, {len(found.worse)} stand worse."
    for each in found.worse:
        yield f"{each.number} · {each.facility}"
        yield f"  then: {each.then}"
        yield f"  now:  {each.now}"
    if found.worse:
        yield f"{found.tasks_made} tasks made for today: stay, move or wait. Nothing was canceled."
    for other in found.not_compared:
        yield f"{other.number} was not compared: {other.reason}."


def _alliances(programs: Iterable[object]) -> dict[str, tuple[str, ...]]:
    """Give the alliances of each program whose file is on this machine and can be read."""
    from navigator.program.model import load_program

    found = {}
    for name in {name for name in programs if isinstance(name, str)}:
        try:
            found[name] = load_program(name, locations.programs()).alliances
        except DirectoryError:
            continue  # told for each of its referrals as not compared
    return found


def _print_of_case(task: Task, as_json: bool) -> None:
    if as_json:
        from navigator.cli.kept_answers import TaskOfCase

        print_json(TaskOfCase(task=task))
    else:
        print(f"Done. It belongs to case {task.case_id}.")
