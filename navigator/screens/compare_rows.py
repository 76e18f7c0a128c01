"""A comparison as rows: what they are, what may be said of them, and every figure with what stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from navigator.text import line, safe
from navigator.widgets import phrases
from navigator.widgets.compare_table import Cells, Ranges, Row, Sentences

if TYPE_CHECKING:
    from provider_directory.models import Center, ComparedMeasure, Comparison, MeasureEvidence

MOST_NUMBERED = 9
"""Figures that a digit opens."""


def name_of(center: Center) -> Content:
    """Give a center's name behind the place that the offer gives it."""
    rank = phrases.rank_words(center)
    return line((f"{rank} ", "$muted"), (center.facility.name, "bold"))


def rows_of(found: Comparison, key: Callable[[str], str]) -> list[Row]:
    """Give the rows in the order in which a navigator is asked; ``key`` gives the key in force of an action."""
    centers = [each.center for each in found.centers]
    table: list[Row] = [
        _row((f"{key('compare.credential')} ", "Credential"), [_credential(center) for center in centers])
    ]
    if against := [
        line(("! ", "bold $warning"), (each.center.facility.name, "bold"), f": {each.conflict}")
        for each in found.centers
        if each.conflict
    ]:
        table.append(Sentences(safe("Contract against public data", "$muted"), tuple(against)))
    general = any(center.score and center.score.evidence_class == "general" for center in centers)
    title = "General hospital safety" if general else "Quality and likely range"
    table.append(_ranges((f"{key('compare.score')} ", title), centers))
    table.append(_sentences("", [verdict.words for verdict in found.quality]))
    table.append(_row((f"{key('compare.price')} ", "Price"), [tuple(_price(center)) for center in centers]))
    table.append(_sentences("", [verdict.words for verdict in found.prices]))
    if any(center.you_pay for center in centers):
        table.append(
            _row(("", "You pay"), [(safe(center.you_pay or "ask the plan", "$accent"),) for center in centers])
        )
    table.append(_row(("", "Cases a year"), [_cases(center) for center in centers]))
    table.append(_row(("", "Miles"), [_miles(center) for center in centers]))
    table.append(_row(("", "Intake"), [tuple(_reach(center)) for center in centers]))
    shown = [measure for measure in found.measures if any(each.value is not None for each in measure.figures)]
    numbers = {measure.id: at for at, measure in enumerate(found.measures, 1)}
    table += [_measure(numbers[measure.id], measure) for measure in shown]
    if missing := [measure.name for measure in found.measures if measure not in shown]:
        table.append(_sentences("Reported by none of them", ["; ".join(missing)]))
    table.append(Sentences(safe("To say", "bold $accent"), (line(("“", "$accent"), found.spoken, ("”", "$accent")),)))
    table.append(_sentences("Whom it is about", [found.applies]))
    return table


def _title(key: str, words: str) -> Content:
    return line((key, "bold $accent"), (words, "$muted"))


def _row(title: tuple[str, str], cells: Sequence[tuple[Content, ...]]) -> Cells:
    return Cells(_title(*title), tuple(cells))


def _sentences(title: str, words: Sequence[str]) -> Sentences:
    # Two pairs may be told the same: it is said once.
    return Sentences(safe(title, "$muted"), tuple(safe(each) for each in dict.fromkeys(words)))


def _credential(center: Center) -> tuple[Content, ...]:
    mark, color = phrases.credential_mark(center.credential)
    flags = [line(("! ", "$warning"), flag) for flag in phrases.credential_flags(center.credential)]
    return (line((mark, color), " ", (phrases.credential_label(center.credential), "bold")), *flags)


def _ranges(title: tuple[str, str], centers: Sequence[Center]) -> Ranges:
    return Ranges(
        _title(*title),
        tuple(center.facility.name for center in centers),
        tuple(center.score for center in centers),
        tuple("" if center.score else (center.score_reason or "no score").rstrip(".") for center in centers),
    )


def _cases(center: Center) -> tuple[Content, ...]:
    if center.cases is None:
        return (safe("not reported", "$muted"),)
    return (line((f"{center.cases.per_year:,}", "bold"), (f" {center.cases.label}", "$muted")),)


def _price(center: Center) -> Iterator[Content]:
    price = center.price
    if price.amount_cents is None:
        yield safe(price.label, "$muted")
        return
    yield line(
        (phrases.dollars(price.amount_cents), "$muted" if price.old else "bold"), f" {phrases.price_kind_words(price)}"
    )
    if price.low_cents is not None and price.high_cents is not None:
        yield safe(f"{phrases.dollars(price.low_cents)}–{phrases.dollars(price.high_cents)}")
    if price.included:
        yield line(("in  ", "$success"), ", ".join(price.included))
    if price.extra:
        yield line(("out ", "$warning"), ", ".join(price.extra))
    elif price.scope and not price.included:
        yield safe(price.scope, "$muted")
    yield line((f"price of {phrases.month(price.as_of)}", "$muted"), ("  old", "$warning") if price.old else "")
    if benchmark := center.benchmark:
        yield safe(f"Medicare pays {phrases.dollars(benchmark.amount_cents)}", "$muted")


def _miles(center: Center) -> tuple[Content, ...]:
    here = line((phrases.miles_of(center), "bold"), " miles")
    if center.recover_miles is None:
        return (here,)
    return here, safe(f"{center.recover_miles:.0f} miles from where the member recovers", "$muted")


def _reach(center: Center) -> Iterator[Content]:
    intake, main = center.facility.intake_phone, center.facility.phone
    if intake or main:
        yield line(intake or main or "", ("" if intake else " main line", "$muted"))
    else:
        yield safe("phone not known", "$muted")
    waits = [surgeon.wait_days for surgeon in center.surgeons if surgeon.wait_days is not None]
    yield safe(f"wait {min(waits)} days" if waits else "wait not known", "" if waits else "$muted")
    for surgeon in center.surgeons:
        yield safe(surgeon.name, "$muted")


def _measure(number: int, measure: ComparedMeasure) -> Cells:
    first = measure.figures[0]
    national = f" · US {phrases.figure(first, measure.national)}" if measure.national is not None else ""
    better = "lower" if measure.lower_is_better else "higher"
    key = f"{number} " if number <= MOST_NUMBERED else ""
    periods = {phrases.period_words(figure) for figure in measure.figures if figure.value is not None}
    same = periods.pop() if len(periods) == 1 else ""
    title = line(
        (key, "bold $accent"),
        measure.name,
        (f"{national} · {better} is better{f' · {same}' if same else ''}", "$muted"),
    )
    return Cells(title, tuple(tuple(_figure(figure, not same)) for figure in measure.figures))


def _figure(figure: MeasureEvidence, with_period: bool) -> Iterator[Content]:
    faded = "$muted" if figure.grey or figure.value is None else "bold"
    cases = f" n {figure.cases:,}" if figure.cases is not None and figure.value is not None else ""
    stale = "  stale" if figure.stale else ""
    yield line((phrases.measure_words(figure), faded), (cases, "$muted"), (stale, "$warning"))
    if figure.compared:
        yield safe(f"CMS: {figure.compared}", "$muted")
    if with_period and figure.value is not None:
        yield safe(phrases.period_words(figure), "$muted")
