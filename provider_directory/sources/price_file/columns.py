"""The column row of a price file in CSV: which cell says what, tall or wide, in any order (FORMATS 3, METHOD 5.17)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from provider_directory.cleaning import clean

ABSENT = -1
"""The index of a column that the file lacks: rows are read with one empty cell at their end."""
MOST_CODES = 50
"""Pairs of code and type that are looked for; CMS's examples have two."""

_ITEM = {
    "description": ("description",),
    "setting": ("setting",),
    "billing_class": ("billing_class",),
    "modifiers": ("modifiers",),
    "gross": ("standard_charge", "gross"),
    "cash": ("standard_charge", "discounted_cash"),
    "minimum": ("standard_charge", "min"),
    "maximum": ("standard_charge", "max"),
    "note": ("additional_generic_notes",),
    "drug_unit": ("drug_unit_of_measurement",),
    "drug_type": ("drug_type_of_measurement",),
}
_PAYER = {
    "dollar": ("standard_charge", "negotiated_dollar"),
    "percentage": ("standard_charge", "negotiated_percentage"),
    "algorithm": ("standard_charge", "negotiated_algorithm"),
    "methodology": ("standard_charge", "methodology"),
    "estimated": ("estimated_amount",),
    "median": ("median_amount",),
    "p10": ("10th_percentile",),
    "p90": ("90th_percentile",),
    "case_count": ("count",),
    "payer_note": ("additional_payer_notes",),
}
_FIELD_OF = {parts: field for field, parts in _PAYER.items()}
_IN_TWO_PARTS = frozenset(parts[1] for parts in _PAYER.values() if len(parts) == 2)
_IN_ONE_PART = frozenset(parts[0] for parts in _PAYER.values() if len(parts) == 1)


class ItemColumns(NamedTuple):
    """Where a row says what it is about; ABSENT where the file lacks the column."""

    description: int
    setting: int
    billing_class: int
    modifiers: int
    gross: int
    cash: int
    minimum: int
    maximum: int
    note: int
    drug_unit: int
    drug_type: int


class PayerColumns(NamedTuple):
    """Where a row says what one payer's plan pays; ABSENT where the file lacks the column."""

    payer: str
    plan: str
    """As named by the columns of a wide file; "" in a tall file, where cells name them."""
    where: str
    """Of a wide file the first column that names them, as written; else ""."""
    payer_cell: int
    plan_cell: int
    dollar: int
    percentage: int
    algorithm: int
    methodology: int
    estimated: int
    median: int
    p10: int
    p90: int
    case_count: int
    payer_note: int


class Columns(NamedTuple):
    """The whole column row."""

    names: tuple[str, ...]
    """As written."""
    tall: bool
    item: ItemColumns
    codes: tuple[tuple[int, int], ...]
    """Of each code and its type."""
    payers: tuple[PayerColumns, ...]
    """One of a tall file, one a payer and plan of a wide file."""
    barred: tuple[int, ...]
    """Columns whose payer or plan is written with a bar, so that nobody can say which is which (METHOD 5.17)."""


def parts_of(name: str) -> tuple[str, ...]:
    """Split a column's name at its bars: "Code | 1 | type" is ("code", "1", "type")."""
    return tuple(part.strip() for part in name.lower().split("|"))


def read_columns(names: Sequence[str]) -> Columns:
    """Find every cell by the names of row 3; of an item's columns of one name the first counts.

    A payer and plan whose columns stand there again is read again: different rates are no less posted (METHOD 5.4).
    """
    places: dict[tuple[str, ...], int] = {}
    for index, name in enumerate(names):
        places.setdefault(parts_of(name), index)
    item = ItemColumns(**{field: places.get(parts, ABSENT) for field, parts in _ITEM.items()})
    payers = _wide_payers(names)
    named = [("payer_name",) in places, ("plan_name",) in places]
    tall = all(named) or (any(named) and not payers)
    if tall:
        payers = (_tall_payer(places),)
    barred = tuple(index for index, name in enumerate(names) if not tall and _is_barred(parts_of(name)))
    return Columns(tuple(map(clean, names)), tall, item, _codes(places), payers, barred)


def _codes(places: dict[tuple[str, ...], int]) -> tuple[tuple[int, int], ...]:
    pairs = []
    for number in map(str, range(1, MOST_CODES + 1)):
        code, kind = places.get(("code", number), ABSENT), places.get(("code", number, "type"), ABSENT)
        if code != ABSENT or kind != ABSENT:
            pairs.append((code, kind))
    return tuple(pairs)


def _tall_payer(places: dict[tuple[str, ...], int]) -> PayerColumns:
    cells = {field: places.get(parts, ABSENT) for field, parts in _PAYER.items()}
    return PayerColumns("", "", "", places.get(("payer_name",), ABSENT), places.get(("plan_name",), ABSENT), **cells)


def payer_and_plan(parts: Sequence[str]) -> tuple[str, str] | None:
    """Give the payer and plan that a column's name holds; None for a column of the item itself."""
    if len(parts) == 4 and parts[0].lower() == "standard_charge" and parts[3].lower() in _IN_TWO_PARTS:
        return parts[1], parts[2]
    if len(parts) == 3 and parts[0].lower() in _IN_ONE_PART:
        return parts[1], parts[2]
    return None


def _wide_payers(names: Sequence[str]) -> tuple[PayerColumns, ...]:
    cells: dict[tuple[str, str, int], dict[str, int]] = {}
    first: dict[tuple[str, str, int], str] = {}
    times: Counter[tuple[str, ...]] = Counter()
    for index, name in enumerate(names):
        parts = parts_of(name)
        named = payer_and_plan(parts)
        if named is None:
            continue
        key = (*named, times[parts])
        times[parts] += 1
        first.setdefault(key, name)
        cells.setdefault(key, dict.fromkeys(_PAYER, ABSENT))[_FIELD_OF[parts[0], *parts[3:]]] = index
    return tuple(_payer_columns(first[key], found) for key, found in cells.items())


def _payer_columns(name: str, cells: dict[str, int]) -> PayerColumns:
    payer, plan = (clean(part) for part in name.split("|")[1:3])
    return PayerColumns(payer, plan, clean(name), ABSENT, ABSENT, **cells)


def _is_barred(parts: tuple[str, ...]) -> bool:
    if parts[0] == "standard_charge":
        return len(parts) > 4 and parts[-1] in _IN_TWO_PARTS
    return len(parts) > 3 and parts[0] in _IN_ONE_PART
