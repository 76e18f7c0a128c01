"""`coe edition diff`: what changed between two editions, in sentences (issue "Rosters and time")."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from navigator import locations
from navigator.cli.asking import AsJson, OnDate, parse_day
from navigator.cli.output import print_json, print_sentence
from provider_directory.errors import BadInput, EditionProblem

if TYPE_CHECKING:
    from provider_directory.changes.values import ComparedEdition, EditionDiff

MOST_LINES = 20

Which = "Name or its beginning, a file, current or previous"


def diff(
    before: Annotated[str, typer.Argument(help=Which)] = "previous",
    after: Annotated[str, typer.Argument(help=Which)] = "current",
    on: OnDate = None,
    facility: Annotated[str | None, typer.Option(help="This facility only: id, or a CCN")] = None,
    most: Annotated[int, typer.Option(help="How many lines a group at the most")] = MOST_LINES,
    as_json: AsJson = False,
) -> None:
    """Tell what changed between two editions, and why; contract prices are shown."""
    if most < 1:
        raise BadInput(f"{most} lines cannot be printed.", "Give --most 1 or more.")
    from provider_directory.changes.comparing import compare_editions

    found = compare_editions(_path(before), _path(after), parse_day(on, "--on") or date.today(), facility)
    if as_json:
        print_json(found)
    else:
        print_diff(found, most)


def _path(name: str) -> Path:
    """Find an edition by word, file or name."""
    from provider_directory.edition.publish import Shelf

    shelf = Shelf(locations.editions())
    if name == "current":
        path = shelf.current()
        if path is None:
            raise EditionProblem("No edition is in use.", "Run `coe build --from FOLDER`.")
        return path
    if name == "previous":
        path = shelf.previous()
        if path is None:
            raise EditionProblem(
                "No edition was built before the one in use.", "`coe edition list` has the names: give two of them."
            )
        return path
    return Path(name) if Path(name).is_file() else shelf.find(name)


def print_diff(found: EditionDiff, most: int) -> None:
    """Print what changed in sentences, at most so many lines a group."""
    from navigator.languages.demonstration import LONG as DEMONSTRATION

    print_sentence(f"From {_edition(found.before)} to {_edition(found.after)}, both judged on {found.on.isoformat()}")
    if found.before.demonstration or found.after.demonstration:
        print(DEMONSTRATION)
    if found.before.demonstration != found.after.demonstration:
        print("One of them is invented: what differs means nothing.")
    if found.same_content:
        print("The same content.")
    elif not found.groups:
        print("Nothing that an answer shows is otherwise." if found.facility is None else "Nothing of it is otherwise.")
    for group in found.groups:
        print(f"\n{group.title} ({len(group.changes):,})")
        for change in group.changes[:most]:
            print_sentence(change.sentence, 2)
        if len(group.changes) > most:
            print(f"  and {len(group.changes) - most:,} more: --most {len(group.changes)}, --facility ID, or --json")


def _edition(edition: ComparedEdition) -> str:
    release = f" (release {edition.release})" if edition.release else ""
    return f"edition {edition.name[:12]}{release}"
