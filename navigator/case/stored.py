"""The case as canonical JSON, with every field kept that a newer program may have added."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import Any

from navigator.case.value import VERSION, Case
from provider_directory.errors import BadInput


def as_json(case: Case) -> str:
    """Give the canonical JSON: sorted keys, no blanks, moments in ISO form."""
    known: dict[str, Any] = _adapter().dump_python(case, mode="json")
    beyond = json.loads(known.pop("beyond"))
    return json.dumps(_laid_over(beyond, known), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def from_json(text: str) -> Case:
    """Give the case of its JSON; raises BadInput naming the fields that do not fit, without a value of the case."""
    from pydantic import ValidationError  # deferred: 56 ms that the first frame never pays

    try:
        found = json.loads(text)
    except ValueError:
        raise _unreadable("it is not JSON", 0) from None
    if not isinstance(found, dict):
        raise _unreadable("it is not a JSON object", 0)
    found.pop("beyond", None)
    try:
        case: Case = _adapter().validate_python(found)
    except ValidationError as problem:
        where = ", ".join(".".join(str(step) for step in error["loc"]) for error in problem.errors())
        raise _unreadable(where, found.get("version")) from None
    left = _left_over(found, json.loads(as_json(case)))
    return replace(case, beyond=json.dumps(left, sort_keys=True, ensure_ascii=False)) if left else case


def _unreadable(where: str, version: object) -> BadInput:
    newer = " A newer program wrote it." if isinstance(version, int) and version > VERSION else ""
    return BadInput(f"The stored case cannot be read: {where}.{newer}", "Update the program, or restore the ledger.")


@cache
def _adapter() -> Any:
    from pydantic import TypeAdapter  # deferred: as above

    return TypeAdapter(Case)


def _left_over(found: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    """Give what stands in ``found`` and not in ``known``, also inside the objects that both have."""
    left: dict[str, Any] = {}
    for name, value in found.items():
        if name not in known:
            left[name] = value
        elif isinstance(value, dict) and isinstance(known[name], dict) and (inner := _left_over(value, known[name])):
            left[name] = inner
    return left


def _laid_over(beyond: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    """Give ``known`` with what is left over from a newer program; an object that was emptied since stays empty."""
    whole = dict(known)
    for name, value in beyond.items():
        if name not in known:
            whole[name] = value
        elif isinstance(value, dict) and isinstance(known[name], dict):
            whole[name] = _laid_over(value, known[name])
    return whole
