"""A power cut at any moment loses nothing that was acknowledged; the harness is shown to see losses (TRUST B4)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cuts import cut, record
from kills import Place
from sizes import Sizes
from writing import look_over, write_call

pytest_plugins = ("trial_conditions",)


def test_a_power_cut_loses_nothing(tmp_path: Path, sizes: Sizes) -> None:
    found = cut(record(tmp_path / "desk", sizes.calls_a_session), sizes.cuts, tmp_path / "cut", seed=20261122)
    assert (found.cuts, found.lost, found.half, found.unreadable, found.first) == (sizes.cuts, 0, 0, 0, "")


@pytest.mark.parametrize("synchronous", ["NORMAL", "OFF"])
def test_the_trial_sees_what_less_care_would_lose(tmp_path: Path, synchronous: str) -> None:
    found = cut(record(tmp_path / "desk", 6, synchronous), 20, tmp_path / "cut", seed=20261122)
    assert found.lost + found.unreadable > found.cuts / 4


def test_a_ledger_whose_salt_is_its_own_still_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    acknowledged: list[str] = []
    with monkeypatch.context() as before:
        before.setattr("navigator.ledger.storage._SALT", "")
        with Place(tmp_path / "old").open() as ledger:
            write_call(ledger, 1, lambda step, number: acknowledged.append(f"{step} {number}"))
            shutil.copytree(tmp_path / "old", tmp_path / "killed", ignore=shutil.ignore_patterns("*-shm"))
    for left in ("old", "killed"):
        with Place(tmp_path / left).open() as ledger:
            write_call(ledger, 2, lambda *_: None)
            assert not look_over(ledger, acknowledged).any
