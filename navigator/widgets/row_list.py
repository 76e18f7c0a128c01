"""Rows to choose from whose Enter is the screen's, so that the foot names what it does; a call or referral as a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from navigator.text import line, rows, shortened
from navigator.widgets.marked_list import MarkedList

if TYPE_CHECKING:
    from navigator.keeping import StatusRow


class RowList(MarkedList, inherit_bindings=False):
    """An option list without a key of its own for taking the row in hand."""

    BINDINGS = [each for each in MarkedList.BINDINGS if getattr(each, "key", "") != "enter"]  # noqa: RUF012 - as Textual


def row_lines(row: StatusRow, cells: int, instead: str = "") -> Content:
    """Give a call or referral in two lines: its number and where it stands, then whom and what it is about.

    ``instead`` is said in place of both to who may not hear them.
    """
    number = (f"{row.subject}  ", "bold")
    if instead:
        return shortened(line(number, (instead, "$muted")), cells)
    standing = line(number, (row.standing, "$muted" if row.ended else ""))
    member = (f"{row.member}, " if row.member else "", "")
    about = line("    ", member, (f"{row.about}, {row.since}", "$muted"))
    return rows([shortened(standing, cells), shortened(about, cells)])
