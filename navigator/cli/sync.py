"""`coe sync`: the public data of CMS with one command; progress on stderr, the result on stdout."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from navigator import locations
from navigator.cli.asking import AsJson
from navigator.cli.output import print_json
from navigator.cli.sync_words import Teller, print_changes
from provider_directory.errors import EditionProblem

# The room of sync is httpx and pydantic, 200 ms that no other command pays: it is imported where the command begins.
if TYPE_CHECKING:
    from provider_directory.sync import Synced


_MOST_SENTENCES = 5
"""A group of changes."""


def sync(
    only: Annotated[
        list[str] | None, typer.Option(metavar="DATASET", help="Fetch this data set only; may be given several times")
    ] = None,
    keep_files: Annotated[Path | None, typer.Option(metavar="DIR", help="Copy the files here as well")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be fetched, and stop")] = False,
    base_url: Annotated[
        str | None, typer.Option(metavar="URL", help="A mirror of data.cms.gov: https, or http on this machine")
    ] = None,
    rosters: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Rosters and other files of yours; default: sources/")
    ] = None,
    accept_smaller: Annotated[
        bool, typer.Option("--accept-smaller", help="Publish although fewer than half the rows of a table are left")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Fetch the current public data of CMS, build an edition of it and your rosters, and publish it."""
    from provider_directory.sync import CMS, SyncOptions
    from provider_directory.sync import sync as bring

    options = SyncOptions(
        base=base_url or CMS,
        only=tuple(only or ()),
        own=rosters or (locations.sources() if locations.sources().is_dir() else None),
        keep_files=keep_files,
        accept_smaller=accept_smaller,
        dry_run=dry_run,
    )
    teller = Teller(quiet=as_json)
    try:
        synced = bring(locations.editions(), locations.downloads(), options, teller)
    finally:
        teller.end_line()
    if as_json:
        from navigator.cli.sync_answer import answer_of

        print_json(answer_of(synced))
    elif not dry_run:
        _print_result(synced, keep_files)


def _print_result(synced: Synced, kept_in: Path | None) -> None:
    if synced.published and synced.manifest:
        facilities = synced.manifest.counts.get("facility", 0)
        print(f"\nPublished: edition {synced.manifest.name[:12]}, {facilities:,} facilities. It is in use now.")
        print_changes(synced)
        _print_what_changed(synced)
        for words in (*synced.changes_by_hand, *synced.manifest.notes):
            print(words)
        if synced.manifest.review:
            print(f"{len(synced.manifest.review)} roster rows need a person: `coe edition show`.")
    elif synced.edition:
        print(f"\nNothing newer: edition {synced.edition[:12]} is made of these files already.")
        if synced.before is not None and synced.before.stem != synced.edition:
            print(f"The edition in use is another one, {synced.before.stem[:12]}, and stays: see `coe edition list`.")
    for name in synced.left_out:
        print(f"{name} of your folder was left out: the file of CMS stands in its place.")
    if kept_in:
        print(f"The files are in {kept_in} too, for `coe build --from`.")


def _print_what_changed(synced: Synced) -> None:
    """Tell facility by facility what is otherwise than in the edition before; of a demonstration nothing is said."""
    from provider_directory.changes.comparing import compare_editions
    from provider_directory.edition.pointer import is_demonstration

    before, now = synced.before, synced.place
    if before is None or now is None or before == now or is_demonstration(before):
        return
    from navigator.cli.edition_changes import print_diff

    print()
    try:
        print_diff(compare_editions(before, now, date.today()), most=_MOST_SENTENCES)
    except EditionProblem:
        return  # the edition before is of an older program: there is nothing to compare with
    print(f"More than {_MOST_SENTENCES} of a group: `coe edition diff --most 50`.")
