"""What a price file says of itself, and the schema version that it is read as (METHOD 5.14)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from provider_directory.cleaning import clean
from provider_directory.errors import BadInput
from provider_directory.facts import PriceFileHead
from provider_directory.sources.price_file.columns import ABSENT, Columns, parts_of
from provider_directory.sources.values import iso_day

VERSIONS = ("2.0.0", "2.1.0", "2.2.0", "2.2.1", "3.0.0")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def version_named(text: str) -> str:
    """Read a version as asked for ("3", "v2.2", "2.2.1"); raises BadInput for one that is not known."""
    bare = text.strip().lower().removeprefix("v")
    for version in VERSIONS:
        if bare in (version, version.removesuffix(".0"), version.removesuffix(".0.0")):
            return version
    raise BadInput(f'"{clean(text)}" is no version of the price file schema.', f"Choose one of {', '.join(VERSIONS)}.")


def csv_head(names: Sequence[str], values: Sequence[str], columns: Columns, version: str | None) -> PriceFileHead:
    """Read rows 1 and 2 of a CSV file; ``version`` is the one asked for, None = by what is there."""
    said: dict[str, str] = {}
    license_state = license_number = ""
    for index, name in enumerate(names):
        parts = parts_of(name)
        value = values[index].strip() if index < len(values) else ""
        if parts[0] == "license_number":
            license_number = license_number or clean(value)
            license_state = license_state or (clean(parts[1].upper()) if len(parts) > 1 else "")
        else:
            said.setdefault(" | ".join(parts), value)
    return PriceFileHead(
        format="csv tall" if columns.tall else "csv wide",
        version=version or _csv_version(said, columns),
        stated_version=clean(said.get("version", "")),
        hospital=clean(said.get("hospital_name", "")),
        locations=_listed(said.get("location_name") or said.get("hospital_location", "")),
        addresses=_listed(said.get("hospital_address", "")),
        npis=_listed(said.get("type_2_npi", "")),
        license_number=license_number,
        license_state=license_state,
        updated_on=iso_day(said.get("last_updated_on", "")) or "",
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(one for one in (clean(part) for part in text.split("|")) if one)


def _csv_version(said: Mapping[str, str], columns: Columns) -> str:
    if "location_name" in said or "type_2_npi" in said or any(payer.case_count != ABSENT for payer in columns.payers):
        return "3.0.0"
    item = columns.item
    has_all = ABSENT not in (item.modifiers, item.drug_unit, item.drug_type)
    return "2.2.0" if has_all and any(payer.estimated != ABSENT for payer in columns.payers) else "2.0.0"


def json_head(said: Mapping[str, Any], version: str | None) -> PriceFileHead:
    """Read the top level of a JSON file; a JSON file states its minor version, so it is taken at its word."""
    license_said = said.get("license_information")
    license_of = license_said if isinstance(license_said, dict) else {}
    day = _text(said.get("last_updated_on"))
    return PriceFileHead(
        format="json",
        version=version or _json_version(said),
        stated_version=_text(said.get("version")),
        hospital=_text(said.get("hospital_name")),
        locations=_texts(said.get("location_name") or said.get("hospital_location")),
        addresses=_texts(said.get("hospital_address")),
        npis=_texts(said.get("type_2_npi")),
        license_number=_text(license_of.get("license_number")),
        license_state=_text(license_of.get("state")).upper(),
        updated_on=(iso_day(day) or "") if _ISO_DAY.fullmatch(day) else "",
    )


def _text(value: object) -> str:
    return clean(value) if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    return tuple(one for one in map(_text, listed) if one)


def _json_version(said: Mapping[str, Any]) -> str:
    stated = _text(said.get("version"))
    if {"location_name", "type_2_npi", "attestation"} & said.keys() or stated.startswith("3"):
        return "3.0.0"
    return stated if stated in VERSIONS else "2.0.0"
