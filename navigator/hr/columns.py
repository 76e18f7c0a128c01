"""Words in columns of a given width: long cells go on in the next line, nothing is cut."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from rich.cells import cell_len

GAP = 2
NARROWEST = 8


def wrapped(words: str, cells: int, mark: str = "") -> list[str]:
    """Wrap a sentence to ``cells``, later lines under the first word behind the mark."""
    lines = textwrap.wrap(
        words, cells, initial_indent=mark, subsequent_indent=" " * min(len(mark), 4), break_on_hyphens=False
    )
    return lines or [mark.rstrip()]


def laid_out(rows: Sequence[Sequence[str]], cells: int, right: frozenset[int] = frozenset()) -> list[list[str]]:
    """Give each row as one or more lines of at most ``cells``; columns in ``right`` stand flush right."""
    widths = _widths(rows, cells)
    return [_lines(row, widths, right) for row in rows]


def _widths(rows: Sequence[Sequence[str]], cells: int) -> list[int]:
    """Give widths that fit; that column gives way which then takes the fewest lines."""
    lengths = [[cell_len(row[at]) for row in rows] for at in range(len(rows[0]))]
    words = [max(cell_len(word) for row in rows for word in (*row[at].split(), "")) for at in range(len(rows[0]))]
    # A column has a cell at least, also where nothing stands in it, or where there is no room yet.
    least = [max(min(max(word, NARROWEST), cells // len(words)), 1) for word in words]
    widths = [max(1, *column) for column in lengths]
    room = cells - GAP * (len(widths) - 1)
    while sum(widths) > room:
        giving = [at for at, width in enumerate(widths) if width > least[at]]
        if not giving:
            break
        at = min(giving, key=lambda each: (_height(lengths[each], widths[each] - 1), -widths[each]))
        widths[at] -= 1
    return widths


def _height(lengths: Sequence[int], width: int) -> int:
    return max(-(-length // width) for length in lengths)


def _lines(row: Sequence[str], widths: Sequence[int], right: frozenset[int]) -> list[str]:
    columns = [
        textwrap.wrap(cell, width, break_on_hyphens=False) or [""] for cell, width in zip(row, widths, strict=True)
    ]
    height = max(map(len, columns))
    lines = []
    for at in range(height):
        pieces = []
        for number, (column, width) in enumerate(zip(columns, widths, strict=True)):
            text = column[at] if at < len(column) else ""
            pad = " " * (width - cell_len(text))
            pieces.append(pad + text if number in right else text + pad)
        lines.append((" " * GAP).join(pieces).rstrip())
    return lines
