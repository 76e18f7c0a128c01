"""The centers as they are shown (CONTRACT 2, 6)."""

from __future__ import annotations

from datetime import date

from provider_directory.models.base import Value
from provider_directory.models.centers import Center
from provider_directory.models.questions import Place


class NoContractInReach(Value):
    """No center under contract for the program lies within the radius, which a card of its own tells (CONTRACT 7)."""

    criteria_set: str
    nearest: tuple[Center, ...]
    """The nearest under contract, however far, at most three; empty = there is none in this edition."""


class Offer(Value):
    """The centers as they are shown, best first (CONTRACT 2, 6)."""

    edition: str
    demonstration: bool
    on: date
    care_day: date
    procedure: str
    place: Place
    recover_at: Place | None = None
    program: str | None
    warnings: tuple[str, ...]
    note: str | None
    """A sentence that must be said with the answer, e.g. that no public data rates hospitals for this procedure."""
    total: int
    """Centers within the radius, of which ``centers`` are the first."""
    centers: tuple[Center, ...]
    no_contract_in_reach: NoContractInReach | None = None
    """Set when a program is asked for and no center under contract lies within the radius."""
