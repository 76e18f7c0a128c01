"""What the part that shows the offer does with a program's rules: ask them, show the answer, open it, take facts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from textual import on
from textual.containers import Vertical

from navigator import lookups
from navigator.messages import LookupFailed, OfferPaid, RuleFound, RulesRead
from navigator.program import in_call
from navigator.text import safe
from navigator.widgets.call_header import CallHeader
from navigator.widgets.center_cards import CenterCards
from navigator.widgets.notice import Notice
from navigator.widgets.offer_table import CenterList, OfferTable
from navigator.widgets.rule_words import (
    NO_GATES,
    NO_PROGRAM,
    NO_RULE,
    RuleHints,
    failed_lines,
    mode_words,
    pay_words,
    rule_lines,
)

if TYPE_CHECKING:
    from navigator.app import CoeApp
    from navigator.program.member import MemberFacts
    from navigator.program.rule_answer import RuleAnswer
    from navigator.referral.waits import Wait
    from navigator.screens.call import CallScreen
    from navigator.screens.call_state import CallState
    from provider_directory.directory import Directory
    from provider_directory.models import Center, Procedure

SETTLED_AFTER = 0.2
"""Seconds for which a procedure stays the same before the rules are asked about it: words are still being typed."""
ANY_CENTER = ""
NOT_FOR_CALLER = "A surgeon's office speaks: nothing of plan or cost. Speak with the member."
NOT_YET_ANSWERED = "The rule is being looked at; press again in a moment."


class RulePart(Vertical):
    """Asks the rules when procedure, center in hand or facts change; the answers stay with the call's state."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._asked_procedure: Procedure | None = None
        self._has_rules = False
        self._waits: dict[str, tuple[Wait, ...]] = {}
        """How long members waited, by facility id, as far as it was learned."""
        self._being_asked: tuple[object, ...] | None = None

    def on_mount(self) -> None:
        """Read the rules once there is a directory, and ask them about the procedure as soon as it stays the same."""
        self.watch(self.app, "directory", self._read_rules)
        self.watch(self.screen, "state", self._procedure_may_have_changed)

    @property
    def _call(self) -> CallScreen:
        return cast("CallScreen", self.screen)

    @property
    def _state(self) -> CallState:
        return self._call.state

    @property
    def _desk(self) -> CoeApp:
        return self._call.desk

    @property
    def _center(self) -> Center | None:
        return self.query_one(OfferTable).in_hand if self._state.offer else None

    @property
    def tells_pay(self) -> bool:
        """Say whether the program has rules, and who speaks may hear what is paid."""
        return self._has_rules and self._state.tells_cost

    # -- asking ----------------------------------------------------------------------------------------------------

    def _read_rules(self, directory: Directory | None) -> None:
        if directory and (program := self._desk.program):
            lookups.read_rules(self, program)

    @on(RulesRead)
    def _rules_read(self, event: RulesRead) -> None:
        self._has_rules = bool(event.modes)
        self._call.state = replace(self._state, rule_problem=event.problem)
        self._call.query_one(CallHeader).rule = event.modes if self._state.tells_cost else ""
        self._ask_about_procedure()
        if (center := self._center) and self._state.offer:
            self.query_one(OfferTable).show(self._state.offer.centers, self.tells_pay)
            self.show_rule(center)

    def _procedure_may_have_changed(self, state: CallState) -> None:
        if state.procedure != self._asked_procedure:
            self._asked_procedure = state.procedure
            if state.procedure is None:  # what was paid for another one is not said beside words that mean none
                self._call.query_one(CallHeader).you_pay = ()
            self.set_timer(SETTLED_AFTER, self._ask_about_procedure)

    def _ask_about_procedure(self) -> None:
        """Ask for any center under contract, so that the line above says what is paid before one is in hand."""
        procedure, program = self._state.procedure, self._desk.program
        if not (self._has_rules and self._state.tells_cost and program and procedure and self._center is None):
            return
        on_day, facts = self._desk.today(), self._state.facts_told
        self._being_asked = asked = self._asked_about(ANY_CENTER)
        lookups.answer_rule(
            self,
            program,
            ANY_CENTER,
            asked,
            lambda rules: in_call.answer_before_center(procedure, on_day, rules, facts),
        )

    def _asked_about(self, facility: str) -> tuple[object, ...]:
        """Give what the rules are asked about a center, or any, as the call stands now."""
        state = self._state
        return facility, state.question if facility else state.procedure, state.facts_told

    def ask_rule(self, center: Center) -> None:
        """Show the rule for the center in hand, asked first where it was not yet."""
        state, program = self._state, self._desk.program
        question, procedure, around = state.question, state.procedure, state.around
        known = state.rule(center.facility.id)
        self.show_rule(center)
        if known or not (state.tells_cost and program and question and procedure and around):
            return
        evidence, facts = state.ladder(center.facility.id), state.facts_told
        asked = self._asked_about(center.facility.id)
        if asked == self._being_asked:
            return
        self._being_asked = asked
        public = evidence.public_state if evidence else None
        lookups.answer_rule(
            self,
            program,
            center.facility.id,
            asked,
            lambda rules: in_call.answer_at(center, question, procedure, around, rules, facts, public),
        )

    def take_facts(self, facts: MemberFacts | None) -> None:
        """Answer by other facts of the member: at every center of the offer, and in full for the one in hand."""
        self._call.state = self._state.with_facts(facts)
        self.answer_again()

    def answer_again(self) -> None:
        """Answer anew: by other facts, or for a caller who may hear more or less than the one before."""
        state, header = self._state, self._call.query_one(CallHeader)
        header.withheld = "" if state.tells_cost else "not for this caller"
        if not state.tells_cost:
            header.rule = ""
        else:
            self.pay_again()
        if center := self._center:
            self.ask_rule(center)
        else:
            self._ask_about_procedure()

    def pay_again(self) -> None:
        """Say of each center what is paid by the facts that are known now."""
        state, program = self._state, self._desk.program
        if program and state.offer and state.question and state.procedure and state.around:
            told = state.facts_told
            lookups.pay_again(self, state.offer, state.around, state.question, program, state.procedure, told)

    # -- showing ---------------------------------------------------------------------------------------------------

    @on(OfferPaid)
    def _paid(self, event: OfferPaid) -> None:
        if (event.question, event.facts) == (self._state.question, self._state.facts_told):
            self._call.state = replace(self._state, offer=event.offer)
            self.query_one(OfferTable).show(event.offer.centers, self.tells_pay)

    @on(RuleFound)
    def _rule_found(self, event: RuleFound) -> None:
        if event.asked in (None, self._being_asked):
            self._being_asked = None  # whoever takes the answer: the same may be asked once more
        if event.asked not in (None, self._asked_about(event.facility)) or not self._state.tells_cost:
            return  # of other facts or another procedure, or asked for the caller before
        if event.answer:
            self._call.state = self._state.with_rule(event.facility, event.answer)
        else:
            self._call.state = replace(self._state, rule_problem=event.problem)
        center = self._center
        if center and center.facility.id == event.facility:
            self.show_rule(center)
        elif center is None and event.facility == ANY_CENTER and event.answer:
            self._tell_header(event.answer, "inside")

    @on(LookupFailed)
    def _not_answered(self, event: LookupFailed) -> None:
        if event.about == "rule":
            self._being_asked = None  # it may be asked once more

    def show_again(self) -> None:
        """Show the center in hand once more, e.g. for a caller who speaks another language."""
        if center := self._center:
            self.show_rule(center)

    def show_rule(self, center: Center) -> None:
        """Show on the cards and in the line above what is known of the rule for a center."""
        state = self._state
        answer = state.rule(center.facility.id)
        cards, offer = self.query_one(CenterCards), state.offer
        if offer is None:
            return
        evidence = state.ladder(center.facility.id)
        cards.show(
            center,
            offer,
            evidence,
            answer,
            self._call.key("offer.price"),
            self._unpaid,
            self._waits.get(center.facility.id, ()),
            self._call.language,
        )
        if answer:
            cards.tell_rule(rule_lines(answer, self._hints))
            self._tell_header(answer, "here")
        elif problem := state.rule_problem:
            cards.tell_rule(failed_lines(problem.message, problem.next_step))
        elif not state.tells_cost:
            cards.tell_rule((safe(NOT_FOR_CALLER, "$warning"),))
        elif not self._has_rules:
            cards.tell_rule(())
        if answer is None:
            self._call.query_one(CallHeader).you_pay = (center.you_pay,) if center.you_pay else ()

    @property
    def _unpaid(self) -> str:
        if not self._state.tells_cost:
            return NOT_FOR_CALLER
        return NO_RULE if self._desk.program else NO_PROGRAM

    @property
    def _hints(self) -> RuleHints:
        key = self._call.key
        return RuleHints(key("offer.rule"), key("offer.gates"), self._desk.mode.shows_gates)

    def _tell_header(self, answer: RuleAnswer, where: str) -> None:
        header = self._call.query_one(CallHeader)
        header.rule = mode_words(answer)
        header.you_pay = pay_words(answer, where)

    # -- opening ---------------------------------------------------------------------------------------------------

    @on(CenterList.Asked)
    def _wished_of_rule(self, event: CenterList.Asked) -> None:
        if event.wish == "rule":
            self._open_rule(event.center)
        elif event.wish == "gates":
            self._open_gates()

    def _open_rule(self, center: Center | None) -> None:
        answer = self._state.rule(center.facility.id) if center else None
        procedure, offer = self._state.procedure, self._state.offer
        if answer and procedure and offer and self._call.is_active:
            from navigator.screens.rule import RuleScreen  # deferred: not needed for the first frame

            language, invented = self._call.language, offer.demonstration
            self.app.push_screen(RuleScreen(answer, procedure.name, self._desk.mode, invented, language))
        elif answer is None and center:
            self._say_no_rule(self._unpaid)

    def _open_gates(self) -> None:
        program = self._desk.program
        center = self._center
        if self._state.hears != "everything":
            self._call.query_one(Notice).tell(self._desk.caller_warning)
        elif self._has_rules and program and center and self._call.is_active:
            from navigator.screens.gates import GatesScreen  # deferred: not needed for the first frame

            self.app.push_screen(GatesScreen(self._call, self, center, program))
        elif center:
            self._say_no_rule(NO_GATES if program else NO_PROGRAM)

    def _say_no_rule(self, unpaid: str) -> None:
        problem = self._state.rule_problem
        words = NOT_YET_ANSWERED if self._has_rules and self._state.tells_cost else unpaid
        self._call.query_one(Notice).tell(f"{problem.message} {problem.next_step}" if problem else words)
