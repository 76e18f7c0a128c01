"""What the plan still asks of the member, said to the member in their language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from navigator.languages.translating import Translator, to_say
from navigator.program.said_to_member import PlanSaid
from provider_directory.saying import lower_first

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


def still_asked(say: Translator, packet: MemberPacket) -> tuple[str, ...]:
    """Give each condition that is not met and each duty."""
    plan = PlanSaid(say, packet.spanish)
    return (*(_condition(plan, gate) for gate in packet.gates), *map(plan.duty, packet.duties))


def _condition(plan: PlanSaid, gate: GateNotYet) -> str:
    say, fact = plan.say, gate.test.fact if gate.test else gate.id
    known = _ASKED_ABOUT.get(fact)
    if gate.state == "ask":
        if known is None and gate.questions:
            return plan.questions(gate.questions)
        return say("Tell us: {what}.", what=say(known or _ANOTHER))
    # That the decision can be had in writing stands once, below "Your rights".
    change = plan.would_change(gate.test, gate.change if gate.test else gate.would_change)
    asked = plan.asked_for(gate.test) or say(known or _ANOTHER)
    if change and asked.casefold() in change.casefold():
        return say("Not met yet: {what}.", what=lower_first(change).rstrip("."))
    return " ".join(filter(None, (say("Not met yet: {what}.", what=asked), change)))
