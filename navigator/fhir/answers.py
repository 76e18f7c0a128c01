"""What was asked in the call and answered: the conditions of the program, and that the red flags were asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from navigator.fhir import codes
from navigator.fhir.elements import Json, extension, instant, reference, resource, without_empty
from navigator.fhir.people import relative

if TYPE_CHECKING:
    from navigator.packets.values import CenterPacket, PacketGate, SafetyDone


def answers(packet: CenterPacket) -> Json:
    """Give the questions and answers; a condition that was not answered stands there without an answer."""
    safety = packet.safety
    all_asked = safety.done and all(gate.state != "ask" for gate in packet.gates)
    gates = {"linkId": "gates", "text": "Conditions of the program", "item": [_gate(gate) for gate in packet.gates]}
    return resource(
        packet,
        "answers",
        "QuestionnaireResponse",
        [f"{len(packet.gates)} conditions of the program; safety questions {'asked' if safety.done else 'not asked'}"],
        {
            "questionnaire": codes.QUESTIONNAIRE,
            "status": "completed" if all_asked else "in-progress",
            "subject": reference(packet, "patient", packet.member.name),
            "authored": instant(safety.at or packet.updated_at),
            "author": reference(packet, "desk-role", packet.requester.organization),
            "source": reference(packet, "caller" if relative(packet) else "patient"),
            "item": [*([gates] if packet.gates else []), _safety(safety)],
        },
    )


def _gate(gate: PacketGate) -> Json:
    return without_empty(
        {
            "extension": extension("gate-state", gate.state),
            "linkId": f"gates.{gate.id}",
            "text": gate.question,
            "answer": [{"valueString": gate.answer}] if gate.answer else None,
        }
    )


def _safety(safety: SafetyDone) -> Json:
    items: list[Json] = [
        {"linkId": "safety.done", "text": "Red flags were asked", "answer": [{"valueBoolean": safety.done}]}
    ]
    if safety.version:
        listed = {"linkId": "safety.list", "text": "Version of the list", "answer": [{"valueString": safety.version}]}
        items.append(listed)
    if safety.at:
        asked = {"linkId": "safety.at", "text": "Asked at", "answer": [{"valueDateTime": instant(safety.at)}]}
        items.append(asked)
    return {"linkId": "safety", "text": "Safety", "item": items}
