"""What is counted of a referral that was sent: care, center and how it ended, and nothing about a person."""

from __future__ import annotations

from typing import NamedTuple

from navigator.referral.lifecycle import State
from navigator.referral.outcome import OutcomeKind


class Tally(NamedTuple):
    """One referral that was sent; ``procedure`` and ``outcome`` None = not kept, or not known yet."""

    procedure: str | None
    facility_id: str | None
    state: State
    outcome: OutcomeKind | None
