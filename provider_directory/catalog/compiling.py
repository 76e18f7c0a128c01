"""Compile the word lists into vocabulary.json: ``python -m provider_directory.catalog.compiling`` after any change.

concepts.tsv gives each concept its weight and its English and Spanish words, phrases.tsv what callers say for which
procedures, fillers.tsv words of little or no weight, out_of_scope.tsv what the catalogue does not hold; procedures.csv
adds the names, synonyms, abbreviations and Spanish words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from provider_directory.catalog.folding import fold
from provider_directory.catalog.procedures import SpokenNames, package_text, read_spoken_names
from provider_directory.catalog.vocabulary import FILLER_MARK, OUT_OF_SCOPE, surface_length

FILLER_WEIGHT = 0.25
"""Weight of an everyday word inside a phrase that needs it ("need a kidney")."""
OWN_WEIGHT = 1.0
"""Weight of a word that only phrases hold."""
LIGHT_WEIGHT = 0.5
"""The same for an everyday word."""

Concepts = tuple[str, ...]
Meant = tuple[tuple[str, ...], bool]
"""The procedures that words stand for, and whether the words only ask."""


class Compiler:
    """Turns the word lists into weights, surfaces and patterns."""

    def __init__(self) -> None:
        self.weights: dict[str, float] = {}
        self.surfaces: dict[str, Concepts] = {}
        self.spanish: set[str] = set()
        self.abbreviations: set[str] = set()
        self.stops: set[str] = set()
        self.light: set[str] = set()
        self.vague: set[str] = set()
        self.ordinary: set[str] = set()
        self._longest: dict[str, int] = {}
        self._read_concepts()
        self._read_fillers()
        self._read_out_of_scope()
        self.patterns = self._read_patterns(read_spoken_names())

    def _add_surface(self, surface: str, concept: str) -> None:
        known = self.surfaces.get(surface, ())
        if concept not in known:
            self.surfaces[surface] = (*known, concept)
        first, *rest = surface.split(" ")
        self._longest[first] = max(self._longest.get(first, 1), len(rest) + 1)

    def _read_concepts(self) -> None:
        english: set[str] = set()
        for concept, weight, words, spanish in lines("concepts.tsv"):
            self.weights[concept] = float(weight)
            for surface in words.split(";"):
                self._add_surface(surface, concept)
                english.add(surface)
            for surface in spanish.split(";"):
                self._add_surface(surface, concept)
                self.spanish.add(surface)
        self.spanish -= english

    def _read_fillers(self) -> None:
        for kind, language, words in lines("fillers.tsv"):
            for word in words.split(";"):
                if kind == "stop":
                    self.stops.add(word)
                elif kind == "light":
                    self.light.add(word)
                elif kind == "vague":
                    self.vague.add(word)
                elif kind == "shorthand":
                    self.abbreviations.add(word)
                elif kind == "ordinary":
                    self._add_ordinary(word)
                elif word not in self.surfaces:
                    self.weights[FILLER_MARK + word] = FILLER_WEIGHT
                    self._add_surface(word, FILLER_MARK + word)
                    if language == "es":
                        self.spanish.add(word)

    def _add_ordinary(self, word: str) -> None:
        """Take a word for itself first: what else it may stand for comes after, so that leaving it out is free."""
        self.ordinary.add(word)
        self.weights[FILLER_MARK + word] = FILLER_WEIGHT
        self.surfaces[word] = (FILLER_MARK + word, *self.surfaces.get(word, ()))

    def _read_out_of_scope(self) -> None:
        self.weights[OUT_OF_SCOPE] = OWN_WEIGHT
        for (line,) in lines("out_of_scope.tsv"):
            for words in line.split(";"):
                if words not in self.surfaces:
                    self._add_surface(words, OUT_OF_SCOPE)

    def _read_patterns(self, names: Iterable[SpokenNames]) -> dict[Concepts, Meant]:
        """Read the phrases; those of phrases.tsv decide where procedures.csv says the same words."""
        curated: dict[Concepts, Meant] = {}
        for ids, phrases in lines("phrases.tsv"):
            asks = ids.startswith("?") or "," in ids
            for phrase in phrases.split(";"):
                self._keep(curated, phrase, tuple(ids.lstrip("?").split(",")), asks)
        listed: dict[Concepts, Meant] = {}
        for spoken in names:
            self.abbreviations.update(fold(abbreviation) for abbreviation in spoken.abbreviations)
            for name in (*spoken.names, *spoken.spanish, *spoken.abbreviations):
                self._keep(listed, fold(name), (spoken.id,), False)
        return {**listed, **curated}

    def _keep(self, kept: dict[Concepts, Meant], phrase: str, ids: tuple[str, ...], asks: bool) -> None:
        concepts = tuple(sorted(set(self.concepts_of(phrase.split(" ")))))
        known_ids, known_asks = kept.get(concepts, (ids, asks))
        if known_ids != ids:
            ids, asks = (*known_ids, *(i for i in ids if i not in known_ids)), True
        if concepts:
            kept[concepts] = (ids, asks or known_asks)

    def concepts_of(self, words: list[str]) -> Iterator[str]:
        """Give the concepts of a phrase; a word that no list holds becomes a concept of its own."""
        at = 0
        while at < len(words):
            length = surface_length(self.surfaces, self._longest, words, at)
            surface = " ".join(words[at : at + max(length, 1)])
            if length:
                concept = self.surfaces[surface][0]
                yield concept if concept != OUT_OF_SCOPE else self._own_concept(surface)
            elif surface not in self.stops:
                yield self._own_concept(surface)
            at += max(length, 1)

    def _own_concept(self, surface: str) -> str:
        concept = f"={surface}"
        self.weights[concept] = LIGHT_WEIGHT if surface in self.light else OWN_WEIGHT
        self.surfaces[surface] = (concept, *self.surfaces.get(surface, ()))
        return concept


def lines(name: str) -> Iterator[list[str]]:
    """Give the cells of each line of a word list, without its comments."""
    for line in package_text(name).splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def compile_vocabulary() -> str:
    """Give the text of vocabulary.json; the same lists give the same text."""
    compiled = Compiler()
    patterns = [["|".join(key), "|".join(ids), asks] for key, (ids, asks) in compiled.patterns.items()]
    content = {
        "weights": compiled.weights,
        "surfaces": {surface: "|".join(concepts) for surface, concepts in compiled.surfaces.items()},
        "patterns": sorted(patterns),
        "stops": sorted(compiled.stops),
        "ordinary": sorted(compiled.ordinary),
        "vague": sorted(compiled.vague | compiled.light),
        "spanish": sorted(compiled.spanish),
        "abbreviations": sorted(compiled.abbreviations),
    }
    return json.dumps(content, indent=0, sort_keys=True) + "\n"


if __name__ == "__main__":
    Path(__file__).with_name("vocabulary.json").write_text(compile_vocabulary(), encoding="utf-8")
