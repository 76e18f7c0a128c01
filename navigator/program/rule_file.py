"""Reads the rules of a program file (docs/program.md); what is wrong is told with file, line and what to do."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

from navigator.program.model import Program
from navigator.program.reading_rules import Catalogued, read_content
from navigator.program.rules import ProgramRules
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput


def load_rules(program: Program) -> ProgramRules:
    """Load the rules of a program that was read from a file; none where its file has none.

    Raises BadInput with the first error of the file; `coe program check` names them all.
    """
    if program.file is None:
        raise BadInput(f"{program.employer} has no program file.", "Give the path of a program file.")
    return read_rules(program.file)


def read_rules(path: Path) -> ProgramRules:
    """Read the rules of a TOML or JSON program file; raises BadInput as ``load_rules`` does."""
    content, sha256 = read_file(path)
    reading = read_content(content, catalogued(), sha256)
    errors = [finding for finding in reading.findings if finding.severity == "error"]
    if not reading.rules.rules:
        # Before there were rules every other key was left alone; a misspelled one of ours is still told.
        errors = [error for error in errors if not (error.code == "unknown_key" and len(error.place) == 1)] + [
            error for error in errors if error.code == "unknown_key" and error.next_step.startswith("Did you mean")
        ]
    if errors:
        first = errors[0]
        more = f" and {len(errors) - 1} more" if len(errors) > 1 else ""
        raise BadInput(
            f"{path.name}, {place_words(first.place)}: found {first.found}, expected {first.expected}{more}.",
            f"{first.next_step} `coe program check {path.name}` names every line.",
        )
    return reading.rules


def read_file(path: Path) -> tuple[Mapping[str, object], str]:
    """Read a TOML or JSON file into tables and values, with its SHA-256; decimals stay as written. Raises BadInput."""
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
        content = (
            json.loads(text, parse_float=Decimal)
            if path.suffix.lower() == ".json"
            else tomllib.loads(text, parse_float=Decimal)
        )
    except (ValueError, ArithmeticError, OSError) as fault:
        raise BadInput(
            f"{path.name} cannot be read: {clean(str(fault))}.", "Give a TOML or JSON program file."
        ) from None
    if not isinstance(content, dict):
        raise BadInput(f"{path.name} is no table of names and values.", "docs/program.md shows a program file.")
    return content, hashlib.sha256(data).hexdigest()


def place_words(place: tuple[str | int, ...]) -> str:
    """Say a place as people count, e.g. "rule 2, travel 1, min_miles"."""
    words: list[str] = []
    for part in place:
        if isinstance(part, int):
            words[-1] = f"{words[-1]} {part + 1}"
        else:
            words.append(clean(part, 60))
    return ", ".join(words) or "the file"


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
