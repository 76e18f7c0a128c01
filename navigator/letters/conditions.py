"""What the plan still asks of the member, said to the member; the plan's own words stand as its file has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from navigator.languages.translating import Translator, to_say

if TYPE_CHECKING:
    from navigator.packets.member_values import GateNotYet, MemberPacket

_ASKED_ABOUT = {
    "age_years": to_say("your age on the day of care"),
    "bmi": to_say("your body mass index (BMI)"),
    "tobacco_free_weeks": to_say("how long you have used no tobacco"),
    "a1c_percent": to_say("your newest A1c (blood sugar)"),
    "diabetes": to_say("if you have diabetes"),
    "pain_weeks": to_say("how long the pain has lasted"),
    "joints_at_once": to_say("how many joints in one operation"),
    "cause": to_say("what caused it"),
    "conservative_care_weeks": to_say("how long you have tried care without surgery"),
    "physical_therapy_weeks": to_say("how long you have had physical therapy"),
    "weight_program_months": to_say("how long you have been in a weight program"),
    "opioid_free_weeks": to_say("how long you have taken no opioids"),
    "covered_months": to_say("how long the plan has covered you"),
    "dental_clearance": to_say("if your dentist has said yes"),
    "psychological_evaluation": to_say("if you have talked with a psychologist about it"),
    "imaging_done": to_say("if images have been taken"),
    "second_opinion_done": to_say("if you have a second opinion"),
    "surgery_advised": to_say("if a doctor advised surgery"),
    "home_doctor": to_say("if a doctor at home takes over after it"),
}
_ANOTHER = to_say("one more condition of your plan")


def still_asked(say: Translator, packet: MemberPacket) -> tuple[tuple[str, ...], bool]:
    """Give each condition that is not met and each duty, and whether words of the plan's own are among them."""
    gates = tuple(_condition(say, gate) for gate in packet.gates)
    own_words = bool(packet.duties) or any(gate.would_change for gate in packet.gates if gate.state == "not_yet")
    return (*gates, *packet.duties), own_words


def _condition(say: Translator, gate: GateNotYet) -> str:
    what = say(_ASKED_ABOUT.get(gate.id, _ANOTHER))
    if gate.state == "ask":
        return say("Tell us: {what}.", what=what)
    return " ".join(part for part in (say("Not yet: {what}.", what=what), gate.would_change) if part)
