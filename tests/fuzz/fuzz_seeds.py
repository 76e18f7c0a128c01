"""What the fuzzing of each reader begins from: short files in the true layouts, and what once broke a reader."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

from center_answers import answer, appointment, outcome
from kept_targets import NAME, small_edition
from price_file_samples import ITEMS, texts
from source_files import HEADERS, row, text_of

from navigator.web.packets import BEGINS, DRAWN
from provider_directory.facts import PriceFileHead

_FOUND = Path(__file__).with_name("found")
"""Inputs that once broke a reader, one folder a target."""
_NUMBER = "CR-7K3M-9QXT-4"
_TYPED = {
    "paid_claims": (
        "program,ccn,procedure,setting,cases,median,p25,p75,from,to",
        "acme,990001,bypass,inpatient,20,41000,38000,46000,2025-01-01,2025-12-31",
    ),
    "cash_prices": ("ccn,hcpcs,price_type,price", "990001,27447,cash,$4,000.10\n990001,27447,gross,9000"),
    "roster": (
        "alliance,ccn,name,procedure,bundle_price,effective,routes,surgeons",
        'Lakeshore,990001,Harbor Light,bypass,"$28,500",2026-01-01,phone: 414-555-0100 Mon-Fri 8-17,'
        "Ada Quill|1234567893|bypass|en|yes|10",
    ),
}
_PROGRAM = """\
id = "acme"
employer = "Acme"
alliances = ["Lakeshore"]
plan_year = 2026
version = "7"
mode = "voluntary"
[[plan_option]]
id = "ppo"
type = "ppo"
deductible_self = 1_700.5
[[rule]]
clause = "4"
title = "Knees"
criteria_sets = ["hip-knee"]
[rule.when]
coverage_tier = ["family"]
"""
_REQUEST = {
    "procedure": "knee replacement",
    "place": "53202",
    "facility": "90Z001",
    "member": {"name": "Ada Quill", "birth_date": "3/9/1961", "member_id": "BF-1001"},
    "safe_contact": {"method": "none"},
    "consent": "spoken_yes",
}
_MEMBER = {"birth_date": "1961-03-09", "plan_option": "ppo", "accumulators": {"as_of": "2026-05-01"}}
_ACCOUNT = {"sha256": "", "read": 1, "kept": 1, "duplicates": 0, "set_aside": {}, "examples": []}
_NOTE = {
    "name": NAME,
    "file_sha256": "",
    "schema_version": 3,
    "demonstration": True,
    "default_date": None,
    "path": "x",
    "url": "https://data.cms.gov",
    "etag": None,
    "modified": None,
    "release": None,
    "bytes": 1,
    "sha256": "",
    "rows": 2,
    "size": 0,
    "columns": ["a"],
    "version": "1",
    "validator": "1",
    "kind": "passphrase",
    "edition": NAME,
    "fingerprint": "x",
    "says_its_end": True,
    "program": "acme",
    "year": 2026,
    "head": [""] * len(PriceFileHead._fields),
    "account": _ACCOUNT,
    "valid": None,
    "repeated": [["p", "q", "1", ["470"]]],
}
_GAPS = "month,program,criteria_set,zip3,miles\n2026-11,acme,hip-knee,532,50\n"
_LIST = "ccn,path\n990001,prices.csv\n1,\n"
_CATALOG = {
    "distribution": [{"data": {"downloadURL": "https://data.cms.gov/a.csv"}}],
    "released": "2026-01-01",
    "dataset": [
        {
            "identifier": "690ddc6c-2767-4618-b277-420ffb2bf27c",
            "distribution": [{"downloadURL": "https://data.cms.gov/b.csv", "temporal": "2023-01-01/2023-12-31"}],
        }
    ],
}
_SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1" t="inlineStr"><is><t>zip</t></is></c><c r="B1" t="inlineStr"><is><t>count</t></is></c></row>'
    '<row r="2" hidden="1"><c r="A2"><v>53202</v></c><c r="B2"><f>SUM(1)</f><v>4.5</v></c></row>'
    '</sheetData><mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells></worksheet>'
)


def seeds(target: str) -> list[bytes]:
    """Give the first inputs of a target."""
    written: dict[str, list[str]] = {
        "table": [
            *(text_of([header, row(dataset), row(dataset)]) for dataset, header in HEADERS.items()),
            *("\n".join(lines) for lines in _TYPED.values()),
        ],
        "price-file": list(texts(ITEMS).values()),
        "program": [
            _PROGRAM,
            json.dumps({"id": "acme", "employer": "Acme", "alliances": ["L"], "plan_year": 2026}),
            'print_command = "lp"\ntheme = "coe-dark"\n[keys]\n"call.new" = "f5"\n',
        ],
        "message": [
            json.dumps(answer(_NUMBER, "accepted", center_number="LH-7")),
            json.dumps(answer(_NUMBER, "scheduled", extra=(appointment(kind="surgery"),))),
            json.dumps(answer(_NUMBER, "completed", task=outcome("surgery", "2026-11-20"))),
            json.dumps(_REQUEST),
            json.dumps(_MEMBER),
        ],
        "people": [
            "site,address,city,state,zip\nPlant 4,1 Pier Street,Milwaukee,WI,53202\n",
            "zip,count\n53202,120\n3202,9\n",
            "member_id,birth_date,coverage_tier,program\nBF-1,1961-03-09,family,acme\n",
            "phone: 414-555-0100 Mon-Fri 8-17; fax: 414-555-0199; portal: https://lakeshore.example/in",
        ],
        "workbook": [_SHEET],
        "words": ["knee replacement\n27447\n\nme duele la cadera\n01CZMM01"],
        "notes": [json.dumps(_NOTE), f"{NAME}\n", json.dumps([{"name": "Jo", "pin_hash": "x"}]), _GAPS, "ab" * 32],
        "answers": [json.dumps(_CATALOG), json.dumps([{"Rndrng_Prvdr_CCN": "990001", "DRG_Cd": 470}]), _LIST],
        "pipe": ["postgresql://desk@ledger.example:5432/coe?sslmode=require"],
    }
    return [*(text.encode() for text in written.get(target, ())), *_binary(target), *found(target)]


def _binary(target: str) -> Iterator[bytes]:
    match target:
        case "edition":
            yield small_edition()
        case "archive":
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as members:
                members.writestr("Hospital_General_Information.csv", text_of([HEADERS["hospital_general"]]))
            yield packed.getvalue()
        case "answers":
            yield gzip.compress(b"[]")
        case "pipe":
            yield BEGINS + DRAWN + (3).to_bytes(4, "big") + b"abc" + b"M" + (2).to_bytes(4, "big") + b"{}"
        case "notes":
            yield gzip.compress(b'["x"]\n')


def found(target: str) -> list[bytes]:
    """Give the inputs that once broke a target."""
    folder = _FOUND / target
    return [path.read_bytes() for path in sorted(folder.iterdir())] if folder.is_dir() else []
