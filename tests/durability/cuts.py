"""Power cuts at chosen moments of a recorded ledger: each time the ledger is opened anew and looked over (TRUST B4)."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from disk import Disk, Step, recorded
from writing import look_over, write_call

from navigator.ledger import storage
from navigator.ledger.errors import LedgerProblem
from navigator.ledger.ledger import Ledger

SESSIONS = 2


class Recorded(NamedTuple):
    """What a ledger did to its disk from its first moment on, and the key beside it."""

    steps: tuple[Step, ...]
    key: bytes


class Cuts(NamedTuple):
    """What was found after power cuts: counts of cuts."""

    cuts: int
    lost: int
    """Something acknowledged was missing."""
    half: int
    """A write was there in part, or the audit chain did not hold."""
    unreadable: int
    """The ledger did not open, or said that it is damaged."""
    first: str
    """What was wrong first, "" for nothing."""


def record(folder: Path, calls_a_session: int, synchronous: str = "FULL") -> Recorded:
    """Write calls to a new ledger, closing it in between; every acknowledgment stands in the recording."""
    import sqlcipher3._sqlite3  # deferred: no wheel for Windows

    with _set_to(synchronous), recorded(str(sqlcipher3._sqlite3.__file__)) as recording:
        for session in range(SESSIONS):
            with Ledger.open(folder / "referrals.db", folder / "ledger.key") as ledger:
                for turn in range(calls_a_session):
                    write_call(ledger, session * calls_a_session + turn, recording.acknowledge)
    return Recorded(tuple(recording.steps), (folder / "ledger.key").read_bytes())


def cut(recorded_ledger: Recorded, cuts: int, folder: Path, seed: int) -> Cuts:
    """Cut the power ``cuts`` times, each time after another step and with other damage, drawn by ``seed``."""
    chance = random.Random(seed)  # noqa: S311 - the same cuts again, where one is to be looked into
    at = Counter(_moments(recorded_ledger.steps, cuts, chance))
    disk, counts, first = Disk(), Counter[str](), ""
    for index, step in enumerate(recorded_ledger.steps):
        disk.take(step)
        for _ in range(at[index]):
            wrong, said = _start_after(disk, recorded_ledger.key, chance, folder)
            counts[wrong] += 1
            first = first or (f"after step {index}: {said}" if wrong else "")
    return Cuts(cuts, counts["lost"], counts["half"], counts["unreadable"], first)


def _moments(steps: Sequence[Step], cuts: int, chance: random.Random) -> Iterator[int]:
    """Choose half of the moments among all steps, half among the few at which the main file itself is written."""
    main = [index for index, step in enumerate(steps) if step.kind != "ack" and not step.file.endswith("-wal")]
    for turn in range(cuts):
        yield chance.choice(main) if turn % 2 else chance.randrange(len(steps))


def _start_after(disk: Disk, key: bytes, chance: random.Random, folder: Path) -> tuple[str, str]:
    """Start the ledger on what a cut left; gives what is wrong with it, "" for nothing, and the words about it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, content in {"ledger.key": key, **disk.after_a_cut(chance)}.items():
        (folder / name).write_bytes(content)
        (folder / name).chmod(0o600)
    try:
        with Ledger.open(folder / "referrals.db", folder / "ledger.key") as ledger:
            findings = look_over(ledger, disk.acknowledged)
    except LedgerProblem as problem:
        return "unreadable", str(problem)
    if findings.lost:
        return "lost", str(findings)
    return ("half" if findings.any else ""), str(findings)


@contextmanager
def _set_to(synchronous: str) -> Iterator[None]:
    """Let the ledger prepare its connections with another PRAGMA synchronous, for the negative control."""
    prepare = storage._prepare

    def prepared(connection: Any) -> None:
        prepare(connection)
        if synchronous != "FULL":
            connection.execute(f"PRAGMA synchronous = {synchronous}")

    storage._prepare = prepared
    try:
        yield
    finally:
        storage._prepare = prepare
