"""Takes the wanted rates out of a CSV price file, tall or wide, row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from operator import itemgetter
from typing import Any

from provider_directory.cleaning import clean
from provider_directory.facts import PostedRate, Reject
from provider_directory.sources.price_file.codes import NOTHING, CodeSieve, CodeVerdict, WantedCodes
from provider_directory.sources.price_file.columns import Columns, PayerColumns
from provider_directory.sources.price_file.repeated import RepeatedDollars
from provider_directory.sources.price_file.table import PriceTable, RowFault
from provider_directory.sources.reading import Reading

NO_CHARGE = "no_charge"
LONG_TEXT = 2000
"""Characters of an algorithm or a note that are kept."""
_MOST_NAMES = 20_000


class Names(dict[str, str]):
    """Names of payers and plans as cleaned; a file repeats few of them over and over."""

    def __missing__(self, written: str) -> str:
        if len(self) >= _MOST_NAMES:
            self.clear()
        self[written] = cleaned = clean(written)
        return cleaned


class CsvRates:
    """The rates of an open CSV file."""

    def __init__(self, table: PriceTable, columns: Columns, *, averages: bool) -> None:
        self._table = table
        self._columns = columns
        self._averages = averages
        """Whether estimated_amount is read: in every 2.x file (METHOD 5.14)."""
        self._names = Names()
        self.repeated = RepeatedDollars()
        self._groups = [
            itemgetter(
                group.dollar,
                group.percentage,
                group.algorithm,
                group.methodology,
                group.estimated,
                group.median,
                group.p10,
                group.p90,
                group.case_count,
                group.payer_note,
            )
            for group in columns.payers
        ]
        self._read_rates: Callable[..., list[PostedRate]] = self._tall_rates if columns.tall else self._wide_rates
        self._count = self._count_tall if columns.tall else self._count_wide

    def read(self, wanted: WantedCodes, reading: Reading[Any]) -> Iterator[PostedRate]:
        """Give every wanted rate; the account in ``reading`` is closed when all rows are read."""
        sieve = CodeSieve(wanted)
        codes_of: Callable[[list[str]], tuple[str, ...]] = itemgetter(*chain.from_iterable(self._columns.codes))
        count, read_rates = self._count, self._read_rates
        width = len(self._columns.names)
        not_wanted = 0
        for item in self._table.rows(width):
            if isinstance(item, RowFault):
                self._reject(reading, item)
                continue
            number, row = item
            verdict = sieve[codes_of(row)]
            if verdict is NOTHING:
                not_wanted += 1
                continue
            if verdict.drg:
                count(row, verdict.drg)
            if not verdict.hits:
                reading.set_aside[verdict.refused] += 1
                continue
            rates = read_rates(number, row, verdict)
            if rates:
                reading.kept += 1
                yield from rates
            else:
                reading.reject(
                    Reject(number, "", "no charge", "a charge", NO_CHARGE, "Nothing is to be done: no price is posted.")
                )
        if not_wanted:
            reading.set_aside[NOTHING.refused] += not_wanted
        reading.read = self._table.read

    def _reject(self, reading: Reading[Any], fault: RowFault) -> None:
        reading.reject(Reject(fault.row, "", fault.found, fault.expected, fault.reason, fault.next_step))
        reading.set_aside[fault.reason] += fault.rows - 1

    def _count_tall(self, row: list[str], drg: str) -> None:
        (payer,) = self._columns.payers
        if row[payer.dollar]:
            names = self._names
            self.repeated.add(names[row[payer.payer_cell]], names[row[payer.plan_cell]], row[payer.dollar].strip(), drg)

    def _count_wide(self, row: list[str], drg: str) -> None:
        add = self.repeated.add
        for payer in self._columns.payers:
            if dollar := row[payer.dollar]:
                add(payer.payer, payer.plan, dollar.strip(), drg)

    def _tall_rates(self, number: int, row: list[str], verdict: CodeVerdict) -> list[PostedRate]:
        (group,) = self._columns.payers
        return self._rates_of(number, row, verdict, group, self._groups[0](row))

    def _wide_rates(self, number: int, row: list[str], verdict: CodeVerdict) -> list[PostedRate]:
        rates: list[PostedRate] = []
        for group, cells_of in zip(self._columns.payers, self._groups, strict=True):
            cells = cells_of(row)
            if any(map(str.strip, cells)):
                rates += self._rates_of(number, row, verdict, group, cells)
        if not rates:  # nothing is posted for a payer: the item itself, with gross and cash
            rates = self._rates_of(number, row, verdict, None, ("",) * 10)
        return rates

    def _rates_of(
        self,
        number: int,
        row: list[str],
        verdict: CodeVerdict,
        group: PayerColumns | None,
        cells: tuple[str, ...],
    ) -> list[PostedRate]:
        item, names = self._columns.item, self._names
        dollar, percentage, algorithm, methodology, estimated, median, p10, p90, count, payer_note = cells
        rate = PostedRate(
            row=number,
            where=group.where if group else "",
            description=clean(row[item.description]),
            code_type="",
            code="",
            setting=clean(row[item.setting]).lower(),
            billing_class=clean(row[item.billing_class]),
            modifiers=clean(row[item.modifiers]),
            payer=group.payer or names[row[group.payer_cell]] if group else "",
            plan=group.plan or names[row[group.plan_cell]] if group else "",
            gross=clean(row[item.gross]),
            cash=clean(row[item.cash]),
            minimum=clean(row[item.minimum]),
            maximum=clean(row[item.maximum]),
            dollar=clean(dollar),
            percentage=clean(percentage),
            algorithm=clean(algorithm, LONG_TEXT),
            methodology=clean(methodology),
            estimated=clean(estimated) if self._averages else "",
            median=clean(median),
            p10=clean(p10),
            p90=clean(p90),
            case_count=clean(count),
            note=joined_notes(payer_note, row[item.note]),
        )
        return with_codes(rate, verdict)


def joined_notes(*notes: str) -> str:
    """Put the note on a payer's charge before the note on the item."""
    return "; ".join(filter(None, (clean(note, LONG_TEXT) for note in notes)))


def with_codes(rate: PostedRate, verdict: CodeVerdict) -> list[PostedRate]:
    """Give the rate once for each wanted code; nothing where it posts no charge at all."""
    charges = (rate.dollar, rate.percentage, rate.algorithm, rate.estimated, rate.median, rate.gross, rate.cash)
    if not any(charges):
        return []
    return [rate._replace(code_type=kind, code=clean(code)) for kind, code in verdict.hits]
