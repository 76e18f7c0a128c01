"""The claims administrator's packet: who, where, what, when and by which clause; no clinical detail beyond the rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from navigator.packets.administrator_values import AdministratorPacket, ConditionState
from navigator.packets.parts import center_of, clause_of, day_of, employer_of, not_known, procedure_of
from navigator.packets.whole import WholeReferral
from navigator.referral.number import spelled

_STATES: dict[str, Literal["met", "not_yet", "not_asked"]] = {"met": "met", "not_yet": "not_yet", "ask": "not_asked"}
WHY_NOT: dict[str, str] = {
    "to": "the program's file names nobody to ask",
    "requester.organization": "the desk's settings do not name it",
    "requester.phone": "the desk's settings do not name it",
    "employer": "the program's file is not on this machine",
    "mode": "the program's rules say nothing of this care, or none was shown",
    "appointment": "no visit is scheduled",
    "authorization_number": "it is asked for with this",
}
"""Why a field may be None."""


def administrator_packet(whole: WholeReferral) -> AdministratorPacket:
    """Give what the claims administrator gets to answer with its authorization number (REFERRAL "Who gets what")."""
    referral, rule = whole.referral, whole.rule
    employer, plan_year = employer_of(whole)
    cited = rule.get("program") or {}
    packet = AdministratorPacket(
        number=referral.number,
        number_spelled=spelled(referral.number),
        state=referral.state,
        demonstration=referral.demonstration,
        requester=whole.desk,
        to=whole.program.administrator,
        name=referral.member.name,
        birth_date=referral.member.birth_date,
        member_id=referral.member.member_id,
        group=referral.member.group,
        employer=employer,
        plan_year=plan_year,
        center=center_of(whole),
        procedure=procedure_of(whole),
        care_day=day_of((whole.shown.offer if whole.shown else {}).get("care_day")),
        appointment=whole.appointment,
        mode=(rule.get("coverage") or {}).get("mode"),
        clauses=tuple(_clauses(rule)),
        rule_version=cited.get("version"),
        rule_sha256=cited.get("sha256"),
        conditions=tuple(
            ConditionState(
                id=gate.get("id") or "", state=_STATES.get(gate.get("state"), "not_asked"), clause=clause_of(gate)
            )
            for gate in rule.get("gates") or ()
        ),
        authorization_number=referral.authorization_number,
        audit_head=whole.audit_head,
        not_known=(),
    )
    return packet.model_copy(update={"not_known": not_known(packet, WHY_NOT)})


def _clauses(rule: dict[str, Any]) -> Iterator[str]:
    """Yield the clauses that coverage and cost here rest on, each once."""
    yield from dict.fromkeys(clause for name in ("coverage", "here") if (clause := clause_of(rule.get(name))))
