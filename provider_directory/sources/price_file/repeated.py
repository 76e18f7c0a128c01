"""Counts, while a file streams by, how many MS-DRGs one payer's plan posts at one dollar (METHOD 3.3, 5.12)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

FEWEST = 20
"""A dollar shared by fewer MS-DRGs than this is no base rate, and is not listed."""
MOST_COUNTED = 64
"""MS-DRGs counted for one dollar: enough to find FEWEST beside the longest set of a procedure."""
_MOST_DOLLARS = 250_000
_MOST_SHARED = 40_000

Posted = tuple[str, str, str]
"""Payer, plan and dollar as written."""


class _Shared(NamedTuple):
    posted: Posted
    drgs: set[str]


class RepeatedDollars(Mapping[Posted, frozenset[str]]):
    """(payer, plan, dollar) -> the MS-DRGs that share it, of those with FEWEST and more; at most MOST_COUNTED each.

    "20000" and "20000.00" are one dollar. Memory is bounded: beyond 250,000 dollars of one MS-DRG each, or 40,000 that
    are shared, those with the fewest MS-DRGs are forgotten, so that in such a file a count may come out too low.
    """

    def __init__(self) -> None:
        # By hash: a file has hundreds of thousands of dollars that one MS-DRG alone has, and their texts would not fit.
        self._single: dict[int, str] = {}
        self._shared: dict[int, _Shared] = {}

    def add(self, payer: str, plan: str, dollar: str, drg: str) -> None:
        """Count one row of an MS-DRG."""
        key = hash((payer, plan, _plain(dollar)))
        shared = self._shared.get(key)
        if shared is not None:
            if len(shared.drgs) < MOST_COUNTED:
                shared.drgs.add(drg)
            return
        first = self._single.setdefault(key, drg)
        if first != drg:
            del self._single[key]
            self._shared[key] = _Shared((payer, plan, dollar), {first, drg})
            if len(self._shared) > _MOST_SHARED:
                self._forget()
        elif len(self._single) > _MOST_DOLLARS:
            self._single.clear()

    def _forget(self) -> None:
        fewest = min(len(shared.drgs) for shared in self._shared.values())
        self._shared = {key: shared for key, shared in self._shared.items() if len(shared.drgs) > fewest}

    def __getitem__(self, posted: Posted) -> frozenset[str]:
        payer, plan, dollar = posted
        shared = self._shared.get(hash((payer, plan, _plain(dollar))))
        if shared is None or len(shared.drgs) < FEWEST:
            raise KeyError(posted)
        return frozenset(shared.drgs)

    def __iter__(self) -> Iterator[Posted]:
        return (shared.posted for shared in self._shared.values() if len(shared.drgs) >= FEWEST)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _plain(dollar: str) -> str:
    bare = dollar.strip().replace(",", "")
    return bare.rstrip("0").rstrip(".") if "." in bare else bare
