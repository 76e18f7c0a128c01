"""Writes the same invented charges as a price file in CSV tall, CSV wide and JSON, version 3.0."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from provider_directory.sources.price_file.rules import ATTESTATION

NAMES = (
    *("hospital_name", "last_updated_on", "version", "location_name", "hospital_address", "license_number|WI"),
    *("type_2_npi", ATTESTATION, "attester_name"),
)
VALUES = (
    *("Lakewood Invented Hospital", "2026-04-01", "3.0.0", "Lakewood Invented Hospital|Lakewood Invented Annex"),
    *("1 Shore Road, Lakewood, WI 54138|2 Hill Street, Lakewood, WI 54138", "W-17", "1234567893|1999999992"),
    *("true", "Ada Attester"),
)
MOST_CODES = 2
_ITEM = ("description", *(f"code|{n}{end}" for n in range(1, MOST_CODES + 1) for end in ("", "|type")))
_DETAILS = ("modifiers", "setting", "drug_unit_of_measurement", "drug_type_of_measurement")
_CHARGES = ("standard_charge|gross", "standard_charge|discounted_cash", "standard_charge|min", "standard_charge|max")
_NEGOTIATED = ("negotiated_dollar", "negotiated_percentage", "negotiated_algorithm", "methodology")
_AMOUNTS = ("median_amount", "10th_percentile", "90th_percentile", "count")
TALL_COLUMNS = (
    *_ITEM,
    *_DETAILS,
    *_CHARGES,
    *("payer_name", "plan_name"),
    *(f"standard_charge|{name}" for name in _NEGOTIATED),
    *_AMOUNTS,
    "additional_generic_notes",
)


class Charge(NamedTuple):
    """What one payer's plan pays, cells as written."""

    payer: str
    plan: str
    dollar: str = ""
    percentage: str = ""
    algorithm: str = ""
    methodology: str = "case rate"
    median: str = ""
    p10: str = ""
    p90: str = ""
    cases: str = ""
    note: str = ""


class Item(NamedTuple):
    """One item or service, cells as written."""

    description: str
    codes: tuple[tuple[str, str], ...]
    """Code and type."""
    setting: str
    charges: tuple[Charge, ...] = ()
    gross: str = ""
    cash: str = ""
    minimum: str = ""
    maximum: str = ""
    modifiers: str = ""


def tall_rows(items: Iterable[Item]) -> Iterator[Sequence[str]]:
    """Give all rows of a tall file, the three header rows first."""
    yield from (NAMES, VALUES, TALL_COLUMNS)
    for item in items:
        for charge in item.charges or (Charge("", "", methodology=""),):
            yield (*_about(item), *charge[:10], charge.note)


def wide_rows(items: Iterable[Item], plans: Sequence[tuple[str, str]]) -> Iterator[Sequence[str]]:
    """Give all rows of a wide file whose columns name ``plans``, pairs of payer and plan."""
    columns = [*_ITEM, *_DETAILS, *_CHARGES]
    for payer, plan in plans:
        columns += [f"standard_charge|{payer}|{plan}|{name}" for name in _NEGOTIATED]
        columns += [f"{name}|{payer}|{plan}" for name in (*_AMOUNTS, "additional_payer_notes")]
    yield from (NAMES, VALUES, (*columns, "additional_generic_notes"))
    nothing = ("",) * 9
    for item in items:
        of_plan = {charge[:2]: charge[2:] for charge in item.charges}
        yield (*_about(item), *(cell for plan in plans for cell in of_plan.get(plan, nothing)), "")


def _about(item: Item) -> Iterator[str]:
    yield item.description
    for place in range(MOST_CODES):
        yield from item.codes[place] if place < len(item.codes) else ("", "")
    yield from (item.modifiers, item.setting, "", "", item.gross, item.cash, item.minimum, item.maximum)


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Write rows as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


_MARKED = re.compile(r'"@([0-9.]+)@"')


def _as_written(text: str) -> str:
    """Mark a number: the encoder would write it anew, so it goes in as text and loses its quotation marks after."""
    return f"@{text}@"


def json_item(item: Item) -> dict[str, Any]:
    """Make one entry of standard_charge_information."""
    charge: dict[str, Any] = {"setting": item.setting}
    for key, text in zip(("gross_charge", "discounted_cash", "minimum", "maximum"), item[4:8], strict=True):
        if text:
            charge[key] = _as_written(text)
    if item.modifiers:
        charge["modifier_code"] = item.modifiers.split("|")
    if item.charges:
        charge["payers_information"] = [_json_charge(each) for each in item.charges]
    codes = [{"code": code, "type": kind} for code, kind in item.codes]
    return {"description": item.description, "code_information": codes, "standard_charges": [charge]}


def _json_charge(charge: Charge) -> dict[str, Any]:
    said: dict[str, Any] = {"payer_name": charge.payer, "plan_name": charge.plan, "methodology": charge.methodology}
    numbers = ("standard_charge_dollar", "standard_charge_percentage", *_AMOUNTS[:3])
    figures = (charge.dollar, charge.percentage, charge.median, charge.p10, charge.p90)
    said |= {key: _as_written(text) for key, text in zip(numbers, figures, strict=True) if text}
    texts = ("standard_charge_algorithm", "count", "additional_payer_notes")
    return said | {
        key: text for key, text in zip(texts, (charge.algorithm, charge.cases, charge.note), strict=True) if text
    }


def json_head() -> dict[str, Any]:
    """Make the top level without its items."""
    return {
        "hospital_name": VALUES[0],
        "last_updated_on": VALUES[1],
        "version": VALUES[2],
        "location_name": VALUES[3].split("|"),
        "hospital_address": VALUES[4].split("|"),
        "license_information": {"license_number": VALUES[5], "state": "WI"},
        "type_2_npi": VALUES[6].split("|"),
        "attestation": {"attestation": ATTESTATION, "confirm_attestation": True, "attester_name": VALUES[8]},
    }


def json_lines(item: Item) -> str:
    """Write one entry of standard_charge_information."""
    return _MARKED.sub(r"\1", json.dumps(json_item(item), ensure_ascii=False))


def json_text(items: Iterable[Item]) -> str:
    """Write a whole file."""
    head = json.dumps(json_head(), ensure_ascii=False)
    listed = ",\n".join(map(json_lines, items))
    return f'{head[:-1]}, "standard_charge_information": [\n{listed}\n]}}'
