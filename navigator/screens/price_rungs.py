"""A price ladder as rungs: the price with its reason, then each candidate with its rule and the row as posted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from navigator.screens.ladder import Rung
from navigator.text import line
from navigator.widgets import phrases

if TYPE_CHECKING:
    from provider_directory.models import Price, PriceCandidate, PriceLadder

DETAIL_INDENT = 12
"""The width of the words before a detail."""
MARKS = {"chosen": ("✓", "$success"), "kept": ("·", "$muted"), "refused": ("✕", "$error")}
_VERDICTS = {"chosen": "the price", "kept": "plausible", "refused": "refused"}
_MATCHES = {"exact": "your payer and plan", "family": "your payer, another plan", "other": "another payer"}


def price_rungs(ladder: PriceLadder) -> list[Rung]:
    """Give the price first, then the candidates in the ladder's order; the first nine bear their digit."""
    found = [_price(ladder)]
    return [*found, *(_candidate(number, each) for number, each in enumerate(ladder.candidates, 1))]


def _price(ladder: PriceLadder) -> Rung:
    price = ladder.price
    if price.amount_cents is None:
        summary = line(("  ", "$muted"), (price.label, "bold"))
    else:
        words = (phrases.dollars(price.amount_cents), "bold")
        summary = line(
            "  ", words, _spread(price), "  ", phrases.price_kind_words(price), (f"  {price.label}", "$muted")
        )
    return Rung("price", summary, tuple(_price_detail(ladder)))


def _price_detail(ladder: PriceLadder) -> Iterator[Content]:
    price = ladder.price
    yield _row("why", ladder.reason)
    yield _row("kind", price.label)
    if price.included:
        yield _row("in", ", ".join(price.included))
    if price.extra:
        yield _row("extra", ", ".join(price.extra))
    elif price.scope and not price.included:
        yield _row("scope", price.scope)
    if price.source:
        old = "  more than 15 months old" if price.old else ""
        yield line(
            (f"{'source':<{DETAIL_INDENT}}", "$accent"), f"{price.source} · {phrases.day_words(price.as_of)}{old}"
        )
    yield from _flags(price.flags)
    if price.amount_cents is not None and not price.comparable:
        yield _row("compared", "never: nothing could be held against it, or its date is not known")
    if ladder.payer:
        yield _row("asked for", f"{ladder.payer}{f', {ladder.plan}' if ladder.plan else ''}")
    if benchmark := ladder.benchmark:
        words = f"{phrases.dollars(benchmark.amount_cents)} for DRG {benchmark.drg}: a benchmark, not a price"
        yield _row("Medicare", f"{words} ({benchmark.source})")
    refused = sum(candidate.verdict == "refused" for candidate in ladder.candidates)
    yield _row("weighed", f"{len(ladder.candidates):,}, of which {refused:,} refused")
    for note in ladder.notes:
        yield _row("", note)


def _candidate(number: int, candidate: PriceCandidate) -> Rung:
    mark, color = MARKS[candidate.verdict]
    digit = (f"{number} ", "bold $accent") if number <= 9 else "  "
    amount = "no amount" if candidate.amount_cents is None else phrases.dollars(candidate.amount_cents)
    who = " / ".join(part for part in (candidate.payer, candidate.plan) if part)
    summary = line(
        digit,
        (f"{mark} ", color),
        (f"{_VERDICTS[candidate.verdict]:<10}", color),
        (f"{amount:>12}  ", "bold" if candidate.verdict == "chosen" else ""),
        f"{who or _kind(candidate)}  ",
        (candidate.words, "$muted"),
    )
    return Rung(f"candidate-{number}", summary, tuple(_candidate_detail(candidate)))


def _candidate_detail(candidate: PriceCandidate) -> Iterator[Content]:
    amount = "no amount" if candidate.amount_cents is None else phrases.dollars_and_cents(candidate.amount_cents)
    place = " ".join(part for part in (candidate.code, candidate.setting) if part)
    yield line((amount, "bold"), _spread(candidate), f"  {_kind(candidate)}", (f"  {place}", "$muted"))
    yield _row("rule", candidate.words)
    who = " / ".join(part for part in (candidate.payer, candidate.plan) if part)
    if who:
        match = f" ({_MATCHES[candidate.match]})" if candidate.match else ""
        yield _row("payer", f"{who}{match}")
    if candidate.cases is not None:
        yield _row("cases", f"{candidate.cases:,}")
    yield from _flags(candidate.flags)
    source = candidate.source
    row = f" · row {source.row:,}" if source.row is not None else ""
    yield line(
        (f"{'source':<{DETAIL_INDENT}}", "$accent"), f"{source.file}{row} · {phrases.day_words(candidate.as_of)}"
    )
    if source.key:
        yield _row("row key", source.key)
    posted = "; ".join(f"{cell.column.replace('_', ' ')} “{cell.text}”" for cell in candidate.posted)
    if posted:
        yield _row("as posted", posted)


def _flags(flags: tuple[str, ...]) -> Iterator[Content]:
    from provider_directory.pricing.wording import flag_words  # deferred: pydantic, 56 ms before the first frame

    for flag in flags:
        yield line(("!           ", "$warning"), flag_words(flag))


def _kind(candidate: PriceCandidate) -> str:
    return phrases.PRICE_KIND_WORDS[candidate.kind] if candidate.kind else "no price"


def _spread(priced: Price | PriceCandidate) -> str:
    if priced.low_cents is None or priced.high_cents is None:
        return ""
    return f" ({phrases.dollars(priced.low_cents)}–{phrases.dollars(priced.high_cents)})"


def _row(name: str, words: str) -> Content:
    return line((f"{name:<{DETAIL_INDENT}}", "$muted"), words)
