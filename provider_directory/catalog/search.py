"""A caller's words to procedures: codes first, then what the sentence says; each match with its reason."""

from __future__ import annotations

from collections.abc import Sequence

from provider_directory.catalog.codes import CodeAnswer, CodeBook, CodeHit
from provider_directory.catalog.denying import without_denied
from provider_directory.catalog.folding import MAX_QUERY_CHARACTERS, fold
from provider_directory.catalog.hearing import UNKNOWN_WEIGHT, Ear, Slot, names_something_else
from provider_directory.catalog.matching import Matcher, Scored
from provider_directory.catalog.spelling import Speller
from provider_directory.catalog.vocabulary import OUT_OF_SCOPE, read_vocabulary
from provider_directory.cleaning import clean
from provider_directory.models import Procedure, ProcedureAnswer, ProcedureMatch

MOST_MATCHES = 5

_REFUSAL = "without"
_SURE_COVERAGE = 0.75
_SURE_CONFIDENCE = 0.74
_SURE_MARGIN = 0.06
_RIVAL_SHARE = 0.9
"""Another procedure whose whole pattern weighs this share of the first one's makes the answer a question."""
_KIN_COSTS = 0.3
_GENERAL_WEIGHT = 0.5
_GENERAL_COSTS = 0.5
_TRIFLE = 0.1
_SPARED = 0.16
"""A pattern may lack this much: the word "surgery"."""
_LOWEST_SCORE = 0.3
_LOWEST_OUT_OF_SCOPE = 0.62
_TELLING = 0.5
"""Least weight of what can be denied without saying whose it is: "knee, not hip"."""
_TOLD = 1.5
"""A whole pattern of this weight is offered even beside a word that the catalogue does not hold."""


class ProcedureSearch:
    """Searches the catalogue; deterministic, keeps nothing of what is asked."""

    def __init__(self, procedures: tuple[Procedure, ...], codes: CodeBook) -> None:
        self._by_id = {procedure.id: procedure for procedure in procedures}
        self._codes = codes
        self._vocabulary = read_vocabulary()
        self._ear = Ear(self._vocabulary, Speller(self._vocabulary))
        self._matcher = Matcher(self._vocabulary, {procedure.id: procedure.number for procedure in procedures})

    def search(self, words: str, limit: int = MOST_MATCHES) -> ProcedureAnswer:
        """Find at most ``limit`` procedures, best first; ``sure`` = the first needs no asking (CONTRACT 6)."""
        query = clean(words, MAX_QUERY_CHARACTERS)
        code = self._codes.find(query)
        if code and (code.hits or code.only_codes):
            return self._answer_code(query, code, limit)
        slots = self._hear(query)
        scored = self._matcher.match(slots)
        pattern = scored[0].fit.pattern.concepts if scored else ()
        out_of_scope = names_something_else(slots, pattern)
        elsewhere = names_something_else(slots, pattern, _SURE_CONFIDENCE)
        told = bool(scored) and scored[0].fit.missing <= _SPARED and scored[0].fit.matched >= _TOLD
        lowest = _LOWEST_OUT_OF_SCOPE if elsewhere and not told else _LOWEST_SCORE
        scored = [one for one in scored if one.score >= lowest]
        sure = bool(scored) and not out_of_scope and self._is_sure(scored, slots)
        matches = tuple(
            ProcedureMatch.model_construct(
                id=one.id,
                name=self._by_id[one.id].name,
                why=self._why(one, slots),
                confidence=round(max(0.0, min(one.score / 1.1, 1.0)), 4),
            )
            for one in scored[: min(limit, MOST_MATCHES)]
        )
        return ProcedureAnswer.model_construct(query=query, sure=sure, matches=matches)

    def _hear(self, query: str) -> list[Slot]:
        """Hear what is left when a denied thing is left out, if that means anything."""
        kept = without_denied(query, self._is_telling)
        if kept != query:
            slots = self._ear.hear(kept)
            if any(slot.weight and slot.meanings for slot in slots):
                return slots
        return self._ear.hear(query)

    def _is_telling(self, words: str) -> bool:
        concepts = self._vocabulary.surfaces.get(fold(words), (OUT_OF_SCOPE,))
        return concepts[0] != OUT_OF_SCOPE and self._vocabulary.weights[concepts[0]] >= _TELLING

    def _answer_code(self, query: str, code: CodeAnswer, limit: int) -> ProcedureAnswer:
        shared = [hit for hit in code.hits if hit.ids]
        first = dict.fromkeys(id_ for hit in shared for id_ in hit.ids)
        common = [id_ for id_ in first if all(id_ in hit.ids for hit in shared)]
        ordered = common + [id_ for id_ in first if id_ not in common]
        sure = len(ordered) == 1 and all(hit.whole for hit in shared) and self._words_agree(query, code, ordered[0])
        matches = tuple(
            ProcedureMatch.model_construct(
                id=id_,
                name=self._by_id[id_].name,
                why=self._why_code(id_, next(hit for hit in shared if id_ in hit.ids)),
                confidence=round(1.0 - 0.01 * place, 4) if len(ordered) == 1 else round(0.9 - 0.01 * place, 4),
            )
            for place, id_ in enumerate(ordered[: min(limit, MOST_MATCHES)])
        )
        return ProcedureAnswer.model_construct(query=query, sure=sure, matches=matches)

    def _words_agree(self, query: str, code: CodeAnswer, id_: str) -> bool:
        """Say whether words beside a code, if any, speak of the same procedure."""
        if code.only_codes:
            return True
        slots = [slot for slot in self._ear.hear(query) if slot.weight and not any(c.isdigit() for c in slot.typed)]
        kin = self._matcher.kin[id_]
        return all(not kin.isdisjoint(slot.meanings) for slot in slots if slot.meanings)

    def _why_code(self, id_: str, hit: CodeHit) -> str:
        others = [other for other in hit.ids if other != id_]
        if not others:
            return hit.code
        more = f" and {len(others) - 1} more" if len(others) > 1 else ""
        return (
            f"{hit.code} (shared with {self._by_id[others[0]].name[0].lower()}{self._by_id[others[0]].name[1:]}{more})"
        )

    def _is_sure(self, scored: Sequence[Scored], slots: Sequence[Slot]) -> bool:
        top = scored[0]
        pattern = top.fit.pattern
        if pattern.asks or top.fit.missing > _SPARED:
            return False
        if any(self._is_faint(concept, slots) for concept in pattern.concepts):
            return False
        kin = self._matcher.kin[top.id]
        used = extra = 0.0
        telling: list[str] = []
        for slot in slots:
            heard = [c for c in slot.meanings if c in pattern.concepts]
            if heard:
                weight = max(self._vocabulary.weights[c] for c in heard)
                if weight > _SPARED:
                    telling.append(slot.meanings[heard[0]].words)
                if weight > _TRIFLE and slot.in_doubt:
                    return False
                used += max(slot.weight, weight)
            elif _REFUSAL in slot.meanings:
                return False
            elif slot.meanings and max(one.confidence for one in slot.meanings.values()) < _SURE_CONFIDENCE:
                extra += UNKNOWN_WEIGHT
            elif slot.weight and kin.isdisjoint(slot.meanings):
                if slot.weight > _GENERAL_WEIGHT:
                    return False
                extra += slot.weight * (_GENERAL_COSTS if slot.meanings else 1.0)
            else:
                extra += _KIN_COSTS * slot.weight
        vague = len(telling) == 1 and telling[0] in self._vocabulary.vague
        if vague or not used or used / (used + extra) < _SURE_COVERAGE:
            return False
        return not any(self._rivals(top, other) for other in scored[1:])

    def _is_faint(self, concept: str, slots: Sequence[Slot]) -> bool:
        """Say whether a telling concept was heard, and nowhere with confidence."""
        heard = [slot.meanings[concept].confidence for slot in slots if concept in slot.meanings]
        return bool(heard) and self._vocabulary.weights[concept] > _TRIFLE and max(heard) < _SURE_CONFIDENCE

    @staticmethod
    def _rivals(top: Scored, other: Scored) -> bool:
        if set(other.fit.pattern.concepts) < set(top.fit.pattern.concepts):
            return False
        if other.score > top.score - _SURE_MARGIN:
            return True
        whole = other.fit.missing < 1e-9
        return whole and not other.fit.pattern.asks and other.fit.matched >= _RIVAL_SHARE * top.fit.matched

    def _why(self, one: Scored, slots: Sequence[Slot]) -> str:
        pattern = set(one.fit.pattern.concepts)
        used = [(slot, meaning) for slot in slots for c, meaning in slot.meanings.items() if c in pattern]
        typed = " ".join(dict.fromkeys(slot.typed for slot, _ in used))
        if any(meaning.how == "misspelled" or meaning.how == "joined" for _, meaning in used):
            return f'spelled like "{" ".join(dict.fromkeys(meaning.words for _, meaning in used))}"'
        if typed in self._vocabulary.abbreviations:
            return f"abbreviation {typed.upper()}"
        if any(meaning.words in self._vocabulary.spanish for _, meaning in used):
            return f'Spanish "{typed}"'
        return f'heard "{typed}"'
