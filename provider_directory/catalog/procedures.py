"""The procedures with their rules and their MS-DRG sets by fiscal year, from the files beside this module."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import NamedTuple, cast

from provider_directory.models import EvidenceClass, Kind, Procedure

NEWEST_FISCAL_YEAR = 2026
"""The year that procedures.csv holds (CMS FY2026 Table 5); later numbers are not confirmed (METHOD 1 "DRG history")."""

_FIRST_YEAR, _LAST_YEAR = 0, 9999
_POOLS: dict[str, tuple[Kind, ...]] = {
    "acute": (),
    "acute+childrens": ("childrens",),
    "acute+psychiatric": ("psychiatric",),
}


class SpokenNames(NamedTuple):
    """What procedures.csv says a procedure is called, as written there."""

    id: str
    names: tuple[str, ...]
    abbreviations: tuple[str, ...]
    spanish: tuple[str, ...]


class DrgSpan(NamedTuple):
    """Fiscal years, both ends included, in which an MS-DRG number holds the stays of a procedure."""

    drg: str
    first_year: int
    last_year: int


def package_text(name: str) -> str:
    """Give the text of a file that ships beside this module."""
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def _cell(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


@cache
def _rows() -> tuple[dict[str, str], ...]:
    return tuple(csv.DictReader(package_text("procedures.csv").splitlines()))


def read_procedures() -> tuple[Procedure, ...]:
    """Give the catalogue in the order of the frozen numbers (METHOD 1, 4.12)."""
    rules = {row["id"]: row for row in csv.DictReader(package_text("procedure_rules.csv").splitlines())}
    found = [_procedure(row, rules[row["id"]]) for row in _rows()]
    return tuple(sorted(found, key=lambda procedure: procedure.number))


def _procedure(row: dict[str, str], rule: dict[str, str]) -> Procedure:
    # The package's own data, held to the model by a test: building the schema here would cost 40 ms.
    return Procedure.model_construct(
        number=int(rule["number"]),
        id=row["id"],
        name=row["name"],
        clinical_name=row["clinical_name"],
        service_line=row["service_line"],
        settings=_cell(row["setting"]),
        drgs=_cell(row["ms_drgs"]),
        pcs_prefixes=_cell(row["icd10pcs_prefixes"]),
        cpt_hcpcs=_cell(row["cpt_hcpcs"]),
        profile=rule["profile"],
        evidence_class=cast(EvidenceClass, rule["evidence_class"]),
        criteria_set=rule["criteria_set"],
        price_drg=rule["price_drg"] or None,
        pools=_POOLS[rule["pool"]],
        sensitive=rule["sensitive"] == "yes",
    )


def read_spoken_names() -> list[SpokenNames]:
    """Give the names, synonyms, abbreviations and Spanish words of each procedure (misspellings are mended)."""
    return [
        SpokenNames(
            id=row["id"],
            names=(row["name"], row["clinical_name"], *_cell(row["synonyms"])),
            abbreviations=_cell(row["abbreviations"]),
            spanish=_cell(row["spanish"]),
        )
        for row in _rows()
    ]


def read_drg_spans(procedures: tuple[Procedure, ...]) -> dict[str, tuple[DrgSpan, ...]]:
    """Give each procedure's MS-DRG numbers with the fiscal years in which they hold (METHOD 1 "DRG history").

    drg_sets.csv names the bounded ones: a row without procedure bounds the number wherever procedures.csv lists it, a
    row with one adds a number that procedures.csv no longer lists.
    """
    bounds: dict[str, tuple[int, int]] = {}
    gone: dict[str, list[DrgSpan]] = {}
    for row in csv.DictReader(package_text("drg_sets.csv").splitlines()):
        years = (int(row["fy_from"] or _FIRST_YEAR), int(row["fy_to"] or _LAST_YEAR))
        if row["procedure_id"]:
            gone.setdefault(row["procedure_id"], []).append(DrgSpan(row["drg"], *years))
        else:
            bounds[row["drg"]] = years
    always = (_FIRST_YEAR, _LAST_YEAR)
    return {
        procedure.id: (
            *(DrgSpan(drg, *bounds.get(drg, always)) for drg in procedure.drgs),
            *gone.get(procedure.id, ()),
        )
        for procedure in procedures
    }
