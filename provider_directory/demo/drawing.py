"""Chance that repeats: the same figures from the same seed, on every machine and every Python."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import TypeVar

_Item = TypeVar("_Item")
SEED = "center of excellence demonstration 1"


class Draw:
    """Random figures for one purpose.

    Only ``Random.random()`` is promised to repeat between Python versions, so every other draw is built on it. A
    generator for each purpose, named by its key, keeps one hospital's figures when another is added.
    """

    def __init__(self, *key: object) -> None:
        self._random = random.Random(" ".join([SEED, *map(str, key)]))  # noqa: S311 - invented figures, no secret

    def share(self) -> float:
        """Give a number from 0 up to 1."""
        return self._random.random()

    def normal(self) -> float:
        """Give a number of mean 0 and standard deviation 1: twelve uniform draws summed, so never beyond 6."""
        return sum(self._random.random() for _ in range(12)) - 6.0

    def between(self, low: float, high: float) -> float:
        """Give a number between two bounds."""
        return low + (high - low) * self._random.random()

    def whole(self, low: int, high: int) -> int:
        """Give a whole number from low to high, both included."""
        return low + int((high - low + 1) * self._random.random())

    def pick(self, items: Sequence[_Item]) -> _Item:
        """Give one of the items."""
        return items[int(len(items) * self._random.random())]

    def count(self, expected: float) -> int:
        """Give a Poisson count, by multiplying uniform draws."""
        limit, product, count = math.exp(-expected), self._random.random(), 0
        while product > limit:
            product *= self._random.random()
            count += 1
        return count
