"""Reader of a table of gross and cash prices, one row a facility, HCPCS code and price type (METHOD 5.8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from provider_directory.cleaning import clean
from provider_directory.facts import CashFact, Reject
from provider_directory.sources.reading import CCN_FORM, Reading, Table, reading_of
from provider_directory.sources.recognise import SourceFile

NOT_WANTED = "not_a_wanted_code"
UNKNOWN_FACILITY = "facility_not_in_the_hospital_file"
_NEXT_STEP = "Get the file anew, or correct the row."


class _Posted(NamedTuple):
    price: str
    row: int


class _Item(NamedTuple):
    """What a facility posts for one code, by price type, in the order of the file."""

    gross: list[_Posted]
    cash: list[_Posted]


def read_cash_prices(source: SourceFile, wanted: Collection[str], known: Collection[str]) -> Reading[CashFact]:
    """Read the cash prices of the codes ``wanted`` at the CCNs ``known``, each beside a gross price of the same item.

    A cash price that some gross price of its item equals stands beside that one, since it is no discount; else the
    first stands beside the first, and so on. Rows that say the same twice collapse. A gross price without a cash price
    is no price and is set aside. Raises SourceProblem where the file as a whole cannot be read.
    """
    with reading_of(source) as (table, reading):
        for (ccn, code), item in _items(table, reading, wanted, known).items():
            if not item.cash:
                reading.set_aside["gross_price_only"] += len(item.gross)
                continue
            reading.kept += len(item.gross) + len(item.cash)
            reading.facts += _facts(ccn, code, item)
    return reading


def _facts(ccn: str, code: str, item: _Item) -> Iterator[CashFact]:
    listed = {gross.price for gross in item.gross}
    for index, (cash, row) in enumerate(item.cash):
        beside = item.gross[min(index, len(item.gross) - 1)].price if item.gross else ""
        yield CashFact(ccn, code, cash if cash in listed else beside, cash, row)


def _items(
    table: Table, reading: Reading[Any], wanted: Collection[str], known: Collection[str]
) -> dict[tuple[str, str], _Item]:
    ccn_column, code_column = table.column("ccn"), table.column("hcpcs")
    type_column, price_column = table.column("price_type"), table.column("price")
    items: dict[tuple[str, str], _Item] = defaultdict(lambda: _Item([], []))
    for number, row in table.rows():
        ccn, code = CCN_FORM.read(row[ccn_column]), row[code_column].strip().upper()
        kind, price = row[type_column].strip().lower(), clean(row[price_column])
        if code not in wanted:
            reading.set_aside[NOT_WANTED] += 1
        elif ccn is None:
            found = clean(row[ccn_column])
            reading.reject(Reject(number, "ccn", found, CCN_FORM.expected, CCN_FORM.reason, _NEXT_STEP))
        elif ccn not in known:
            reading.set_aside[UNKNOWN_FACILITY] += 1
        elif kind not in ("gross", "cash"):
            reading.reject(Reject(number, "price_type", clean(kind), "gross or cash", "bad_price_type", _NEXT_STEP))
        elif not price:
            reading.reject(Reject(number, "price", "", "dollars", "no_price", _NEXT_STEP))
        else:
            _keep(reading, items[ccn, code], kind, _Posted(price, number))
    return items


def _keep(reading: Reading[Any], item: _Item, kind: str, posted: _Posted) -> None:
    of_kind = item.gross if kind == "gross" else item.cash
    if any(posted.price == known.price for known in of_kind):
        reading.duplicates += 1
    else:
        of_kind.append(posted)
