"""Durability as figures: ``python tests/durability/figures.py [--only kills cuts ...] [--share 0.1]``.

Prints one line of a table for each trial as it ends: what was tried, how often, what was lost. ``--share`` tries that
part of a release's counts. The machine's load changes how long it takes, not what is found.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import NamedTuple

sys.path.append(str(Path(__file__).parents[1] / "ledger"))

from at_once import write_at_once
from cuts import cut, record
from flips import flip_bits
from kills import Kills, Place, kill_rotations, kill_servers, kill_writers
from postgres_server import is_installed, running_server
from sizes import LONG, Sizes

from navigator.ledger.backup import back_up
from navigator.ledger.restoring import restore_file

SEED = 20261122
REFERRALS_TO_RESTORE = 100_000


class Line(NamedTuple):
    """One line of the table."""

    trial: str
    tried: str
    found: str


def kills(folder: Path, sizes: Sizes) -> Line:
    """Kill writers on a file."""
    numbers = count()
    return _killed("kill -9 while writing", kill_writers(sizes.kills, lambda: Place(folder / str(next(numbers))), SEED))


def server_kills(folder: Path, sizes: Sizes) -> Line:
    """Kill the server under a writer."""
    if not is_installed():
        return Line("kill -9 of the PostgreSQL server", "0", "not installed here")
    with running_server(fsync=True) as server:
        place = Place(folder, server.address(server.fresh()))
        found = kill_servers(sizes.server_kills, place, server, SEED)
    return _killed("kill -9 of the PostgreSQL server", found)


def rotations(folder: Path, sizes: Sizes) -> Line:
    """Kill changes of the key."""
    return _killed("kill -9 while the key is changed", kill_rotations(sizes.rotations, Place(folder), SEED))


def cuts(folder: Path, sizes: Sizes) -> Line:
    """Cut the power."""
    found = cut(record(folder / "desk", sizes.calls_a_session), sizes.cuts, folder / "cut", SEED)
    said = f"{found.lost} lost, {found.half} half-written, {found.unreadable} unreadable {found.first}"
    return Line("power cut, as the ledger syncs (WAL, FULL)", f"{found.cuts:,} cuts", said.strip())


def controls(folder: Path, sizes: Sizes) -> Line:
    """Cut the power under less care: the trial must see losses."""
    said = []
    for synchronous in ("NORMAL", "OFF"):
        recorded = record(folder / synchronous, sizes.calls_a_session, synchronous)
        found = cut(recorded, sizes.cuts // 10, folder / "cut", SEED)
        said.append(f"{synchronous}: {found.lost} with losses, {found.unreadable} unreadable")
    return Line("the same with less care, as a control", f"{sizes.cuts // 10:,} cuts each", "; ".join(said))


def writers(folder: Path, sizes: Sizes) -> Line:
    """Write from eight programs at once."""
    found = write_at_once(Place(folder), sizes.referrals_a_writer)
    said = f"{found.refused} refused, {found.twice} numbers twice, {found.lost} lost"
    return Line(f"{found.writers} programs write at once", f"{found.referrals:,} referrals", said)


def flips(folder: Path, sizes: Sizes) -> Line:
    """Flip bits."""
    found = flip_bits(sizes.flips, folder, SEED)
    said = f"{found.refused} refused on opening, {found.found} found by verify, {found.silent} silent"
    return Line("one flipped bit in the ledger's file", f"{found.flips:,} flips", said)


def restore(folder: Path, sizes: Sizes) -> Line:
    """Back up, wipe, restore, and compare the content; the time is that of the restore, verification included."""
    referrals = REFERRALS_TO_RESTORE * sizes.kills // LONG.kills
    place = Place(folder / "desk")
    with place.open() as ledger:
        for turn in range(referrals):
            ledger.start(edition="e1", demonstration=True, fields={"notes": f"turn {turn}"})
        made = back_up(ledger.store, folder / "backup.coe")
        now = ledger.store.now
    for file in place.folder.glob("referrals.db*"):
        file.unlink()
    began = time.perf_counter()
    done = restore_file(folder / "backup.coe", place.folder / "referrals.db", place.folder / "ledger.key", now)
    seconds = time.perf_counter() - began
    same = "same content hash" if done.verified.content_sha256 == made.verified.content_sha256 else "OTHER CONTENT"
    return Line("backup, wipe, restore", f"{referrals:,} referrals", f"{same}; restored in {seconds:.1f} s")


TRIALS: dict[str, Callable[[Path, Sizes], Line]] = {
    each.__name__: each for each in (kills, server_kills, rotations, cuts, controls, writers, flips, restore)
}


def _killed(trial: str, found: Kills) -> Line:
    said = f"{found.lost} lost, {found.half} half-written, {found.broken} unverified {found.first}"
    return Line(trial, f"{found.kills:,} kills, {found.acknowledged:,} acknowledged writes", said.strip())


def main() -> None:
    """Run the trials that are asked for and print their lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=TRIALS, default=list(TRIALS))
    parser.add_argument("--share", type=float, default=1.0)
    asked = parser.parse_args()
    sizes = Sizes(*(max(int(size * asked.share), 1) for size in LONG))._replace(calls_a_session=LONG.calls_a_session)
    print("| trial | tried | found |\n|---|---|---|", flush=True)
    for name in asked.only:
        with tempfile.TemporaryDirectory() as folder:
            line = TRIALS[name](Path(folder), sizes)
        print(f"| {line.trial} | {line.tried} | {line.found} |", flush=True)


if __name__ == "__main__":
    main()
