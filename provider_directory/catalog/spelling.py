"""Known words for a word that is not known: inflected, joined, begun or misspelled."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from provider_directory.catalog.vocabulary import FILLER_MARK, Vocabulary

_ENDINGS = ("s", "es", "ed", "ing", "d", "ly", "er")
_SHORT_TARGETS = frozenset({"hip", "eye", "ear", "leg", "toe", "mri", "acl"})
_MANY = 12
_SHORTEST_PREFIX = 2
_LONGEST_TYPED_WORD = 28
_CLEAR = 0.85
_ABBREVIATION_CONFIDENCE = 0.65
_SHORT = 5
_LONG = 8
_GUESS_CONFIDENCE = 0.72
"""A slip in a word of fewer letters than _SHORT, or two in one below _LONG, is a guess that never settles an answer."""
_SHORTEST_HEARD = 6
_ALIKE_CONFIDENCE = 0.8
_VOWELS = re.compile(r"[aeiouyh]")
_SOUNDS = (
    ("ph", "f"),
    ("ck", "k"),
    ("qu", "k"),
    ("x", "ks"),
    ("c", "k"),
    ("z", "s"),
    ("v", "b"),
    ("kn", "n"),
    ("wr", "r"),
)

GUARDED = (
    ("colostomy", "colonoscopy"),
    ("laminectomy", "lumpectomy"),
    ("mastectomy", "myomectomy"),
    ("tavr", "teer"),
)
"""Words that one slip turns into each other: what is typed between them asks (METHOD 1 pitfall 6)."""


class Spelled(NamedTuple):
    """A known word that may be meant; confidence 0-1."""

    words: tuple[str, ...]
    confidence: float
    how: str
    """"exact", "inflected", "joined", "begun" or "misspelled"."""


class Speller:
    """Finds known words near a typed one; holds no typed word."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._known = vocabulary.known_words

    @cached_property
    def _targets(self) -> list[str]:
        """Words that a slip may be mended to; the shortest are too near to each other for that."""
        known = self._known - self._vocabulary.ordinary
        return sorted(word for word in known if (len(word) > 3 or word in _SHORT_TARGETS) and word.isalpha())

    @cached_property
    def _parts(self) -> frozenset[str]:
        """Words that another may be typed onto without the blank."""
        short = {word for word in self._vocabulary.abbreviations if len(word) < 4} - _SHORT_TARGETS
        return self._known - self._vocabulary.stops - self._vocabulary.ordinary - short

    @cached_property
    def _sounds(self) -> dict[str, list[str]]:
        by_sound: dict[str, list[str]] = {}
        for word in self._targets:
            if len(word) > 4:
                by_sound.setdefault(_sound(word), []).append(word)
        return by_sound

    def spell(self, typed: str, last: bool) -> tuple[Spelled, ...]:
        """Give the known words that ``typed`` may stand for, best first; ``last`` = it may still be in the typing."""
        if typed in self._known:
            return (Spelled((typed,), 1.0, "exact"), *self._slips_into(typed))
        if len(typed) > _LONGEST_TYPED_WORD or any(c.isdigit() for c in typed):
            return ()
        if stem := self._stem(typed):
            return (Spelled((stem,), 0.97, "inflected"),)
        if joined := self._joined(typed):
            return (joined,)
        begun = self._begun(typed) if last else ()
        mended = self._mended(typed)
        clear = begun or (mended and mended[0].confidence >= _CLEAR)
        if not clear and (joined := self._joined_and_mended(typed)):
            return (joined,)
        return tuple(sorted((*begun, *mended), key=lambda spelled: -spelled.confidence))[:_MANY]

    def _slips_into(self, typed: str) -> list[Spelled]:
        """Give what an everyday word may be a slip in; never more than a guess."""
        if typed not in self._vocabulary.ordinary:
            return []
        mended = [spelled for spelled in self._mended(typed) if not self._is_filler(spelled.words[0])]
        return [spelled._replace(confidence=min(spelled.confidence, _GUESS_CONFIDENCE)) for spelled in mended]

    def _stem(self, typed: str) -> str | None:
        for ending in _ENDINGS:
            stem = typed.removesuffix(ending)
            if stem != typed and len(stem) > 3:
                for known in (stem, stem + "s", stem + "e"):
                    if known in self._known:
                        return known
        return typed + "s" if len(typed) > 3 and typed + "s" in self._known else None

    def _begun(self, typed: str) -> tuple[Spelled, ...]:
        if len(typed) < _SHORTEST_PREFIX:
            return ()
        targets = self._targets
        at = bisect_left(targets, typed)
        found = []
        while at < len(targets) and targets[at].startswith(typed):
            found.append(targets[at])
            at += 1
        found.sort(key=lambda word: (self._is_filler(word), -self._vocabulary.uses(word), len(word), word))
        most = 1.0 if len(typed) >= _SHORT else _GUESS_CONFIDENCE
        return tuple(
            Spelled(
                (word,), min(most, (0.35 if self._is_filler(word) else 0.45) + 0.5 * len(typed) / len(word)), "begun"
            )
            for word in found[:_MANY]
        )

    def _is_filler(self, word: str) -> bool:
        return (
            word in self._vocabulary.stops or self._vocabulary.surfaces.get(word, (FILLER_MARK,))[0][0] == FILLER_MARK
        )

    def _joined(self, typed: str) -> Spelled | None:
        """Split two known words that were typed without the blank."""
        for cut in range(3, len(typed) - 2):
            left, right = typed[:cut], typed[cut:]
            if left in self._parts and right in self._known and right not in self._vocabulary.ordinary:
                whole = len(right) > 3 or right in _SHORT_TARGETS
                if whole and not (self._is_filler(left) and self._is_filler(right)):
                    return Spelled((left, right), 0.95, "joined")
        return None

    def _joined_and_mended(self, typed: str) -> Spelled | None:
        """Split a known word from a misspelled one."""
        for cut in range(3, len(typed) - 5):
            left, right = typed[:cut], typed[cut:]
            if left in self._parts and not self._is_filler(left):
                mended = self._mended(right)
                if mended and mended[0].confidence >= _CLEAR:
                    return Spelled((left, *mended[0].words), 0.8, "joined")
        return None

    def _mended(self, typed: str) -> tuple[Spelled, ...]:
        if len(typed) < 3:
            return ()
        from rapidfuzz import process  # deferred: 14 ms that exact words never pay
        from rapidfuzz.distance import OSA

        reach = 1 if len(typed) < 5 else 2 if len(typed) < 9 else 3
        near = process.extract(typed, self._targets, scorer=OSA.distance, score_cutoff=reach, limit=_MANY)
        found = [(int(distance), word) for word, distance, _ in near if _plausible(typed, word, int(distance))]
        closest = min((distance for distance, _ in found), default=reach + 1)
        mended = [
            Spelled((word,), self._confidence(typed, word, distance), "misspelled")
            for distance, word in found
            if distance == closest or (distance == closest + 1 and closest > 0)
        ]
        if closest > 1:
            mended += [Spelled((word,), _ALIKE_CONFIDENCE, "misspelled") for word in self._alike(typed)]
        order = sorted(_guard(mended), key=lambda one: (-one.confidence, self._is_filler(one.words[0]), one.words))
        return tuple(order[:_MANY])

    def _alike(self, typed: str) -> list[str]:
        """Give the words that sound the same and are not written too differently ("money" is not "mania")."""
        if len(typed) < _SHORTEST_HEARD:
            return []
        from rapidfuzz.distance import OSA  # deferred as above

        first = (typed[0], *_same_sound(typed[0]))
        same = [word for word in self._sounds.get(_sound(typed), ()) if word[0] in first]
        return [word for word in same if OSA.distance(typed, word) <= max(2, len(typed) // 3)]

    def _confidence(self, typed: str, word: str, distance: int) -> float:
        if word in self._vocabulary.abbreviations:
            return _ABBREVIATION_CONFIDENCE
        confidence = 1.0 - 0.8 * distance / min(len(typed), len(word))
        if typed[0] != word[0]:
            confidence -= 0.06 if len(typed) > 4 else 0.2
        if _undoubled(typed) == _undoubled(word):
            confidence += 0.08
        elif sorted(typed) == sorted(word):
            confidence += 0.06
        elif set(typed) == set(word):
            confidence += 0.03
        elif len(typed) == len(word) == _SHORT:
            confidence -= 0.12
        guess = len(typed) < _SHORT or distance > 2 or (distance == 2 and min(len(typed), len(word)) < _LONG)
        return max(0.0, min(confidence, _GUESS_CONFIDENCE if guess else 0.97))


def _sound(word: str) -> str:
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    rest = _VOWELS.sub("", word[1:])
    return word[0] + _undoubled(rest)


def _same_sound(letter: str) -> str:
    return {"c": "ks", "k": "c", "s": "c", "f": "p", "p": "f", "j": "g", "g": "j", "v": "b", "b": "v"}.get(letter, "")


def _plausible(typed: str, word: str, distance: int) -> bool:
    """Refuse slips that make another word of the same length out of a short one ("lip" is not "hip")."""
    if len(typed) > 4 or distance == 0:
        return True
    if len(typed) == 3 and len(word) == 3:
        return sorted(typed) == sorted(word)
    return len(word) > len(typed) or len(typed) == 4


def _undoubled(word: str) -> str:
    return "".join(c for at, c in enumerate(word) if at == 0 or word[at - 1] != c)


def _guard(found: Sequence[Spelled]) -> list[Spelled]:
    """Set both words of a guarded pair level where one of them is only a guess."""
    guarded = list(found)
    for pair in GUARDED:
        present = [spelled for spelled in found if spelled.words[0] in pair]
        if len({spelled.words for spelled in present}) == len(pair):
            level = min(spelled.confidence for spelled in present)
            guarded = [s._replace(confidence=level) if s in present else s for s in guarded]
    return guarded
