"""What is measured and how it is weighed: the measures and the score profiles as package data (METHOD 2.5)."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal, cast

from provider_directory.models import EvidenceClass

VOLUME = "VOLUME"
"""Id under which a profile weighs the cases a year."""

MeasureClass = Literal["shrunk", "hai", "hcahps", "context"]


@dataclass(frozen=True)
class Measure:
    """One published measure, in words that can be said to a caller.

    ``kind`` decides how it is standardized (METHOD 2.4 steps 2-4); "context" is shown and never scored.
    ``unit`` is percent, per 1000, ratio or "days per 100 discharges"; ``national`` is in that unit, of the January
    2026 release, None = not known, and ``national_is`` says what it is: for infections the mean of all hospitals, as
    the benchmark 1 is an older baseline (METHOD 2.9 pitfall 5). ``about`` names the patients, ``outcome`` what
    happened to them.
    """

    id: str
    dataset: str
    kind: MeasureClass
    name: str
    unit: str
    lower_is_better: bool
    national: float | None
    national_is: str
    about: str
    outcome: str
    window_months: int


@dataclass(frozen=True)
class Profile:
    """How the measures of a kind of care are weighed; weights are whole percents (METHOD 4.7).

    Volume comes from ``volume_measure``'s denominator or from the stays of ``volume_drgs``, from nothing else
    (METHOD 4.2); with neither it is never reported.
    """

    name: str
    title: str
    evidence: EvidenceClass
    core: tuple[str, ...]
    weights: Mapping[str, int]
    volume_measure: str | None
    volume_drgs: frozenset[str]
    volume_label: str


def packaged_text(name: str) -> str:
    """Give the text of a data file of this package."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def measures() -> Mapping[str, Measure]:
    """Give every measure that is scored, judged or shown, by CMS id."""
    return MappingProxyType(
        {
            row["id"]: Measure(
                id=row["id"],
                dataset=row["dataset"],
                kind=cast(MeasureClass, row["class"]),
                name=row["name"],
                unit=row["unit"],
                lower_is_better=row["better"] == "low",
                national=float(row["national"]) if row["national"] else None,
                national_is=row["national_is"],
                about=row["about"],
                outcome=row["outcome"],
                window_months=int(row["window_months"]),
            )
            for row in csv.DictReader(packaged_text("measures.csv").splitlines())
        }
    )


@cache
def profiles() -> Mapping[str, Profile]:
    """Give every score profile by name, the empty profile "none" included."""
    tables = tomllib.loads(packaged_text("profiles.toml"))
    return MappingProxyType({name: _profile(name, table) for name, table in tables.items()})


def _profile(name: str, table: Mapping[str, Any]) -> Profile:
    return Profile(
        name=name,
        title=table["title"],
        evidence=table["evidence"],
        core=tuple(table["core"]),
        weights=MappingProxyType(dict(table["weights"])),
        volume_measure=table.get("volume_measure"),
        volume_drgs=frozenset(table.get("volume_drgs", ())),
        volume_label=table.get("volume_label", ""),
    )


def wanted_measures() -> frozenset[str]:
    """Give the measures that a build must read: all that are scored, judged or shown."""
    return frozenset(measures())
