"""What callers say, ready for use: words with their concepts, and the patterns of concepts that name procedures.

A phrase is kept as the set of its concepts, so order, language and inflection do not matter: "new knee", "knee
replacement" and "cambio de rodilla" are one pattern. Where order matters ("donor kidney", "kidney donor") several
words together stand for one concept. The word lists are compiled into vocabulary.json, because reading them takes
longer than a one-shot question may.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from provider_directory.catalog.procedures import package_text

OUT_OF_SCOPE = "!"
"""The concept of every word that the catalogue does not cover."""
FILLER_MARK = "~"
"""Begins the concept of an everyday word, which counts only in a phrase that holds it."""


class Pattern(NamedTuple):
    """One way to ask: the concepts that must be heard, and the procedures they stand for."""

    concepts: tuple[str, ...]
    weight: float
    ids: tuple[str, ...]
    asks: bool
    """True when these words alone never settle on a procedure."""


class Vocabulary:
    """The words of the catalogue; ``surfaces`` maps one or several folded words to their concepts, likeliest first."""

    def __init__(
        self,
        weights: Mapping[str, float],
        surfaces: Mapping[str, tuple[str, ...]],
        patterns: Iterable[Pattern],
        stops: Iterable[str],
        vague: Iterable[str],
        spanish: Iterable[str],
        abbreviations: Iterable[str],
        ordinary: Iterable[str],
    ) -> None:
        self.weights = weights
        self.surfaces = surfaces
        self.patterns = tuple(patterns)
        self.stops = frozenset(stops)
        """Words that never carry meaning."""
        self.vague = frozenset(vague)
        """Surfaces that never settle an answer alone."""
        self.spanish = frozenset(spanish)
        """Surfaces that only Spanish has."""
        self.abbreviations = frozenset(abbreviations)
        self.ordinary = frozenset(ordinary)
        """Everyday words and names that may also be a slip in a word of the catalogue ("carpet tunnel")."""
        self._longest = _longest_from(surfaces)

    def surface_length(self, words: list[str], at: int) -> int:
        """Give how many words from ``at`` on make the longest known surface; 0 = none."""
        return surface_length(self.surfaces, self._longest, words, at)

    def uses(self, word: str) -> int:
        """Give how many patterns hold what the word stands for."""
        return max((self._uses.get(concept, 0) for concept in self.surfaces.get(word, ())), default=0)

    @cached_property
    def _uses(self) -> Counter[str]:
        return Counter(concept for pattern in self.patterns for concept in pattern.concepts)

    @cached_property
    def known_words(self) -> frozenset[str]:
        """Every single word of every list."""
        return frozenset(word for surface in self.surfaces for word in surface.split(" ")) | self.stops


def surface_length(surfaces: Mapping[str, object], longest: Mapping[str, int], words: list[str], at: int) -> int:
    """Give how many words from ``at`` on make the longest of ``surfaces``; 0 = none.

    ``longest`` gives the most words of any surface that begins with a word, where that is more than one.
    """
    for length in range(min(longest.get(words[at], 1), len(words) - at), 0, -1):
        if (words[at] if length == 1 else " ".join(words[at : at + length])) in surfaces:
            return length
    return 0


def _longest_from(surfaces: Iterable[str]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for surface in surfaces:
        blanks = surface.count(" ")
        if blanks:
            first = surface[: surface.index(" ")]
            longest[first] = max(longest.get(first, 1), blanks + 1)
    return longest


def read_vocabulary() -> Vocabulary:
    """Give the compiled vocabulary that ships with the package (written by ``catalog.compiling``)."""
    stored = json.loads(package_text("vocabulary.json"))
    weights: dict[str, float] = stored["weights"]
    return Vocabulary(
        weights=weights,
        surfaces={surface: tuple(concepts.split("|")) for surface, concepts in stored["surfaces"].items()},
        patterns=[
            Pattern(concepts := tuple(key.split("|")), sum([weights[c] for c in concepts]), tuple(ids.split("|")), asks)
            for key, ids, asks in stored["patterns"]
        ],
        stops=stored["stops"],
        vague=stored["vague"],
        spanish=stored["spanish"],
        abbreviations=stored["abbreviations"],
        ordinary=stored["ordinary"],
    )
