"""Two or three centers side by side, and what may be said of each pair."""

from __future__ import annotations

from datetime import date

from provider_directory.models.base import Value
from provider_directory.models.centers import Center
from provider_directory.models.ladders import MeasureEvidence
from provider_directory.models.questions import Place


class ComparedCenter(Value):
    """One center of a comparison; its rank is None, for a comparison ranks nothing."""

    center: Center
    conflict: str | None
    """What public data says against its contract, on one line; None where nothing is known against it."""


class ComparedMeasure(Value):
    """One published measure at every center of a comparison."""

    id: str
    name: str
    unit: str
    lower_is_better: bool
    national: float | None
    about: str
    figures: tuple[MeasureEvidence, ...]
    """In the order of the centers."""


class QualityVerdict(Value):
    """Whether two centers can be told apart by their scores in one profile (CONTRACT 2); facility ids."""

    first: str
    second: str
    better: str | None
    """The facility that is clearly better; None = no clear difference, or nothing to compare."""
    chance: float | None
    """The chance that the first is better than the second, 0-1; None where one has no score."""
    words: str


class PriceVerdict(Value):
    """Whether the prices of two centers may be compared: like with like only (METHOD 3.2); facility ids, cents."""

    first: str
    second: str
    comparable: bool
    lower: str | None
    """The facility with the lower price; None = the same amount, or not comparable."""
    difference_cents: int | None
    words: str
    """Where not comparable, the difference that forbids it."""


class Comparison(Value):
    """Two or three centers side by side, with what may be said of each pair."""

    edition: str
    demonstration: bool
    on: date
    care_day: date
    procedure: str
    place: Place
    program: str | None
    applies: str
    """Whom the figures are about."""
    centers: tuple[ComparedCenter, ...]
    quality: tuple[QualityVerdict, ...]
    prices: tuple[PriceVerdict, ...]
    measures: tuple[ComparedMeasure, ...]
    spoken: str
    """Two sentences to say aloud."""
