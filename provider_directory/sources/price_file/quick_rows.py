"""Passes the rows of a tall file that are like one that was found clean, without checking them cell by cell.

What a check finds depends on the words of the listed cells, on which other cells are filled, and on the amounts being
positive numbers. A row with the words and the filling of a clean row, and with such amounts, is clean; every other row
goes to the plain check. A test holds the two to the same findings.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from operator import itemgetter

from provider_directory.sources.price_file.columns import ABSENT, Columns
from provider_directory.sources.price_file.rules import NINE_NINES

_AMOUNT = r"(?:(?=[0-9.]*[1-9])(?:[0-9]+\.?[0-9]*|\.[0-9]+))?"
_are_amounts = re.compile(rf"{_AMOUNT}(?:\|{_AMOUNT})*").fullmatch
_MOST_KINDS = 10_000
_NINES = str(NINE_NINES)
_Kind = tuple[tuple[str, ...], tuple[bool, ...]]


class QuickRows:
    """Knows the kinds of rows of one tall file that were found clean; cells need not be stripped."""

    def __init__(self, columns: Columns) -> None:
        item, (payer,) = columns.item, columns.payers
        types = tuple(kind for _, kind in columns.codes)
        codes = tuple(code for code, _ in columns.codes)
        self._item = _Part(
            words=(*types, item.setting, item.drug_type),
            filled=(*codes, item.description, item.modifiers),
            amounts=(item.gross, item.cash, item.minimum, item.maximum, item.drug_unit),
        )
        self._payer = _Part(
            words=(payer.methodology, payer.case_count),
            filled=(item.note, payer.algorithm, payer.payer_cell, payer.plan_cell),
            amounts=(payer.dollar, payer.percentage, payer.estimated, payer.median, payer.p10, payer.p90),
        )
        self._item_cells = _cells(*self._item.places)
        self._latest: tuple[str, ...] = ()
        self._item_kind: _Kind | None = None
        self._clean: set[tuple[_Kind, _Kind]] = set()
        self._asked: tuple[_Kind, _Kind] | None = None

    def is_clean(self, row: list[str]) -> bool:
        """Say whether a row is surely clean; False = not known."""
        cells = self._item_cells(row)
        if cells != self._latest:  # the rows of one item mostly stand together
            self._latest, self._item_kind = cells, self._item.kind(row)
        item, payer = self._item_kind, self._payer.kind(row)
        if item is None or payer is None:
            self._asked = None
            return False
        self._asked = asked = (item, payer)
        return asked in self._clean

    def remember(self) -> None:
        """Note that the row that was asked for last was found clean."""
        if self._asked is not None and len(self._clean) < _MOST_KINDS:
            self._clean.add(self._asked)


class _Part:
    """Some of the cells of a row."""

    def __init__(self, words: tuple[int, ...], filled: tuple[int, ...], amounts: tuple[int, ...]) -> None:
        self.places = (*words, *filled, *amounts)
        self._words, self._filled, self._amounts = _cells(*words), _cells(*filled), _cells(*amounts)

    def kind(self, row: list[str]) -> _Kind | None:
        """Give the words and what is filled; None where an amount must be looked at."""
        amounts = self._amounts(row)
        joined = "|".join(amounts)
        if _are_amounts(joined) is None or _NINES in joined:
            return None
        return self._words(row), tuple(map(bool, (*map(str.strip, self._filled(row)), *amounts)))


def _cells(*places: int) -> Callable[[list[str]], tuple[str, ...]]:
    return itemgetter(*places, ABSENT)  # one more, so that it is a tuple whatever the file has
