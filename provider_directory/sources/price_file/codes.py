"""Which codes of a price file are wanted: MS-DRG numbers and CPT / HCPCS codes, never a look-alike (METHOD 5.13)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

STAY_TYPES = frozenset({"MS-DRG", "DRG"})
LINE_TYPES = frozenset({"CPT", "HCPCS"})
NOT_WANTED = "not_a_wanted_code"
OTHER_TYPE = "other_code_type"
"""A wanted number under a type that means something else: APR-DRG, TRIS-DRG, RC, LOCAL ..."""
WITH_SUFFIX = "code_with_suffix"
"""A wanted number with something behind it: "470-1", "27447-50"."""

_DRG = re.compile(r"0*(\d{1,3})", re.ASCII)
_LEADING = re.compile(r"0*(\d{3})\b|([0-9A-Z]\d{3}[0-9A-Z])\b", re.ASCII)
_MOST_REMEMBERED = 20_000


class WantedCodes(NamedTuple):
    """The codes that some procedure is priced by."""

    drgs: frozenset[str]
    """Three digits."""
    lines: frozenset[str]
    """CPT and HCPCS codes, upper case."""


class CodeVerdict(NamedTuple):
    """What the codes of one row or item come to."""

    hits: tuple[tuple[str, str], ...]
    """(type, code) of each wanted code, upper case and as written."""
    drg: str
    """Its MS-DRG, wanted or not, three digits; "" = none."""
    refused: str
    """Why it is not wanted; "" when there are hits."""


NOTHING = CodeVerdict((), "", NOT_WANTED)


class CodeSieve(dict[tuple[str, ...], CodeVerdict]):
    """The cells code, type, code, type ... of a row -> their verdict; remembers the latest.

    A mapping, since every row of a file asks it, and the rows of one item come together.
    """

    def __init__(self, wanted: WantedCodes) -> None:
        super().__init__()
        self._wanted = wanted

    def __missing__(self, cells: tuple[str, ...]) -> CodeVerdict:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        self[cells] = verdict = self.judge(zip(cells[::2], cells[1::2], strict=True))
        return verdict

    def judge(self, pairs: Iterable[tuple[str, str]]) -> CodeVerdict:
        """Judge pairs of code and type; a row is wanted if any of its codes is."""
        hits: list[tuple[str, str]] = []
        drg = refused = ""
        for written, kind_written in pairs:
            code, kind = written.strip().upper(), kind_written.strip().upper()
            if not code:
                continue
            if kind in STAY_TYPES:
                number = _DRG.fullmatch(code)
                drg = number[1].zfill(3) if number else drg
                wanted = number is not None and number[1].zfill(3) in self._wanted.drgs
            else:
                wanted = kind in LINE_TYPES and code in self._wanted.lines
            if wanted and (kind, code) not in hits:
                hits.append((kind, code))
            elif not wanted:
                refused = refused or self._look_alike(code, kind)
        if hits:
            return CodeVerdict(tuple(hits), drg, "")
        return CodeVerdict((), drg, refused or NOT_WANTED) if drg or refused else NOTHING

    def _look_alike(self, code: str, kind: str) -> str:
        leading = _LEADING.match(code)
        if leading is None:
            return ""
        number = leading[1] or leading[2]
        if number not in self._wanted.drgs and number not in self._wanted.lines:
            return ""
        if kind not in STAY_TYPES and kind not in LINE_TYPES:
            return OTHER_TYPE if leading.end() == len(code) or "DRG" in kind else ""
        same_family = (kind in STAY_TYPES) == (number in self._wanted.drgs)
        return WITH_SUFFIX if same_family and leading.end() < len(code) else ""
