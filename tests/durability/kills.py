"""Writers that are killed at any moment, kill -9, and the ledger that they leave behind (TRUST B4)."""

from __future__ import annotations

import multiprocessing
import random
import threading
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple, Protocol

from writing import look_over, write_call

from navigator.ledger.errors import LedgerProblem
from navigator.ledger.ledger import Ledger
from navigator.ledger.rotation import rotate

KILLS_A_LEDGER = 10
LONGEST_LIFE = 0.35
"""Seconds from the beginning of opening the ledger, or making it, to a kill."""
MOST_STEPS = 12
"""Steps that the other writers may end before the kill, which comes within the next ones."""
LONGEST_STEP = 0.02

LONGEST_ROTATION = 0.12

# Forked from a server that has imported all of it once: a writer begins within milliseconds, and holds no lock of ours.
processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["writing", "navigator.ledger.ledger", "alembic.command", "alembic.config"])


class Place(NamedTuple):
    """Where a ledger lies."""

    folder: Path
    url: str | None = None

    def open(self) -> Ledger:
        """Open it."""
        return Ledger.open(self.folder / "referrals.db", self.folder / "ledger.key", url=self.url)


class Kills(NamedTuple):
    """What was found after kills."""

    kills: int
    acknowledged: int
    """Writes whose end was told before the kill."""
    lost: int
    half: int
    broken: int
    """Ledgers that did not verify."""
    first: str
    """What was wrong first, "" for nothing."""


def kill_writers(kills: int, place: Callable[[], Place], seed: int) -> Kills:
    """Let one writer after another work on a ledger until it is killed, and look the ledger over each time.

    Every ``KILLS_A_LEDGER`` kills a new ledger is begun, by a writer that is killed too; ``place`` says where.
    """
    chance = random.Random(seed)  # noqa: S311 - when to kill
    acknowledged, first = list[str](), ""
    total, lost, half, broken, at = 0, 0, 0, 0, place()
    for turn in range(kills):
        if turn and turn % KILLS_A_LEDGER == 0:
            total += len(acknowledged)
            acknowledged, at = [], place()
        if turn % KILLS_A_LEDGER in (0, 5):  # killed on the way to its first step, mostly
            steps, life = 0, chance.uniform(0, LONGEST_LIFE)
        else:
            steps, life = chance.randrange(1, MOST_STEPS), chance.uniform(0, LONGEST_STEP)
        acknowledged += _killed(partial(write_until_killed, turn), at, steps, life)
        with at.open() as ledger:
            findings = look_over(ledger, acknowledged)
        lost, half, broken = lost + len(findings.lost), half + len(findings.half), broken + bool(findings.broken)
        first = first or (f"kill {turn}: {findings}" if findings.any else "")
    return Kills(kills, total + len(acknowledged), lost, half, broken, first)


def _killed(work: Callable[[Place, Connection], None], at: Place, steps: int, life: float) -> list[str]:
    """Let a program work, kill it ``life`` seconds after it told ``steps`` steps, and give all that it had told."""
    told, tell = processes.Pipe(duplex=False)
    worker = processes.Process(target=work, args=(at, tell))
    worker.start()
    tell.close()
    assert told.recv() == "begun"
    acknowledged = [told.recv() for _ in range(steps)]
    time.sleep(life)  # not a wait for anything: the moment of the kill
    worker.kill()
    worker.join()
    try:
        while True:
            acknowledged.append(told.recv())
    except EOFError:
        return acknowledged
    finally:
        told.close()


def kill_rotations(kills: int, at: Place, seed: int) -> Kills:
    """Change the ledger's key again and again, killed on the way, between calls that are written."""
    chance = random.Random(seed)  # noqa: S311 - when to kill
    acknowledged, first, lost, half, broken = list[str](), "", 0, 0, 0
    for turn in range(kills):
        with at.open() as ledger:
            write_call(ledger, turn, lambda step, number: acknowledged.append(f"{step} {number}"))
        _killed(rotate_key, at, 0, chance.uniform(0, LONGEST_ROTATION))
        with at.open() as ledger:
            findings = look_over(ledger, acknowledged)
        lost, half, broken = lost + len(findings.lost), half + len(findings.half), broken + bool(findings.broken)
        first = first or (f"kill {turn}: {findings}" if findings.any else "")
    return Kills(kills, len(acknowledged), lost, half, broken, first)


def rotate_key(at: Place, tell: Connection) -> None:
    """Change the ledger's key."""
    with at.open() as ledger:
        tell.send("begun")
        rotate(ledger.store, at.folder / "ledger.key", at.folder / "referrals.db" if at.url is None else None)


def write_until_killed(turn: int, at: Place, tell: Connection) -> None:
    """Write calls for ever, telling each step when the ledger has acknowledged it."""
    tell.send("begun")
    with at.open() as ledger:
        while True:
            write_call(ledger, turn, lambda step, number: tell.send(f"{step} {number}"))


class Killable(Protocol):
    """A server that can be killed and started again."""

    def kill(self) -> None: ...
    def start(self) -> None: ...


def kill_servers(kills: int, at: Place, server: Killable, seed: int) -> Kills:
    """Kill the server, not the writer, and let the same writer go on when the server is there again."""
    chance = random.Random(seed)  # noqa: S311 - when to kill
    acknowledged, first, lost, half, broken = list[str](), "", 0, 0, 0
    with at.open() as ledger:
        for turn in range(kills):
            killer = threading.Timer(chance.uniform(0.02, LONGEST_LIFE), server.kill)
            killer.start()
            try:
                while True:
                    write_call(ledger, turn, lambda step, number: acknowledged.append(f"{step} {number}"))
            except LedgerProblem:
                killer.join()
            server.start()
            findings = look_over(ledger, acknowledged)
            lost, half, broken = lost + len(findings.lost), half + len(findings.half), broken + bool(findings.broken)
            first = first or (f"kill {turn}: {findings}" if findings.any else "")
    return Kills(kills, len(acknowledged), lost, half, broken, first)
