"""Where the values of a TOML file stand: the line of each table and key, which tomllib does not tell."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from navigator.program.reading_table import Place

_MOST_LINES = 400
"""A value of more lines is not followed further: its places are those of its first line."""


def lines_of(text: str) -> dict[Place, int]:
    """Give the line, from 1, of every table and key of a TOML text that can be read as a whole.

    The text is cut into statements, each the fewest lines that tomllib reads: so its grammar is nowhere repeated.
    """
    found: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    table: Place = ()
    statement: list[str] = []
    first = 0
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if not statement:
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            first = number
        statement.append(line)
        parsed = _parsed("\n".join(statement)) if len(statement) <= _MOST_LINES else None
        if parsed is None:
            continue
        if statement[0].lstrip().startswith("["):
            table = _header(parsed, counts)
            for length in range(1, len(table) + 1):
                found.setdefault(table[:length], first)
        else:
            _register(parsed, table, first, statement, found)
        statement = []
    return found


def line_of(place: Place, lines: Mapping[Place, int]) -> int | None:
    """Give the line of a value, or of the innermost table or key around it that is there; None = none is."""
    for length in range(len(place), 0, -1):
        if place[:length] in lines:
            return lines[place[:length]]
    return None


def _parsed(text: str) -> dict[str, object] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _header(parsed: Mapping[str, object], counts: dict[Place, int]) -> Place:
    """Give the place of a table from its header, e.g. [[rule.tier]] after the second [[rule]] = rule 1, tier 0."""
    place: Place = ()
    content: object = parsed
    while isinstance(content, Mapping) and content:
        key, content = next(iter(content.items()))
        place = (*place, key)
        if isinstance(content, list):  # only the last part of a header opens a table of a list
            counts[place] = counts.get(place, 0) + 1
            return (*place, counts[place] - 1)
        if content and place in counts:
            place = (*place, counts[place] - 1)
    return place


def _register(content: object, place: Place, line: int, statement: list[str], found: dict[Place, int]) -> None:
    """Note the line of every key and item of a statement; items of a list that spans lines have their own."""
    if isinstance(content, Mapping):
        for key, value in content.items():
            found.setdefault((*place, key), line)
            _register(value, (*place, key), line, statement, found)
    elif isinstance(content, list):
        starts = _item_lines(statement, line) if len(statement) > 1 else []
        for index, item in enumerate(content):
            own = starts[index] if index < len(starts) else line
            found[(*place, index)] = own
            _register(item, (*place, index), own, [], found)


def _item_lines(statement: list[str], first: int) -> list[int]:
    """Give the line of each item of a list over several lines: that with which the list, closed there, grows."""
    lines: list[int] = []
    for length in range(1, len(statement)):
        closed = _parsed("\n".join(statement[:length]) + "\n]")
        items: object = closed
        while isinstance(items, Mapping):
            items = next(iter(items.values()), None)
        if isinstance(items, list):
            lines += [first + length - 1] * (len(items) - len(lines))
    return [*lines, first + len(statement) - 1]
