"""`coe expected-cost`: the whole program beside the price of a case, with the arithmetic and its caveats."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer

from navigator.cli.asking import AsJson
from navigator.cli.output import print_json, print_sentence, print_table
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput
from provider_directory.pricing.amounts import amount_of

# The vocabulary is pydantic, 100 ms: `--help` does without, so the command imports it itself.
if TYPE_CHECKING:
    from navigator.program.expected_cost import ExpectedCost

WALMART_SPINE = "walmart-spine"
_MOST_DOLLARS = 10_000_000


def expected_cost(
    example: Annotated[str | None, typer.Option(help=f"A published example worked out: {WALMART_SPINE}")] = None,
    cases: Annotated[int | None, typer.Option(min=1, help="People who are evaluated")] = None,
    surgery_share: Annotated[
        str | None, typer.Option(metavar="PERCENT", help="Of them, operated on inside the program")
    ] = None,
    elsewhere_share: Annotated[
        str | None, typer.Option(metavar="LOW-HIGH", help="Of the same people elsewhere; default: as inside, to 100")
    ] = None,
    inside: Annotated[str | None, typer.Option(metavar="DOLLARS", help="A case inside the program")] = None,
    elsewhere: Annotated[str | None, typer.Option(metavar="DOLLARS", help="A case elsewhere")] = None,
    evaluation: Annotated[str | None, typer.Option(metavar="DOLLARS", help="An evaluation inside")] = None,
    without_surgery: Annotated[
        str | None, typer.Option(metavar="DOLLARS", help="Care of a person who is not operated on")
    ] = None,
    readmissions: Annotated[
        str | None, typer.Option(metavar="IN,OUT", help="Readmissions for 1,000 operations, inside and elsewhere")
    ] = None,
    readmission: Annotated[str | None, typer.Option(metavar="DOLLARS", help="A readmission")] = None,
    as_json: AsJson = False,
) -> None:
    """Reckon what a program costs for a group beside the price of a case: a dearer case can be the cheaper program."""
    from navigator.program.expected_cost import ExpectedCostAsked, Pathway, worked_example
    from navigator.program.expected_cost import expected_cost as reckoned

    own = (cases, surgery_share, inside, elsewhere)
    if example is not None:
        if example != WALMART_SPINE or any(each is not None for each in own):
            raise BadInput(
                f'There is no example "{example}" with own figures.', f"Give --example {WALMART_SPINE} alone."
            )
        found = worked_example()
    else:
        if cases is None or surgery_share is None or inside is None or elsewhere is None:
            raise BadInput(
                "--cases, --surgery-share, --inside and --elsewhere are all needed.",
                f"Or see --example {WALMART_SPINE}.",
            )
        low, high = _range(elsewhere_share)
        pair = _pair(readmissions)
        found = reckoned(
            ExpectedCostAsked(
                evaluated=cases,
                surgery_percent=_number(surgery_share, "--surgery-share", 100),
                elsewhere_low_percent=low,
                elsewhere_high_percent=high,
                inside=Pathway(cost_per_case_cents=_cents(inside, "--inside"), readmissions_per_1000=pair[0]),
                elsewhere=Pathway(cost_per_case_cents=_cents(elsewhere, "--elsewhere"), readmissions_per_1000=pair[1]),
                evaluation_cents=_cents_if(evaluation, "--evaluation"),
                without_surgery_cents=_cents_if(without_surgery, "--without-surgery"),
                readmission_cents=_cents_if(readmission, "--readmission"),
            )
        )
    if as_json:
        print_json(found)
    else:
        _print(found)


def _print(found: ExpectedCost) -> None:
    print_sentence(found.words)
    print()
    for step in found.steps:
        print_sentence(f"{step.text}: {step.result}", 2)
    print()
    print_table(("", "inside", "elsewhere"), [(count.what, count.inside, count.elsewhere) for count in found.counts])
    if found.sources:
        print("\nFrom the published figures")
        for source in found.sources:
            print_sentence(source, 2)
    print()
    for caveat in found.caveats:
        print_sentence(caveat)


def _number(text: str, option: str, most: int) -> Decimal:
    value = amount_of(text.strip().removeprefix("$"))
    if value is None or not 0 <= value <= most:
        raise BadInput(f'{option}: "{clean(text, 40)}" is no number from 0 to {most:,}.', "Write it as 46 or 46.5.")
    return value


def _cents(text: str, option: str) -> int:
    cents = _number(text, option, _MOST_DOLLARS) * 100
    if cents != int(cents):
        raise BadInput(f'{option}: "{clean(text, 40)}" has parts of a cent.', "Write dollars as 32177 or 32177.50.")
    return int(cents)


def _cents_if(text: str | None, option: str) -> int | None:
    return None if text is None else _cents(text, option)


def _range(text: str | None) -> tuple[Decimal | None, Decimal]:
    if text is None:
        return None, Decimal(100)
    low, dash, high = text.partition("-")
    least = _number(low, "--elsewhere-share", 100)
    return least, _number(high, "--elsewhere-share", 100) if dash else least


def _pair(text: str | None) -> tuple[Decimal | None, Decimal | None]:
    if text is None:
        return None, None
    first, comma, second = text.partition(",")
    if not comma:
        raise BadInput(f'--readmissions: "{text}" is one figure.', "Give both, inside and elsewhere: 3,65.")
    return _number(first, "--readmissions", 1000), _number(second, "--readmissions", 1000)
