"""`coe program check | show | convert`: an employer's program file held to its form, read aloud, made into TOML."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from navigator import locations
from navigator.cli.asking import AsJson, EditionFile
from navigator.cli.output import print_json
from provider_directory.errors import BadInput, Choice, EditionProblem

if TYPE_CHECKING:
    from navigator.program.check_answer import ProgramCheck, ProgramFinding

WIDTH = 80
INVALID_EXIT = 2
_PLAIN_NAME = re.compile(r"\w[\w.-]*")

program_app = typer.Typer(
    help="Program files of employers: check, show, convert.", no_args_is_help=True, rich_markup_mode=None
)

ProgramFile = Annotated[str, typer.Argument(metavar="FILE", help="Program file (TOML, JSON, .xlsx), or a program's id")]


@program_app.callback()
def programs() -> None:
    """Program files of employers: check, show, convert."""


@program_app.command("check")
def check(file: ProgramFile, edition: EditionFile = None, as_json: AsJson = False) -> None:
    """Check a program file: every error and alert with its line or cell. Exit 0: valid; 2: it has errors."""
    checked = _checked(_path(file), edition)
    if as_json:
        print_json(checked)
    else:
        print("\n".join(_check_lines(checked)))
    if not checked.valid:
        raise typer.Exit(INVALID_EXIT)


@program_app.command("show")
def show(file: ProgramFile) -> None:
    """Say a program's rules in plain sentences, each with its clause."""
    from navigator.program.rule_file import read_rules
    from navigator.program.rule_words import program_words

    for indent, sentence in program_words(read_rules(_path(file))):
        lead = " " * (2 * indent)
        print("\n".join(_wrapped(sentence, lead, f"{lead}  " if indent else lead)) if sentence else "")


@program_app.command("convert")
def convert(
    workbook: Annotated[Path, typer.Argument(help="Filled-in workbook of `coe template program`, or a JSON program")],
    out: Annotated[Path | None, typer.Option(metavar="F.toml", help="Where to write it; default: ID.toml")] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that is there")] = False,
) -> None:
    """Make a TOML program file of a workbook; it loads to the same rules."""
    from navigator.cli.template import write_new
    from navigator.program.opened_file import open_program_file
    from navigator.program.program_toml import toml_of
    from navigator.program.rule_file import read_rules

    rules = read_rules(_path(str(workbook)))
    if out is None and not _PLAIN_NAME.fullmatch(rules.program_id):
        raise BadInput(f'The id "{rules.program_id}" is no name of a file.', "Give --out F.toml.")
    target = out or Path(f"{rules.program_id}.toml")
    if target.suffix.lower() != ".toml":
        raise BadInput(f"{target} is not the name of a TOML file.", "Give one that ends in .toml.")
    write_new(target, toml_of(open_program_file(workbook).content, workbook.name).encode(), force)
    print(f"Written: {target}. `coe program check {target}` checks it; keep it in {locations.programs()}.")


def _path(name: str) -> Path:
    """Find a program file by path, or by its id in the folder of programs."""
    for path in (Path(name), locations.programs() / f"{name}.toml"):
        if path.is_file():
            return path
    known = sorted(locations.programs().glob("*.toml"))
    choices = tuple(Choice(found.stem, str(found)) for found in known)
    raise BadInput(f"There is no program file {name}.", "Give a path, or the id of a program.", choices)


def _checked(path: Path, edition: str | None) -> ProgramCheck:
    from navigator.program.rule_check import check_program  # deferred: pydantic, 100 ms that `--help` never pays
    from provider_directory.edition.publish import Shelf

    used = Path(edition) if edition else Shelf(locations.editions()).current()
    if used is None:
        return check_program(path)
    from provider_directory.edition.reader import EditionReader

    try:
        opened = EditionReader(used)
    except EditionProblem:
        if edition:
            raise
        return check_program(path)  # a file can be checked whatever edition is in use
    with closing(opened) as reader:
        alliances: Collection[str] = {terms.alliance for terms in reader.contracts()}

        def knows_facility(key: str) -> bool:
            return bool(reader.facilities_named(key.strip()))

        return check_program(path, alliances=alliances, knows_facility=knows_facility)


def _check_lines(checked: ProgramCheck) -> list[str]:
    named = f"{checked.employer or 'no employer'}, plan year {checked.plan_year or 'not known'}"
    version = f", version {checked.version}" if checked.version else ""
    verdict = "Valid" if checked.valid else "Not valid"
    counts = ", ".join(
        _counted(count, word)
        for count, word in (
            (len(checked.errors), "error"),
            (len(checked.alerts), "alert"),
            (checked.rules, "rule"),
            (checked.plan_options, "plan option"),
            (checked.questions, "question"),
        )
    )
    lines = [*textwrap.wrap(f"{checked.file}: {named}{version}", WIDTH), f"{verdict}: {counts}."]
    if checked.alliances_checked == "no_edition":
        lines += ["No edition is in use that can be opened: the alliances were not looked for."]
    return [*lines, *_finding_lines("Errors", checked.errors), *_finding_lines("Alerts", checked.alerts)]


def _finding_lines(title: str, findings: Sequence[ProgramFinding]) -> list[str]:
    if not findings:
        return []
    lines = ["", title]
    for one in findings:
        place = f" ({one.place})" if one.place != one.where else ""
        lines += _wrapped(f"{one.where}{place}: found {one.found}; expected {one.expected}.", "- ", "  ")
        lines += _wrapped(one.next_step, "  ", "  ")
    return lines


def _wrapped(text: str, first: str, later: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=later, break_on_hyphens=False)


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"
