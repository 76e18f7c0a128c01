"""A national edition beside reading the same files with csv.reader only.

``python tests/benchmarks/build_benchmark.py``

Budget (PERFORMANCE): at most five times, peak at most 600 MiB. Needs the public files beside the project.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from measured import SHARED, median_process, print_table, python

RUNS = 3
COE = str(Path(sys.executable).with_name("coe"))
READ_ONLY = """
import csv, gzip, sys
from pathlib import Path
for file in sorted(Path(sys.argv[1]).iterdir()):
    opener = gzip.open if file.suffix == ".gz" else open
    with opener(file, "rt", encoding="utf-8-sig", newline="") as text:
        for row in csv.reader(text):
            pass
"""


def main() -> None:
    """Print time and peak memory of both."""
    folder = Path(tempfile.mkdtemp())
    sources = folder / "sources"
    sources.mkdir()
    for file in (
        *(SHARED / "data/cms_quality_2026").glob("*.csv.gz"),
        *(SHARED / "data/cms_inpatient").glob("MUP*.csv"),
    ):
        shutil.copy(file, sources)
    if not list(sources.iterdir()):
        raise SystemExit("The public files are not beside the project.")
    build = [COE, "build", "--from", str(sources), "--release", "2026-01", "--out", str(folder / "national.sqlite")]
    environment = {"COE_HOME": str(folder / "home")}
    ours = median_process(build, RUNS, environment)
    peer = median_process([*python(READ_ONLY), str(sources)], RUNS)
    size = (folder / "national.sqlite").stat().st_size / 2**20
    rows = [
        (
            "coe build",
            f"{ours.cpu_seconds:.1f} s",
            f"{ours.seconds:.1f} s",
            f"{ours.peak_mib:.0f} MiB",
            f"{size:.0f} MiB",
        ),
        ("csv.reader only", f"{peer.cpu_seconds:.1f} s", f"{peer.seconds:.1f} s", f"{peer.peak_mib:.0f} MiB", "–"),
        (
            "ratio (budget 5)",
            f"{ours.cpu_seconds / peer.cpu_seconds:.1f}",
            f"{ours.seconds / peer.seconds:.1f}",
            "",
            "",
        ),
    ]
    print_table(("what", "processor", "wall", "peak", "edition"), rows)
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
