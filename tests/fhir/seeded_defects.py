"""Seventeen defects, each made in a good message (TRUST A1): what one validator overlooks another must find."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

Json = dict[str, Any]


def first(bundle: Json, kind: str) -> Json:
    """Give the first resource of a type."""
    found: Json = next(each["resource"] for each in bundle["entry"] if each["resource"]["resourceType"] == kind)
    return found


def _without(kind: str, element: str) -> Callable[[Json], object]:
    return lambda bundle: first(bundle, kind).pop(element)


def _with(kind: str, **elements: Any) -> Callable[[Json], object]:
    return lambda bundle: first(bundle, kind).update(deepcopy(elements))


def _same_address_twice(bundle: Json) -> None:
    bundle["entry"][2]["fullUrl"] = bundle["entry"][3]["fullUrl"]


def _header_last(bundle: Json) -> None:
    bundle["entry"].append(bundle["entry"].pop(0))


def _nameless_center(bundle: Json) -> None:
    center = first(bundle, "Organization")
    for element in ("name", "_name", "identifier"):
        center.pop(element, None)


def _phone_of_no_kind(bundle: Json) -> None:
    first(bundle, "Patient")["telecom"] = [{"value": "414-555-0101"}]


def _loose_end(bundle: Json) -> None:
    first(bundle, "Task")["focus"] = {"reference": "urn:uuid:00000000-0000-4000-8000-000000000000"}


def _wrong_end(bundle: Json) -> None:
    first(bundle, "Coverage")["beneficiary"] = deepcopy(first(bundle, "Task")["requester"])


def _script(bundle: Json) -> None:
    first(bundle, "Task")["text"]["div"] = '<div xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></div>'


DEFECTS: dict[str, Callable[[Json], object]] = {
    "missing intent": _without("Task", "intent"),
    "status sent": _with("Task", status="sent"),
    "gender F": _with("Patient", gender="F"),
    "bad date": _with("Patient", birthDate="1961-13-45"),
    "unknown field": _with("Task", colour="blue"),
    "field of R5": _with("Task", requestedPeriod={"start": "2026-11-22"}),
    "wrong cardinality": _with("Task", description=["a", "b"]),
    "coverage without payor": _without("Coverage", "payor"),
    "latitude as text": _with("Location", position={"latitude": "43.05", "longitude": -87.9}),
    "empty text": _with("Task", description=""),
    "the same address twice (bdl-7)": _same_address_twice,
    "header not first (bdl-12)": _header_last,
    "organization without name and number (org-1)": _nameless_center,
    "phone of no kind (cpt-2)": _phone_of_no_kind,
    "reference into nothing": _loose_end,
    "reference to the wrong type": _wrong_end,
    "script in the narrative": _script,
}


def spoiled(bundle: Json, defect: str) -> Json:
    """Give a copy of a message with one defect."""
    copy = deepcopy(bundle)
    DEFECTS[defect](copy)
    return copy
