"""Recognise a code in what is typed: CPT, HCPCS, MS-DRG or ICD-10-PCS, in any usual form (METHOD 1 pitfall 7)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from provider_directory.catalog.procedures import DrgSpan
from provider_directory.models import Procedure

_LABELS = (
    r"(?:cpt|hcpcs|ms[\s-]*drg|msdrg|drgs?|icd[\s-]*10[\s-]*pcs|icd[\s-]*10|icd|pcs|codes?|codigos?|procedure code)"
)
_LABELLED_DRG = re.compile(
    r"\b(?:ms[\s-]*)?drgs?\b[\s:#.-]*(?:code\s*|number\s*|no\.?\s*)?(\d{1,4}(?:[\s,/&-]+(?:and\s+)?\d{1,4})*)|\b(?:ms)?drg(\d{1,4})\b"
)
_LABELLED_PCS = re.compile(r"\b(?:icd|pcs)\b")
_LABEL_WORDS = frozenset(
    {
        "cpt",
        "hcpcs",
        "ms",
        "drg",
        "drgs",
        "msdrg",
        "icd",
        "10",
        "icd10",
        "pcs",
        "code",
        "codes",
        "codigo",
        "codigos",
        "number",
        "procedure",
        "and",
        "y",
    }
)
_SEPARATORS = re.compile(r"[\s,/&;:+#.-]+")
_CODE_WORD = re.compile(r"(?=\w*\d)\w{1,12}", re.ASCII)
_MODIFIER = re.compile(r"\w\w", re.ASCII)
_CPT = re.compile(r"(?<![\w.])(?:cpt|hcpcs)?(\d{5}|[a-z]\d{4}|\d{4}[tfu])(?!\w|\.\d)", re.ASCII)
_PCS = re.compile(r"(?<!\w)(?=\w*\d)([0-9a-z]{2,7})(?!\w)", re.ASCII)
_BARE_NUMBER = re.compile(r"[\s#]*(\d{1,4})[\s.]*")
_BARE_CODE = re.compile(r"(?=.*\d)[0-9a-z]{2,8}(?:-\w\w)?", re.ASCII)
_SHORTEST_SURE_PREFIX = 3


class CodeHit(NamedTuple):
    """Procedures that one written code stands for, by number."""

    code: str
    """As a navigator says it, e.g. "CPT 27447"."""
    ids: tuple[str, ...]
    whole: bool
    """False while the code is still being typed."""


class CodeAnswer(NamedTuple):
    """What the codes in the words stand for; no hits = a code that the catalogue does not hold."""

    hits: tuple[CodeHit, ...]
    only_codes: bool
    """True when nothing but codes and their labels was typed."""


class CodeBook:
    """All codes of the catalogue; answers by exact number, PCS by longest prefix."""

    def __init__(self, procedures: tuple[Procedure, ...], spans: Mapping[str, Iterable[DrgSpan]]) -> None:
        self._cpt: dict[str, list[str]] = {}
        self._drg: dict[str, list[str]] = {}
        self._drg_last: dict[str, int] = {}
        self._pcs: dict[str, list[str]] = {}
        for procedure in procedures:
            for code in procedure.cpt_hcpcs:
                self._cpt.setdefault(code.lower(), []).append(procedure.id)
            for prefix in procedure.pcs_prefixes:
                self._pcs.setdefault(prefix.lower(), []).append(procedure.id)

        held = [(span, procedure.id) for procedure in procedures for span in spans[procedure.id]]
        for span, id_ in sorted(held, key=lambda one: -one[0].last_year):  # who holds it today comes first
            self._drg.setdefault(span.drg, []).append(id_)
            self._drg_last.setdefault(span.drg, span.last_year)

    def find(self, words: str) -> CodeAnswer | None:
        """Give what the codes in ``words`` stand for; None where no code is written."""
        text = words.lower()
        if not any(c.isdigit() for c in text) and text.strip() not in self._pcs:
            return None
        hits = self._labelled_drgs(text) or self._numbers(text) or self._prefixes(text)
        only_codes = self._holds_only_codes(text)
        if hits or (only_codes and self._looks_like_code(text)):
            return CodeAnswer(tuple(hits), only_codes)
        return None

    @staticmethod
    def _holds_only_codes(text: str) -> bool:
        """Say whether every word is a code, its label or a two-character modifier after a code."""
        after_code = False
        for word in filter(None, _SEPARATORS.split(text)):
            is_code = bool(_CODE_WORD.fullmatch(word))
            if not (is_code or word in _LABEL_WORDS or (after_code and _MODIFIER.fullmatch(word))):
                return False
            after_code = is_code
        return True

    @staticmethod
    def _looks_like_code(text: str) -> bool:
        bare = text.strip()
        return bool(re.search(rf"^{_LABELS}\b", bare) or _BARE_CODE.fullmatch(bare)) and bare not in {
            "l4",
            "l5",
            "s1",
            "2nd",
        }

    def _labelled_drgs(self, text: str) -> list[CodeHit]:
        numbers = [n for match in _LABELLED_DRG.finditer(text) for n in re.findall(r"\d+", match[1] or match[2])]
        return [hit for number in dict.fromkeys(numbers) if (hit := self._drg_hit(number))]

    def _drg_hit(self, number: str) -> CodeHit | None:
        drg = number.lstrip("0").zfill(3)
        ids = self._drg.get(drg)
        if not ids:
            return None
        last = self._drg_last[drg]
        return CodeHit(f"MS-DRG {drg}" + (f" (until FY{last})" if last < 9999 else ""), tuple(dict.fromkeys(ids)), True)

    def _numbers(self, text: str) -> list[CodeHit]:
        found = [c for c in dict.fromkeys(_CPT.findall(text)) if c in self._cpt]
        hits = [CodeHit(f"{'CPT' if c.isdigit() else 'HCPCS'} {c.upper()}", tuple(self._cpt[c]), True) for c in found]
        bare = _BARE_NUMBER.fullmatch(text)
        if not hits and bare:
            spellings = (self._pcs_hit(bare[1]) if len(bare[1]) == 4 else None, self._drg_hit(bare[1]))
            hits = [hit._replace(whole=len(bare[1]) > 2) for hit in spellings if hit]
        return hits

    def _prefixes(self, text: str) -> list[CodeHit]:
        labelled = bool(_LABELLED_PCS.search(text))
        bare = text.strip()
        if bare in self._pcs:
            return [CodeHit(f"ICD-10-PCS {bare.upper()}", tuple(self._pcs[bare]), True)]
        tokens = [t for t in _PCS.findall(text) if (len(t) >= 4 or labelled or t == bare) and not t.isdigit()]
        return [hit for token in dict.fromkeys(tokens) if (hit := self._pcs_hit(token))]

    def _pcs_hit(self, token: str) -> CodeHit | None:
        code = token.replace("o", "0").replace("i", "1")  # ICD-10-PCS has no letters O and I
        for length in range(len(code), 1, -1):
            if ids := self._pcs.get(code[:length]):
                return CodeHit(f"ICD-10-PCS {code.upper()}", tuple(ids), True)
        begun = [i for prefix, ids in sorted(self._pcs.items()) if prefix.startswith(code) for i in ids]
        if len(code) < _SHORTEST_SURE_PREFIX or not begun:
            return None
        return CodeHit(f"ICD-10-PCS {code.upper()}…", tuple(dict.fromkeys(begun)), False)
