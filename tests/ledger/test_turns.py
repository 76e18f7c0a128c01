"""Who writes waits for a turn; one that never comes holds up nobody for ever."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

from navigator.ledger.turns import turn_to_write


def test_a_turn_that_does_not_come_is_gone_without_and_leaves_the_queue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "referrals.db"
    holder = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(holder, fcntl.LOCK_EX)
    with monkeypatch.context() as patch:
        patch.setattr("navigator.ledger.turns.BUSY_SECONDS", 0.01)
        with turn_to_write(file):
            pass
    os.close(holder)
    with turn_to_write(file):  # behind the one that came too late
        other = os.open(tmp_path, os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(other)
