"""First frame, usable box, one-shot command and memory beside bare peers.

``python tests/benchmarks/start_benchmark.py``

Budgets (PERFORMANCE): first frame at most twice a bare Textual app's, usable box at most three times; --help at
most 5 times ``python -c pass``, one-shot find 25; memory of a desk session at most three times a bare app's. A
terminal is a pty of 120 x 40; a frame counts when its words are in what the program wrote.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from measured import median_process, print_table, python

RUNS = 7
LONGEST_SECONDS = 30.0
COE = str(Path(sys.executable).with_name("coe"))
BARE_APP = python(
    "from textual.app import App\n"
    "from textual.widgets import Static\n"
    "class Bare(App):\n"
    "    def compose(self):\n"
    "        yield Static('BAREAPP')\n"
    "Bare().run()"
)
FIRST_FRAME, USABLE, HEARD, ANSWERED = b"planned", b"DEMONSTRATION", b"Total knee", b"Marquette"
TYPED = {USABLE: b"new knee\r", HEARD: b"53202\r"}


class Session(NamedTuple):
    """What was seen of a program in a terminal: seconds to each word, and its memory at the end."""

    seen: dict[bytes, float]
    mib: float


def session(command: list[str], words: tuple[bytes, ...], answers: Mapping[bytes, bytes] | None = None) -> Session:
    """Run a program in a pty until all words were written, then read its memory and end it.

    ``answers``: what is typed as soon as a word is there. Raises SystemExit when a word never comes.
    """
    start = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.environ["TERM"] = "xterm-256color"
        os.execvp(command[0], command)  # noqa: S606 - a command of this file
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    written, seen, to_type = b"", dict[bytes, float](), dict(answers or {})
    try:
        while len(seen) < len(words):
            if time.perf_counter() - start > LONGEST_SECONDS:
                raise SystemExit(f"{command[0]} never wrote {set(words) - set(seen)}")
            if select.select([terminal], [], [], 0.01)[0]:
                written += os.read(terminal, 1 << 16)
            seen |= {word: time.perf_counter() - start for word in words if word not in seen and word in written}
            for word in [word for word in to_type if word in seen]:
                os.write(terminal, to_type.pop(word))
        return Session(seen, _resident_mib(child))
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)


def _resident_mib(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def _commands(find: list[str]) -> list[tuple[str, str, str, str, str]]:
    nothing = median_process(python("pass"), RUNS).seconds
    rows = []
    for name, command, budget in (("coe --help", [COE, "--help"], "5"), ("one-shot coe find", find, "25")):
        ours = median_process(command, RUNS).seconds
        peer = f"python -c pass {nothing * 1000:.0f} ms"
        rows.append((name, f"{ours * 1000:.0f} ms", peer, f"{ours / nothing:.1f}", budget))
    return rows


def main() -> None:
    """Print every figure with its bare peer's and the ratio, interleaved."""
    home = tempfile.mkdtemp()
    os.environ["COE_HOME"] = home
    find = [COE, "find", "new knee", "53202", "--program", "brewline-foods"]
    subprocess.run(find, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    bare, desk = [], []
    for run in range(RUNS + 1):
        pair = session(BARE_APP, (b"BAREAPP",)), session([COE], (FIRST_FRAME, USABLE, HEARD, ANSWERED), TYPED)
        if run:  # the first fills the machine's caches
            bare.append(pair[0])
            desk.append(pair[1])
    frame = statistics.median(one.seen[b"BAREAPP"] for one in bare)
    rows = []
    for name, word, budget in (("first frame", FIRST_FRAME, 2.0), ("usable box, edition open", USABLE, 3.0)):
        ours = statistics.median(one.seen[word] for one in desk)
        rows.append(
            (
                name,
                f"{ours * 1000:.0f} ms",
                f"bare Textual app {frame * 1000:.0f} ms",
                f"{ours / frame:.1f}",
                f"{budget:g}",
            )
        )
    memory, bare_memory = (statistics.median(one.mib for one in group) for group in (desk, bare))
    ratio = f"{memory / bare_memory:.1f}"
    rows.append(
        ("memory of a session, answered", f"{memory:.0f} MiB", f"bare Textual app {bare_memory:.0f} MiB", ratio, "3")
    )
    rows += _commands(find)
    print_table(("what", "coe", "peer", "ratio", "budget"), rows)
    shutil.rmtree(home)


if __name__ == "__main__":
    main()
