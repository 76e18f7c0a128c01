"""What the benchmarks share: engines alternating in one run, quantiles, processes with their peak memory, one table."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

SHARED = Path(__file__).resolve().parents[3] / "shared"
"""The public files beside the project; a benchmark that needs them says so where they are absent."""
_MEBIBYTE_OF_KIBIBYTES = 1024


class Times(NamedTuple):
    """Wall times of one engine, milliseconds."""

    p50: float
    p99: float
    calls: int


def alternating(engines: Mapping[str, Callable[[str], object]], questions: Iterable[str]) -> dict[str, Times]:
    """Ask every engine each question, one after the other, so that a slow moment of the machine meets them all."""
    taken: dict[str, list[float]] = {name: [] for name in engines}
    for question in questions:
        for name, ask in engines.items():
            start = time.perf_counter()
            ask(question)
            taken[name].append((time.perf_counter() - start) * 1000)
    return {name: quantiles(times) for name, times in taken.items()}


def quantiles(times: Sequence[float]) -> Times:
    """Give p50 and p99; with few calls p99 is the longest."""
    ordered = sorted(times)
    return Times(statistics.median(ordered), ordered[min(int(len(ordered) * 0.99), len(ordered) - 1)], len(ordered))


class Process(NamedTuple):
    """One process as a whole."""

    seconds: float
    cpu_seconds: float
    peak_mib: float


def process(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Process:
    """Run a command to its end and give its wall time, its processor time and its peak memory; raises on failure."""
    start = time.perf_counter()
    child = subprocess.Popen(
        list(command), env=os.environ | dict(environment or {}), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {child.returncode}")
    peak = usage.ru_maxrss / _MEBIBYTE_OF_KIBIBYTES
    return Process(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, peak)


def median_process(command: Sequence[str], runs: int, environment: Mapping[str, str] | None = None) -> Process:
    """Run a command several times and give the median of each figure."""
    every = [process(command, environment) for _ in range(runs)]
    return Process(*(statistics.median(figures) for figures in zip(*every, strict=True)))


def python(code: str) -> list[str]:
    """Give the command that runs a piece of Python in a fresh interpreter."""
    return [sys.executable, "-c", code]


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a Markdown table, as it stands in docs/benchmarks.md."""
    print(f"| {' | '.join(head)} |")
    print(f"|{'---|' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    print()
