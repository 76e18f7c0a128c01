"""The ladder under a label as rungs: credential, contracts, criteria, figures, score, price; each to its source."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from navigator.screens.ladder import Rung
from navigator.text import line, safe
from navigator.widgets import phrases
from navigator.widgets.card_words import price_lines
from provider_directory.spoken import reason_sentence

if TYPE_CHECKING:
    from provider_directory.models import (
        Center,
        ContractEvidence,
        CriterionEvidence,
        Evidence,
        MeasureEvidence,
        SourceRow,
    )


Key = Callable[[str], str]
"""Gives the key in force of an action."""


def rungs_of(center: Center, evidence: Evidence, key: Key) -> list[Rung]:
    """Give the rungs in the order in which a label is explained."""
    found = [_credential(evidence)]
    # The contract that counts first: one key goes to its row.
    contracts = sorted(evidence.contracts, key=lambda contract: not contract.counts)
    found += [_contract(f"contract-{at}", contract, key) for at, contract in enumerate(contracts)]
    numbers = {measure.id: at for at, measure in enumerate(phrases.numbered_measures(evidence), 1)}
    found += [_criterion(criterion, numbers) for criterion in evidence.criteria]
    measures = phrases.numbered_measures(evidence)
    found += [_measure(at, measure) for at, measure in enumerate(measures, 1)]
    return [*found, *_cases(center, evidence, key), _score(evidence, key), _price(center, key)]


def _letter(key: str) -> tuple[str, str]:
    return f"{key} ", "bold $accent"


def _credential(evidence: Evidence) -> Rung:
    credential = evidence.credential
    mark, color = phrases.credential_mark(credential)
    detail = [line(("basis      ", "$muted"), credential.basis)]
    if reason := reason_sentence(credential):
        detail.append(line(("why        ", "$muted"), reason))
    detail.append(line(("criteria   ", "$muted"), credential.criteria_set))
    if credential.expires:
        detail.append(line(("expires    ", "$muted"), phrases.day_words(credential.expires)))
    detail.append(line(("judged     ", "$muted"), phrases.day_words(evidence.on)))
    public = evidence.public_state.replace("_", " ").lower()
    detail.append(line(("public     ", "$muted"), public))
    detail += [line(("! ", "$warning"), flag) for flag in phrases.credential_flags(credential)]
    detail += [line(("· ", "$muted"), note) for note in evidence.notes]
    return Rung("credential", line((f"{mark} ", color), (phrases.credential_label(credential), "bold")), tuple(detail))


def _contract(rung_id: str, contract: ContractEvidence, key: Key) -> Rung:
    counts = ("counts for this program", "$success") if contract.counts else ("does not count here", "$muted")
    mark = ("● ", "$success") if contract.counts else ("○ ", "$muted")
    detail = [
        line(("covers     ", "$muted"), contract.covers, ("   status  ", "$muted"), contract.status),
        line(
            ("from       ", "$muted"),
            phrases.day_words(contract.effective),
            ("   to  ", "$muted"),
            phrases.day_words(contract.ends),
        ),
    ]
    if contract.suspended_on:
        detail.append(line(("suspended  ", "$muted"), "on ", phrases.day_words(contract.suspended_on)))
    quoted = f"“{contract.reason}”, the alliance's own words" if contract.reason else None
    terms = (("run-out", contract.run_out), ("warranty", contract.warranty), ("routes", contract.routes))
    for name, words in (("why", quoted), *terms):
        if words:
            detail.append(line((f"{name:<11}", "$muted"), words))
    letter = _letter(key("evidence.contract")) if rung_id == "contract-0" else "  "
    summary = line(letter, mark, "contract with ", contract.alliance, "  ", counts)
    return Rung(rung_id, summary, (*detail, *_source(contract.source)))


def _criterion(criterion: CriterionEvidence, numbers: dict[str, int]) -> Rung:
    mark, color = phrases.OUTCOME_MARKS[criterion.outcome]
    summary = line(
        (f"{mark} ", color), (f"{criterion.outcome:<8}", color), criterion.text, (f"  {criterion.reason}", "$muted")
    )
    figures = [str(numbers[key]) for key in criterion.measures if key in numbers]
    detail = [
        line(("criterion  ", "$muted"), f"{criterion.id}: {criterion.text}"),
        line(("threshold  ", "$muted"), criterion.threshold),
        line(("found      ", "$muted"), criterion.reason),
        line(("decided by ", "$muted"), f"figure {', '.join(figures)}" if figures else "no figure of this edition"),
    ]
    return Rung(f"criterion-{criterion.id}", summary, tuple(detail))


def _measure(number: int, measure: MeasureEvidence) -> Rung:
    faded = "$muted" if measure.grey or measure.value is None else "bold"
    summary = line(
        (f"{number % 10} ", "bold $accent"),
        measure.name,
        "  ",
        (phrases.measure_words(measure), faded),
        (f"  {phrases.beside_measure(measure)}", "$muted"),
    )
    return Rung(f"measure-{number}", summary, tuple(_measure_detail(measure)))


def _measure_detail(measure: MeasureEvidence) -> Iterator[Content]:
    better = "lower is better" if measure.lower_is_better else "higher is better"
    yield line((phrases.measure_words(measure), "bold"), (f"  {measure.unit}, {better}", "$muted"))
    cases = f"n {measure.cases:,}" if measure.cases is not None else "number of cases not reported"
    national = phrases.figure(measure, measure.national) if measure.national is not None else "not known"
    compared = f" · {measure.compared}" if measure.compared else ""
    yield line(("nation     ", "$muted"), national, f"{compared} · {cases}")
    yield line(("about      ", "$muted"), f"{measure.about} · {phrases.period_words(measure)}", *_age(measure))
    for note in measure.footnotes:
        yield line(("footnote   ", "$muted"), f"{note.code}: {note.words}")
    if measure.source:
        yield from _source(measure.source)
        yield line(("says       ", "$muted"), f"“{measure.raw}”")
    else:
        yield line(("source     ", "$muted"), "no row of this edition names it")
    if measure.weight is not None:
        z = "not reported, counts as 0" if measure.value is None or measure.z is None else f"z {measure.z:+.3f}"
        share = f", adds {measure.contribution:+.3f}" if measure.contribution is not None else ""
        yield line(("in score   ", "$muted"), f"weight {measure.weight:.0%}, {z}{share}")
    else:
        yield line(("in score   ", "$muted"), "not part of the score")


def _age(measure: MeasureEvidence) -> tuple[tuple[str, str], ...]:
    if measure.stale:
        return (("  stale: an old release", "$warning"),)
    return (("  old figures", "$warning"),) if measure.grey else ()


def _source(source: SourceRow) -> Iterator[Content]:
    release = f" · release {source.release}" if source.release else " · release not known"
    row = f" · row {source.row:,}" if source.row is not None else ""
    yield line(("source     ", "$accent"), f"{source.file}{release}{row}")
    yield line(("row key    ", "$muted"), source.key)


def _cases(center: Center, evidence: Evidence, key: Key) -> Iterator[Rung]:
    """Give the rung of the case counts: what is shown of them, and the rows of the inpatient file."""
    if center.cases is None and not evidence.stays:
        return
    cases = center.cases
    shown = f"{cases.per_year:,} {cases.label}" if cases else "no count is shown"
    detail = []
    if cases and not cases.label.startswith("Medicare stays"):
        detail.append(line(("from       ", "$muted"), "the number of cases of figure 1, over the years of its period"))
    for stays in evidence.stays:
        detail.append(
            line((f"DRG {stays.drg:<7}", "$muted"), f"{stays.discharges:,} Medicare stays in the file's year")
        )
        detail += _source(stays.source)
    yield Rung("stays", line(_letter(key("evidence.cases")), "cases  ", (shown, "$muted")), tuple(detail))


def _score(evidence: Evidence, key: Key) -> Rung:
    letter = _letter(key("evidence.score"))
    if evidence.score is None:
        summary = line(letter, "score  ", (evidence.score_reason or "no score", "$muted"))
    else:
        summary = line(letter, "score  ", evidence.score.label)
    steps = [
        line((f"{at}  ", "$muted"), step.text, ("  = ", "$muted"), (step.result, "bold"))
        for at, step in enumerate(evidence.steps, 1)
    ]
    covered = (
        [line(("coverage   ", "$muted"), f"{evidence.score.coverage:.0%} of the weight is reported")]
        if evidence.score
        else []
    )
    return Rung("score", summary, (*covered, *steps) if evidence.score or steps else (safe("No score, so no steps."),))


def _price(center: Center, key: Key) -> Rung:
    letter = _letter(key("evidence.price"))
    price = center.price
    if price.amount_cents is None:
        summary = line(letter, "price  ", (price.label, "$muted"))
    else:
        kind = phrases.price_kind_words(price)
        summary = line(letter, "price  ", (phrases.dollars(price.amount_cents), "bold"), f" {kind}")
    source = [line(("source     ", "$accent"), price.source)] if price.source else []
    if center.benchmark:
        source.append(line(("Medicare   ", "$accent"), center.benchmark.source))
    return Rung("price", summary, (*price_lines(center), *source))
