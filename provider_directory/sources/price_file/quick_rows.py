"""Passes the rows of a tall file that are like one that was found clean, without checking them cell by cell.

What a check finds depends on the words of the listed cells, on which other cells are filled, and on the amounts being
positive numbers. A row with the words and the filling of a clean row, and with such amounts, is clean; every other row
goes to the plain check. A test holds the two to the same findings.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count
from operator import itemgetter

from provider_directory.sources.price_file.columns import ABSENT, Columns
from provider_directory.sources.price_file.rules import NINE_NINES

_AMOUNT = r"(?:(?=[0-9.]*[1-9])(?:[0-9]+\.?[0-9]*|\.[0-9]+))?"
_are_amounts = re.compile(rf"{_AMOUNT}(?:\|{_AMOUNT})*").fullmatch
_NINES = str(NINE_NINES)
_MOST_KINDS = 10_000
_Cells = Callable[[list[str]], tuple[str, ...]]
_Kind = tuple[int, int, tuple[bool, ...]]
"""Numbers of the item's and the payer's words and filling, and which of the payer's amounts are given."""


class QuickRows:
    """Knows the kinds of rows of one tall file that were found clean; cells need not be stripped."""

    def __init__(self, columns: Columns, note_payer: Callable[[str], None]) -> None:
        item, (payer,) = columns.item, columns.payers
        types = tuple(kind for _, kind in columns.codes)
        codes = tuple(code for code, _ in columns.codes)
        amounts = (item.gross, item.cash, item.minimum, item.maximum, item.drug_unit)
        self._item_words, self._item_amounts = (*types, item.setting, item.drug_type), _cells(*amounts)
        self._item_cells = _cells(*self._item_words, *codes, item.description, item.modifiers, *amounts)
        self._payer_cells = _cells(
            *(payer.methodology, payer.case_count, payer.payer_cell, payer.plan_cell, payer.algorithm, item.note)
        )
        self._payer_amounts = _cells(
            *(payer.dollar, payer.percentage, payer.estimated, payer.median, payer.p10, payer.p90)
        )
        self._note_payer = note_payer
        self._latest: tuple[str, ...] = ()
        self._item_number: int | None = None
        self._payer_numbers: dict[tuple[str, ...], int] = {}
        self._numbers: dict[object, int] = {}
        self._unused = count()
        self._clean: set[_Kind] = set()
        self._asked: _Kind | None = None

    def is_clean(self, row: list[str]) -> bool:
        """Say whether a row is surely clean; False = not known. Notes the payer's name."""
        cells = self._item_cells(row)
        if cells != self._latest:  # the rows of one item mostly stand together
            self._latest, self._item_number = cells, self._number_of_item(row, cells)
        named = self._payer_cells(row)
        number = self._payer_numbers.get(named)
        if number is None:
            number = self._number_of_payer(named)
        amounts = self._payer_amounts(row)
        joined = "|".join(amounts)
        if self._item_number is None or _are_amounts(joined) is None or _NINES in joined:
            self._asked = None
            return False
        self._asked = asked = (self._item_number, number, tuple(map(bool, amounts)))
        return asked in self._clean

    def remember(self) -> None:
        """Note that the row that was asked for last was found clean."""
        if self._asked is not None and len(self._clean) < _MOST_KINDS:
            self._clean.add(self._asked)

    def _number_of_item(self, row: list[str], cells: tuple[str, ...]) -> int | None:
        """Number the item's words and filling; None where an amount must be looked at."""
        joined = "|".join(self._item_amounts(row))
        if _are_amounts(joined) is None or _NINES in joined:
            return None
        return self._number(cells, len(self._item_words))

    def _number_of_payer(self, cells: tuple[str, ...]) -> int:
        self._note_payer(cells[2].strip())
        if len(self._payer_numbers) >= _MOST_KINDS:
            self._payer_numbers.clear()
        self._payer_numbers[cells] = number = self._number(cells, 2)
        return number

    def _number(self, cells: tuple[str, ...], words: int) -> int:
        """Number the first ``words`` cells as they are with the filling of the others."""
        kind = (cells[:words], tuple(map(bool, map(str.strip, cells[words:]))))
        number = self._numbers.get(kind)
        if number is None:
            if len(self._numbers) >= _MOST_KINDS:
                self._numbers.clear()
            number = self._numbers[kind] = next(self._unused)  # never one that was in use: what is known stays true
        return number


def _cells(*places: int) -> _Cells:
    return itemgetter(*places, ABSENT)  # one more, so that it is a tuple whatever the file has
