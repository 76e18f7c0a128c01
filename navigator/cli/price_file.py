"""`coe price-file check`: a hospital's price file held against CMS's data dictionary."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from navigator.cli.asking import AsJson
from navigator.cli.output import print_json
from provider_directory.errors import BadInput

if TYPE_CHECKING:
    from provider_directory.models import PriceFileCheck

WIDTH = 80
MOST_FINDINGS = 100

price_file_app = typer.Typer(
    help="Price files of hospitals (CMS price transparency).", no_args_is_help=True, rich_markup_mode=None
)


@price_file_app.callback()
def price_files() -> None:
    """Price files of hospitals (CMS price transparency)."""


@price_file_app.command("check")
def check(
    file: Annotated[Path, typer.Argument(help="CSV or JSON, plain, .gz, or a .zip that holds one")],
    version: Annotated[
        str | None, typer.Option("--as", metavar="VERSION", help="2.0, 2.1, 2.2, 2.2.1 or 3.0; default: as it looks")
    ] = None,
    max_errors: Annotated[int, typer.Option(metavar="N", help="How many errors and alerts to show")] = MOST_FINDINGS,
    as_json: AsJson = False,
) -> None:
    """Check a price file by CMS's rules. Exit 0: checked, valid or not; 2: it is no price file."""
    if max_errors < 1:
        raise BadInput(f"{max_errors} errors cannot be shown.", "Give a number from 1.")
    if not file.is_file():
        raise BadInput(f"There is no file {file}.", "Check the name.")
    outcome = _checked(file, version, max_errors)
    if as_json:
        print_json(outcome)
    else:
        print("\n".join(_lines(outcome)))


def _checked(file: Path, version: str | None, most: int) -> PriceFileCheck:
    from provider_directory.models import PriceFileCheck, PriceFileFinding  # deferred: pydantic
    from provider_directory.sources.price_file.checking import check_price_file

    checked = check_price_file(file, None, version, most)
    head, findings = checked.head, checked.findings
    errors, alerts = (
        tuple(PriceFileFinding(**found._asdict()) for found in listed) for listed in (findings.errors, findings.alerts)
    )
    return PriceFileCheck(
        format=head.format,
        version=head.version,
        hospital=head.hospital,
        last_updated_on=head.updated_on or None,
        valid=not findings.error_count,
        errors=errors,
        alerts=alerts,
        error_count=findings.error_count,
        alert_count=findings.alert_count,
        rows=checked.rows,
        payers=checked.payers,
    )


def _lines(outcome: PriceFileCheck) -> list[str]:
    day = f"updated {outcome.last_updated_on}" if outcome.last_updated_on else "no date of update that can be read"
    verdict = "Valid" if outcome.valid else "Not valid"
    counts = ", ".join(
        (
            f"{outcome.error_count:,} {_words('error', outcome.error_count)}",
            f"{outcome.alert_count:,} {_words('alert', outcome.alert_count)}",
            f"{outcome.rows:,} {_words('item' if outcome.format == 'json' else 'row', outcome.rows)} checked",
            f"{outcome.payers:,} {_words('payer', outcome.payers)}",
        )
    )
    lines = [
        *textwrap.wrap(f"{outcome.hospital or 'No hospital named'}: {outcome.format}, {day}", WIDTH),
        *textwrap.wrap(f"{verdict} as version {outcome.version}: {counts}.", WIDTH),
    ]
    for title, found, total in (
        ("Errors", outcome.errors, outcome.error_count),
        ("Alerts", outcome.alerts, outcome.alert_count),
    ):
        if found:
            lines += ["", f"{title}" if len(found) == total else f"{title}: the first {len(found):,} of {total:,}"]
        for one in found:
            lines += _wrapped(f"- {one.message} [{one.code}]")
    return lines


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent="  ", break_on_hyphens=False)


def _words(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"
