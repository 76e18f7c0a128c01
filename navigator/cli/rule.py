"""`coe rule`: what an employer's rules say of one member, procedure, center and day of care, each part explained."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from navigator.cli.asking import AsJson, EditionFile, MemberFile, OnDate, days_asked, edition_path, program_of, settle
from navigator.cli.member_facts import facts_of
from navigator.cli.output import print_json
from provider_directory.errors import BadInput

# The vocabulary is pydantic, 100 ms: `--help` does without, so the command imports it itself.
if TYPE_CHECKING:
    from provider_directory.directory import Directory
    from provider_directory.models import Place


def rule(
    program: Annotated[str, typer.Option(metavar="ID", help="Program id or file")],
    procedure: Annotated[str, typer.Option(metavar="WORDS", help="Procedure id, words or a code")],
    center: Annotated[str, typer.Option(metavar="FACILITY", help="Facility id, or a CCN")],
    member: MemberFile = None,
    on: OnDate = None,
    care_day: Annotated[str | None, typer.Option(metavar="DATE", help="Day of care; default: 90 days on")] = None,
    near: Annotated[
        str | None, typer.Option(metavar="PLACE", help="Where the member is; default: the member file's ZIP")
    ] = None,
    road_miles: Annotated[
        str | None, typer.Option(metavar="N", help="Miles by road to the center, one way, where they are known")
    ] = None,
    edition: EditionFile = None,
    as_json: AsJson = False,
    plain: Annotated[bool, typer.Option("--plain", help="Print plain lines, as without --json")] = False,
) -> None:
    """Say what a program's rules mean for a member at a center: covered, cost, travel, gates, exceptions, appeal."""
    if as_json and plain:
        raise BadInput("--json and --plain are both given.", "Choose one.")
    asked_on, care_on = days_asked(on, care_day)
    from navigator.program.engagement import not_done_yet
    from navigator.program.engine.answering import answer_rule
    from navigator.program.gathering import gather
    from navigator.program.rule_file import load_rules
    from navigator.program.tax_limits import limits_of
    from provider_directory.catalog import load
    from provider_directory.opening import open_directory

    chosen = settle(load().search(procedure), procedure)
    directory = open_directory(edition_path(edition))
    asked_program = program_of(program)
    assert asked_program is not None  # noqa: S101 - the option is needed
    rules = load_rules(asked_program)
    facts = facts_of(member, center, road_miles)
    from navigator.program.member_file import fit_to

    fit_to(facts, rules, asked_on)
    place = _place(directory, near or facts.zip)
    found = asyncio.run(gather(directory, asked_program, chosen, center, asked_on, care_on, place, facts))
    answer = answer_rule(rules, facts, found.care, limits_of)
    if as_json:
        print_json(answer)
        return
    from navigator.cli.rule_text import rule_lines
    from navigator.cli.text_answers import DISCLAIMER
    from navigator.languages.demonstration import LONG as DEMONSTRATION

    if found.demonstration:
        print(DEMONSTRATION)
    lacking = not_done_yet(asked_program, rules)
    print("\n".join(rule_lines(answer, found.care.procedure_name, found.care.center.contract_words, lacking)))
    print(f"Edition {found.edition[:12]}. {DISCLAIMER}")


def _place(directory: Directory, text: str | None) -> Place | None:
    return asyncio.run(directory.locate(text)) if text else None
