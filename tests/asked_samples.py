"""What a plan still asks of a member, as it was shown: one condition that is not met, one duty."""

from __future__ import annotations

from navigator.packets.member_values import DutyShown, GateNotYet
from navigator.program.rule_answer import GateTest

GATE_NOT_YET = GateNotYet(
    id="tobacco_free_weeks",
    question="For how many weeks tobacco free?",
    state="not_yet",
    words="Not yet: 2 of 6 weeks.",
    would_change="Met on Dec 21, 2026.",
    test=GateTest(fact="tobacco_free_weeks", operator="at_least", values=("6",)),
    questions=("For how many weeks tobacco free?",),
    change="6 weeks without tobacco.",
    clause="5.3",
)
DUTY_OWED = DutyShown(
    words="Somebody stays with you for the first three days. Who?",
    says="Somebody stays with you for the first three days.",
    expenses_covered=False,
    questions=("Who?",),
)
