"""Rows to choose from whose Enter is the screen's, so that the foot names what it does."""

from __future__ import annotations

from textual.widgets import OptionList


class RowList(OptionList, inherit_bindings=False):
    """An option list without a key of its own for taking the row in hand."""

    BINDINGS = [each for each in OptionList.BINDINGS if getattr(each, "key", "") != "enter"]  # noqa: RUF012 - as Textual
