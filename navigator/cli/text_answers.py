"""Answers in plain lines for a terminal, a pipe or a screen reader; the words are those of the screen (CONTRACT 3)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from navigator.cli.output import print_sentence, print_table
from navigator.languages.demonstration import LONG as DEMONSTRATION
from provider_directory.edition.manifest import FileReport, Manifest
from provider_directory.models import Center, Evidence, MeasureEvidence, NoContractInReach, Offer, ProcedureAnswer
from provider_directory.places import miles_words
from provider_directory.spoken import dollars, reason_sentence, short_month

DISCLAIMER = "Information, not medical advice; not a promise of payment."


def print_procedures(answer: ProcedureAnswer) -> None:
    """Print the matches with the reason of each, and whether the first is sure."""
    print_table(
        ("", "procedure", "id", "why"),
        [
            ("*" if answer.sure and place == 0 else str(place + 1), match.name, match.id, match.why)
            for place, match in enumerate(answer.matches)
        ],
    )
    if not answer.sure:
        print("Which one is it?")


def print_offer(offer: Offer, procedure: str, miles: float, rule: Sequence[str] = ()) -> None:
    """Print an offer as a table, with every word that must go with it; ``rule`` says the program's in sentences."""
    near = " or ".join(place.label for place in (offer.place, offer.recover_at) if place)
    print(f"{procedure} near {near}, within {miles:g} miles, on {offer.on.isoformat()}")
    if offer.demonstration:
        print(DEMONSTRATION)
    if offer.note:
        print(offer.note)
    if "none_within_radius" in offer.warnings:
        print(f"No center within {miles:g} miles. The nearest anywhere:")
    if "no_roster_of_program" in offer.warnings:
        print("This data has no list of centers from the program's alliances: no contract counts.")
        print("Load their roster, or compare how the names of the alliances are written.")
    if not offer.centers:
        print("No center can be offered.")
        return
    print()
    pays = any(center.you_pay for center in offer.centers)
    print_table(
        ("#", "center", "id", "miles", "credential", "quality", "cases a year", "price", *(("you pay",) * pays)),
        [(*_row(center), *((center.you_pay or "ask",) * pays)) for center in offer.centers],
        right=frozenset({0, 3}),
    )
    for center in offer.centers:
        for flag in center.credential.flags:
            print(f"  {center.facility.name}: {flag}")
    if offer.no_contract_in_reach:
        _print_no_contract(offer.no_contract_in_reach, miles)
    shown = len(offer.centers)
    if offer.total > shown:
        print(f"The first {shown} of {offer.total} within {miles:g} miles; --limit {offer.total} shows all.")
    if rule:
        print()
    for sentence in rule:
        print_sentence(sentence)
    print(f"Edition {offer.edition[:12]}. {DISCLAIMER}")


def _row(center: Center) -> tuple[str, ...]:
    score = center.score
    return (
        rank_words(center),
        center.facility.name,
        center.facility.id,
        _miles(center),
        center.credential.label,
        f"{score.value} ({score.low} to {score.high})" if score else center.score_reason or "",
        f"{center.cases.per_year:,} {center.cases.label}" if center.cases else "not reported",
        price_words(center),
    )


def _miles(center: Center) -> str:
    """Give the miles from the place and, where one is named, from where the member will recover."""
    figures = [figure for figure in (center.miles, center.recover_miles) if figure is not None]
    return " / ".join(miles_words(figure, center.miles_precision == "zip") for figure in figures)


def _print_no_contract(gap: NoContractInReach, miles: float) -> None:
    print(f"\nNo center under contract with the program lies within {miles:g} miles.")
    if not gap.nearest:
        print(f"  None is under contract anywhere for {gap.criteria_set}, in this edition.")
    for center in gap.nearest:
        print(f"  The nearest: {center.facility.name}, {_miles(center)} miles, {center.credential.label}")
    print("  Ask the plan whether it pays the travel, lifts its rule, or has a remote second opinion.")


def rank_words(center: Center) -> str:
    """Give the place as a range, e.g. "3-6"; a dash where nothing ranks it."""
    if center.rank_range is None:
        return "-"
    first, last = center.rank_range
    return str(first) if first == last else f"{first}-{last}"


def price_words(center: Center) -> str:
    """Give the price with its kind; never a bare amount."""
    price = center.price
    if price.amount_cents is None:
        return "no price"
    return f"{dollars(price.amount_cents)} {price.kind.replace('_', ' ')}"


def print_evidence(ladder: Evidence) -> None:
    """Print the ladder: label, criteria, contracts, measures with their source rows, steps, notes."""
    place = f" ({ladder.facility.address})" if ladder.facility.address else ""
    print(f"{ladder.facility.name}{place}: {ladder.procedure}, on {ladder.on.isoformat()}")
    if ladder.demonstration:
        print(DEMONSTRATION)
    print(f"{ladder.credential.label} [{ladder.credential.state}; {ladder.credential.basis}]")
    for flag in ladder.credential.flags:
        print(f"  {flag}")
    if reason := reason_sentence(ladder.credential):
        print_sentence(reason, 2)
    print(ladder.score.label if ladder.score else f"No score: {ladder.score_reason}.")
    for criterion in ladder.criteria:
        print(f"\n{criterion.id} {criterion.outcome.upper()}: {criterion.text}")
        print(f"   asked: {criterion.threshold}; found: {criterion.reason}")
    for contract in ladder.contracts:
        counts = "counts" if contract.counts else "does not count here"
        ends = contract.ends.isoformat() if contract.ends else "no end stated"
        print(f"\nContract: {contract.alliance} for {contract.covers}, {contract.status}, to {ends}; {counts}")
        print(f"   {contract.source.file}, row {contract.source.row}")
    for measure in ladder.measures:
        _print_measure(measure)
    for stays in ladder.stays:
        print(f"\nDRG {stays.drg}: {stays.discharges:,} Medicare stays a year")
        print(f"   {stays.source.file}, row {stays.source.row}: {stays.source.key}")
    if ladder.steps:
        print("\nSteps of the score")
        for step in ladder.steps:
            print(f"   {step.text}: {step.result}")
    print()
    for note in ladder.notes:
        print(note)
    print(f"Edition {ladder.edition[:12]}. {DISCLAIMER}")


def _print_measure(measure: MeasureEvidence) -> None:
    figure = measure.raw if measure.value is None else f"{measure.value:g}"
    if measure.low is not None and measure.high is not None:
        figure += f" ({measure.low:g} to {measure.high:g})"
    parts = [figure, measure.unit]
    if measure.national is not None:
        parts.append(f"nationally {measure.national:g}")
    if measure.cases is not None:
        parts.append(f"n {measure.cases:,}")
    if measure.compared:
        parts.append(measure.compared)
    print(f"\n{measure.id} {measure.name}: {'; '.join(parts)}")
    if measure.period_start and measure.period_end:
        old = ", old" if measure.grey else ""
        stale = ", stale" if measure.stale else ""
        print(
            f"   {measure.about}; {short_month(measure.period_start)} to {short_month(measure.period_end)}{old}{stale}"
        )
    for footnote in measure.footnotes:
        print(f"   footnote {footnote.code}: {footnote.words}")
    if measure.source:
        release = measure.source.release or "release not known"
        print(f"   {measure.source.file} ({release}), row {measure.source.row}: {measure.source.key}")


def print_build(manifest: Manifest, place: Path, published: bool) -> None:
    """Print the account of a build: each file's rows, what was set aside and why, what a person must review."""
    # deferred: the readers of the sources, which no answer needs
    from navigator.cli.price_account import PRICE_FILE, print_price_files, print_skipped

    print(f"Edition {manifest.name}{' (DEMONSTRATION)' if manifest.demonstration else ''}")
    print(f"  {'published, ' if published else ''}{place}")
    print(f"  {manifest.counts.get('facility', 0):,} facilities; reference: {manifest.reference}")
    for note in manifest.notes:
        print(f"  {note}")
    for report in manifest.files:
        if report.dataset != PRICE_FILE:
            _print_file(report)
    print_price_files(manifest)
    print_skipped(manifest.skipped)
    if manifest.review:
        print("\nTo be reviewed by a person:")
        for item in manifest.review:
            likely = f"; perhaps {', '.join(item.candidates)}" if item.candidates else ""
            row = f" row {item.row}" if item.row else ""
            print(f"  {item.file}{row}: {item.found}{likely}. {item.next_step}")


def _print_file(report: FileReport) -> None:
    aside = sum(report.set_aside.values())
    print(f"\n{report.file}: {report.title}, release {report.release or 'not known'}")
    print(f"  {report.read:,} rows read = {report.kept:,} kept + {report.duplicates:,} twins + {aside:,} set aside")
    if report.conflict:
        print(f"  not used: {report.conflict}")
    for note in report.notes:
        print_sentence(note, 2)
    for reason, rows in report.set_aside.items():
        print(f"  {rows:,} {reason.replace('_', ' ')}")
        for example in (example for example in report.examples if example.reason == reason):
            place = example.place or f"row {example.row}"
            print(
                f"    {place}, {example.column}: found {example.found!r}, expected {example.expected};"
                f" {example.next_step}"
            )
    for rule, rates in report.refused.items():
        print(f"  {rates:,} rates refused: {rule.replace('_', ' ')}")
