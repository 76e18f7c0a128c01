"""The price ladder: every price that was weighed, which rule kept or refused it, down to its row (PRODUCT 1, 4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from provider_directory.contracts import ContractStanding, ContractTerms, pricing_row
from provider_directory.edition.posted_rates import PriceFileRow
from provider_directory.edition.price_rows import (
    PaidClaims,
    every_rate,
    paid_claims,
    price_files,
    rates_of_one_file,
    stored_bands,
)
from provider_directory.edition.reader import EditionReader
from provider_directory.facts import JudgedRate, PostedRate
from provider_directory.models import (
    CandidateVerdict,
    Center,
    PostedCell,
    PriceCandidate,
    PriceKind,
    PriceLadder,
    PriceSetting,
    Procedure,
    Question,
    SourceRow,
)
from provider_directory.offered_prices import PostedPrice, PricedAs, claims_count, posted_prices, ways_to_price
from provider_directory.pricing.ages import Age, age_of
from provider_directory.pricing.choosing import OWN_PAYER_ONLY, AskedPlan, KeptRate, choose, match_of
from provider_directory.pricing.medicare import with_major_complications
from provider_directory.pricing.wording import NO_PAYER_NAMED, REASONS, rule_words
from provider_directory.spoken import dollars

_CELLS = tuple(name for name in PostedRate._fields if name != "row")
_VERDICTS: tuple[CandidateVerdict, ...] = ("chosen", "kept", "refused")
NO_BUNDLE_WITH_MEDICARE = "A bundle is all-in; what Medicare pays is for the hospital stay alone, so no ratio is given."
POSTED_ARE_NOT_BILLS = (
    "Posted prices are what the hospital's own file says. Estimate, not a promise of payment; the bill may differ."
)


@dataclass(frozen=True)
class _Weighing:
    """What was looked up of one facility to weigh its prices."""

    reader: EditionReader
    procedure: Procedure
    question: Question
    center: Center
    files: Mapping[int, PriceFileRow]
    ways: tuple[PricedAs, ...]
    posted: PostedPrice | None

    def age(self, file: PriceFileRow) -> Age:
        """Judge a file's age at the question's date."""
        return age_of(date.fromisoformat(file.updated_on) if file.updated_on else None, self.question.on)


def price_ladder_of(
    reader: EditionReader,
    procedure: Procedure,
    center: Center,
    kind: str,
    terms: Sequence[ContractTerms],
    standing: ContractStanding,
    question: Question,
) -> PriceLadder:
    """Open the ladder under one center's price; contract prices of other alliances are never in it (CONTRACT 3)."""
    facility = center.facility.id
    found = posted_prices(reader, procedure, {facility: kind}, question)
    weighing = _Weighing(
        reader=reader,
        procedure=procedure,
        question=question,
        center=center,
        files=price_files(reader, [facility]),
        ways=ways_to_price(procedure, kind),
        posted=found.get(facility) if center.price.kind not in ("contract_bundle", "paid_by_plan") else None,
    )
    candidates = [
        *_contracts(weighing, terms, standing),
        *_claims(weighing),
        *_rates(weighing),
    ]
    candidates.sort(key=lambda candidate: _VERDICTS.index(candidate.verdict))
    return PriceLadder(
        edition=reader.name,
        demonstration=reader.demonstration,
        on=question.on,
        procedure=procedure.id,
        facility=center.facility,
        program=question.program,
        payer=question.payer,
        plan=question.plan,
        price=center.price,
        reason=_reason(weighing, candidates),
        benchmark=center.benchmark,
        candidates=tuple(candidates),
        notes=tuple(_notes(weighing)),
    )


def _reason(weighing: _Weighing, candidates: Sequence[PriceCandidate]) -> str:
    price = weighing.center.price
    if price.kind == "none" and any(candidate.rule in ("too_few_payers", "own_payer_only") for candidate in candidates):
        return "What is plausible here is of other payers, and fewer than three of them post a price of one kind."
    if price.kind == "none" and not weighing.question.show_contract_price and "Contract" in price.label:
        return "A contract names the price; it is not said here."
    for_nobody = price.kind == "other_insurers" and weighing.question.payer is None
    reason = NO_PAYER_NAMED if for_nobody else REASONS[price.kind]
    if weighing.posted and not weighing.posted.usual:
        return f"{reason} Nothing plausible is posted for the {weighing.ways[0].setting} case."
    return reason


def _contracts(
    weighing: _Weighing, terms: Sequence[ContractTerms], standing: ContractStanding
) -> Iterator[PriceCandidate]:
    if not weighing.question.show_contract_price:
        return
    running = {row.id for row in standing.running}
    pricing = pricing_row(standing, weighing.question.on)
    for row in terms:
        if row.bundle_cents is None or not row.is_of(weighing.question.alliances):
            continue
        chosen = weighing.center.price.kind == "contract_bundle" and pricing is row
        rule = "made_the_price" if chosen else "better_kind" if row.id in running else "contract_not_running"
        source = weighing.reader.sources[row.source_id]
        yield _candidate(
            "chosen" if chosen else "kept" if row.id in running else "refused",
            rule,
            rule_words(rule),
            kind="contract_bundle",
            amount_cents=row.bundle_cents,
            as_of=row.price_effective or row.effective,
            source=SourceRow(file=source.file, release=source.release, row=row.row, key=f"{row.alliance}, its roster"),
            posted=_cells((("bundle_price", dollars(row.bundle_cents)), ("ends", _iso(row.ends)))),
        )


def _claims(weighing: _Weighing) -> Iterator[PriceCandidate]:
    if not weighing.question.show_contract_price:
        return
    facility, question = weighing.center.facility.id, weighing.question
    rows = paid_claims(weighing.reader, [facility], weighing.procedure.id, question.program).get(facility, [])
    for row in rows:
        source = weighing.reader.sources[row.source_id]
        verdict, rule = _claims_rule(weighing, row, f"{source.file}, row {row.row}")
        yield _candidate(
            verdict,
            rule,
            rule_words(rule),
            kind="paid_by_plan",
            amount_cents=row.median,
            low_cents=row.p10,
            high_cents=row.p90,
            setting="inpatient" if row.setting == "inpatient" else "outpatient",
            cases=row.cases,
            as_of=row.period_end,
            source=SourceRow(file=source.file, release=source.release, row=row.row, key=f"{row.program}, paid claims"),
            posted=_cells((("setting", row.setting), ("cases", str(row.cases)))),
        )


def _claims_rule(weighing: _Weighing, row: PaidClaims, source: str) -> tuple[CandidateVerdict, str]:
    if not claims_count(row, weighing.question.on):
        return "refused", "claims_over_24_months"
    price = weighing.center.price
    if price.kind == "contract_bundle":
        return "kept", "bundle_comes_first"
    return ("chosen", "made_the_price") if price.source == source else ("kept", "better_kind")


def _rates(weighing: _Weighing) -> Iterator[PriceCandidate]:
    codes = tuple(dict.fromkeys(code for way in weighing.ways for code in way.codes))
    beside = tuple(filter(None, (with_major_complications(code) for code in codes)))
    bands = stored_bands(weighing.reader, codes)
    asked = AskedPlan(weighing.question.payer, weighing.question.plan)
    made_of = _made_of(weighing, asked)
    for number, judged in every_rate(weighing.reader, weighing.center.facility.id, (*codes, *beside)):
        file, rate = weighing.files[number], judged.rate
        source = weighing.reader.sources[file.source_id]
        verdict, rule = _rate_rule(weighing, file, judged, made_of)
        words = rule_words(rule)
        if "of_hospitals" in rule and (band := bands.of(judged)):
            words += f" (middle of {band.hospitals} hospitals: {dollars(band.median_cents)})"
        plan_rate = bool(rate.payer or rate.plan) and judged.kind != "cash"
        yield _candidate(
            verdict,
            rule,
            words,
            kind=cast(PriceKind, judged.kind) if judged.kind else None,
            amount_cents=judged.amount_cents,
            low_cents=judged.low_cents,
            high_cents=judged.high_cents,
            payer=(rate.payer or None) if plan_rate else None,
            plan=(rate.plan or None) if plan_rate else None,
            match=match_of(rate.payer, rate.plan, asked) if plan_rate else None,
            code=f"{rate.code_type} {judged.code}".strip(),
            setting=cast(PriceSetting, judged.setting) if judged.setting in ("inpatient", "outpatient") else None,
            cases=judged.cases,
            flags=judged.flags,
            as_of=date.fromisoformat(file.updated_on) if file.updated_on else None,
            source=SourceRow(file=source.file, release=source.release, row=rate.row, key=_place(file, rate)),
            posted=_cells((name, getattr(rate, name)) for name in _CELLS),
        )


def _made_of(weighing: _Weighing, asked: AskedPlan) -> frozenset[KeptRate]:
    """Give the rates that made the posted price: the same choice once more, now with the rates themselves."""
    if weighing.posted is None:
        return frozenset()
    setting, code, file = weighing.posted.setting, weighing.posted.code, weighing.posted.file
    chosen = choose(rates_of_one_file(weighing.reader, file.facility_id, setting, code, file.id), asked)
    return frozenset(chosen.rates) if chosen else frozenset()


def _rate_rule(
    weighing: _Weighing, file: PriceFileRow, judged: JudgedRate, made_of: frozenset[KeptRate]
) -> tuple[CandidateVerdict, str]:
    """Give the verdict on one rate and the rule that decides it: the first that holds."""
    if judged.refused:
        return "refused", judged.refused
    if weighing.age(file) == "dropped":
        return "refused", "file_over_24_months"
    if _kept(file, judged) in made_of:
        return "chosen", "made_the_price"
    if not any(judged.code in way.codes and judged.setting == way.setting for way in weighing.ways):
        return "kept", "with_major_complications"
    price = weighing.center.price.kind
    if price in ("contract_bundle", "paid_by_plan"):
        return "kept", "bundle_comes_first" if price == "contract_bundle" else "claims_come_first"
    if weighing.posted is None:
        return "kept", "own_payer_only" if judged.kind in OWN_PAYER_ONLY else "too_few_payers"
    if judged.setting != weighing.posted.setting:
        return "kept", "other_setting_comes_first"
    if judged.code != weighing.posted.code:
        return "kept", "other_code_comes_first"
    if file.id != weighing.posted.file.id:
        return "kept", "other_file_comes_first"
    return "kept", "better_kind" if judged.kind != weighing.posted.chosen.of_kind else "other_payer_or_plan"


def _kept(file: PriceFileRow, judged: JudgedRate) -> KeptRate:
    rate, kind = judged.rate, cast(PriceKind, judged.kind)
    return KeptRate(
        *(file.id, rate.row, judged.code, judged.setting, kind, rate.payer, rate.plan, judged.amount_cents or 0),
        *(judged.low_cents, judged.high_cents, judged.cases, " ".join(judged.flags)),
    )


def _place(file: PriceFileRow, rate: PostedRate) -> str:
    """Say how the row is found again: the hospital as the file names it, and the place inside the row."""
    parts = (file.hospital, file.location, f"version {file.version}" if file.version else "", rate.where)
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _notes(weighing: _Weighing) -> Iterator[str]:
    for file in weighing.files.values():
        name = weighing.reader.sources[file.source_id].file
        if file.valid == 0:
            yield f"{name} breaks rules of its format; its rows are read one by one (`coe price-file check`)."
        if weighing.age(file) == "unknown":
            yield f"{name} does not say when it was made, or names a day to come: its prices are shown, never ranked."
    if weighing.procedure.price_drg is None and "inpatient" in weighing.procedure.settings:
        yield "No one MS-DRG prices a hospital stay for this procedure."
    if weighing.question.payer is None and weighing.files:
        yield "No payer was named: no posted price is known to be the plan's own."
    if weighing.center.price.kind == "contract_bundle" and weighing.center.benchmark:
        yield NO_BUNDLE_WITH_MEDICARE
    if weighing.files:
        yield POSTED_ARE_NOT_BILLS


def _candidate(verdict: CandidateVerdict, rule: str, words: str, **known: object) -> PriceCandidate:
    blank = dict.fromkeys(
        ("low_cents", "high_cents", "payer", "plan", "match", "code", "setting", "cases"),
    )
    return PriceCandidate.model_validate(
        {"verdict": verdict, "rule": rule, "words": words, "flags": ()} | blank | known
    )


def _cells(pairs: Iterator[tuple[str, str]] | tuple[tuple[str, str], ...]) -> tuple[PostedCell, ...]:
    return tuple(PostedCell(column=column, text=text) for column, text in pairs if text)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
