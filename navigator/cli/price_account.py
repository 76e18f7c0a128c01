"""The price files in the account of a build, as text: thousands of them in a screenful, each of them by --json."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from navigator.cli.output import print_sentence
from provider_directory.sources.recognise import PRICE_FILE as PRICE_FILE

if TYPE_CHECKING:
    from provider_directory.edition.manifest import FileReport, Manifest, SkippedFile

_MOST_SHOWN = 20


def print_price_files(manifest: Manifest) -> None:
    """Print the price files that were read, the first twenty with their rows, and what became of all rates."""
    reports = [report for report in manifest.files if report.dataset == PRICE_FILE]
    for report in reports[:_MOST_SHOWN]:
        _print_price_file(report)
    if len(reports) > _MOST_SHOWN:
        rest = reports[_MOST_SHOWN:]
        rows, kept = sum(report.read for report in rest), sum(report.kept for report in rest)
        print(f"\n{len(rest):,} more price files: {rows:,} rows read, {kept:,} kept; `--json` has each")
    if manifest.prices:
        found = manifest.prices
        where = f"{found.rates:,} rates at {found.facilities:,} facilities"
        print(f"\nPosted prices: {where}, {found.offered:,} may be offered")
        _print_refused(found.refused)


def print_skipped(skipped: Iterable[SkippedFile]) -> None:
    """Print the files that were not read; many of one reason as one line with the first."""
    by_reason: dict[str, list[str]] = {}
    for one in skipped:
        by_reason.setdefault(one.reason, []).append(one.file)
    for reason, names in by_reason.items():
        words, *columns = reason.splitlines() or [""]
        several = [f"{len(names):,} files, the first {names[0]}"]
        for name in names if len(names) <= _MOST_SHOWN else several:
            print()
            print_sentence(f"{name}: skipped, {words}")
            for column in columns:
                print_sentence(column, 2)


def _print_price_file(report: FileReport) -> None:
    print(f"\n{report.file}: {report.title}")
    aside = Counter(report.set_aside)
    print(f"  {report.read:,} rows read = {report.kept:,} kept + {aside.total():,} set aside")
    for note in report.notes:
        print(f"  {note}")
    for reason, rows in report.set_aside.items():
        print(f"  {rows:,} {reason.replace('_', ' ')}")
        for example in (one for one in report.examples if one.reason == reason and one.reason != "no_charge"):
            column = f", {example.column}" if example.column else ""
            print(f"    row {example.row}{column}: {example.found}; expected {example.expected}. {example.next_step}")
    _print_refused(report.refused)


def _print_refused(refused: dict[str, int]) -> None:
    for rule, rates in sorted(refused.items(), key=lambda pair: (-pair[1], pair[0])):
        print(f"  {rates:,} rates refused: {rule.replace('_', ' ')}")
