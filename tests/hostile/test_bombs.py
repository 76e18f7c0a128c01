"""A small file that becomes a large one, nests without end or says what is no value is refused in words (TRUST S10)."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]
MOST_GROWN = 100
"""MiB."""
MOST_SECONDS = 60
"""Of the processor, for all bombs together: whoever follows one to its end does not come back."""


def test_no_reader_follows_a_bomb(tmp_path: Path) -> None:
    searched = os.pathsep.join([str(TESTS / "fuzz"), str(TESTS), str(TESTS.parent)])
    done = subprocess.run(
        [sys.executable, TESTS / "hostile" / "refusing_bombs.py", tmp_path],
        env=os.environ | {"PYTHONPATH": searched, "COE_HOME": str(tmp_path)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS)),
        capture_output=True,
        text=True,
        check=False,
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each for each in told if each[1] != "refused" or each[2] > MOST_GROWN] == []
    assert (done.returncode, done.stderr) == (0, "")
    assert len(told) > 100
