"""What METHOD 3.3 and 5 make of the rows of a price file: a kind with an amount, or the rule that refuses it.

Pure functions; nothing here depends on the day of the question or on other hospitals (``bands`` does).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from provider_directory.facts import JudgedRate, PostedRate
from provider_directory.models import PriceKind
from provider_directory.pricing.amounts import amount_of, cents_of, has_comma
from provider_directory.pricing.payer_words import COMMERCIAL, payer_class
from provider_directory.pricing.plausibility import (
    against_medicare,
    is_list_price,
    is_round_share,
    is_share_of_list,
    placeholder,
    range_in_cents,
)

FEWEST_CASES = 11
MOST_UNRELATED_DRGS = 20
"""So many other MS-DRGs with the same dollar: a base rate or a per diem posted as a case rate (METHOD 3.3, 5.12)."""

_DRG = re.compile(r"0*(\d{1,3})", re.ASCII)
_LINE_CODE = re.compile(r"[0-9A-Z]\d{3}[0-9A-Z]", re.ASCII)
_STAY_TYPES = frozenset({"MS-DRG", "DRG"})
_LINE_TYPES = frozenset({"CPT", "HCPCS"})
_METHODS = {"case rate": "", "fee schedule": "", "other": "method_other"}
_PERCENT = "percent of total billed charges"
_PER_DIEM = "per diem"
_PROFESSIONAL = re.compile(r"profee|professional fee")
_DAYS = re.compile(r"\bdays?\s*\d+\s*(?:-|–|to|thru|through)\s*\d+", re.IGNORECASE)


@dataclass(frozen=True)
class FileContext:
    """What the judgment of a file's rows needs to know beside the rows."""

    version: str
    """The schema version it is read as, e.g. "3.0.0"."""
    medicare: Mapping[str, Fraction | int | None] = field(default_factory=dict)
    """MS-DRG -> M of this hospital in cents (``medicare.MedicareYardstick``)."""
    maryland: bool = False
    own_drgs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """MS-DRG -> the MS-DRGs of the procedures that it belongs to (``own_drgs``); they never count as unrelated."""
    repeated: Mapping[tuple[str, str, str], frozenset[str]] = field(default_factory=dict)
    """(payer, plan, dollar), all as written -> the MS-DRGs in the whole file that share them (METHOD 5.12)."""

    @property
    def has_averages(self) -> bool:
        """Whether estimated_amount is read: in every 2.x file, never in 3.0 (METHOD 5.14)."""
        return not self.version.startswith("3")


class _Priced(NamedTuple):
    """What a row's cells say it costs, before it is tested."""

    kind: PriceKind
    amount: Decimal
    low: Decimal | None = None
    high: Decimal | None = None
    cases: int | None = None
    flags: tuple[str, ...] = ()


def judge(rates: Iterable[PostedRate], context: FileContext) -> list[JudgedRate]:
    """Judge the rows of one price file; every row is in the answer once, an item's cash price once more.

    A row that repeats its item's cash price (CSV tall) gives it once for each different amount.
    """
    found: list[JudgedRate] = []
    cash: dict[tuple[str, str, str, str], JudgedRate] = {}
    for rate in rates:
        code, setting, refused = place_of(rate, context)
        plain = JudgedRate(rate, code, setting, "", "", None, None, None, None, (), refused)
        if refused:
            found.append(plain)
            continue
        if _names_payer(rate):
            found.append(_negotiated(plain, context))
            if not rate.cash:
                continue
        elif not rate.cash:
            found.append(plain._replace(refused="no_cash_price"))
            continue
        key = (code, setting, rate.cash, rate.gross)
        if key not in cash or (rate.row, rate.where) < (cash[key].rate.row, cash[key].rate.where):
            cash[key] = _cash(plain, context)
    return found + list(cash.values())


def own_drgs(sets: Iterable[Iterable[str]]) -> dict[str, frozenset[str]]:
    """Give, for each MS-DRG, all that stand with it in the set of some procedure (METHOD 5.12)."""
    found: dict[str, set[str]] = {}
    for members in map(frozenset, sets):
        for drg in members:
            found.setdefault(drg, set()).update(members)
    return {drg: frozenset(members) for drg, members in found.items()}


def judge_cash(code: str, gross: str, cash: str, row: int) -> JudgedRate:
    """Judge one line of a table of gross and cash prices by HCPCS code that says nothing of setting (METHOD 5.8)."""
    blank = PostedRate(row, *[""] * (len(PostedRate._fields) - 1))
    rate = blank._replace(code_type="HCPCS", code=code, gross=gross, cash=cash)
    if not _LINE_CODE.fullmatch(code):
        return JudgedRate(rate, code, "outpatient", "", "", None, None, None, None, (), "not_a_code")
    plain = JudgedRate(rate, code, "outpatient", "", "", None, None, None, None, (), "")
    return _cash(plain, FileContext("")) if cash else plain._replace(refused="no_cash_price")


def place_of(rate: PostedRate, context: FileContext) -> tuple[str, str, str]:
    """Give the code and setting that a row prices, and the word of the rule that refuses it (METHOD 3.3 a, b, 5.13)."""
    kind, written = rate.code_type.strip().upper(), rate.code.strip().upper()
    if kind in _STAY_TYPES:
        number, setting = _DRG.fullmatch(written), "inpatient"
        code = number.group(1).zfill(3) if number else written
        refused = "" if number else "not_a_code"
        if kind == "DRG" and context.own_drgs and code not in context.own_drgs:
            refused = "not_a_code"
    elif kind in _LINE_TYPES:
        code, setting = written, "outpatient"
        refused = "" if _LINE_CODE.fullmatch(written) else "not_a_code"
    else:
        return written, rate.setting.strip().lower(), "other_code_type"
    if refused:
        return code, setting, refused
    if rate.setting.strip().lower() not in (setting, "both"):
        return code, setting, "other_setting"
    if rate.modifiers.strip():
        return code, setting, "has_modifiers"
    return code, setting, "professional" if _is_professional(rate) else ""


def _is_professional(rate: PostedRate) -> bool:
    """Say whether a row is the physician's fee (METHOD 5.6)."""
    if rate.billing_class.strip().lower() == "professional" or rate.description.strip().upper().startswith("PR "):
        return True
    return any(_PROFESSIONAL.search(text.lower()) for text in (rate.description, rate.payer, rate.plan))


def _names_payer(rate: PostedRate) -> bool:
    return any((rate.payer, rate.plan, rate.dollar, rate.percentage, rate.algorithm, rate.estimated, rate.median))


def _negotiated(plain: JudgedRate, context: FileContext) -> JudgedRate:
    rate = plain.rate
    judged = plain._replace(payer_class=payer_class(rate.payer, rate.plan))
    if judged.payer_class != COMMERCIAL:
        return judged._replace(refused=f"payer_{judged.payer_class}")
    if not rate.payer.strip():
        return judged._replace(refused="no_payer")
    priced = _priced(rate, context)
    if isinstance(priced, str):
        return judged._replace(refused=priced)
    gross = amount_of(rate.gross)
    flags = list(priced.flags)
    if is_share_of_list(priced.amount, gross, amount_of(rate.percentage), _method(rate) == _PERCENT):
        flags.append("share_of_list_price")
        # Fewer than 11 cases stay the exact plan's own, whatever they were computed from (METHOD 5.7).
        if priced.kind != "posted_few_cases":
            priced = priced._replace(kind="list_share")
    low, high = range_in_cents(priced.low, priced.high)
    judged = judged._replace(
        kind=priced.kind,
        amount_cents=cents_of(priced.amount),
        low_cents=low,
        high_cents=high,
        cases=priced.cases,
    )
    return _tested(judged, priced.amount, gross, tuple(flags), context)


def _priced(rate: PostedRate, context: FileContext) -> _Priced | str:
    """Read what a row costs: the dollar where there is one, else what its percentage or algorithm came to."""
    method = _method(rate)
    if method == _PER_DIEM:
        return "per_diem"
    if rate.dollar.strip():
        return _dollar(rate, method)
    if context.has_averages:
        return _average(rate)
    return _typical(rate)


def _method(rate: PostedRate) -> str:
    return " ".join(rate.methodology.lower().split())


def _dollar(rate: PostedRate, method: str) -> _Priced | str:
    amount = amount_of(rate.dollar)
    if amount is None:
        return "not_a_number"
    flags = ("comma_in_number",) if has_comma(rate.dollar) else ()
    if method == _PERCENT:
        return _Priced("posted_average", amount, flags=flags)
    if method not in _METHODS:
        return "no_methodology"
    if _METHODS[method]:
        flags = (*flags, _METHODS[method])
    if any(_DAYS.search(text) for text in (rate.description, rate.plan, rate.algorithm, rate.note)):
        flags = (*flags, "rate_for_part_of_the_stay")
    return _Priced("posted_negotiated", amount, flags=flags)


def _average(rate: PostedRate) -> _Priced | str:
    if not rate.estimated.strip():
        return "no_amount"
    amount = amount_of(rate.estimated)
    if amount is None:
        return "not_a_number"
    return _Priced("posted_average", amount, flags=("comma_in_number",) if has_comma(rate.estimated) else ())


def _typical(rate: PostedRate) -> _Priced | str:
    """Read the median of version 3 with its count (METHOD 3.1, 5.7)."""
    if not rate.median.strip():
        return "no_amount"
    amount, low, high = (amount_of(text) for text in (rate.median, rate.p10, rate.p90))
    if amount is None:
        return "not_a_number"
    count = " ".join(rate.case_count.lower().split())
    cases = int(count) if count.isascii() and count.isdecimal() else None
    if cases == 0:
        return "no_cases"
    if (low is not None and low > amount) or (high is not None and high < amount):
        return "percentiles_out_of_order"
    if count == "1 through 10" or (cases is not None and cases < FEWEST_CASES):
        return _Priced("posted_few_cases", amount, low, high)
    return _Priced("posted_typical", amount, low, high, cases) if cases else "count_not_said"


def _cash(plain: JudgedRate, context: FileContext) -> JudgedRate:
    """Judge the cash price of an item (METHOD 5.8)."""
    amount, gross = amount_of(plain.rate.cash), amount_of(plain.rate.gross)
    if amount is None:
        return plain._replace(refused="not_a_number")
    flags = ("comma_in_number",) if has_comma(plain.rate.cash) else ()
    if is_round_share(amount, gross):
        flags = (*flags, "share_of_list_price")
    judged = plain._replace(kind="cash", amount_cents=cents_of(amount))
    return _tested(judged, amount, gross, flags, context)


def _tested(
    judged: JudgedRate, amount: Decimal, gross: Decimal | None, flags: tuple[str, ...], context: FileContext
) -> JudgedRate:
    """Put an amount to the tests of METHOD 3.3: placeholder, list price, Medicare, the dollar of unrelated stays."""
    refused = placeholder(amount)
    if not refused and is_list_price(amount, gross):
        refused = "equals_list_price"
    if not refused and judged.setting == "inpatient":
        limits = against_medicare(amount, context.medicare.get(judged.code), context.maryland)
        refused, flags = limits.refused, flags + limits.flags
        if not refused and _stands_on_unrelated_stays(judged, context):
            refused = "same_dollar_in_20_drgs"
    return judged._replace(flags=flags, refused=refused)


def _stands_on_unrelated_stays(judged: JudgedRate, context: FileContext) -> bool:
    rate = judged.rate
    if judged.kind == "cash" or not rate.dollar.strip():
        return False
    shared = context.repeated.get((rate.payer, rate.plan, rate.dollar), frozenset())
    return len(shared - context.own_drgs.get(judged.code, frozenset({judged.code}))) >= MOST_UNRELATED_DRGS
