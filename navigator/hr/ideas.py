"""What a question at the HR desk speaks of, whatever its words: ideas, each of which makes some cards likelier."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Idea(NamedTuple):
    """One idea: how it is heard, and how much it tells for which questions, 0 to 1.2."""

    heard: re.Pattern[str]
    tells: Mapping[str, float]
    words: frozenset[str]
    """Its words as they are spelled, without phrases and beginnings."""


def told_by_ideas(folded: str) -> Mapping[str, float]:
    """Give how much the ideas in folded words tell for each question; an idea counts once."""
    told: dict[str, float] = defaultdict(float)
    for idea in ideas():
        if idea.heard.search(folded):
            for question_id, much in idea.tells.items():
                told[question_id] += much
    return told


@cache
def ideas() -> tuple[Idea, ...]:
    """Give every idea in the order of the file."""
    content = tomllib.loads(files("navigator.hr").joinpath("ideas.toml").read_text(encoding="utf-8"))
    return tuple(
        _idea(each.get("words", "").split(), each.get("phrases", "").split(", "), each["tells"])
        for each in content["idea"]
    )


def _idea(words: list[str], phrases: list[str], tells: Mapping[str, float]) -> Idea:
    said = "|".join(
        re.escape(each).replace(r"\*", r"\w*").replace(r"\#", r"\d+") for each in (*words, *phrases) if each
    )
    return Idea(re.compile(rf"\b(?:{said})\b"), tells, frozenset(each for each in words if each.isalpha()))
