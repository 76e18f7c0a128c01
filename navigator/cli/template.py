"""`coe template`: workbooks to fill in, for rosters, contracts, sites, paid claims, members and programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from provider_directory.errors import BadInput, Choice

PROGRAM = "program"
NAMES = ("roster", "contracts", "sites", "claims", "members", PROGRAM)


def template(
    name: Annotated[str, typer.Argument(metavar="NAME", help=" | ".join(NAMES))],
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where to write it; default: coe-NAME.xlsx")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Write the header only, as CSV")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that is there")] = False,
) -> None:
    """Write a workbook to fill in: drop-downs, formats, example rows, and a sheet that explains every column."""
    if name not in NAMES:
        raise BadInput(f'There is no template "{name}".', "Choose one.", tuple(Choice(one, one) for one in NAMES))
    if out is not None and out.suffix.lower() not in (".xlsx", ".csv"):
        raise BadInput(f"{out} is neither .xlsx nor .csv.", "Give a file name that ends in .xlsx, or .csv with --csv.")
    as_csv = as_csv or (out is not None and out.suffix.lower() == ".csv")
    target = out or Path(f"coe-{name}.{'csv' if as_csv else 'xlsx'}")
    if as_csv and target.suffix.lower() != ".csv":
        raise BadInput(f"{target} is not the name of a CSV file.", "Give one that ends in .csv, or leave out --csv.")
    if name == PROGRAM and as_csv:
        raise BadInput("A program has many sheets, which no CSV file holds.", "Leave out --csv.")
    content, next_step = _program() if name == PROGRAM else _table(name, as_csv)
    write_new(target, content, force)
    print(f"Written: {target}. {next_step}")


def _table(name: str, as_csv: bool) -> tuple[bytes, str]:
    from provider_directory.templates.columns import TEMPLATES  # deferred: pydantic, 100 ms that `--help` never pays
    from provider_directory.templates.workbook import template_csv, template_workbook

    chosen = TEMPLATES[name]
    return template_csv(chosen).encode() if as_csv else template_workbook(chosen), chosen.next_step


def _program() -> tuple[bytes, str]:
    from navigator.program.workbook_template import NEXT_STEP, program_workbook

    return program_workbook(), NEXT_STEP


def write_new(target: Path, content: bytes, force: bool = False) -> None:
    """Write a file that is not there yet, or with ``force`` any; raises BadInput naming the file."""
    try:
        with target.open("wb" if force else "xb") as file:
            file.write(content)
    except FileExistsError:
        raise BadInput(
            f"{target} is there already.", "Give another name by --out, or overwrite it by --force."
        ) from None
    except OSError as fault:
        raise BadInput(f"{target} cannot be written: {fault.strerror}.", "Give another place by --out.") from None
