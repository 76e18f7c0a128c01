"""What callers say, as data: concepts with their English and Spanish words, phrases that name procedures, words of no weight.

A phrase is kept as the set of its concepts, so order, language and inflection do not matter: "new knee", "knee
replacement" and "cambio de rodilla" are one pattern. Where order matters ("donor kidney", "donate a kidney") several
words together stand for one concept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from provider_directory.catalog.folding import fold
from provider_directory.catalog.procedures import SpokenNames, package_text

FILLER_WEIGHT = 0.25
"""Weight of an everyday word inside a phrase that needs it ("need a kidney")."""
OUT_OF_SCOPE = "!"
"""Stands for any word that the catalogue does not cover."""


class Pattern(NamedTuple):
    """One way to ask: the concepts that must be heard, and the procedures they stand for."""

    concepts: tuple[str, ...]
    weight: float
    ids: tuple[str, ...]
    asks: bool
    """True when these words alone never settle on a procedure."""


class Vocabulary:
    """The words, read once; ``surfaces`` maps one or several folded words to their concepts."""

    def __init__(self, names: Iterable[SpokenNames]) -> None:
        self.weights: dict[str, float] = {}
        self.surfaces: dict[str, tuple[str, ...]] = {}
        self.longest: dict[str, int] = {}
        """The most words of any surface that begins with a word."""
        self.spanish: set[str] = set()
        self.abbreviations: set[str] = set()
        self.stops: set[str] = set()
        self._read_concepts()
        self._read_fillers()
        self._read_out_of_scope()
        self.patterns = self._read_patterns(list(names))

    def _add_surface(self, surface: str, concept: str) -> None:
        known = self.surfaces.get(surface)
        if known is None:
            self.surfaces[surface] = (concept,)
            first, *rest = surface.split(" ")
            if len(rest) >= self.longest.get(first, 1):
                self.longest[first] = len(rest) + 1
        elif concept not in known:
            self.surfaces[surface] = (*known, concept)

    def _read_concepts(self) -> None:
        english: set[str] = set()
        for concept, weight, words, spanish in _lines("concepts.tsv"):
            self.weights[concept] = float(weight)
            for surface in words.split(";"):
                self._add_surface(surface, concept)
                english.add(surface)
            for surface in spanish.split(";"):
                self._add_surface(surface, concept)
                self.spanish.add(surface)
        self.spanish -= english

    def _read_fillers(self) -> None:
        for kind, language, words in _lines("fillers.tsv"):
            for word in words.split(";"):
                if kind == "stop":
                    self.stops.add(word)
                elif word not in self.surfaces:
                    self.weights[f"~{word}"] = FILLER_WEIGHT
                    self._add_surface(word, f"~{word}")
                    if language == "es":
                        self.spanish.add(word)

    def _read_out_of_scope(self) -> None:
        self.weights[OUT_OF_SCOPE] = 1.0
        for (line,) in _lines("out_of_scope.tsv"):
            for words in line.split(";"):
                self.surfaces.setdefault(words, (OUT_OF_SCOPE,))
                first, *rest = words.split(" ")
                self.longest[first] = max(self.longest.get(first, 1), len(rest) + 1)

    def _read_patterns(self, names: list[SpokenNames]) -> list[Pattern]:
        """Read the phrases; those of phrases.tsv come first and decide where procedures.csv says the same words."""
        curated: dict[tuple[str, ...], Pattern] = {}
        for ids, phrases in _lines("phrases.tsv"):
            asks = ids.startswith("?") or "," in ids
            for phrase in phrases.split(";"):
                self._keep(curated, phrase, tuple(ids.lstrip("?").split(",")), asks)
        listed: dict[tuple[str, ...], Pattern] = {}
        for spoken in names:
            for name in (*spoken.names, *spoken.spanish):
                self._keep(listed, fold(name), (spoken.id,), False)
            for abbreviation in spoken.abbreviations:
                self.abbreviations.add(fold(abbreviation))
                self._keep(listed, fold(abbreviation), (spoken.id,), False)
        return list({**listed, **curated}.values())

    def _keep(self, kept: dict[tuple[str, ...], Pattern], phrase: str, ids: tuple[str, ...], asks: bool) -> None:
        concepts = tuple(sorted(set(self._concepts_of(phrase.split(" ")))))
        if not concepts:
            return
        known = kept.get(concepts)
        if known and known.ids != ids:
            ids, asks = (*known.ids, *(i for i in ids if i not in known.ids)), True
        elif known:
            asks = asks or known.asks
        kept[concepts] = Pattern(concepts, sum(self.weights[c] for c in concepts), ids, asks)

    def _concepts_of(self, words: list[str]) -> Iterator[str]:
        """Give the concepts of a phrase; a word that no list holds becomes a concept of its own."""
        at = 0
        while at < len(words):
            length = self.surface_length(words, at)
            if length:
                concept = self.surfaces[" ".join(words[at : at + length])][0]
                yield concept if concept != OUT_OF_SCOPE else self._own_concept(" ".join(words[at : at + length]))
            elif words[at] not in self.stops:
                yield self._own_concept(words[at])
            at += length or 1

    def _own_concept(self, surface: str) -> str:
        concept = f"={surface}"
        self.weights.setdefault(concept, 1.0)
        self.surfaces[surface] = (concept, *self.surfaces.get(surface, ()))
        return concept

    def surface_length(self, words: list[str], at: int) -> int:
        """Give how many words from ``at`` on make the longest known surface; 0 = none."""
        for length in range(min(self.longest.get(words[at], 1), len(words) - at), 0, -1):
            if (words[at] if length == 1 else " ".join(words[at : at + length])) in self.surfaces:
                return length
        return 0

    @cached_property
    def known_words(self) -> frozenset[str]:
        """Every single word of every list."""
        return frozenset(word for surface in self.surfaces for word in surface.split(" ")) | self.stops


def _lines(name: str) -> Iterator[list[str]]:
    for line in package_text(name).splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")
