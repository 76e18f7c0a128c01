"""The public criteria of each criteria set, as package data (METHOD 2.8, 4.9; CONTRACT 3)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from provider_directory.quality.profiles import packaged_text, profiles

CriterionKind = Literal["compared", "medicare", "attested", "tier"]
SAFETY_MEASURE = "PSI_90"


@dataclass(frozen=True)
class Criterion:
    """One thing that a facility must show.

    ``least`` is cases a year, ``least_cases`` the smallest denominator; "" and 0 = this kind of criterion has none.
    """

    id: str
    kind: CriterionKind
    name: str
    """Short words for a label: "below public check: complications"."""
    text: str
    threshold: str
    measure: str
    least_cases: int
    drgs: frozenset[str]
    least: int

    @property
    def specific(self) -> bool:
        """Say whether it is about the procedure: all are but R3, which is about the whole hospital (METHOD 4.9)."""
        return self.id != "R3"


@dataclass(frozen=True)
class CriteriaSet:
    """The criteria that make a facility pass for a kind of care, and the profile whose tier R5 looks at.

    ``public`` is False where no public data judges the set: it is NO_EVIDENCE without a contract, whatever is loaded.
    """

    name: str
    title: str
    profile: str
    public: bool
    criteria: tuple[Criterion, ...]

    @property
    def has_volume(self) -> bool:
        """Say whether a procedure-specific volume is judged; without, PROVISIONAL is the best state (METHOD 4.9)."""
        return any(criterion.kind in ("medicare", "attested") for criterion in self.criteria)


@cache
def criteria_sets() -> Mapping[str, CriteriaSet]:
    """Give every criteria set by name, those without public criteria and "none" included."""
    data = tomllib.loads(packaged_text("criteria.toml"))
    return MappingProxyType({name: _set(name, table, data["kinds"]) for name, table in data["sets"].items()})


def _set(name: str, table: Mapping[str, Any], shared: Mapping[str, Any]) -> CriteriaSet:
    tables = {key: value for key, value in table.items() if isinstance(value, dict)}
    if table["public"]:
        tables["R5"] = shared["R5"]
        if SAFETY_MEASURE in profiles()[table["profile"]].weights:
            tables["R3"] = shared["R3"]
    criteria = tuple(_criterion(key, tables[key]) for key in sorted(tables))
    return CriteriaSet(name, table["title"], table["profile"], table["public"], criteria)


def _criterion(key: str, table: Mapping[str, Any]) -> Criterion:
    return Criterion(
        id=key,
        kind=table["kind"],
        name=table["name"],
        text=table["text"],
        threshold=table["threshold"],
        measure=table.get("measure", ""),
        least_cases=table.get("least_cases", 0),
        drgs=frozenset(table.get("drgs", ())),
        least=table.get("least", 0),
    )
