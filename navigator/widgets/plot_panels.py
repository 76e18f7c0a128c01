"""Which centers can be placed by price and quality, on which panel; one panel a kind of price, never mixed."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase, ascii_uppercase
from typing import TYPE_CHECKING, NamedTuple

from navigator.widgets import phrases

if TYPE_CHECKING:
    from provider_directory.models import Center, Price, Score


LETTERS = ascii_uppercase + ascii_lowercase
"""More than any offer on a screen has centers; a letter twice would be worse than a center that is only in the list."""


class Placed(NamedTuple):
    """A center with a price and a score."""

    letter: str
    center: Center
    score: Score
    cents: int

    @property
    def span(self) -> tuple[int, int]:
        """Give the price's range in cents; the amount twice where no range is known."""
        price = self.center.price
        if price.low_cents is None or price.high_cents is None:
            return self.cents, self.cents
        return min(price.low_cents, self.cents), max(price.high_cents, self.cents)


class Panel(NamedTuple):
    """The centers whose prices are of one kind, of one service; cheapest first."""

    title: str
    short: str
    """The title where panels stand beside each other."""
    points: tuple[Placed, ...]


class NotPlaced(NamedTuple):
    """A center that cannot be drawn, and why; it is never drawn at 0."""

    letter: str
    center: Center
    reason: str


Groups = tuple[tuple[str, tuple[Placed | NotPlaced, ...]], ...]
NOT_DRAWN = "not drawn"


def groups_of(panels: Sequence[Panel], rest: tuple[NotPlaced, ...]) -> Groups:
    """Give every center under the title of its panel, and last those that cannot be drawn."""
    return (*((panel.title, panel.points) for panel in panels), (NOT_DRAWN, rest))


def panel_of(panels: Sequence[Panel], letter: str) -> Panel | None:
    """Give the panel on which a letter stands, else the first; None where nothing can be drawn."""
    return next(
        (panel for panel in panels if any(point.letter == letter for point in panel.points)), next(iter(panels), None)
    )


def panels_of(centers: Sequence[Center]) -> tuple[tuple[Panel, ...], tuple[NotPlaced, ...]]:
    """Sort an offer's centers, lettered in its order, into panels; the rest with the reason."""
    from provider_directory.like_with_like import ranking_group  # deferred: pydantic, 56 ms before the first frame

    kinds: dict[tuple[object, ...], list[Placed]] = {}
    rest = []
    for letter, center in zip(LETTERS, centers, strict=False):
        price, score = center.price, center.score
        if reason := _reason(center):
            rest.append(NotPlaced(letter, center, reason))
        elif score is not None and price.amount_cents is not None:
            key = (price.kind, *ranking_group(price))
            kinds.setdefault(key, []).append(Placed(letter, center, score, price.amount_cents))
    panels = [
        Panel(*_titles(points[0].center.price), tuple(sorted(points, key=lambda point: (point.cents, point.letter))))
        for points in kinds.values()
    ]
    return tuple(panels), tuple(rest)


def _reason(center: Center) -> str:
    price = center.price
    found = []
    if price.amount_cents is None:
        found.append(price.label.rstrip("."))
    elif not price.comparable or (price.as_of is None and not phrases.is_bundle(price)):
        found.append(f"{phrases.price_kind_words(price)} price too doubtful to place")
    if center.score is None:
        found.append((center.score_reason or "no score").rstrip("."))
    return "; ".join(found)


def _titles(price: Price) -> tuple[str, str]:
    words = phrases.price_kind_words(price)
    if price.match == "family":
        words += ", other plans"
    elif price.median_of and price.median_of != "posted_negotiated":
        words += f", {phrases.PRICE_KIND_WORDS[price.median_of]}"
    if phrases.is_bundle(price):
        return "contract bundle, all-in", words
    if price.setting is None:
        return words, words
    of, short = ("hospital stay", "stay") if price.setting == "inpatient" else ("facility fee only", "fee")
    return f"{words}, {of}{f' {price.code}' if price.code else ''}", f"{words}, {short}"
