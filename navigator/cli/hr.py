"""`coe hr`: one question of the HR desk, one answer card; `coe hr list` names the questions."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from navigator import locations
from navigator.cli.asking import AsJson, EditionFile, OnDate, ProgramName, edition_path, parse_day, program_of
from navigator.cli.output import print_json, print_sentence, print_table
from provider_directory.errors import BadInput

if TYPE_CHECKING:
    from navigator.hr.card import AnswerCard
    from navigator.hr.questions import HrQuestion

CELLS = 80
LIST = "list"


def hr(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="The question in your words; list = all")],
    program: ProgramName = None,
    procedure: Annotated[str | None, typer.Option(metavar="WORDS", help="Procedure id, words or a code")] = None,
    site: Annotated[str | None, typer.Option(metavar="NAME", help="A site of the employer")] = None,
    place: Annotated[str | None, typer.Option(metavar="ZIP", help="A ZIP code, or City, ST, where no site")] = None,
    hospital: Annotated[str | None, typer.Option(metavar="NAME", help="A hospital's name, id or CCN")] = None,
    option: Annotated[str | None, typer.Option(metavar="ID", help="One plan option; default: all")] = None,
    people: Annotated[str | None, typer.Option(metavar="FILE", help="People by ZIP: columns zip,count")] = None,
    miles: Annotated[str | None, typer.Option(metavar="N", help="Within how many miles; default: 100")] = None,
    language: Annotated[str | None, typer.Option(metavar="es", help="Of the flyer: es or en")] = None,
    premium: Annotated[str | None, typer.Option(metavar="S,F", help="Our premium a year: single,family")] = None,
    worker: Annotated[str | None, typer.Option(metavar="S,F", help="What workers pay of it: single,family")] = None,
    on: OnDate = None,
    edition: EditionFile = None,
    email: Annotated[bool, typer.Option("--email", help="Print it as the text of an e-mail")] = False,
    as_json: AsJson = False,
) -> None:
    """Answer a question of the HR desk on one card: sentence, table, clause and sources; never about a person."""
    from navigator.hr.questions import questions, settled

    if words == [LIST]:
        _print_list(questions(), as_json)
        return
    question = settled(" ".join(words))
    if site is not None and place is not None:
        raise BadInput("--site and --place are both given.", "Give one of them.")
    single, family = _pair(premium)
    worker_single, worker_family = _pair(worker)
    facts = {
        "procedure": procedure or question.procedure,
        "place": site or place,
        "hospital": hospital,
        "option": option,
        "people": people,
        "miles": miles,
        "language": language,
        "premium_single": single,
        "premium_family": family,
        "worker_single": worker_single,
        "worker_family": worker_family,
    }
    card = _answered(question, {name: text for name, text in facts.items() if text}, program, on, edition)
    if as_json:
        print_json(card)
    elif email:
        print(card.as_email(), end="")
    else:
        from navigator.hr.card import card_lines

        print(f"{card.question}\n")
        print("\n".join(line.text for line in card_lines(card, CELLS)))
    if card.state == "not_known":
        raise typer.Exit(1)


def _answered(
    question: HrQuestion, facts: dict[str, str], program: str | None, on: str | None, edition: str | None
) -> AnswerCard:
    from navigator.hr.answering import answered
    from navigator.hr.desk import open_desk
    from provider_directory.opening import open_directory

    day = parse_day(on, "--on") or date.today()
    directory = open_directory(edition_path(edition))  # first: on a fresh machine it brings the programs along
    asked = program_of(program)

    async def card() -> AnswerCard:
        usage = locations.usage_file(asked.id) if asked else None
        desk = await open_desk(directory, asked, day, locations.gaps_file(), usage)
        return await answered(desk, question, facts)

    return asyncio.run(card())


def _print_list(listed: tuple[HrQuestion, ...], as_json: bool) -> None:
    if as_json:
        from navigator.cli.json_answers import HrQuestionEntry, HrQuestionList

        print_json(
            HrQuestionList(
                tuple(HrQuestionEntry(id=each.id, question=each.ask, needs=each.needs, may=each.may) for each in listed)
            )
        )
        return
    print_table(("id", "question", "needs"), [(each.id, each.ask, ", ".join(each.needs)) for each in listed])
    print()
    print_sentence(
        'Ask in your own words, or by the id: `coe hr travel --program ID --procedure "knee replacement" --site NAME`.'
    )


def _pair(text: str | None) -> tuple[str, str]:
    """Give two amounts of one option; the commas of thousands are not those between the two."""
    first, _comma, second = (text or "").replace(" ", "").partition(",")
    if _comma and "," in second:
        raise BadInput(f'"{(text or "")[:40]}" is no pair of amounts.', "Write them without commas: 9325,26993.")
    return first, second
