"""`coe case`: the calls that were kept, one call in plain lines, and how long the tool kept callers waiting."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from navigator.cli.asking import AsJson, parse_day
from navigator.cli.output import print_json
from navigator.cli.referral_answers import open_ledger
from navigator.cli.referral_export_tables import CsvFile, Workbook, export_calls, one_form
from navigator.days import moment_words
from provider_directory.errors import BadInput

if TYPE_CHECKING:
    from navigator.keeping import Kept

MOST_ROWS = 1000
MOST_IN_A_FILE = 1_000_000
"""More than Excel shows of one sheet."""
DAYS_OF_WAITS = 30

case_app = typer.Typer(help="The calls of this ledger.", no_args_is_help=True, rich_markup_mode=None)


@case_app.command("list")
def list_cases(
    as_json: AsJson = False,
    every: Annotated[bool, typer.Option("--all", help="The newest calls, closed ones too")] = False,
    limit: Annotated[
        int | None, typer.Option(help="How many at the most, with --all; default: 50, in a file all")
    ] = None,
    as_csv: CsvFile = None,
    as_xlsx: Workbook = None,
) -> None:
    """List the calls that are not closed; a sensitive procedure and the member are not named."""
    taken_away = one_form(as_csv, as_xlsx, as_json)
    most = limit or (MOST_IN_A_FILE if taken_away else 50)
    if limit is not None and not 1 <= limit <= MOST_ROWS:
        raise BadInput(f"{limit} calls cannot be listed.", f"Give a limit from 1 to {MOST_ROWS}.")
    from navigator.keeping import status_row

    with open_ledger() as ledger:
        found = ledger.cases.recent(most) if every else ledger.cases.not_closed()
        if taken_away:
            export_calls(ledger, found, as_csv, as_xlsx)
            return
    rows = [status_row(each, date.today()) for each in found]
    if as_json:
        from navigator.cli.kept_answers import CaseList, CaseRow

        listed = tuple(
            CaseRow(id=row.subject, state=each.index.state, kind=each.index.kind, words=row.words)
            for each, row in zip(found, rows, strict=True)
        )
        print_json(CaseList(cases=listed))
        return
    if not rows:
        print("No call is open, parked or to be called back.")
    for row in rows:
        print(f"{row.subject}  {row.words}")


@case_app.command("show")
def show_case(
    number: Annotated[str, typer.Argument(help="The case's number, as it was heard")], as_json: AsJson = False
) -> None:
    """Show one call: who spoke, what was asked and answered, how it ended; its notes."""
    from navigator import keeping

    with open_ledger() as ledger:
        kept = keeping.read_only(ledger, number)
        notes = ledger.notes.of(case=kept.case.id)
    if as_json:
        import json

        from navigator.case.stored import as_json as stored

        said = [note.model_dump(mode="json", include={"at", "by", "text"}) for note in notes]
        case = json.loads(stored(kept.case))
        print_json({"id": kept.case.id, "state": kept.case.standing, "case": case, "notes": said})
        return
    print("\n".join(_lines(kept)))
    for note in notes:
        print(f"Note, {moment_words(note.at)} by {note.by}: {note.text}")


@case_app.command("waits")
def waits(
    since: Annotated[str | None, typer.Option(metavar="DATE", help="First day; default: 30 days back")] = None,
    as_json: AsJson = False,
) -> None:
    """Say how long the tool kept callers waiting in each call: half of them, and 19 of 20, no longer than this."""
    from navigator.case.meter import waits_of

    first = parse_day(since, "--since") or date.today() - timedelta(days=DAYS_OF_WAITS)
    with open_ledger() as ledger:
        found = waits_of(ledger.cases.waits(first))
    if as_json:
        from navigator.cli.kept_answers import CallWaits

        print_json(CallWaits(since=first, **found._asdict()))
        return
    if found.p50_ms is None or found.p95_ms is None or found.longest_ms is None:
        print(f"No call was kept since {first}.")
        return
    print(f"{found.calls} calls since {first}. The tool kept the caller waiting, from key to answer, in all:")
    for words, milliseconds in (("half of the calls", found.p50_ms), ("19 of 20", found.p95_ms)):
        print(f"  {words:<18} at most {milliseconds / 1000:.1f} s")
    print(f"  {'the longest':<18} {found.longest_ms / 1000:.1f} s")


def _lines(kept: Kept) -> list[str]:
    from navigator.case.story import lines

    case = kept.case
    head = f"Case {case.id}, {case.standing.replace('_', ' ')}, followed by {kept.owner or case.opened_by}."
    return [head, *lines(case, date.today())]
