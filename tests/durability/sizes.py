"""How much is tried: a little on every run of the tests, much with ``--durability-long``."""

from __future__ import annotations

from typing import NamedTuple


class Sizes(NamedTuple):
    """Counts of each trial."""

    kills: int
    cuts: int
    calls_a_session: int
    """Written before the cuts; the ledger is opened twice for them."""
    server_kills: int
    flips: int
    referrals_a_writer: int
    rotations: int
    """Changes of the key that are killed."""


SHORT = Sizes(kills=12, cuts=80, calls_a_session=4, server_kills=3, flips=40, referrals_a_writer=30, rotations=6)
LONG = Sizes(
    kills=1000, cuts=10_000, calls_a_session=25, server_kills=50, flips=1000, referrals_a_writer=1000, rotations=100
)
