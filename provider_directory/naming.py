"""Which facilities a spoken or typed name may mean: whole words count first, then likeness, then nearness."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from provider_directory.catalog.folding import fold
from provider_directory.models import Place
from provider_directory.places import miles_from

NEAR_MILES = 250.0
"""Where a place is given, a name within these miles of it is meant before one farther away."""
LIKE_ENOUGH = 76
CLEARLY = 4
"""Of 100: how like a name must be, and by how much more than the next to stand alone."""
MOST = 5


class Named(Protocol):
    """Whatever has a name, and a point where one is known."""

    @property
    def name(self) -> str:
        """Give the name as the source writes it."""

    @property
    def lat(self) -> float | None:
        """Give degrees north."""

    @property
    def lon(self) -> float | None:
        """Give degrees east."""


N = TypeVar("N", bound=Named)


def called(name: str, all_of_them: Sequence[N], near: Place | None) -> list[N]:
    """Give those whose names are like the words, the most like first, at most MOST; one alone where it stands out.

    Near the place first, where one is given; anywhere where none there is like the words.
    """
    words = fold(name)
    if not words:
        return []
    around = _around(all_of_them, near) if near else ()
    return _like(words, around) or _like(words, all_of_them)


def _around(all_of_them: Sequence[N], near: Place) -> list[N]:
    """Give those within NEAR_MILES, the nearest first."""
    to = miles_from(near.lat, near.lon)
    far = [(to(each.lat, each.lon), each) for each in all_of_them if each.lat is not None and each.lon is not None]
    return [each for miles, each in sorted(far, key=lambda pair: pair[0]) if miles <= NEAR_MILES]


def _like(words: str, named: Sequence[N]) -> list[N]:
    from rapidfuzz import fuzz, process  # deferred: only a name pays for it

    names = [fold(each.name) for each in named]
    best: dict[int, float] = {}
    for scorer in (fuzz.token_set_ratio, fuzz.WRatio):
        for _name, score, at in process.extract(words, names, scorer=scorer, limit=20, score_cutoff=LIKE_ENOUGH):
            best[at] = max(score, best.get(at, 0))
    # Of names that hold every word the shorter is more like them; what stays equal keeps its order.
    best = {at: score for at, score in best.items() if score >= 100} or best
    ranked = sorted(best, key=lambda at: (-best[at], -fuzz.ratio(words, names[at]), at))[:MOST]
    exact = [at for at in ranked if names[at] == words]
    stands_out = len(ranked) > 1 and best[ranked[0]] - best[ranked[1]] >= CLEARLY
    return [named[at] for at in (exact if len(exact) == 1 else ranked[:1] if stands_out else ranked)]
