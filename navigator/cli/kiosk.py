"""`coe kiosk`: the public screen of one office, as its site file says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from navigator import locations
from navigator.cli.asking import EditionFile, ProgramName, edition_path, program_of
from navigator.cli.streams import check_terminal
from provider_directory.errors import AmbiguousPlace, BadInput, EditionProblem, UnknownPlace

if TYPE_CHECKING:
    from navigator.kiosk.site import KioskSite


def kiosk(
    site: Annotated[Path | None, typer.Option(metavar="FILE", help="The office's site file (docs/kiosk.md)")] = None,
    program: ProgramName = None,
    edition: EditionFile = None,
) -> None:
    """Open the public screen of an office.

    Tiles, three centers, something to take away, no trace; only the staff key Ctrl+F12 leaves.
    """
    from navigator.kiosk.site import NO_SITE, read_site

    told = NO_SITE if site is None else read_site(site)
    if program is not None:
        told = replace(told, program=program)
    check_site(told, edition)
    check_terminal("The kiosk", "Without one ask `coe ask`, which speaks in lines.")
    from navigator.mode import KIOSK
    from navigator.opening import open_screen  # deferred: textual, 150 ms that no other command pays

    raise typer.Exit(open_screen(KIOSK, told.program, edition, told))


def check_site(site: KioskSite, edition: str | None) -> None:
    """Check what a site file names against program and edition: nobody at the kiosk could mend it; raises BadInput."""
    _check_plan(site)
    if site.place is not None:
        _check_place(site.place, site.program, edition)


def _check_place(place: str, program: str | None, edition: str | None) -> None:
    from navigator.line_mode.answers import Answers  # deferred: the vocabulary, only where there is a place
    from provider_directory.opening import open_directory

    try:
        answers = Answers(open_directory(edition_path(edition)), (), date.today())
        answers.locate(place, program_of(program))
    except EditionProblem:
        return  # the screen tells it: to the public that it is out of order, to staff why
    except (AmbiguousPlace, UnknownPlace) as fault:
        raise BadInput(f"The place of the site file cannot be used. {fault.message}", "Write its ZIP.") from None


def _check_plan(site: KioskSite) -> None:
    if site.program is None or site.plan is None:
        if site.plan is not None:
            raise BadInput("The site file names a plan but no program.", "Add the program.")
        return
    from navigator.program.in_call import rules_of
    from navigator.program.model import load_program

    read = rules_of(load_program(site.program, locations.programs()))
    if read.problem is not None:
        raise read.problem
    known = [option.id for option in read.rules.plan_options] if read.rules else []
    if site.plan not in known:
        raise BadInput(f'The program has no plan "{site.plan}".', f"It has {', '.join(known) or 'none'}.")
