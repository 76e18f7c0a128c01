"""Where answers and errors leave the command line: stdout is data, stderr is diagnostics, one place for both."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from navigator.cli.streams import writes_unicode
from provider_directory.errors import DirectoryError
from provider_directory.saying import headed

if TYPE_CHECKING:
    from pydantic import BaseModel

FAULT_EXIT = 3


def print_json(value: BaseModel | object, indent: int | None = 2) -> None:
    """Print one JSON document, indented for people (None: on one line), in the order of the model's fields.

    Where the output's encoding lacks letters they are escaped, so that a program reads the same text everywhere.
    """
    as_model = getattr(value, "model_dump_json", None)  # not isinstance: pydantic is not imported for a plain error
    plain = not writes_unicode()
    if as_model:
        print(as_model(indent=indent, ensure_ascii=plain))
    else:
        print(json.dumps(value, indent=indent, ensure_ascii=plain, default=str))


def print_error(error: DirectoryError, as_json: bool) -> int:
    """Print an error as CONTRACT 6 says and give its exit code."""
    return report(error.code, error.title, str(error), error.choices, error.exit_code, as_json)


def report(
    code: str, title: str, message: str, choices: Iterable[tuple[str, str]], exit_code: int, as_json: bool
) -> int:
    """Print a fault: JSON to stdout with --json, else a heading, the sentence and the choices to stderr."""
    listed = [{"id": choice[0], "name": choice[1]} for choice in choices]
    if as_json:
        print_json({"error": {"code": code, "message": message, "choices": listed}})
        return exit_code
    print(f"{headed(title, ':')} {message}" if title else message, file=sys.stderr)
    width = max((len(choice["id"]) for choice in listed), default=0)
    for choice in listed:
        print(f"  {choice['id']:<{width}}  {choice['name']}", file=sys.stderr)
    return exit_code


def print_sentence(text: str, indent: int = 0) -> None:
    """Print a sentence wrapped at 80 columns, its later lines further in."""
    import textwrap

    first, later = " " * indent, " " * (indent + 4)
    lines = textwrap.wrap(text, 80, initial_indent=first, subsequent_indent=later, break_on_hyphens=False)
    print("\n".join(lines))


def print_table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]], right: frozenset[int] = frozenset()) -> None:
    """Print aligned columns by display width; columns in ``right`` are flush right."""
    from rich.cells import cell_len  # deferred: 12 ms that --json never pays

    lines = [head, *rows]
    widths = [max(cell_len(line[index]) for line in lines) for index in range(len(head))]
    for line in lines:
        cells = []
        for index, text in enumerate(line):
            pad = " " * (widths[index] - cell_len(text))
            cells.append(pad + text if index in right else text + pad)
        print("  ".join(cells).rstrip())
