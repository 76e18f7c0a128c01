"""The parts of a kiosk's page: tiles in a grid, the box, keys to be touched, the code, the ticket in large letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from textual.app import ComposeResult
from textual.containers import Grid, Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from navigator.kiosk import drawing
from navigator.kiosk.flow import LONGEST_WORDS, ZIP_DIGITS, Act
from navigator.kiosk.page import KioskPage
from navigator.text import line, rows
from navigator.ticket import grouped
from navigator.widgets.hanging_lines import HangingLines
from navigator.widgets.text_box import TextBox
from navigator.widgets.tile import Tile

BORDER_ROWS = 2
MOST_ROWS = 9
"""Of a tile in a grid."""
CELLS_AROUND = 9
"""Of a tile in a grid, beside its words: margin, border, padding, key."""
DOTS_A_LINE = 2
COLUMNS_BESIDE_A_CODE = 21
WIDE_LETTERS_FROM = 104


def lines_of(lines: Sequence[str], spaced: bool) -> HangingLines:
    """Give the sentences of a page; with a line between them for large text."""
    shown: list[Content] = []
    for each in lines:
        shown += [line("")] if spaced and shown else []
        shown.append(line((each, "bold" if spaced else "")))
    made = HangingLines()
    made.add_class("kiosk-lines")
    made.show(shown)
    return made


class Tiles(Grid):
    """The tiles of a page: several columns of equal ones, or one below the other as high as their lines."""

    def __init__(self, page: KioskPage, large: bool) -> None:
        super().__init__()
        self._page = page
        self._large = large
        self.set_class(page.columns == 1, "-list")

    def compose(self) -> ComposeResult:
        """Give a tile for each choice."""
        for each in self._page.tiles:
            yield Tile(each.key, each.lines, each.act, each.leads, self._large and self._page.columns == 1)

    def on_mount(self) -> None:
        """Take as many columns as the page says."""
        columns = self._page.columns
        if columns > 1:
            deep = -(-len(self._page.tiles) // columns)
            self.styles.grid_size_columns = columns
            self.styles.min_height = deep * (self._lines_of_a_tile(columns) + BORDER_ROWS)
            self.styles.max_height = deep * MOST_ROWS

    def _lines_of_a_tile(self, columns: int) -> int:
        """Give how many lines the longest tile takes on this screen: a longer page is read on, no tile is cut."""
        cells = max(self.app.size.width // columns - CELLS_AROUND, 1)
        return max(sum(len(wrap(words, cells)) for words in each.lines) for each in self._page.tiles)


class BoxRow(Horizontal):
    """The box that is typed into."""

    def __init__(self, page: KioskPage, typed: str) -> None:
        super().__init__()
        self._page = page
        self._typed = typed

    def compose(self) -> ComposeResult:
        """Give the box; nothing of what is typed is offered again."""
        of_digits = self._page.box == "zip"
        yield TextBox(
            self._typed,
            placeholder=self._page.hint,
            restrict=r"[0-9]*" if of_digits else None,
            max_length=ZIP_DIGITS if of_digits else LONGEST_WORDS,
            id="kiosk-box",
        )


class Keys(Vertical):
    """Letters or digits to be touched, as they lie on a keyboard."""

    def __init__(self, page: KioskPage) -> None:
        super().__init__()
        self._page = page

    def compose(self) -> ComposeResult:
        """Give the rows; behind the last one blank and erase."""
        *before, last = self._page.letters
        for row in before:
            yield Horizontal(*(_key(letter) for letter in row))
        extra = [] if self._page.box == "zip" else [_key(" ", "␣")]
        yield Horizontal(*(_key(letter) for letter in last), *extra, _Key("⌫", Act("erase")))


class _Key(Tile[Act], can_focus=False):
    """One key; typing goes on in the box, so it takes no focus."""

    def __init__(self, shown: str, act: Act) -> None:
        super().__init__("", (shown,), act)


def _key(letter: str, shown: str = "") -> _Key:
    return _Key(shown or letter.upper(), Act("type", letter))


class CodePicture(Widget):
    """The code that a phone's camera reads, as full as the screen lets it be."""

    def __init__(self, texts: Sequence[str], size: Size) -> None:
        super().__init__()
        most = min(size.height * DOTS_A_LINE, size.width - COLUMNS_BESIDE_A_CODE)
        self._dots = drawing.fullest_code(texts, most) or ()

    def on_mount(self) -> None:
        """Be exactly as large as the code, dark on light whatever the theme."""
        self.set_class(self.app.current_theme.dark, "-dark")
        self.styles.width = len(self._dots)
        self.styles.height = -(-len(self._dots) // DOTS_A_LINE)

    def render(self) -> Content:
        """Draw."""
        return rows([_picture(each) for each in drawing.halved(self._dots)]) if self._dots else line("")


class TicketPicture(Static):
    """The ticket in letters of four lines, on a wide screen twice as wide."""

    def __init__(self, code: str, width: int) -> None:
        drawn = drawing.letters(grouped(code))
        if width >= WIDE_LETTERS_FROM:
            drawn = ["".join(sign * 2 for sign in each) for each in drawn]
        super().__init__(rows([_picture(each) for each in drawn]), id="kiosk-ticket")


def _picture(drawn: str) -> Content:
    """Give a line of a drawing: its blanks count, and ``text.line`` keeps those of a part that is blank alone."""
    return line(*_runs(drawn))


def _runs(drawn: str) -> Iterator[str]:
    at = 0
    while at < len(drawn):
        end = at
        while end < len(drawn) and (drawn[end] == " ") == (drawn[at] == " "):
            end += 1
        yield drawn[at:end]
        at = end
