"""Search per key stroke beside rapidfuzz WRatio over the catalogue: ``python tests/benchmarks/search_benchmark.py``.

The budget is a ratio in one run (PERFORMANCE "Budgets"): p50 at most a quarter of the peer's, p99 at most 5 ms.
"""

from __future__ import annotations

import csv
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from rapidfuzz import fuzz, process

from provider_directory.catalog import load
from provider_directory.catalog.folding import fold
from provider_directory.catalog.procedures import package_text

COLUMNS = ("name", "clinical_name", "synonyms", "abbreviations", "spanish", "misspellings", "cpt_hcpcs", "ms_drgs")
EVERY = 3
"""Each third query of the held-out set is typed letter by letter."""


def catalogue_strings() -> list[str]:
    """Give every distinct string of the catalogue, folded."""
    rows = csv.DictReader(package_text("procedures.csv").splitlines())
    return sorted({fold(part) for row in rows for column in COLUMNS for part in row[column].split(";") if part})


def key_strokes() -> list[str]:
    """Give what the search box holds after each key of the sampled queries."""
    held_out = Path(__file__).parents[1] / "catalog" / "callers_held_out.tsv"
    lines = [line for line in held_out.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    queries = [line.split("\t")[0] for line in lines[::EVERY]]
    return [query[:length] for query in queries for length in range(1, len(query) + 1)]


def milliseconds(call: Callable[[str], object], text: str) -> float:
    """Give the wall time of one call."""
    start = time.perf_counter()
    call(text)
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """Print p50 and p99 of both, interleaved, and their ratio."""
    strings = catalogue_strings()
    catalog = load()
    catalog.search("warm upp")
    ours, peer = [], []
    for text in key_strokes():
        ours.append(milliseconds(catalog.search, text))
        peer.append(milliseconds(lambda typed: process.extract(fold(typed), strings, scorer=fuzz.WRatio), text))
    for name, times in (("search", ours), (f"WRatio over {len(strings)} strings", peer)):
        cuts = statistics.quantiles(times, n=100)
        print(f"{name}: p50 {cuts[49]:.2f} ms, p99 {cuts[98]:.2f} ms over {len(times)} key strokes")
    print(f"ratio of p50: {statistics.median(ours) / statistics.median(peer):.2f}")


if __name__ == "__main__":
    main()
