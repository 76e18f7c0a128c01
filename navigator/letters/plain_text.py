"""A page as plain text of at most 76 columns, with every fact that the PDF has, in the order in which it is read."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from navigator.letters.page import Facts, Lines, Page, Part, Points

COLUMNS = 76


def plain_text(page: Page) -> str:
    """Give the page as text; it ends with a line end."""
    found: list[str] = []
    for block in _blocks(page):
        found += ["", *(piece for line in block for piece in _wrapped(line))]
    return "\n".join(found[1:]) + "\n"


def _blocks(page: Page) -> Iterator[list[str]]:
    if page.demonstration:
        yield [page.demonstration]
    yield [*page.sender]
    if page.to:
        yield [*page.to]
    if page.number:
        yield [f"{page.number_label}: {page.number}", f"  {page.spelled}"]
    if page.day:
        yield [page.day]
    yield [page.title, "=" * min(len(page.title), COLUMNS)]
    yield [*page.opening]
    for section in page.sections:
        yield [section.heading, "-" * min(len(section.heading), COLUMNS), *_lines(section.parts)]
    yield [*page.foot]
    yield [*page.proof]


def _lines(parts: tuple[Part, ...]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Lines):
            yield from part.lines
        elif isinstance(part, Facts):
            yield from (f"{name}: {value}" for name, value in part.rows)
        elif isinstance(part, Points):
            for place, point in enumerate(part.points, 1):
                yield f"{place}. {point}" if part.numbered else f"- {point}"
        else:
            for column, name in enumerate(part.names):
                yield from ([""] if column else [])
                yield name
                yield from (f"  {label}: {values[column]}" for label, values in part.rows)


def _wrapped(line: str) -> list[str]:
    indent = " " * (len(line) - len(line.lstrip()) + 2)
    return textwrap.wrap(line, COLUMNS, subsequent_indent=indent) or [""]
