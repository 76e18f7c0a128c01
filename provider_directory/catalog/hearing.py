"""From typed words to what was heard: for each word or group of words the concepts that it may stand for."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import NamedTuple

from provider_directory.catalog.folding import fold_words
from provider_directory.catalog.spelling import Spelled, Speller
from provider_directory.catalog.vocabulary import FILLER_MARK, OUT_OF_SCOPE, Vocabulary

_COMPANY = 6
_LEVEL = 0.13
_CLEAR = 0.8
_FAINT = 0.74
"""Below this a mended word is as good as unknown."""
UNKNOWN_WEIGHT = 0.4
"""Weight of a word that no list holds: a name as a rule, sometimes the point of the sentence."""


class Meaning(NamedTuple):
    """One concept that a slot may stand for, with the known words it was taken for."""

    confidence: float
    words: str
    how: str


class Slot(NamedTuple):
    """One word, or several that belong together, as typed, with all that they may mean."""

    typed: str
    meanings: dict[str, Meaning]
    weight: float
    """What it costs when an answer leaves this slot out; 0 for everyday words."""
    in_doubt: bool = False
    """True when another known word is as near to what was typed."""


class Ear:
    """Hears typed words with the catalogue's vocabulary."""

    def __init__(self, vocabulary: Vocabulary, speller: Speller) -> None:
        self._vocabulary = vocabulary
        self._speller = speller

    def hear(self, words: str) -> list[Slot]:
        """Give the slots of the sentence in order, without the words that never carry meaning."""
        typed = self._rejoined(fold_words(words))
        spelled = [self._speller.spell(word, at == len(typed) - 1) for at, word in enumerate(typed)]
        spelled = self._in_company(typed, spelled)
        best: list[str] = []
        origin: list[int] = []
        for at, options in enumerate(spelled):
            parts = options[0].words if options else (typed[at],)
            best += parts
            origin += [at] * len(parts)
        return _distinct(self._slots(typed, spelled, best, origin))

    def _in_company(self, typed: list[str], spelled: list[tuple[Spelled, ...]]) -> list[tuple[Spelled, ...]]:
        """Prefer, among spellings, the one that makes a known group of words with its neighbors ("lose weight")."""
        chosen = list(spelled)
        for at, options in enumerate(spelled):
            if len(options) < 2:
                continue
            before = chosen[at - 1][0].words[-1] if at and chosen[at - 1] else ""
            after = spelled[at + 1][0].words[0] if at + 1 < len(typed) and spelled[at + 1] else ""
            for option in options[:_COMPANY]:
                word = option.words[0]
                if f"{before} {word}" in self._vocabulary.surfaces or f"{word} {after}" in self._vocabulary.surfaces:
                    chosen[at] = (option,)
                    break
        return chosen

    def _rejoined(self, typed: list[str]) -> list[str]:
        """Join two words that only together are known ("hemo rrhoids")."""
        surfaces, known = self._vocabulary.surfaces, self._vocabulary.known_words
        joined: list[str] = []
        for word in typed:
            if joined and joined[-1] + word in surfaces and not (word in known and joined[-1] in known):
                joined[-1] += word
            else:
                joined.append(word)
        return joined

    def _slots(
        self, typed: list[str], spelled: list[tuple[Spelled, ...]], best: list[str], origin: list[int]
    ) -> list[Slot]:
        slots: list[Slot] = []
        at = 0
        while at < len(best):
            length = self._vocabulary.surface_length(best, at)
            sources = range(origin[at], origin[at + max(length, 1) - 1] + 1)
            heard = " ".join(typed[source] for source in sources)
            if length > 1:
                confidence = min(spelled[source][0].confidence for source in sources)
                how = max((spelled[source][0].how for source in sources), key=_oddness)
                slots.append(self._slot(heard, [Spelled((" ".join(best[at : at + length]),), confidence, how)]))
            elif len(sources) == 1 and len(spelled[sources[0]]) > 1:
                slots.append(self._slot(heard, spelled[sources[0]]))
            elif length:
                first = spelled[sources[0]][0]
                slots.append(self._slot(heard, [Spelled((best[at],), first.confidence, first.how)]))
            elif best[at] not in self._vocabulary.stops:
                slots.append(Slot(heard, {}, UNKNOWN_WEIGHT))
            at += max(length, 1)
        return slots

    def _slot(self, typed: str, options: list[Spelled] | tuple[Spelled, ...]) -> Slot:
        meanings: dict[str, Meaning] = {}
        for option in options:
            words = " ".join(option.words)
            for concept in self._vocabulary.surfaces.get(words, ()):
                if concept not in meanings:
                    meanings[concept] = Meaning(option.confidence, words, option.how)
        weights = self._vocabulary.weights
        first = options[0].words[0]
        weak = options[0].how == "misspelled" and options[0].confidence < _CLEAR
        light = first in self._vocabulary.stops or self._vocabulary.surfaces.get(first, ("",))[0].startswith(
            FILLER_MARK
        )
        if weak and (light or options[0].confidence < _FAINT):
            return Slot(typed, meanings, UNKNOWN_WEIGHT)
        weight = 0.0 if light else max((weights[concept] for concept in meanings), default=UNKNOWN_WEIGHT)
        first_concepts = set(self._vocabulary.surfaces.get(" ".join(options[0].words), ()))
        in_doubt = any(
            option.confidence > options[0].confidence - _LEVEL
            and self._stands_alone(option)
            and first_concepts.isdisjoint(self._vocabulary.surfaces.get(" ".join(option.words), ()))
            for option in options[1:]
        )
        return Slot(typed, meanings, weight, in_doubt)

    def _stands_alone(self, option: Spelled) -> bool:
        words = " ".join(option.words)
        return words in self._vocabulary.surfaces or words in self._vocabulary.stops


def _distinct(slots: list[Slot]) -> list[Slot]:
    """Leave out what was said before: "my knee ... new knee"."""
    return [
        slot
        for at, slot in enumerate(slots)
        if not slot.meanings or all(slot.meanings.keys() != earlier.meanings.keys() for earlier in slots[:at])
    ]


def _oddness(how: str) -> int:
    return ("exact", "inflected", "joined", "begun", "misspelled").index(how)


def names_something_else(slots: Iterable[Slot], concepts: Container[str], least: float = 0.0) -> bool:
    """Say whether a slot that ``concepts`` leave out names, with confidence ``least``, what is not covered here."""
    return any(
        slot.weight > 0
        and OUT_OF_SCOPE in slot.meanings
        and slot.meanings[OUT_OF_SCOPE].confidence >= least
        and not any(concept in concepts for concept in slot.meanings)
        for slot in slots
    )
