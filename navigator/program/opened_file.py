"""A program file of any form - TOML, JSON or an Excel workbook - opened as tables and values that know their place."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

from navigator.program.placed_file import OpenedFile, Where
from navigator.program.reading_table import Place
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput
from provider_directory.strict_json import TOO_LONG, parse_strictly
from provider_directory.strict_toml import parse_toml

MOST_BYTES = 2 << 20
_LINE = re.compile(r"\bline (\d+)")
_STEP = "docs/program.md shows a program file; `coe template program` writes a workbook to fill in."


class NotReadable(BadInput):
    """A file that breaks the grammar of TOML or JSON: why, and the line where the parser names one."""

    reason = ""
    line: int | None = None


def open_program_file(path: Path) -> OpenedFile:
    """Open a TOML, JSON or .xlsx program file; decimals stay as written. Raises BadInput for one that is none."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)  # a workbook may be larger than a text
    except OSError as fault:
        raise BadInput(f"{path.name} cannot be read: {fault.strerror}.", "Check the name.") from None
    if len(data) > MOST_BYTES:
        raise BadInput(f"{path.name} has more than {MOST_BYTES:,} bytes, which no program file needs.", _STEP)
    sha256 = hashlib.sha256(data).hexdigest()
    if path.suffix.lower() == ".xlsx":
        from navigator.program.workbook_program import read_workbook  # deferred: only a workbook pays for its reader

        return read_workbook(path, sha256)
    content, text = _content(path, data)
    return OpenedFile(content, sha256, _no_lines if path.suffix.lower() == ".json" else _lines(text))


def _content(path: Path, data: bytes) -> tuple[Mapping[str, object], str]:
    try:
        text = data.decode("utf-8-sig")
        if path.suffix.lower() == ".json":
            content = parse_strictly(text, parse_float=Decimal)
        else:
            content = parse_toml(text, parse_float=Decimal)
    except (ValueError, ArithmeticError) as fault:
        reason, step = _broken(fault, data)
        refused = NotReadable(f"{path.name} cannot be read: {reason}.", step)
        refused.reason, refused.line = reason, _line_of(fault, data)
        raise refused from None
    if not isinstance(content, dict):
        raise BadInput(f"{path.name} is no table of names and values.", _STEP)
    return content, text


def _broken(fault: Exception, data: bytes) -> tuple[str, str]:
    """Say in words what breaks the grammar, and what to do."""
    if isinstance(fault, UnicodeDecodeError):
        return "bytes that are not UTF-8 text", "Save the file as text in UTF-8; an Excel workbook ends in .xlsx."
    reason = clean(str(fault))
    if reason == TOO_LONG:
        return reason, "Write the number that is meant."
    if "Cannot overwrite" in reason or "Cannot declare" in reason:
        place = reason[reason.find("(") :] if "(" in reason else ""
        return f"a key or a table that stands twice {place}".strip(), (
            "Take one out. Tables of which there may be several have two brackets, each time: [[rule]]."
        )
    line = _line_of(fault, data)
    lines = data.decode("utf-8-sig").splitlines()
    if line is not None and line <= len(lines) and any(mark in lines[line - 1] for mark in "\u201c\u201d\u201e"):
        return reason, 'Write straight quotes (") in that line, not curly ones.'
    return reason, "Mend that line." if line else _STEP


def _line_of(fault: Exception, data: bytes) -> int | None:
    if isinstance(fault, UnicodeDecodeError):
        return data.count(b"\n", 0, fault.start) + 1
    named = _LINE.search(str(fault))
    return int(named[1]) if named else None


def _no_lines(_place: Place) -> Where:
    return Where()


def _lines(text: str) -> Callable[[Place], Where]:
    @cache
    def lines() -> Mapping[Place, int]:
        from navigator.program.rule_places import lines_of  # deferred: only a finding needs its line

        return lines_of(text)

    def where(place: Place) -> Where:
        from navigator.program.rule_places import line_of

        return Where(line_of(place, lines()))

    return where
