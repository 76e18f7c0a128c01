"""From what was heard to procedures: patterns that share a concept are weighed, the best of each procedure counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from provider_directory.catalog.hearing import Slot
from provider_directory.catalog.vocabulary import FILLER_MARK, Pattern, Vocabulary

_MISSING_COSTS = 0.9
_EXTRA_COSTS = 0.35
_KINSHIP_SHARE = 0.2
"""Share of the score that says how many of the heard words belong to the procedure at all."""
_ORDER_STEP = 0.004
_WEIGHT_STEP = 0.02
_TOO_GENERAL = 0.16
"""Concepts of at most this weight ("surgery") bring no pattern into play alone."""

Heard = Mapping[str, tuple[float, int]]
"""Each concept that was heard with its confidence and the slot that it was heard in."""


class Fit(NamedTuple):
    """How well one pattern fits what was heard."""

    score: float
    matched: float
    """Weight of the pattern's concepts that were heard, by confidence."""
    missing: float
    extra: float
    """Weight of what was heard and is not in the pattern."""
    pattern: Pattern


class Scored(NamedTuple):
    """One procedure with its best pattern; score about 0-1.1."""

    id: str
    score: float
    fit: Fit


class Matcher:
    """Weighs patterns; built once from the vocabulary."""

    def __init__(self, vocabulary: Vocabulary, numbers: dict[str, int]) -> None:
        self._weights = vocabulary.weights
        self._patterns = vocabulary.patterns
        self._numbers = numbers
        self._holding: dict[str, list[int]] = {}
        self.kin: dict[str, set[str]] = {id_: set() for id_ in numbers}
        """The concepts that any pattern of a procedure holds."""
        for at, pattern in enumerate(self._patterns):
            for concept in pattern.concepts:
                self._holding.setdefault(concept, []).append(at)
            for id_ in pattern.ids:
                self.kin[id_].update(pattern.concepts)

    def match(self, slots: Sequence[Slot]) -> list[Scored]:
        """Give the procedures that share words with what was heard, best first, ties by number."""
        heard: dict[str, tuple[float, int]] = {}
        for at, slot in enumerate(slots):
            for concept, meaning in slot.meanings.items():
                if meaning.confidence > heard.get(concept, (0.0, 0))[0]:
                    heard[concept] = (meaning.confidence, at)
        total = sum(slot.weight for slot in slots)
        best: dict[str, tuple[float, Fit]] = {}
        for at in self._candidates(heard):
            fit = self._fit(self._patterns[at], heard, slots, total)
            for order, id_ in enumerate(fit.pattern.ids):
                score = fit.score + _WEIGHT_STEP * min(fit.matched, 4) - _ORDER_STEP * order
                if id_ not in best or score > best[id_][0]:
                    best[id_] = (score, fit)
        scored = [
            Scored(id_, (1 - _KINSHIP_SHARE) * score + _KINSHIP_SHARE * self._kinship(id_, slots, total), fit)
            for id_, (score, fit) in best.items()
        ]
        return sorted(scored, key=lambda one: (-round(one.score, 6), self._numbers[one.id]))

    def _candidates(self, heard: Mapping[str, object]) -> set[int]:
        telling = [concept for concept in heard if self._weights[concept] > _TOO_GENERAL and concept[0] != FILLER_MARK]
        return {at for concept in telling or heard for at in self._holding.get(concept, ())}

    def _fit(self, pattern: Pattern, heard: Heard, slots: Sequence[Slot], total: float) -> Fit:
        matched = full = used = 0.0
        taken: set[int] = set()
        for concept in pattern.concepts:
            if concept in heard:
                confidence, at = heard[concept]
                if at not in taken:  # one word cannot stand for two concepts of a phrase
                    taken.add(at)
                    weight = self._weights[concept]
                    full += weight
                    matched += weight * confidence
                    used += slots[at].weight
        missing = max(0.0, pattern.weight - full)
        extra = max(0.0, total - used)
        whole = full + _MISSING_COSTS * missing + _EXTRA_COSTS * extra
        return Fit(matched / whole if whole else 0.0, matched, missing, extra, pattern)

    def _kinship(self, id_: str, slots: Sequence[Slot], total: float) -> float:
        kin = self.kin[id_]
        return sum(slot.weight for slot in slots if not kin.isdisjoint(slot.meanings)) / total if total else 1.0
