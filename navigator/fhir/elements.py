"""The small parts that every resource is made of; what is not known is left out, or said to be absent."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from html import escape
from typing import TYPE_CHECKING, Any

from navigator.fhir import codes
from navigator.languages.demonstration import LONG as DEMONSTRATION

if TYPE_CHECKING:
    from navigator.packets.values import CenterPacket

Json = dict[str, Any]

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, codes.BASE)


def resource_id(number: str, role: str) -> str:
    """Give the id of the resource with a role ("patient", "center") in the message about a referral.

    It is made of the number and the role alone: the number stands in the message anyway, so that an id tells nothing
    more, and the same person or center has another id under another number: two messages cannot be joined by them.
    """
    return str(uuid.uuid5(_NAMESPACE, f"{number}/{role}"))


def full_url(number: str, role: str) -> str:
    """Give the address of a resource within its message."""
    return f"urn:uuid:{resource_id(number, role)}"


def reference(packet: CenterPacket, role: str, display: str | None = None) -> Json:
    """Give a reference to the resource with this role."""
    return without_empty({"reference": full_url(packet.number, role), "display": display})


def without_empty(fields: Mapping[str, Any]) -> Json:
    """Give the fields that hold something: FHIR has no null, no empty text and no empty list."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {}, ())}


def resource(packet: CenterPacket, role: str, kind: str, words: Iterable[str], fields: Mapping[str, Any]) -> Json:
    """Give a resource with its id, narrative and, in a demonstration, the mark of one.

    The words of the narrative name no procedure but in the ServiceRequest: it may be a sensitive one.
    """
    return without_empty(
        {
            "resourceType": kind,
            "id": resource_id(packet.number, role),
            "meta": meta(packet),
            "text": _narrative(packet, words),
            **fields,
        }
    )


def meta(packet: CenterPacket, profile: str | None = None) -> Json:
    """Give the profile that a resource follows, and the tags of a demonstration."""
    tags = [
        coding(f"{codes.TERMINOLOGY}/v3-ActReason", "HTEST", "test health data"),
        coding(codes.TAG, "DEMONSTRATION", DEMONSTRATION),
    ]
    return without_empty({"profile": [profile] if profile else None, "tag": tags if packet.demonstration else None})


def _narrative(packet: CenterPacket, words: Iterable[str]) -> Json:
    lines = [DEMONSTRATION, *words] if packet.demonstration else list(words)
    paragraphs = "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines)
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{paragraphs}</div>'}


def coding(system: str, code: str, display: str | None = None) -> Json:
    """Give one code of a system."""
    return without_empty({"system": system, "code": code, "display": display})


def concept(text: str | None, *codings: Json) -> Json:
    """Give a concept in words with its codes; where nothing is known, the code that says so."""
    if text is None and not codings:
        return {"coding": [coding(codes.ABSENT, "unknown", "Unknown")], "text": "not known"}
    return without_empty({"coding": list(codings), "text": text})


def identifier(system: str, value: str, kind: str | None = None, assigner: Json | None = None) -> Json:
    """Give an identifier; ``kind`` is a code of HL7 v2 table 0203, e.g. PLAC."""
    kinds = concept(None, coding(codes.V2_IDENTIFIER, kind)) if kind else None
    return without_empty({"type": kinds, "system": system, "value": value, "assigner": assigner})


def absent(reason: str = "unknown") -> list[Json]:
    """Give the extension that says why a mandatory element is not there, by a code of data-absent-reason."""
    return [{"url": codes.ABSENT_EXTENSION, "valueCode": reason}]


def extension(name: str, value: str | bool | int | date | None) -> list[Json]:
    """Give one extension of ours, or none where nothing is known."""
    if value is None or value == "":
        return []
    kind = "Boolean" if isinstance(value, bool) else "Integer" if isinstance(value, int) else "String"
    if isinstance(value, date):
        return [{"url": f"{codes.EXTENSION}/{name}", "valueDate": value.isoformat()}]
    return [{"url": f"{codes.EXTENSION}/{name}", f"value{kind}": value}]


def phones(*numbers: str | None) -> list[Json]:
    """Give phone numbers of a place of work, the best first, each once."""
    known = dict.fromkeys(each for each in numbers if each)
    return [{"system": "phone", "value": each, "use": "work", "rank": rank} for rank, each in enumerate(known, 1)]


def address(text: str | None) -> list[Json]:
    """Give a postal address as it is known: in one line."""
    return [{"text": text}] if text else []


def instant(moment: datetime) -> str:
    """Give an aware moment as FHIR writes it, in UTC."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
