"""Everything that goes to a center, as text: a new way out is added here, and the canaries are looked for in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from navigator.fhir.bundle import message_text
from navigator.letters.for_center import referral_letter
from navigator.packets.text import packet_lines
from navigator.packets.values import CenterPacket


def _letter_pages(packet: CenterPacket) -> str:
    return repr(referral_letter(packet))


RENDERERS: Mapping[str, Callable[[CenterPacket], str]] = {
    "packet as JSON": lambda packet: packet.model_dump_json(),
    "packet as text": lambda packet: "\n".join(packet_lines(packet)),
    "referral letter": lambda packet: referral_letter(packet).text(),
    "referral letter, its page": _letter_pages,
    "FHIR message": message_text,
}
