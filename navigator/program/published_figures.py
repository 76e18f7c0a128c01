"""Published figures of programs, each with its source and caveat (published_figures.psv); none is a promise."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

_AMOUNT = re.compile(r"\d{4,}", re.ASCII)
_FILE = Path(__file__).with_name("published_figures.psv")


class PublishedFigure(NamedTuple):
    """One figure as it was published; every field as written."""

    id: str
    topic: str
    figure: str
    value: str
    unit: str
    period: str
    source: str
    caveat: str

    @property
    def words(self) -> str:
        """Give the value with its unit, an amount of dollars as it is written in a sentence."""
        if self.unit == "USD" and _AMOUNT.search(self.value):
            return _AMOUNT.sub(lambda found: f"${int(found[0]):,}", self.value)
        return f"{self.value} {self.unit}".removesuffix(" -")


@cache
def published_figures() -> dict[str, PublishedFigure]:
    """Give all figures by id."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()[1:]
    figures = [PublishedFigure(*line.split("|")) for line in lines if line]
    return {figure.id: figure for figure in figures}


def source_of(figure_id: str) -> str:
    """Give where a figure was published; "same" stands for the source of the figure before it."""
    source = ""
    for figure in published_figures().values():
        source = source if figure.source == "same" else figure.source
        if figure.id == figure_id:
            return source
    raise KeyError(figure_id)
