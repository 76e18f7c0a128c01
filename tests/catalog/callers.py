"""The sets of callers' words: one query a line with the procedure ids that a fair reader would accept."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent
SETS = ("callers_words.tsv", "callers_development.tsv", "callers_held_out.tsv", "callers_second_author.tsv")


class CallersWords(NamedTuple):
    """One query; no accepted ids = nothing may be offered as sure."""

    query: str
    accepted: tuple[str, ...]
    language: str
    kind: str
    nothing_will_do: bool
    """True where an empty answer is accepted as well."""


def read_callers(name: str) -> list[CallersWords]:
    """Give the queries of one file."""
    found = []
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            query, ids, language, kind = line.split("\t")
            accepted = tuple(id_ for id_ in ids.split("|") if id_ != "-")
            found.append(CallersWords(query, accepted, language, kind, "-" in ids.split("|")))
    return found
