"""`coe member`: what is kept about one person, for that person."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from navigator.cli.output import print_json
from navigator.cli.typed import typed
from navigator.files_out import save_as
from provider_directory.errors import BadInput

member_app = typer.Typer(help="What is kept about one person.", no_args_is_help=True, rich_markup_mode=None)


@member_app.command("export")
def export(
    member_id: Annotated[
        str | None, typer.Option(help="The member ID on the plan's card; this line stays in the shell's history")
    ] = None,
    name: Annotated[str | None, typer.Option(help="The member's name; with --birth-date")] = None,
    birth_date: Annotated[str | None, typer.Option(metavar="DATE", help="1961-03-09 or 3/9/1961")] = None,
    out: Annotated[Path | None, typer.Option(help="A new file, for its owner's eyes only; default: print")] = None,
) -> None:
    """Give a person's copy as JSON: referrals, cases, notes, tasks, offers, roster rows, and who read them.

    Without an option the person is asked for, or read from standard input: the member ID, or an empty line, then the
    name and the birth date on a line each.
    """
    from navigator.ledger.here import open_here
    from navigator.ledger.member_copy import copy_for_member
    from navigator.referral import checks

    if member_id is name is birth_date is None:
        member_id, name, birth_date = _asked()
    if name is not None and birth_date is None:
        raise BadInput("A name alone may be several people's.", "Add --birth-date.")
    born = None if birth_date is None else checks.birth_date(birth_date)
    with open_here() as ledger:
        copied = copy_for_member(ledger.store, member_id, name, born)
    if out is None:
        print_json(copied)
        return
    written = json.dumps(copied, indent=2, ensure_ascii=False)
    out = save_as(str(out), "member-copy", f"{written}\n", "json")
    print(f"{len(copied['referrals'])} referrals and {len(copied['cases'])} cases are in {out}.")


def _asked() -> tuple[str | None, str | None, str | None]:
    """Ask for the member ID, or for name and birth date where it is not known."""
    if member_id := typed("Member ID (Enter: by name)"):
        return member_id, None, None
    return None, typed("Member's name") or None, typed("Birth date") or None
