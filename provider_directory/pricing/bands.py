"""The band in which an outpatient price is believed: 0.1 to 10 times what other hospitals post (METHOD 3.3, 5.10)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from provider_directory.facts import JudgedRate
from provider_directory.pricing.amounts import middle

FEWEST_HOSPITALS = 5
NOT_TESTED = "band_not_tested"
_LEAST, _MOST = Fraction(1, 10), Fraction(10)
# A share of the list price is no one's price but its payer's (METHOD 5.2); few cases and cash are other things.
_NEGOTIATED = frozenset({"posted_negotiated", "posted_typical", "posted_average"})


class Band(NamedTuple):
    """What hospitals post for one CPT or HCPCS code."""

    median_cents: int
    """The median over hospitals of each hospital's median."""
    hospitals: int


class Bands(NamedTuple):
    """The bands of all codes: from commercial amounts, and from cash prices where too few hospitals post those."""

    negotiated: Mapping[str, Band]
    cash: Mapping[str, Band]

    def of(self, judged: JudgedRate) -> Band | None:
        """Give the band that a rate is held to, None where fewer than five hospitals make one."""
        kinds = (self.negotiated, self.cash) if judged.kind == "cash" else (self.negotiated,)
        found = (kind.get(judged.code) for kind in kinds)
        return next((band for band in found if band and band.hospitals >= FEWEST_HOSPITALS), None)


def outpatient_bands(by_hospital: Mapping[str, Iterable[JudgedRate]]) -> Bands:
    """Make the bands from the judged rates of all hospitals, by the hospital's id; refused rates do not count."""
    negotiated: dict[str, list[int]] = defaultdict(list)
    cash: dict[str, list[int]] = defaultdict(list)
    for rates in by_hospital.values():
        # A set: a row that stands twice in a file counts once (METHOD 5.4).
        own: dict[tuple[str, bool], set[tuple[int, str, str]]] = defaultdict(set)
        for rate in rates:
            if rate.setting != "outpatient" or rate.refused or rate.amount_cents is None:
                continue
            if rate.kind in _NEGOTIATED or rate.kind == "cash":
                own[rate.code, rate.kind == "cash"].add((rate.amount_cents, rate.rate.payer, rate.rate.plan))
        for (code, is_cash), amounts in own.items():
            (cash if is_cash else negotiated)[code].append(middle([cents for cents, _, _ in amounts]))
    return Bands(_bands(negotiated), _bands(cash))


def _bands(by_code: Mapping[str, list[int]]) -> dict[str, Band]:
    return {code: Band(middle(medians), len(medians)) for code, medians in sorted(by_code.items())}


def within_band(judged: JudgedRate, bands: Bands) -> JudgedRate:
    """Hold one outpatient rate to its band: refused outside, flagged where no band can be made."""
    if judged.refused or judged.setting != "outpatient" or judged.amount_cents is None:
        return judged
    band = bands.of(judged)
    if band is None:
        return judged._replace(flags=(*(flag for flag in judged.flags if flag != NOT_TESTED), NOT_TESTED))
    ratio = Fraction(judged.amount_cents, band.median_cents)
    if ratio < _LEAST:
        return judged._replace(refused="below_0.1_of_hospitals")
    if ratio > _MOST:
        return judged._replace(refused="above_10_of_hospitals")
    ends = [end for end in (judged.low_cents, judged.high_cents) if end is not None]
    # An absurd end of a range says nothing against the median between them.
    if any(not _LEAST <= Fraction(end, band.median_cents) <= _MOST for end in ends):
        return judged._replace(low_cents=None, high_cents=None)
    return judged
