"""The price of each center of an offer: contract bundle, paid by the plan, posted, else none (METHOD 3.2; CONTRACT 6).

A public screen gets neither contract prices nor what a plan paid, only where to ask (PRODUCT "Kiosk").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from provider_directory.contracts import ContractStanding, pricing_row
from provider_directory.edition.posted_rates import PriceFileRow
from provider_directory.edition.price_rows import PaidClaims, own_rates, paid_claims, price_files, stored_answers
from provider_directory.edition.reader import EditionReader
from provider_directory.models import Price, PriceSetting, Procedure, Question
from provider_directory.pricing.ages import Age, age_of
from provider_directory.pricing.choosing import AskedPlan, Chosen, choose, with_own_payer
from provider_directory.pricing.judging import FEWEST_CASES
from provider_directory.pricing.offered import NO_PRICE, contract_bundle
from provider_directory.pricing.wording import label_of, scope_of
from provider_directory.spoken import short_month

_COUNTED = {
    "facility_and_professional": "facility and professional fees",
    "facility": "the facility's fee; surgeon and anesthesia are extra",
    "": "what the plan's claims summary counts",
}
"""What a paid-claims row counts -> the scope of its price."""


class PricedAs(NamedTuple):
    """One way in which a procedure has a price: the codes of a setting, the first the most usual."""

    setting: PriceSetting
    codes: tuple[str, ...]


class PostedPrice(NamedTuple):
    """The posted price that answers, with the file that it stands in."""

    chosen: Chosen
    setting: PriceSetting
    code: str
    file: PriceFileRow
    age: Age
    usual: bool
    """False: the procedure is usually priced in another way, e.g. as a stay, of which nothing is posted here."""


def ways_to_price(procedure: Procedure, facility_kind: str) -> tuple[PricedAs, ...]:
    """Give the ways in the order of the procedure's settings (CONTRACT 6, METHOD 5.13).

    A stay is priced by ``price_drg`` alone, an outpatient case by its CPT and HCPCS codes; a surgery center has no
    stays. The next way counts only where the first has no price at all.
    """
    found: list[PricedAs] = []
    for setting in procedure.settings:
        if setting == "inpatient" and procedure.price_drg and facility_kind != "surgery_center":
            found.append(PricedAs("inpatient", (procedure.price_drg,)))
        elif setting in ("outpatient", "asc") and procedure.cpt_hcpcs:
            found.append(PricedAs("outpatient", procedure.cpt_hcpcs))
    return tuple(dict.fromkeys(found))


def prices_of(
    reader: EditionReader,
    procedure: Procedure,
    kinds: Mapping[str, str],
    standings: Mapping[str, ContractStanding],
    question: Question,
) -> dict[str, Price]:
    """Give the price of each facility; ``kinds`` says of what kind each one is."""
    found = {key: _bundle(reader, standings[key], question) for key in kinds}
    waiting = [key for key, price in found.items() if price is NO_PRICE]
    claims = claims_that_count(reader, procedure, waiting, question)
    found |= {key: claims_price(reader, row) for key, row in claims.items()}
    waiting = [key for key in waiting if key not in claims]
    posted = posted_prices(reader, procedure, {key: kinds[key] for key in waiting}, question)
    return found | {key: posted_price(reader, price, question) for key, price in posted.items()}


def _bundle(reader: EditionReader, standing: ContractStanding, question: Question) -> Price:
    terms = pricing_row(standing, question.on)
    source = f"{reader.sources[terms.source_id].file}, row {terms.row}" if terms else None
    return contract_bundle(terms, source, public_screen=not question.show_contract_price)


def claims_that_count(
    reader: EditionReader, procedure: Procedure, facilities: Sequence[str], question: Question
) -> dict[str, PaidClaims]:
    """Give, by facility, the claims summary that is the price: the program's own, n >= 11, of the last 24 months."""
    if not question.show_contract_price:
        return {}
    found = paid_claims(reader, facilities, procedure.id, question.program)
    best = {key: _best_claims(rows, procedure, question.on) for key, rows in found.items()}
    return {key: row for key, row in best.items() if row is not None}


def claims_count(claims: PaidClaims, on: date) -> bool:
    """Say whether a claims summary may be a price on a date (METHOD 3.2 rank 2)."""
    return claims.cases >= FEWEST_CASES and age_of(claims.period_end, on) in ("current", "old")


def _best_claims(rows: Sequence[PaidClaims], procedure: Procedure, on: date) -> PaidClaims | None:
    def usual(claims: PaidClaims) -> int:
        order = procedure.settings
        return order.index(claims.setting) if claims.setting in order else len(order)

    # Newest first already; the sort keeps that inside a setting.
    return next(iter(sorted((row for row in rows if claims_count(row, on)), key=usual)), None)


def claims_price(reader: EditionReader, claims: PaidClaims) -> Price:
    """Give what the plan paid as a price: the median of its allowed amounts with the 10th and 90th percentile."""
    period = f"{short_month(claims.period_start)} to {short_month(claims.period_end)}"
    return Price(
        kind="paid_by_plan",
        amount_cents=claims.median,
        low_cents=claims.p10,
        high_cents=claims.p90,
        label=f"Paid by your plan here, median of {claims.cases:,} cases, {period}",
        scope=f"{_COUNTED[claims.counts]}, {claims.setting}",
        as_of=claims.period_end,
        source=f"{reader.sources[claims.source_id].file}, row {claims.row}",
        setting="inpatient" if claims.setting == "inpatient" else "outpatient",
        cases=claims.cases,
    )


def posted_prices(
    reader: EditionReader, procedure: Procedure, kinds: Mapping[str, str], question: Question
) -> dict[str, PostedPrice]:
    """Give the posted price of each facility that has one; the second way only where the first has none."""
    files = price_files(reader, list(kinds))
    ages = {number: age_of(_day(file.updated_on), question.on) for number, file in files.items()}
    with_files = {file.facility_id for file in files.values()}
    ways = {key: ways_to_price(procedure, kind) for key, kind in kinds.items() if key in with_files}
    found: dict[str, PostedPrice] = {}
    for place in range(2):
        of_way: dict[PricedAs, list[str]] = defaultdict(list)
        for key, listed in ways.items():
            if key not in found and len(listed) > place:
                of_way[listed[place]].append(key)
        for way, keys in of_way.items():
            posted = _posted_in_one_way(reader, way, keys, question, files, ages)
            found |= {key: price._replace(usual=place == 0) for key, price in posted.items()}
    return found


def _posted_in_one_way(
    reader: EditionReader,
    way: PricedAs,
    facilities: Sequence[str],
    question: Question,
    files: Mapping[int, PriceFileRow],
    ages: Mapping[int, Age],
) -> dict[str, PostedPrice]:
    """Choose among the codes of one way and the files of each facility.

    The first code that has a price; of several files the better kind, then the newer, and never a pool of both
    (METHOD 5.18). Files over 24 months are dropped.
    """
    asked = AskedPlan(question.payer, question.plan)
    anybody = stored_answers(reader, facilities, way.setting, way.codes)
    own = own_rates(reader, facilities, way.setting, way.codes, question.payer)
    options: dict[tuple[str, int], list[PostedPrice]] = defaultdict(list)
    for key in sorted(anybody.keys() | own.keys()):
        facility, code, number = key
        chosen = with_own_payer(choose(own.get(key, ()), asked), anybody.get(key))
        if chosen is not None and ages[number] != "dropped":
            posted = PostedPrice(chosen, way.setting, code, files[number], ages[number], True)
            options[facility, way.codes.index(code)].append(posted)
    found: dict[str, PostedPrice] = {}
    for (facility, _), listed in sorted(options.items(), key=lambda pair: pair[0]):
        # In the order of files: of two of one day the first listed stands.
        found.setdefault(facility, min(listed, key=lambda each: (each.chosen.rank, _newest_first(each.file))))
    return found


def _newest_first(file: PriceFileRow) -> int:
    day = _day(file.updated_on)
    return -day.toordinal() if day else 0


def posted_price(reader: EditionReader, posted: PostedPrice, question: Question) -> Price:
    """Give a posted price as an offer shows it: kind, scope, range, match, age, source row."""
    chosen, file = posted.chosen, posted.file
    place = f"row {chosen.first_row}" if chosen.rows == 1 else f"{chosen.rows:,} rows from row {chosen.first_row} on"
    return Price(
        kind=chosen.kind,
        amount_cents=chosen.amount,
        low_cents=chosen.low,
        high_cents=chosen.high,
        label=label_of(chosen, question.payer is not None) + _age_words(posted),
        scope=scope_of(posted.setting, posted.code),
        as_of=_day(file.updated_on),
        source=f"{reader.sources[file.source_id].file}, {place}",
        setting=posted.setting,
        code=posted.code,
        match=chosen.match,
        payers=chosen.payers,
        median_of=chosen.of_kind if chosen.kind == "other_insurers" else None,
        cases=chosen.cases,
        flags=chosen.flags if posted.usual else (*chosen.flags, f"{posted.setting}_only"),
        old=posted.age == "old",
        comparable=chosen.comparable and posted.age != "unknown" and posted.usual,
    )


def _age_words(posted: PostedPrice) -> str:
    if posted.age == "unknown":
        return "; the date of its file is not known"
    return "; its file is more than 15 months old" if posted.age == "old" else ""


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
