"""What Medicare pays a hospital for a stay: the yardstick M by which a posted rate is judged (METHOD 3.3, 5.9).

M is the hospital's own row of the MS-DRG; else what it is paid per unit of weight over its other MS-DRGs times the
weight; else the median over the hospitals of its state. It is average total payment, and never a price itself.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cache
from importlib import resources

from provider_directory.facts import InpatientFact


class MedicareYardstick:
    """M by hospital and MS-DRG, from the rows of one Medicare inpatient file."""

    def __init__(self, rows: Iterable[InpatientFact], state_of: Mapping[str, str]) -> None:
        """Take the file's rows, and the state of each hospital by the key that the rows have in their ``ccn``."""
        self._paid: dict[str, dict[str, InpatientFact]] = defaultdict(dict)
        self._state_of = state_of
        by_state: dict[tuple[str, str], list[int]] = defaultdict(list)
        for row in rows:
            self._paid[row.ccn][row.drg] = row
            if state := state_of.get(row.ccn):
                by_state[state, row.drg].append(row.total_payment_cents)
        self._state_median = {key: _median(payments) for key, payments in by_state.items()}
        self._per_weight: dict[str, Fraction | None] = {}

    def of(self, hospital: str, drg: str) -> Fraction | None:
        """Give M in cents, unrounded; None where neither hospital nor state says anything."""
        rows = self._paid.get(hospital, {})
        if drg in rows:
            return Fraction(rows[drg].total_payment_cents)
        weight, per_weight = drg_weights().get(drg), self._paid_per_weight(hospital)
        if weight is not None and per_weight is not None:
            return per_weight * weight
        return self._state_median.get((self._state_of.get(hospital, ""), drg))

    def all_of(self, hospital: str, drgs: Iterable[str]) -> dict[str, Fraction | None]:
        """Give M for each of these MS-DRGs."""
        return {drg: self.of(hospital, drg) for drg in drgs}

    def _paid_per_weight(self, hospital: str) -> Fraction | None:
        if hospital not in self._per_weight:  # a build asks for hundreds of MS-DRGs
            weights = drg_weights()
            weighed = [(row, weights[row.drg]) for row in self._paid.get(hospital, {}).values() if row.drg in weights]
            weight = sum((share * row.discharges for row, share in weighed), Fraction(0))
            paid = sum(row.total_payment_cents * row.discharges for row, _ in weighed)
            self._per_weight[hospital] = Fraction(paid) / weight if weight else None
        return self._per_weight[hospital]


@cache
def drg_weights() -> dict[str, Fraction]:
    """Give the relative weight of each MS-DRG (CMS FY2026 final rule, Table 5)."""
    # "." stands for a group that is not paid by weight.
    return {row["ms_drg"]: Fraction(row["weight_10pct_cap"]) for row in _table_5() if row["weight_10pct_cap"] != "."}


@cache
def with_major_complications(drg: str) -> str | None:
    """Give the MS-DRG of the same stay with major complications, e.g. 469 for 470; None where there is none."""
    titles = {row["ms_drg"]: row["title"] for row in _table_5()}
    stem, _, lacking = titles.get(drg, "").rpartition(" WITHOUT ")
    if lacking not in ("MCC", "CC/MCC"):
        return None
    wanted = (f"{stem} WITH MCC", f"{stem} WITH CC/MCC")
    return next((number for number, title in titles.items() if title.startswith(wanted)), None)


@cache
def _table_5() -> tuple[dict[str, str], ...]:
    text = resources.files(__package__).joinpath("ms_drg_fy2026.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def _median(payments: list[int]) -> Fraction:
    ordered = sorted(payments)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return Fraction(ordered[half])
    return Fraction(ordered[half - 1] + ordered[half], 2)
