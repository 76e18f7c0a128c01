"""A price ladder in plain lines: the price with its reason, then what was weighed, by verdict (METHOD 3, 5)."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable
from textwrap import wrap

from navigator.cli.text_answers import DISCLAIMER
from navigator.languages.demonstration import LONG as DEMONSTRATION
from provider_directory.models import Price, PriceCandidate, PriceLadder
from provider_directory.pricing.wording import flag_words
from provider_directory.spoken import dollars

_HEADINGS = {"chosen": "The price is made of", "kept": "Plausible, but not the price", "refused": "Refused"}
# Said in the candidate's first line already.
_SAID = frozenset({"payer", "plan", "code", "code_type", "setting"})
_MOST_COLUMNS = 120


def print_price_ladder(ladder: PriceLadder, procedure: str) -> None:
    """Print the ladder under a price, wrapped to the terminal."""
    address = f" ({ladder.facility.address})" if ladder.facility.address else ""
    _say(f"{procedure} at {ladder.facility.name}{address}, on {ladder.on.isoformat()}")
    if ladder.demonstration:
        _say(DEMONSTRATION)
    print()
    _print_price(ladder.price)
    _say(f"Why: {ladder.reason}", "  ")
    if ladder.payer:
        _say(f"Asked for payer {ladder.payer}{f', plan {ladder.plan}' if ladder.plan else ''}.", "  ")
    if benchmark := ladder.benchmark:
        year = f", {benchmark.year}" if benchmark.year else ""
        _say(
            f"Medicare pays {dollars(benchmark.amount_cents)} here for the stay (MS-DRG {benchmark.drg}{year};"
            f" {benchmark.source}): a benchmark, not a price.",
            "  ",
        )
    for verdict, heading in _HEADINGS.items():
        listed = [candidate for candidate in ladder.candidates if candidate.verdict == verdict]
        if listed:
            print(f"\n{heading} ({len(listed)})")
            _print_rules(listed)
            for candidate in listed:
                _print_candidate(candidate)
    if not ladder.candidates:
        print("\nNothing is posted, paid or contracted for it here.")
    print()
    for note in ladder.notes:
        _say(note)
    _say(f"Edition {ladder.edition[:12]}. {DISCLAIMER}")


def _print_price(price: Price) -> None:
    if price.amount_cents is None:
        _say(price.label)
        return
    _say(f"{amount_words(price.amount_cents, price.low_cents, price.high_cents)}  {price.label}")
    included = [f"in: {', '.join(price.included)}"] if price.included else []
    extra = [f"extra: {', '.join(price.extra)}"] if price.extra else []
    if parts := [*included, *extra] or ([price.scope] if price.scope else []):
        _say("; ".join(parts), "  ")
    as_of = price.as_of.isoformat() if price.as_of else "date not known"
    _say(f"{price.source or 'source not known'}, {as_of}{', OLD' if price.old else ''}", "  ")
    for flag in price.flags:
        _say(f"! {flag_words(flag)}", "  ")
    if not price.comparable:
        _say("Not compared with other centers' prices.", "  ")


def amount_words(cents: int | None, low: int | None, high: int | None) -> str:
    """Write an amount with its range: "$24,100 ($22,000 to $30,150.50)"."""
    words = "no amount" if cents is None else dollars(cents)
    return f"{words} ({dollars(low)} to {dollars(high)})" if low is not None and high is not None else words


def _print_rules(listed: Iterable[PriceCandidate]) -> None:
    """Count the rules first, where there are several: a national payer list is long."""
    rules = Counter(candidate.words.partition(" (")[0] for candidate in listed)
    if len(rules) > 1:
        for words, count in rules.most_common():
            _say(f"{count} x {words}", "  ")


def _print_candidate(candidate: PriceCandidate) -> None:
    kind = (candidate.kind or "no price").replace("_", " ")
    amount = amount_words(candidate.amount_cents, candidate.low_cents, candidate.high_cents)
    who = " / ".join(part for part in (candidate.payer, candidate.plan) if part)
    match = {"exact": "your plan", "family": "your payer", "other": "", None: ""}[candidate.match]
    place = " ".join(part for part in (candidate.code, candidate.setting) if part)
    first = "; ".join(part for part in (f"{amount}  {kind}", who, match, place) if part)
    print()
    _say(f"- {first}", "  ")
    _say(f"{candidate.words}.", "    ")
    for flag in candidate.flags:
        _say(f"! {flag_words(flag)}", "    ")
    source = candidate.source
    posted = "; ".join(f"{cell.column} {cell.text!r}" for cell in candidate.posted if cell.column not in _SAID)
    key = f" ({source.key})" if source.key else ""
    _say(f"{source.file}, row {source.row}{key}{f': {posted}' if posted else ''}", "    ")


def _say(text: str, indent: str = "") -> None:
    columns = min(shutil.get_terminal_size((80, 24)).columns, _MOST_COLUMNS)
    hanging = f"{indent}  "
    for part in wrap(text, columns, initial_indent=indent, subsequent_indent=hanging, break_on_hyphens=False) or [""]:
        print(part)
