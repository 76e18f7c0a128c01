"""Loads the rules of a program file (docs/program.md); the first error is told with its line or cell."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from navigator.program.model import Program
from navigator.program.opened_file import open_program_file
from navigator.program.reading_rules import Catalogued, RulesReading, read_content
from navigator.program.reading_table import Finding, place_words
from navigator.program.rules import ProgramRules
from provider_directory.errors import BadInput


def load_rules(program: Program) -> ProgramRules:
    """Load the rules of a program that was read from a file; none where its file has none.

    Raises BadInput with the first error of the file; `coe program check` names them all.
    """
    if program.file is None:
        raise BadInput(f"{program.employer} has no program file.", "Give the path of a program file.")
    return read_rules(program.file)


def read_rules(path: Path) -> ProgramRules:
    """Read the rules of a TOML, JSON or Excel program file; raises BadInput as ``load_rules`` does."""
    opened = open_program_file(path)
    reading = read_content(opened.content, catalogued(), opened.sha256)
    errors = [*opened.findings, *((finding, opened.where(finding.place)) for finding in _errors(reading))]
    if errors:
        first, where = errors[0]
        more = f", and {len(errors) - 1} more" if len(errors) > 1 else ""
        raise BadInput(
            f"{path.name}, {where.words or place_words(first.place)}: found {first.found}, expected {first.expected}"
            f"{more}.",
            f"{first.next_step} `coe program check {path.name}` tells all.",
        )
    return reading.rules


def _errors(reading: RulesReading) -> list[Finding]:
    """Give the errors; a file without rules may have other keys, as before there were rules, but no misspelled ones."""
    errors = [finding for finding in reading.findings if finding.severity == "error"]
    if reading.rules.rules:
        return errors
    return [error for error in errors if error.code != "unknown_key" or len(error.place) > 1 or error.near]


@cache
def catalogued() -> Catalogued:
    """Give the ids of the catalog that a rule's scope may name."""
    from provider_directory import catalog  # deferred: pydantic, 100 ms that the first frame never pays

    procedures = catalog.load().procedures
    return Catalogued(
        tuple(procedure.id for procedure in procedures),
        tuple(sorted({procedure.criteria_set for procedure in procedures} - {"none"})),
        tuple(sorted({procedure.service_line for procedure in procedures})),
    )
