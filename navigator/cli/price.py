"""`coe price`: the price of one facility for one procedure, and everything that was weighed for it (CONTRACT 6)."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Annotated

import typer

from navigator.cli.asking import AsJson, EditionFile, OnDate, ProgramName, edition_path, parse_day, program_of, settle
from navigator.cli.output import print_json
from provider_directory.errors import BadInput


def price(
    facility: Annotated[str, typer.Argument(help="Facility id, or a CCN")],
    procedure: Annotated[list[str], typer.Argument(help="Procedure id, words or a code")],
    payer: Annotated[str | None, typer.Option(help="The payer as hospitals write it; default: the program's")] = None,
    plan: Annotated[str | None, typer.Option(help="The plan as hospitals write it; default: the program's")] = None,
    on: OnDate = None,
    program: ProgramName = None,
    edition: EditionFile = None,
    as_json: AsJson = False,
) -> None:
    """Show the price of a procedure at a facility: every price that was weighed, the rule and the source row."""
    from provider_directory.catalog import load

    words = " ".join(procedure)
    chosen = settle(load().search(words), words)
    from provider_directory.models import Place, Question
    from provider_directory.opening import open_directory

    directory = open_directory(edition_path(edition))
    asked = program_of(program)
    own_payer, own_plan = _own_plan(payer, plan, (asked.payer, asked.plan) if asked else (None, None))
    ladder = asyncio.run(
        directory.price(
            facility,
            Question(
                procedure=chosen,
                # A price does not depend on where the caller is.
                place=Place(label="anywhere", lat=0.0, lon=0.0, precision="point"),
                on=parse_day(on, "--on") or date.today(),
                program=asked.id if asked else None,
                alliances=asked.alliances if asked else (),
                payer=own_payer,
                plan=own_plan,
            ),
        )
    )
    if as_json:
        print_json(ladder)
        return
    from navigator.cli.price_answers import print_price_ladder

    print_price_ladder(ladder, asyncio.run(directory.procedure(chosen)).name)


def _own_plan(
    payer: str | None, plan: str | None, of_program: tuple[str | None, str | None]
) -> tuple[str | None, str | None]:
    """Give payer and plan as asked; a payer that is named leaves the program's plan out: it is another payer's."""
    if payer is not None:
        return payer, plan
    if plan is not None and of_program[0] is None:
        raise BadInput("A plan was named without its payer.", "Add --payer, as hospitals write it.")
    return of_program[0], plan if plan is not None else of_program[1]
