"""The ways for small employers, from a list that is kept by hand: each says who checked it when, stale ones say so."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from navigator.days import day_words


class Pathway(NamedTuple):
    """One way to come to Centers of Excellence; ``checked`` None = nobody has held it to a source yet."""

    name: str
    how: str
    limits: str
    source: str
    checked: date | None


@cache
def pathways() -> tuple[tuple[Pathway, ...], timedelta]:
    """Give every way in the order of the file, and how long a check is fresh."""
    content = tomllib.loads(files("navigator.hr").joinpath("pathways.toml").read_text(encoding="utf-8"))
    listed = tuple(
        Pathway(each["name"], each["how"], each["limits"], each["source"], each.get("checked"))
        for each in content["pathway"]
    )
    return listed, timedelta(days=content["fresh_days"])


def freshness(pathway: Pathway, on: date) -> str:
    """Say when an entry was checked, and that it is stale where that is too long ago."""
    if pathway.checked is None:
        return "not checked: ask before you rely on it"
    _listed, fresh = pathways()
    old = " - STALE, check it again" if on - pathway.checked > fresh else ""
    return f"checked {day_words(pathway.checked)}{old}"
