"""The one door for text from data: every string reaches a widget as Content made here (DESIGN, STYLE 0.1, TRUST B2).

Content made from a string is shown literally: no markup is read, so no name can press a button or crash a screen.
``tests/test_text.py`` holds the rest of the package to this door.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.segment import Segment
from rich.text import Text
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter

from provider_directory.cleaning import clean, harmless

Part = str | Content | tuple[str, str]
"""A string, finished content, or a string with a style token such as "$accent" or "bold"."""


def safe(text: str, style: str = "") -> Content:
    """Give text from data as literal content, cleaned once more: a directory may be remote, or a fake."""
    cleaned = clean(text, 4000)
    return Content.styled(cleaned, style) if style else Content(cleaned)


def printed(texts: Iterable[str]) -> Text:
    """Give lines that Rich writes as they are, after the screen was left; of a string it would read the markup."""
    return Text("\n".join(clean(text, 4000) for text in texts))


def line(*parts: Part) -> Content:
    """Put parts one after the other; blanks at the edges of a part stay."""
    return Content.assemble(*(part if isinstance(part, Content) else _piece(part) for part in parts))


def joined(parts: Iterable[Content], separator: str = "\n") -> Content:
    """Put finished contents one after the other with a separator of ours between them."""
    return Content(separator).join(parts)


def fit(content: Content, cells: int, right: bool = False) -> Content:
    """Give content exactly ``cells`` wide: cut by cells with "…", or filled with blanks on the other side."""
    if cells <= 0:
        return Content("")
    cut = shortened(content, cells)
    gap = Content(" " * (cells - cut.cell_length))
    return gap + cut if right else cut + gap


def shortened(content: Content, cells: int) -> Content:
    """Give content at most ``cells`` wide, cut by cells with "…" (never by letters: wide letters take two)."""
    if content.cell_length <= cells:
        return content
    return content.truncate(max(cells - 1, 0)).rstrip() + Content("…")


def spread(left: Content, right: Content, cells: int) -> Content:
    """Put one content at each end of a line; the left one gives way."""
    room = cells - right.cell_length - 1
    return fit(left, room) + Content(" ") + right if room > 0 else fit(right, cells)


def rows(contents: Sequence[Content]) -> Content:
    """Put contents under each other."""
    return joined(contents)


def hanging(contents: Sequence[Content], cells: int, indent: int = 2, labels: bool = False) -> Content:
    """Put contents under each other, wrapped to ``cells``, every further line of one indented under its mark.

    ``labels``: what stands at the edge is a word as wide as the indent, so the first line takes all cells.
    """
    if cells <= indent + 1:
        return rows(contents)
    edge = Content(" " * indent)
    wrap = _labelled if labels else _marked
    return rows([piece for content in contents for piece in wrap(content, cells, edge)])


def _marked(content: Content, cells: int, edge: Content) -> list[Content]:
    pieces = content.wrap(cells - edge.cell_length)
    return [piece.rstrip() if at == 0 else edge + piece.rstrip() for at, piece in enumerate(pieces)]


def _labelled(content: Content, cells: int, edge: Content) -> list[Content]:
    if content.cell_length <= cells:
        return [content.rstrip()]
    first = content.wrap(cells)[0]
    rest = content[len(first.plain) :]
    blanks = len(rest.plain) - len(rest.plain.lstrip())
    return [first.rstrip(), *(edge + piece.rstrip() for piece in rest[blanks:].wrap(cells - edge.cell_length))]


def _piece(part: str | tuple[str, str]) -> Content:
    text, style = part if isinstance(part, tuple) else (part, "")
    inner = clean(text, 4000)
    if not inner:
        return Content(" " * text.count(" "))
    before = len(text) - len(text.lstrip(" "))
    after = len(text) - len(text.rstrip(" "))
    kept = f"{' ' * before}{inner}{' ' * after}"
    return Content.styled(kept, style) if style else Content(kept)


class ControlFilter(LineFilter):
    """The second wall: no control or escape character of a segment's text reaches the terminal (TRUST 0.2)."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Give the segments with every control character shown as "·"; Textual's own control segments stay."""
        return [
            segment
            if segment.control or segment.text.isprintable()
            else Segment(harmless(segment.text), segment.style, segment.control)
            for segment in segments
        ]
