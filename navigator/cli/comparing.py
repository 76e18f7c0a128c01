"""`coe compare`: two or three centers side by side; what may not be compared says why (CONTRACT 2, 6)."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from navigator.cli.asking import (
    MEMBER_WITHOUT_PROGRAM,
    AsJson,
    EditionFile,
    MemberFile,
    OnDate,
    ProgramName,
    edition_path,
    parse_day,
    program_of,
    settle,
)
from navigator.cli.output import print_json
from navigator.program_in_use import asked_for
from provider_directory.errors import BadInput, DirectoryError, UnknownFacility

# The vocabulary is pydantic, 100 ms: `--help` does without, so the command imports it itself.
if TYPE_CHECKING:
    from provider_directory.directory import Directory
    from provider_directory.models import Question


def compare(
    asked: Annotated[
        list[str],
        typer.Argument(metavar="FACILITY FACILITY [FACILITY] PROCEDURE...", help="Ids or CCNs, then what is planned"),
    ],
    near: Annotated[str, typer.Option(metavar="PLACE", help="ZIP, city or latitude,longitude: miles are from here")],
    on: OnDate = None,
    program: ProgramName = None,
    member: MemberFile = None,
    edition: EditionFile = None,
    as_json: AsJson = False,
) -> None:
    """Put two or three centers side by side."""
    if len(asked) < 3:
        raise BadInput(
            "Two facilities and a procedure are needed.",
            'Try `coe compare 90Z001 90Z002 "knee replacement" --near 53202`.',
        )
    asked_on = parse_day(on, "--on") or date.today()
    from navigator.program import sites
    from provider_directory.catalog import load
    from provider_directory.models import Question
    from provider_directory.opening import open_directory

    directory = open_directory(edition_path(edition))
    used = program_of(program)
    facilities, question = _taken_apart(
        asked,
        directory,
        Question(
            procedure=load().procedures[0].id,
            place=asyncio.run(sites.locate(near, directory, used)),
            on=asked_on,
            **asked_for(used),
        ),
    )
    found = asyncio.run(directory.compare(facilities, question))
    rule: tuple[str, ...] = ()
    if used is not None:
        # Deferred: the rules' engine, which a question without a program never needs.
        from navigator.cli.member_facts import facts_of
        from navigator.cli.rules_in_answers import ruled_comparison

        found, rule = ruled_comparison(directory, found, question, used, facts_of(member, ""))
    elif member is not None:
        raise BadInput(MEMBER_WITHOUT_PROGRAM, "Name the program: --program ID.")
    if as_json:
        print_json(found)
    else:
        from navigator.cli.comparison_text import comparison_lines

        print("\n".join(comparison_lines(found, asyncio.run(directory.procedure(question.procedure)).name, rule)))


def _taken_apart(asked: list[str], directory: Directory, question: Question) -> tuple[tuple[str, ...], Question]:
    """Tell the facilities that were named from the words of what is planned."""
    from provider_directory.catalog import load

    for facility in asked[:2]:  # before the words: who forgot a facility is told so, not that a word is ambiguous
        asyncio.run(directory.center(facility, question))
    # The third word is a facility where the edition knows one of that name; whatever is planned, it is the same one.
    count = 3 if len(asked) > 3 and _is_facility(directory, asked[2], question) else 2
    words = " ".join(asked[count:])
    chosen = settle(load().search(words), words)
    return tuple(asked[:count]), question.model_copy(update={"procedure": chosen})


def _is_facility(directory: Directory, word: str, question: Question) -> bool:
    try:
        asyncio.run(directory.center(word, question))
    except UnknownFacility:
        return False
    except DirectoryError:
        return True  # known, but not to be shown as an answer: comparing it says why
    return True
