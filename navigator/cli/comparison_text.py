"""A comparison in plain lines of 80 columns: a column a center, then what may be said of each pair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from rich.cells import cell_len

from navigator.cli.text_answers import DISCLAIMER
from navigator.languages.demonstration import LONG as DEMONSTRATION
from provider_directory.models import Center, ComparedMeasure, Comparison, MeasureEvidence, Price
from provider_directory.places import miles_words
from provider_directory.spoken import dollars, short_month

CELLS = 80
LABEL = 13
GAP = 2


def comparison_lines(found: Comparison, procedure: str, rule: Sequence[str] = ()) -> Iterator[str]:
    """Give the lines, best read from top to bottom: who they are, what may be said, then figure by figure.

    ``rule``: sentences that must be said of the program's rules.
    """
    centers = [each.center for each in found.centers]
    yield from wrap(f"{procedure}, compared on {found.on.isoformat()}; miles from {found.place.label}", CELLS)
    if found.demonstration:
        yield DEMONSTRATION
    yield ""
    yield from _row("", [center.facility.name for center in centers])
    yield from _row("id", [center.facility.id for center in centers])
    yield from _row("credential", [center.credential.label for center in centers])
    if any(center.credential.flags for center in centers):
        yield from _row("", ["; ".join(center.credential.flags) for center in centers])
    general = any(center.score and center.score.evidence_class == "general" for center in centers)
    yield from _row("gen. safety" if general else "quality", [_quality(center) for center in centers])
    yield from _row("cases a year", [_cases(center) for center in centers])
    yield from _row("price", [_price(center.price) for center in centers])
    if any(center.you_pay for center in centers):
        yield from _row("you pay", [center.you_pay or "ask" for center in centers])
    yield from _row("Medicare pays", [_benchmark(center) for center in centers])
    yield from _row("miles", [miles_words(center.miles, center.miles_precision == "zip") for center in centers])
    yield from _row("phone", [_phone(center) for center in centers])
    yield from _row("wait", [_wait(center) for center in centers])
    yield from _row("surgeons", [", ".join(each.name for each in center.surgeons) or "not known" for center in centers])
    # Two pairs may be told the same: it is said once.
    yield from _sentences("Quality", list(dict.fromkeys(verdict.words for verdict in found.quality)))
    yield from _sentences("Price", list(dict.fromkeys(verdict.words for verdict in found.prices)))
    yield from _sentences("Rules", list(rule))
    against = [f"{each.center.facility.name}: {each.conflict}" for each in found.centers if each.conflict]
    yield from _sentences("Contract against public data", against)
    yield from _measure_lines(found)
    yield from _sentences("To say", [found.spoken])
    yield ""
    yield from wrap(found.applies, CELLS)
    yield from wrap(f"Edition {found.edition[:12]}. {DISCLAIMER}", CELLS)


def _measure_lines(found: Comparison) -> Iterator[str]:
    for measure in found.measures:
        yield ""
        better = "lower" if measure.lower_is_better else "higher"
        nation = "" if measure.national is None else f"; nationally {measure.national:g}"
        yield from wrap(f"{measure.name} ({measure.unit}, {better} is better{nation})", CELLS)
        yield from _row("", [_figure(figure) for figure in measure.figures])
        yield from _row("cases", [f"{each.cases:,}" if each.cases is not None else "-" for each in measure.figures])
        if any(figure.compared for figure in measure.figures):
            yield from _row("CMS says", [figure.compared or "-" for figure in measure.figures])
        yield from _periods(measure)


def _periods(measure: ComparedMeasure) -> Iterator[str]:
    periods = [_period(figure) for figure in measure.figures]
    said = {period for period in periods if period != "-"}
    if len(said) == 1:
        yield from wrap(f"{measure.about}, {said.pop()}", CELLS, initial_indent="  ", subsequent_indent="  ")
    elif said:
        yield from _row("period", periods)


def _period(figure: MeasureEvidence) -> str:
    if figure.period_start is None or figure.period_end is None:
        return "-"
    old = ", stale" if figure.stale else ", old" if figure.grey else ""
    return f"{short_month(figure.period_start)} to {short_month(figure.period_end)}{old}"


def _figure(figure: MeasureEvidence) -> str:
    if figure.value is None:
        return "; ".join(note.words for note in figure.footnotes) or figure.raw
    if figure.low is None or figure.high is None:
        return f"{figure.value:g}"
    return f"{figure.value:g} ({figure.low:g} to {figure.high:g})"


def _quality(center: Center) -> str:
    score = center.score
    return f"{score.value} ({score.low} to {score.high})" if score else center.score_reason or "no score"


def _cases(center: Center) -> str:
    return f"{center.cases.per_year:,} {center.cases.label}" if center.cases else "not reported"


def _price(price: Price) -> str:
    if price.amount_cents is None:
        return price.label
    words = f"{dollars(price.amount_cents)} {price.kind.replace('_', ' ')}"
    if price.low_cents is not None and price.high_cents is not None:
        words += f" ({dollars(price.low_cents)} to {dollars(price.high_cents)})"
    scope = f"; {price.scope}" if price.scope else ""
    dated = f"; of {short_month(price.as_of)}" if price.as_of else "; date not known"
    return f"{words}{scope}{dated}"


def _benchmark(center: Center) -> str:
    found = center.benchmark
    return f"{dollars(found.amount_cents)}, DRG {found.drg}" if found else "not known"


def _phone(center: Center) -> str:
    if intake := center.facility.intake_phone:
        return f"{intake}, intake"
    return f"{center.facility.phone}, main line" if center.facility.phone else "not known"


def _wait(center: Center) -> str:
    waits = [surgeon.wait_days for surgeon in center.surgeons if surgeon.wait_days is not None]
    return f"{min(waits)} days" if waits else "not known"


def _row(label: str, cells: Sequence[str]) -> Iterator[str]:
    """Give one row, every cell wrapped in its column; nothing is cut."""
    width = (CELLS - LABEL - GAP * len(cells)) // len(cells)
    columns = [[label], *(wrap(cell, width) or [""] for cell in cells)]
    widths = [LABEL, *(width for _ in cells)]
    for at in range(max(len(column) for column in columns)):
        parts = [column[at] if at < len(column) else "" for column in columns]
        padded = [part + " " * (wide - cell_len(part)) for part, wide in zip(parts, widths, strict=True)]
        yield (" " * GAP).join(padded).rstrip()


def _sentences(title: str, sentences: Sequence[str]) -> Iterator[str]:
    if sentences:
        yield ""
        yield title
    for sentence in sentences:
        yield from wrap(sentence, CELLS, initial_indent="  ", subsequent_indent="  ")
