"""The call in progress as one frozen value: what was heard, where, how far, in which order, and what answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from navigator.program_in_use import asked_for
from navigator.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from navigator.case.speaker import Reach
    from navigator.case.value import Case
    from navigator.program.gathering import Surroundings
    from navigator.program.member import MemberFacts
    from navigator.program.rule_answer import RuleAnswer
    from navigator.program_in_use import ProgramInUse
    from provider_directory.errors import DirectoryError
    from provider_directory.models import EditionInfo, Evidence, Offer, Place, Procedure, Question, Sort

MOST_CENTERS = 25


def facts_kept(kept: str | None) -> MemberFacts | None:
    """Give the facts that were kept with a case; None where none were."""
    if kept is None:
        return None
    from navigator.program.member import MemberFacts  # deferred: pydantic, 56 ms before the first frame

    return MemberFacts.model_validate_json(kept)


@dataclass(frozen=True)
class CallState:
    """What is known at this moment; None = not yet."""

    words: str = ""
    procedure: Procedure | None = None
    place_text: str = ""
    """The text that ``place`` answers, or that was found to fit no place."""
    place: Place | None = None
    recover_at: Place | None = None
    """The second place to look near: where the member will recover."""
    miles: float = float(Settings.miles)
    sort: Sort = "recommended"
    question: Question | None = None
    """The question that ``offer`` answers."""
    offer: Offer | None = None
    ladders: tuple[tuple[str, Evidence], ...] = ()
    """Evidence already opened for this offer, by facility id."""
    draft: str | None = None
    """Number of the referral begun in this call."""
    member: str | None = None
    around: Surroundings | None = None
    """What lies around the place of ``offer``; None where the program has no rules."""
    member_facts: MemberFacts | None = None
    """What is known of the member for the program's rules."""
    rules: tuple[tuple[str, RuleAnswer], ...] = ()
    """Answers of the program's rules for this offer and these facts, by facility id; "" = any center."""
    rule_problem: DirectoryError | None = None
    """Why the rules cannot answer, e.g. facts that contradict each other."""
    hears: Reach = "everything"
    """How much of it who speaks may hear (REFERRAL "People")."""

    @property
    def facts_told(self) -> MemberFacts | None:
        """Give the facts by which the rules answer: to who may not hear everything they answer as to anybody."""
        return self.member_facts if self.hears == "everything" else None

    @property
    def tells_cost(self) -> bool:
        """Say whether anything of plan and cost may be said: not to a surgeon's office."""
        return self.hears != "own_patient"

    def heard_by(self, reach: Reach) -> CallState:
        """Give the state for another caller; what was answered for the one before is dropped."""
        return replace(self, hears=reach, rules=(), rule_problem=None)

    def with_procedure(self, procedure: Procedure | None) -> CallState:
        """Give the state with another procedure; no center or rule of the one before stands beside it."""
        if procedure == self.procedure:
            return self
        return replace(self, procedure=procedure, question=None, offer=None, around=None, ladders=(), rules=())

    def shows(self, facility: str) -> bool:
        """Say whether a center stands in the offer."""
        return self.offer is not None and any(center.facility.id == facility for center in self.offer.centers)

    def with_offer(self, question: Question, offer: Offer, around: Surroundings | None = None) -> CallState:
        """Give the state with another offer; what was opened of the offer before is dropped."""
        rules = tuple(answered for answered in self.rules if not answered[0])
        return replace(self, question=question, offer=offer, around=around, ladders=(), rules=rules)

    def resumed(self, case: Case) -> CallState:
        """Give the state of a case that is taken up again: its draft, and the facts of the member."""
        return replace(self, draft=case.draft, member_facts=facts_kept(case.member_facts))

    def with_facts(self, facts: MemberFacts | None) -> CallState:
        """Give the state with other facts of the member; answers that rested on others are dropped."""
        return replace(self, member_facts=facts, rules=(), rule_problem=None)

    def with_rule(self, facility: str, answer: RuleAnswer) -> CallState:
        """Give the state with an answer of the program's rules."""
        others = tuple(answered for answered in self.rules if answered[0] != facility)
        return replace(self, rules=(*others, (facility, answer)), rule_problem=None)

    def rule(self, facility: str) -> RuleAnswer | None:
        """Give the answer of the rules for a center if it was asked."""
        return dict(self.rules).get(facility)

    @property
    def place_label(self) -> str:
        """Give the places as the box shows them, "" while there is none."""
        return " + ".join(place.label for place in (self.place, self.recover_at) if place)

    def ladder(self, facility: str) -> Evidence | None:
        """Give the evidence of a center if it was opened."""
        return dict(self.ladders).get(facility)

    def as_shown(self, facility: str, edition: EditionInfo | None) -> Callable[[], str] | None:
        """Give what makes the snapshot of this offer with a center chosen; None while there is no offer."""
        offer, procedure = self.offer, self.procedure
        if offer is None or procedure is None:
            return None
        ladder, rule = self.ladder(facility), self.rule(facility) or self.rule("")

        def snapshot() -> str:
            from navigator.referral.snapshot import snapshot_json  # deferred: with the first referral

            contracts = ladder.contracts if ladder else ()
            return snapshot_json(
                offer, chosen=facility, procedure=procedure, edition=edition, rule=rule, contracts=contracts
            )

        return snapshot

    def asks(self, on: date, program: ProgramInUse | None, contract_price: bool) -> Question | None:
        """Give the question to the directory; None while procedure or place is missing."""
        if self.procedure is None or self.place is None:
            return None
        from provider_directory.models import Question  # deferred: pydantic, 56 ms before the first frame

        return Question(
            procedure=self.procedure.id,
            place=self.place,
            recover_at=self.recover_at,
            miles=self.miles,
            limit=MOST_CENTERS,
            sort=self.sort,
            on=on,
            **asked_for(program),
            show_contract_price=contract_price and self.tells_cost,
        )
