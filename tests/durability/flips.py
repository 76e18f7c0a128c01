"""One flipped bit in a ledger's file, again and again: each is refused on opening or found by verifying (TRUST B4)."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import NamedTuple

from kills import Place
from writing import write_call

from navigator.ledger.errors import LedgerProblem
from navigator.ledger.verifying import verify

CALLS = 4


class Flips(NamedTuple):
    """What became of flipped bits."""

    flips: int
    refused: int
    """The ledger did not open, and said why."""
    found: int
    """``coe ledger verify`` named the damage."""
    silent: int


def flip_bits(flips: int, folder: Path, seed: int) -> Flips:
    """Flip one bit of a closed ledger's file, in every fourth turn of the -wal file that a kill leaves beside it."""
    chance = random.Random(seed)  # noqa: S311 - which bits
    whole, head = _ledger_left_by_a_kill(folder / "whole")
    shutil.copytree(folder / "whole", folder / "closed")
    Place(folder / "closed").open().close()
    refused = found = 0
    for turn in range(flips):
        source, name = (whole, "referrals.db-wal") if turn % 4 == 3 else (folder / "closed", "referrals.db")
        damaged = folder / "damaged"
        shutil.rmtree(damaged, ignore_errors=True)
        shutil.copytree(source, damaged)
        content = bytearray((damaged / name).read_bytes())
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        (damaged / name).write_bytes(content)
        try:
            with Place(damaged).open() as ledger:
                found += bool(verify(ledger.store, head).problems)
        except LedgerProblem:
            refused += 1
    return Flips(flips, refused, found, flips - refused - found)


def _ledger_left_by_a_kill(folder: Path) -> tuple[Path, str]:
    """Write calls and copy the files while they are open; gives the folder and the audit's head, as it is printed.

    A flipped bit in a -wal file looks like its end, as after a power cut: what is cut off is found by the head alone.
    """
    live = Place(folder.with_name("live"))
    with live.open() as ledger:
        for turn in range(CALLS):
            write_call(ledger, turn, lambda *_: None)
        head = ledger.audit_head().short
        shutil.copytree(live.folder, folder, ignore=shutil.ignore_patterns("*-shm"))
    return folder, head
