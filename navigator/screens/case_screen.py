"""A call as a case: what is noted of it, how it is saved as it goes, and the screens that its keys open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.reactive import var

from navigator import case_lookups
from navigator.actions import bindings
from navigator.case import meter, transitions
from navigator.case.speaker import NOT_TO_SAY
from navigator.case.steps import steps
from navigator.case.value import Case, GateShown, Need, OfferShown, RuleShown, Waited
from navigator.case_actions import CASE_ACTIONS
from navigator.messages import AnswerTook, CaseSaved, LookupFailed
from navigator.screens.desk_screen import DeskScreen
from navigator.widgets.call_header import CallHeader
from navigator.widgets.notice import Notice
from navigator.widgets.step_line import StepLine
from provider_directory.errors import BadInput

if TYPE_CHECKING:
    from navigator.case.speaker import Reach
    from navigator.case.value import Language
    from navigator.keeping import Kept
    from navigator.ledger.ledger import Ledger
    from navigator.screens.call_state import CallState
    from provider_directory.models import Offer, Procedure, Question

ANOTHER_DESK = BadInput("Another desk has this case in hand.", "Ask there, or take it over from the list.")
SECONDS_BETWEEN_SIGNS = 30.0
"""A case in hand is renewed for other desks to see."""


class CaseScreen(DeskScreen[None]):
    """Holds the case of the call where the desk keeps cases; ``case`` is None everywhere else."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(CASE_ACTIONS)
    AUTO_FOCUS = ""  # the boxes are for who looks for care; a call about a bill leaves them
    case: var[Case | None] = var(None, init=False)

    def __init__(self, taken: Kept | None = None) -> None:
        super().__init__()
        self._taken = taken
        self.waited = taken.case.waited if taken else Waited()
        self._kept = taken
        """The case as the ledger holds it; set in the ledger's thread, so that the next save there knows it."""
        self._owes: Kept | None = None
        """What was saved of which notes, tasks or the sign that it is in hand are still to be kept."""
        self._notes: list[str] = []
        self._tells_of_note = False
        """Somebody took a note; that it is kept is said when it is."""
        self.caller_typed = ""
        """What stands in the box of the look-up; kept while the call is."""
        self.gave_sheet = False
        """An offer sheet was handed out in this call."""
        self._newest: Case | None = None
        self._reads_only = bool(taken and taken.others)

    def begin_case(self) -> None:
        """Begin the case of this call, or take up the one that was put aside."""
        self.query_one(StepLine).display = self.desk.keeps_cases
        if not self.desk.keeps_cases:
            return
        program, edition = self.desk.program, self.desk.edition
        fresh = transitions.opened(
            now(), self.desk.who_works, program.id if program else None, bool(edition and edition.demonstration)
        )
        self.case = transitions.resume(self._taken.case) if self._taken else fresh
        self.set_interval(SECONDS_BETWEEN_SIGNS, self._show_sign)

    def say_what_is_taken(self) -> None:
        """Say of a call that is taken up again what it is about where that is no care, whom to call, and who has it."""
        if self._taken and self._taken.others:
            told = f"Open at another desk: {', '.join(self._taken.others)}. This desk reads only."
            self.query_one(Notice).tell(told)
        elif self.about:
            self.say_keys(f"Resumed: {self.about}. ")
        elif self._taken and (back := self._taken.case.call_back) and back.number:
            self.query_one(Notice).tell(f"To call: {', '.join(filter(None, (back.number, back.best_hours)))}.")

    @property
    def about(self) -> str | None:
        """Say what a call in hand again is about that looks for no care; None = any other call."""
        from navigator.case.reasons import about  # deferred: not needed for the first frame

        return about(self._taken.case.reason) if self._taken else None

    def change(self, step: Callable[..., Case], *facts: object) -> bool:
        """Take a step in the case; what it refuses is said. True where there is no case, or the step was taken."""
        if self.case is None:
            return True
        if self not in self.app.screen_stack:
            return False  # the call was left: what was asked in it is answered to nobody
        if self._reads_only:
            self.desk.tell_fault(ANOTHER_DESK)
            return False
        try:
            self.case = step(self.case, *facts)
        except BadInput as problem:
            self.desk.tell_fault(problem)
            return False
        return True

    def watch_case(self, before: Case | None, case: Case | None) -> None:
        """Draw the steps and the member, and save what changed."""
        if case is None:
            return
        self._newest = case
        self.query_one(StepLine).steps = steps(case, has_rule=case.rule is not None, has_gates=bool(case.gates))
        reach = transitions.may_hear(case, self.desk.today())
        member, header = case.member, self.query_one(CallHeader)
        if member:
            from navigator.case.identify import eligibility_words  # deferred: not needed for the first frame

            header.member = member.name or member.member_id or "member"
            two = ", two plans: which pays first?" if member.other_roster and not member.pays_first else ""
            header.eligibility = eligibility_words(member) + two
            if reach != "everything":
                header.eligibility = NOT_TO_SAY[reach]
        self.take_reach(reach)
        if before is not None and before.language != case.language:
            self.take_language()
        if before is not None:
            self.save_case()

    def take_reach(self, reach: Reach) -> None:
        """Show from now on no more than this caller may hear; a call that shows nothing of a plan has nothing to do."""

    @property
    def language(self) -> Language:
        """Give the language in which is read aloud; English where no case is kept."""
        return self.case.language if self.case else "en"

    def take_language(self) -> None:
        """Show from now on what is read aloud in the call's language; a call that shows nothing has nothing to do."""

    # -- saving ----------------------------------------------------------------------------------------------------

    def save_case(self) -> None:
        """Save the case as it will stand when the ledger's thread comes to it."""
        case = self.case
        if case is None or self._reads_only:
            return
        if self._kept or self._notes or transitions.worth_keeping(case):
            case_lookups.save_case(self, self.desk.ledger, self._save, self.desk.today())

    def _save(self, ledger: Ledger, today: date) -> Kept:
        """Save in the ledger's thread, where one save follows another and an older one has taken the newest already."""
        from navigator import keeping  # deferred: with the ledger

        known, case = self._kept, self._newest
        if case is None:
            raise BadInput("There is no case to save.", "Begin a call.")
        case = replace(transitions.waited(case, self.waited), id=known.case.id if known else case.id)
        if known is None or known.case != case or self._notes:
            self._kept = self._owes = keeping.save_alone(
                ledger, keeping.Kept(case, known.version if known else 0), today
            )
        if self._owes:
            keeping.follow_up(ledger, self._owes, today, self._notes_to_keep())
            self._owes = None
        return self._kept or keeping.Kept(case)

    def _notes_to_keep(self) -> Iterator[str]:
        """Give each note, and forget it when the ledger has it: what could not be kept is tried with the next save."""
        while self._notes:
            yield self._notes[0]
            del self._notes[0]

    def number_kept(self) -> str | None:
        """Give the case's number in the ledger's thread, which knows it as soon as it is drawn."""
        return self._kept.case.id if self._kept else None

    @on(CaseSaved)
    def _case_saved(self, event: CaseSaved) -> None:
        event.stop()
        if self._tells_of_note and not self._notes:
            self._tells_of_note = False
            self.desk.tell("Note kept.")
        if self.case and self.case.id is None:
            self._newest = replace(self.case, id=event.kept.case.id)
            self.set_reactive(CaseScreen.case, self._newest)

    @on(LookupFailed)
    def _case_not_saved(self, event: LookupFailed) -> None:
        if event.about == "case":
            self._reads_only = event.error.code == "overtaken"

    def leave_field(self) -> None:
        """Save what is in hand; called before the app is left."""
        self.save_case()

    def _show_sign(self) -> None:
        if self.case and self.case.id and not self._reads_only:
            case_lookups.show_sign(self, self.desk.ledger, self.case.id)

    # -- what the call shows and hears -----------------------------------------------------------------------------

    def note_need(self, words: str, procedure: Procedure, place: str | None) -> None:
        """Note what is needed, and near which place."""
        need = Need(
            words,
            procedure.id,
            procedure.name,
            procedure.service_line,
            procedure.criteria_set,
            procedure.sensitive,
            place,
        )
        if self.case and self.case.need != need:
            self.change(transitions.take_need, need)

    def note_offer(self, question: Question, offer: Offer) -> None:
        """Note which centers are shown."""
        facilities = tuple(center.facility.id for center in offer.centers)
        self.change(
            transitions.show_offer,
            OfferShown(offer.edition, question.on, question.miles, question.sort, facilities),
        )

    def note_evidence(self) -> None:
        """Note that the caller was told why."""
        if not self._reads_only:
            self.change(transitions.open_evidence)

    def note_rule(self, before: CallState, now: CallState) -> None:
        """Note the rule as it was answered, its gates, and the facts that it rests on."""
        if self.case is None or (before.rules, before.member_facts) == (now.rules, now.member_facts):
            return
        facts = now.member_facts.model_dump_json(exclude_none=True) if now.member_facts else None
        if facts != self.case.member_facts:
            self.change(transitions.know_facts, facts)
        if now.rules:
            answer = now.rules[-1][1]
            cited, program = answer.coverage.explanation, answer.program
            self.change(transitions.show_rule, RuleShown(answer.headline, cited.clause, cited.version, program.sha256))
            gates = tuple(GateShown(gate.id, gate.state, gate.words) for gate in answer.gates)
            self.change(transitions.answer_gates, gates)

    def say_keys(self, before: str = "") -> None:
        """Say what a call that looks for no care goes on with, behind what is to be said ``before``."""
        keys = ((self.key("work.note"), "takes a note"), (self.key("case.wrap"), "ends the call"))
        self.query_one(Notice).tell(before + ", ".join(f"{key} {words}" for key, words in keys) + ".")

    # -- notes and the meter ---------------------------------------------------------------------------------------

    def take_note(self, text: str, tells: bool = False) -> None:
        """Keep a note with the case, and say so where it ``tells``; before the case has a number the note saves it."""
        if self._reads_only:
            self.desk.tell_fault(ANOTHER_DESK)
            return
        self._notes.append(text)
        self._tells_of_note = tells
        self.save_case()

    @on(AnswerTook)
    def _answer_took(self, event: AnswerTook) -> None:
        self.waited = meter.waited_more(self.waited, event.milliseconds)

    # -- keys ------------------------------------------------------------------------------------------------------

    def action_identify(self) -> None:
        """Look up or identify who calls."""
        self.desk.open_identify(self)

    def action_safety(self) -> None:
        """Ask about the red flags."""
        self.desk.open_safety(self)

    def action_reason(self) -> None:
        """Say why they call."""
        self.desk.open_reasons(self)

    def action_other_language(self) -> None:
        """Change the language of what is read aloud; everything else stays."""
        if self.case:
            spanish = self.case.language == "en"
            self.change(transitions.speak_language, "es" if spanish else "en")
            self.desk.tell(f"Scripts are read in {'Spanish' if spanish else 'English'}.")

    def action_hung_up(self) -> None:
        """Put the call on the call-back list, and begin another one."""
        self.desk.put_on_call_backs(self)

    def action_calls(self) -> None:
        """Open the parked calls and the call backs."""
        self.desk.open_calls()

    def action_wrap(self) -> None:
        """End the call: say how it ended."""
        self.desk.open_wrap(self)


def now() -> datetime:
    """Give this moment, aware."""
    return datetime.now(UTC)
