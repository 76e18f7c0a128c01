"""A letter's page drawn in cells: the same facts and order as on paper, in two columns where there is room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from rich.cells import cell_len
from textual.content import Content

from navigator.letters.page import Facts, Lines, Page, Part, Points, Section, SideBySide
from navigator.text import fit, joined, line, safe, spread

TWO_COLUMNS_FROM = 96
_GUTTER = 4
_WIDEST_NAME = 22
_BETWEEN = 2
_LEAST_BESIDE = 22
"""Cells of a column of a comparison; with fewer its columns stand below each other."""


def page_lines(page: Page, cells: int) -> tuple[Content, ...]:
    """Give the page as lines of at most ``cells`` cells."""
    return tuple(_page(page, max(cells, 20)))


def _page(page: Page, cells: int) -> Iterator[Content]:
    if page.demonstration:
        yield from _wrapped(page.demonstration, cells, "bold $warning")
        yield line("")
    yield from _head(page, cells)
    if page.day:
        yield line("")
        yield from _wrapped(page.day, cells, "$muted")
    yield line("")
    yield from _wrapped(page.title, cells, "bold $accent")
    for sentence in page.opening:
        yield from _wrapped(sentence, cells)
    for group in _groups(page.sections, cells):
        yield line("")
        yield from _columns(group, cells)
    yield line("")
    yield safe("─" * cells, "$rule")
    for sentence in page.foot:
        yield from _wrapped(sentence, cells)
    for sentence in page.proof:
        yield from _wrapped(sentence, cells, "$muted")


def _head(page: Page, cells: int) -> Iterator[Content]:
    """Who sends it at the left; the number, and to whom, at the right."""
    right = [safe(page.number, "bold $accent"), safe(page.spelled or "", "$muted")] if page.number else []
    left = [safe(words, "bold" if at == 0 else "$muted") for at, words in enumerate(page.sender)]
    if right and max(map(_width, right)) + max(map(_width, left), default=0) + 2 <= cells:
        for one, other in zip_longest(left, right, fillvalue=line("")):
            yield spread(one, other, cells)
    else:
        for each in (*left, *right):
            yield from each.wrap(cells)
    if page.to:
        yield line("")
        for words in page.to:
            yield from _wrapped(words, cells)


def _groups(sections: tuple[Section, ...], cells: int) -> Iterator[tuple[tuple[Section, ...], ...]]:
    """Give what stands below each other; each a column over the whole width, or two side by side."""
    beside = [tuple(each for each in sections if each.area == side) for side in ("left", "right")]
    if cells < TWO_COLUMNS_FROM or not all(beside):
        yield (sections,)
        return
    if top := tuple(each for each in sections if each.area == "top"):
        yield (top,)
    yield tuple(beside)
    if wide := tuple(each for each in sections if each.area == "wide"):
        yield (wide,)


def _columns(group: tuple[tuple[Section, ...], ...], cells: int) -> Iterator[Content]:
    width = (cells - _GUTTER * (len(group) - 1)) // len(group)
    drawn = [list(_sections(sections, width)) for sections in group]
    for beside in zip_longest(*drawn, fillvalue=line("")):
        yield joined([*(fit(each, width) for each in beside[:-1]), beside[-1]], " " * _GUTTER)


def _sections(sections: tuple[Section, ...], cells: int) -> Iterator[Content]:
    for at, section in enumerate(sections):
        if at:
            yield line("")
        yield from _wrapped(section.heading, cells, "bold $accent")
        for part in section.parts:
            yield from _part(part, cells)


def _part(part: Part, cells: int) -> Iterator[Content]:
    if isinstance(part, Lines):
        for words in part.lines:
            yield from _wrapped(words, cells, "bold" if part.strong else "")
    elif isinstance(part, Points):
        for place, point in enumerate(part.points, 1):
            yield from _marked(f"{place}. " if part.numbered else "· ", point, cells)
    elif isinstance(part, Facts):
        yield from _facts(part.rows, cells, "bold" if part.strong else "")
    else:
        yield from _side_by_side(part, cells)


def _facts(rows: Iterable[tuple[str, str]], cells: int, style: str = "") -> Iterator[Content]:
    known = tuple(rows)
    widest = min(
        max((_width(safe(name)) for name, _ in known), default=0), max(_WIDEST_NAME, cells * 2 // 5), cells // 2
    )
    for name, value in known:
        if _width(safe(name)) > widest:
            yield from _wrapped(name, cells, "$muted")
            yield from _marked(" " * (widest + 2), value, cells, style)
        else:
            yield from _marked(f"{name}{' ' * (widest - _width(safe(name)) + 2)}", value, cells, style)


def _side_by_side(part: SideBySide, cells: int) -> Iterator[Content]:
    named = min(max((_width(safe(label)) for label, _ in part.rows), default=0), _WIDEST_NAME) + 2
    width = (cells - named) // max(len(part.names), 1) - _BETWEEN
    if width < _LEAST_BESIDE:
        for at, name in enumerate(part.names):
            if at:
                yield line("")
            yield from _wrapped(name, cells, "bold")
            yield from _facts(((label, values[at]) for label, values in part.rows), cells)
        return
    rows = (("", part.names), *part.rows)
    for label, values in rows:
        style = "bold" if label in ("", part.strong) else ""
        drawn = [list(_wrapped(label, named - 1, "$muted")), *(list(_wrapped(each, width, style)) for each in values)]
        for beside in zip_longest(*drawn, fillvalue=line("")):
            yield fit(beside[0], named) + joined([fit(each, width) for each in beside[1:]], " " * _BETWEEN)


def _marked(mark: str, text: str, cells: int, style: str = "") -> Iterator[Content]:
    """Wrap a text behind its mark or name; its further lines stand under its first."""
    indent = cell_len(mark)
    pieces = safe(text, style).wrap(max(cells - indent, 8)) if text else [line("")]
    for at, piece in enumerate(pieces):
        yield line((mark, "$muted") if at == 0 else " " * indent) + piece.rstrip()


def _wrapped(text: str, cells: int, style: str = "") -> Iterator[Content]:
    yield from (piece.rstrip() for piece in safe(text, style).wrap(max(cells, 8))) if text else ()


def _width(content: Content) -> int:
    return content.cell_length
