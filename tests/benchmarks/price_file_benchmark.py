"""Reading and checking price files beside CMS's own validator: MB/s, and peak memory from small files to large.

``python tests/benchmarks/price_file_benchmark.py [--megabytes 20] [--large 100] [--runs 3]``

Budgets (PERFORMANCE): rates out of CSV tall at least 3 times the validator's MB/s, wide 10 times, JSON 1.5 times, each
within 96 MiB; the check 1.5 times. The validator checks every row and extracts none: a yardstick for time, no rival. It
runs where node finds it: ``npm install @cmsgov/hpt-validator@2.4.0`` in a folder, and that folder in HPT_VALIDATOR.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from measured import print_table

sys.path.insert(0, str(Path(__file__).parents[1]))

from price_file_texts import Charge, Item, json_head, json_lines, tall_rows, wide_rows

PLANS = [(f"Invented Payer {payer}", plan) for payer in range(20) for plan in ("PPO", "HMO", "Exchange")]
LAYOUTS = ("tall", "wide", "json")
MEGABYTE = 1_000_000
_VALIDATOR = """
import { validateCsv, validateJson } from "@cmsgov/hpt-validator";
import fs from "node:fs";
const path = process.argv[1];
const begun = process.hrtime.bigint();
const text = fs.createReadStream(path, { encoding: "utf-8" });
const result = await (path.endsWith(".json") ? validateJson : validateCsv)(text, "3.0.0", { maxErrors: 1000 });
const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
console.log(JSON.stringify({ seconds, kib: process.resourceUsage().maxRSS, what: `valid: ${result.valid}` }));
"""
_OURS = """
import json, resource, sys, time
from pathlib import Path
from provider_directory.sources.price_file import WantedCodes, open_price_file
from provider_directory.sources.price_file.checking import check_price_file
from provider_directory.sources.reading import Reading
from provider_directory.sources.recognise import SourceFile
engine, path = sys.argv[1], Path(sys.argv[2])
begun = time.perf_counter()
if engine == "check":
    what = f"valid: {not check_price_file(path, None, '3.0.0').findings.error_count}"
else:
    wanted = WantedCodes(frozenset({"469", "470", "216", "619"}), frozenset({"27447", "27130", "45378", "66984"}))
    with open_price_file(path) as file:
        reading = Reading(SourceFile(path, None, path.name, "price_file", "Price file", None))
        what = f"{sum(1 for _ in file.rates(wanted, reading)):,} rates"
seconds = time.perf_counter() - begun
print(json.dumps({"seconds": seconds, "kib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, "what": what}))
"""


def items(seed: int) -> Iterator[Item]:
    """Invent items without end: lines with a revenue code, some stays, drugs left out; all valid in version 3.0."""
    chance = random.Random(seed)  # noqa: S311 - invented data
    for number in range(1 << 62):
        kind = chance.random()
        if kind < 0.06:
            codes: tuple[tuple[str, str], ...] = ((f"{chance.randint(1, 999):03}", "MS-DRG"),)
        elif kind < 0.7:
            codes = ((f"0{chance.randint(250, 999)}", "RC"), (f"{chance.randint(10000, 99999)}", "CPT"))
        else:
            codes = ((str(number), "LOCAL"), ("27447" if kind > 0.999 else f"J{chance.randint(1000, 9999)}", "HCPCS"))
        setting = "inpatient" if kind < 0.06 else "outpatient"
        plans = chance.sample(PLANS, chance.randint(5, 40))
        name = f"Invented service number {number}, with a description of the usual length"
        charges = tuple(_charge(chance, *plan) for plan in plans)
        yield Item(name, codes, setting, charges, f"{chance.uniform(50, 90000):.2f}", "120.5", "40", "88000")


def _charge(chance: random.Random, payer: str, plan: str) -> Charge:
    if chance.random() < 0.7:
        return Charge(payer, plan, dollar=f"{chance.uniform(20, 80000):.2f}", methodology="fee schedule")
    middle = chance.uniform(100, 60000)
    figures = (f"{middle:.2f}", f"{middle * 0.8:.2f}", f"{middle * 1.3:.2f}")
    return Charge(
        payer, plan, "", f"{chance.uniform(20, 90):.1f}", "", "percent of total billed charges", *figures, "24"
    )


def write(path: Path, layout: str, size: int, seed: int = 20261122) -> None:
    """Write a file of about ``size`` bytes."""
    with path.open("w", encoding="utf-8", newline="") as file:
        if layout == "json":
            file.write(f'{json.dumps(json_head())[:-1]}, "standard_charge_information": [')
            for place, item in enumerate(items(seed)):
                file.write(("," if place else "") + json_lines(item))
                if file.tell() > size:
                    break
            file.write("]}")
            return
        writer = csv.writer(file, lineterminator="\n")
        rows = tall_rows(items(seed)) if layout == "tall" else wide_rows(items(seed), PLANS)
        for row in rows:
            writer.writerow(row)
            if file.tell() > size:
                break


def run(engine: str, path: Path) -> tuple[float, float, str]:
    """Run one engine in a process of its own; seconds, MiB at the peak, and what came out."""
    if engine == "validator":
        command, folder = ["node", "--input-type=module", "-e", _VALIDATOR, str(path)], os.environ["HPT_VALIDATOR"]
    else:
        command, folder = [sys.executable, "-c", _OURS, engine, str(path)], None
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder)
    said = json.loads(done.stdout.splitlines()[-1])
    return said["seconds"], said["kib"] / 1024, said["what"]


def measure(paths: dict[str, Path], engines: list[str], runs: int) -> Iterator[tuple[str, ...]]:
    """Give a row a layout and engine: median MB/s, times the validator's, peak MiB; engines alternate."""
    for layout, path in paths.items():
        size = path.stat().st_size / MEGABYTE
        seconds: dict[str, list[float]] = defaultdict(list)
        peak: dict[str, float] = defaultdict(float)
        what: dict[str, str] = {}
        for _ in range(runs):
            for engine in engines:
                took, memory, what[engine] = run(engine, path)
                seconds[engine].append(took)
                peak[engine] = max(peak[engine], memory)
        rate = {engine: size / statistics.median(seconds[engine]) for engine in engines}
        yardstick = rate.get("validator")
        for engine in engines:
            times = f"{rate[engine] / yardstick:.1f}x" if yardstick else "-"
            yield layout, f"{size:.0f}", engine, f"{rate[engine]:.1f}", times, f"{peak[engine]:.0f}", what[engine]


def main(arguments: list[str]) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=20)
    parser.add_argument("--large", type=int, default=0, help="also our two engines alone on files of this size")
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args(arguments)
    engines = ["rates", "check", *(["validator"] if "HPT_VALIDATOR" in os.environ else [])]
    table: list[tuple[str, ...]] = []
    with tempfile.TemporaryDirectory() as folder:
        for size, of_size, runs in ((asked.megabytes, engines, asked.runs), (asked.large, engines[:2], 1)):
            paths = {layout: Path(folder) / f"{size}.{layout}.{_ending(layout)}" for layout in LAYOUTS}
            for layout, path in paths.items() if size else ():
                write(path, layout, size * MEGABYTE)
            table += measure(paths, of_size, runs) if size else ()
    print_table(("layout", "MB", "engine", "MB/s", "of validator", "peak MiB", "out"), table)


def _ending(layout: str) -> str:
    return "json" if layout == "json" else "csv"


if __name__ == "__main__":
    main(sys.argv[1:])
