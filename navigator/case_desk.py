"""What the person who works can do on every screen of a desk: notes, hold, the lock, and the call that is in hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widgets import Input

from navigator import actions, case_actions, case_lookups
from navigator.case import transitions
from navigator.case.value import CallBack, Language, Reason
from navigator.desk_lock import DeskLock
from navigator.messages import CaseOpened, NoteKept
from navigator.screens.case_screen import CaseScreen, now
from navigator.widgets.notice import Notice
from navigator.widgets.text_box import TextBox
from provider_directory.errors import BadInput, DirectoryError

if TYPE_CHECKING:
    from navigator.keeping import Kept
    from navigator.ledger.ledger import Ledger
    from navigator.program_in_use import ProgramInUse
    from navigator.referral.record import Referral
    from navigator.screens.call_state import CallState
    from navigator.ticket import Ticket
    from provider_directory.models import Center


class CaseDesk(DeskLock):
    """The desk's own part of the app; in a mode without cases none of it does anything but 988."""

    BINDINGS: ClassVar[list[BindingType]] = actions.bindings(case_actions.WORK_ACTIONS)
    today: Callable[[], date]
    ledger: Callable[[], Ledger]
    begin_call: Callable[[], None]
    program: ProgramInUse | None
    _open_ledger: Callable[[], Ledger] | None
    _heard: tuple[str, str] = ("", "")

    @property
    def keeps_cases(self) -> bool:
        """Say whether a call is a case here."""
        return self.mode.keeps_cases and self._open_ledger is not None

    @property
    def call(self) -> CaseScreen | None:
        """Give the call in hand, whatever lies over it."""
        return next((screen for screen in reversed(self.screen_stack) if isinstance(screen, CaseScreen)), None)

    @property
    def has_call(self) -> bool:
        """Say whether the call in hand holds anything yet."""
        return bool(self.call and self.call.case and transitions.worth_keeping(self.call.case))

    @property
    def caller_warning(self) -> str:
        """Say why not everything may be said to who speaks, and what would change that; "" = everything may."""
        case = self.call.case if self.call else None
        if case is None or transitions.may_hear(case, self.today()) == "everything":
            return ""
        judged = transitions.authority_in(case, self.today())
        return " ".join(filter(None, (judged.words, judged.would_change)))

    # -- notes, hold -----------------------------------------------------------------------------------------------

    def action_note(self) -> None:
        """Take a note on the referral that is shown, or on the call."""
        from navigator.screens.ask import AskScreen  # deferred: as above

        if not self.keeps_cases or isinstance(self.screen, AskScreen):
            return
        referral: str | None = getattr(self.screen, "shown_number", None)
        about = f"on referral {referral}" if referral else "on this call"

        def keep_unfinished(text: str) -> None:
            self._take_note(f"{text} (not finished)", referral)

        self.push_screen(
            AskScreen(f"Note {about}", "It is timed and signed, and cannot be changed.", keeps=keep_unfinished),
            lambda text: self._take_note(text, referral),
        )

    def _take_note(self, text: str | None, referral: str | None) -> None:
        if not text:
            return
        if referral:
            number = self.call.case.id if self.call and self.call.case else None
            case_lookups.keep_note(self.screen, self.ledger, text, number, referral)
        elif self.call:
            self.call.take_note(text, tells=True)

    @on(NoteKept)
    def _note_kept(self) -> None:
        self.tell("Note kept.")

    @property
    def _notice(self) -> Notice | None:
        """Give the place for words on the screen in front; on the one below where a box over it has none."""
        return next((found.first() for screen in reversed(self.screen_stack) if (found := screen.query(Notice))), None)

    def tell(self, words: str) -> None:
        """Say on the screen that is shown that something is done."""
        if notice := self._notice:
            notice.done_in_passing(words)

    def action_hold(self) -> None:
        """Put the caller on hold."""
        from navigator.screens.hold import HoldScreen  # deferred: as above

        if self.keeps_cases and self.call and not isinstance(self.screen, HoldScreen):
            self.push_screen(HoldScreen(self.clock, self._language), self._held)

    def _held(self, wish: str | None) -> None:
        if self.call is None or wish is None:
            return
        self.keep_fields()
        if any(getattr(screen, "waits_for_number", False) for screen in self.screen_stack):
            self.tell_fault(BadInput("The draft is being saved.", "Put the caller on hold again in a moment."))
            return
        if wish == "park":
            if self.call.change(transitions.park):
                self._leave_call(self.call, f"The call is parked; {self.call.key('case.calls')} lists it.")
        else:
            self.put_on_call_backs(self.call)

    @on(TextBox.Full)
    def _left_out(self, event: TextBox.Full) -> None:
        if notice := self._notice:
            notice.tell(event.words)

    # -- 988 -------------------------------------------------------------------------------------------------------

    @on(Input.Changed)
    def _heard_words(self, event: Input.Changed) -> None:
        from navigator.case.safety import checked, speaks_of_suicide  # deferred: read at the first key

        if not speaks_of_suicide(event.value):
            if self._heard[0] == str(id(event.input)):
                self._heard = ("", "")
            return
        if self._heard[0] == str(id(event.input)):
            return  # shown for these words already
        self._heard = (str(id(event.input)), event.value)
        from navigator.screens.safety import CrisisScreen  # deferred: as above

        self.push_screen(CrisisScreen(self._language))
        if self.call and self.call.case:
            self.call.change(transitions.check_safety, checked("crisis", self._language, now(), self.who_works))

    @property
    def _language(self) -> Language:
        return self.call.case.language if self.call and self.call.case else "en"

    # -- what the keys of a call open ------------------------------------------------------------------------------

    def open_identify(self, call: CaseScreen) -> None:
        """Open who calls and for whom."""
        if call.case:
            from navigator.screens.identify import IdentifyScreen  # deferred: as above

            self.push_screen(IdentifyScreen(call))

    def open_safety(self, call: CaseScreen) -> None:
        """Open the red flags of what is needed."""
        case = call.case
        if case is None:
            return
        from navigator.case.safety import checked
        from navigator.screens.safety import SafetyScreen  # deferred: as above

        def answered(outcome: Any) -> None:
            if outcome and call.change(
                transitions.check_safety, checked(outcome, self._language, now(), self.who_works)
            ):
                self._told_of_safety(outcome)

        need = case.need
        screen = SafetyScreen(need.service_line if need else None, case.language, need.procedure_name if need else "")
        self.push_screen(screen, answered)

    def _told_of_safety(self, outcome: str) -> None:
        if outcome == "none":
            self.tell("Safety check logged.")
            return
        if notice := self._notice:  # it stays: nothing else of this call is urgent
            notice.tell(
                "Sent to 911 or the own doctor; it is logged. Nothing is sent before the red flags are asked again."
            )

    def open_reasons(self, call: CaseScreen) -> None:
        """Ask why they call; for all but finding care the look-up follows."""
        from navigator.case.reasons import REASONS
        from navigator.screens.pick import PickScreen  # deferred: as above

        if call.case is None:
            return

        def given(reason: str | None) -> None:
            chosen: Reason | None = next((each.id for each in REASONS if each.id == reason), None)
            if chosen and call.change(transitions.give_reason, chosen) and chosen != "find_care":
                call.set_focus(None)  # nothing is looked for: letters are keys from here on
                call.say_keys()
                self.open_identify(call)

        choices = [(reason.id, reason.label) for reason in REASONS]
        self.push_screen(PickScreen("Why do they call?", choices, call.case.reason), given)

    def put_on_call_backs(self, call: CaseScreen) -> None:
        """Put the call on the call-back list, by one key where the number is known, and begin another one."""
        case = call.case
        if case is None:
            return
        known = (case.member.phone if case.member else None) or (case.call_back.number if case.call_back else None)
        if known:
            self._call_back(call, known)
            return
        from navigator.case.call_backs import heard
        from navigator.screens.ask import AskScreen  # deferred: as above

        ask = AskScreen(
            "Which number shall we call back, and when?",
            "For example: 414-555-0100, after 4 pm Central. Enter alone: no number is known.",
            check=heard,
        )
        self.push_screen(ask, lambda text: None if text is None else self._call_back(call, text))

    def _call_back(self, call: CaseScreen, text: str) -> None:
        from navigator.case import call_backs  # deferred: as above

        number, time_zone, hours = call_backs.heard(text)
        wanted = CallBack(number, now(), time_zone, hours)
        if call.change(call_backs.ask_call_back, wanted):
            self._leave_call(call, f"The call is on the call-back list; {call.key('case.calls')} opens it.")

    def open_calls(self) -> None:
        """Open the parked calls and the call backs."""
        from navigator.screens.calls import CallsScreen  # deferred: as above

        if self.keeps_cases:
            self.push_screen(CallsScreen(), lambda number: self.take_case(number) if number else None)

    def open_wrap(self, call: CaseScreen) -> None:
        """Open the end of the call."""
        from navigator.screens.wrap import WrapScreen  # deferred: as above

        if call.case:
            waited = call.waited.total_ms / 1000
            self.push_screen(WrapScreen(call, call.case, waited), lambda ended: self._ended(call) if ended else None)

    def _ended(self, call: CaseScreen) -> None:
        from navigator.screens.call import CallScreen  # deferred: it is loaded by now

        ended = call.case.disposition if call.case else None
        self._leave_call(call, "The call is closed.")
        if isinstance(call, CallScreen) and ended and ended.kind == "offer_sheet" and not call.gave_sheet:
            self.call_after_refresh(self.open_offer_sheet, call, call.state)

    def open_offer_sheet(self, call: CaseScreen, state: CallState, marked: tuple[Center, ...] = ()) -> None:
        """Put the centers that are shown on a page, for somebody who wants to think; no referral is made.

        That it was handed out is noted in the case, after its end too.
        """
        from navigator.screens.offer_sheet import OfferSheetScreen, sheet_asked  # deferred: as above

        asked, case = sheet_asked(state, marked), call.case
        if asked is None:
            self.tell_fault(BadInput("No center is shown.", "Look farther, or for another place."))
            return

        def given(words: str) -> None:
            call.gave_sheet = True
            call.take_note(words)

        self.push_screen(OfferSheetScreen(asked, case.language if case else "en", given if case else None))

    # -- from one call to the next ---------------------------------------------------------------------------------

    def end_case(self, call: CaseScreen) -> None:
        """End a call that is left without a wrap, as what it holds speaks for; nothing that was said is lost."""
        from navigator.case import wrap  # deferred: as above

        case = call.case
        if case and case.standing == "open" and case.disposition is None and transitions.worth_keeping(case):
            call.change(transitions.close, wrap.disposed(wrap.proposed(case), None, now(), self.who_works))

    def _leave_call(self, call: CaseScreen, words: str) -> None:
        self.begin_call()
        self.call_after_refresh(lambda: self.tell(words))

    def take_case(self, number: str, reason: str | None = None, draft: Referral | None = None) -> None:
        """Take a parked case or a call back in hand; the case that is in hand is parked if it holds anything."""
        case_lookups.open_case(self.call or self.screen, self.ledger, number, self.who_works, reason, draft)

    @on(CaseOpened)
    async def _case_opened(self, event: CaseOpened) -> None:
        kept, draft = event.kept, event.draft
        if self.locked:
            self.when_unlocked(lambda: self.post_message(CaseOpened(kept, draft)))
            return
        if kept.case.standing == "closed" and draft is None:
            from navigator.screens.case_page import CasePage  # deferred: as above

            self.push_screen(CasePage(kept.case))
            return
        if kept.owner and kept.owner != self.who_works and not kept.others:
            from navigator.screens.ask import AskScreen  # deferred: as above

            number = kept.case.id or ""
            ask = AskScreen(f"This case is {kept.owner}'s. Why do you take it over?", "It is noted with the case.")
            self.push_screen(ask, lambda why: self.take_case(number, why, draft) if why else None)
            return
        if self.call and self.call.case:
            if self.call.case.id == kept.case.id:  # asked for twice: it is in hand by now
                return
            self.park_or_end(self.call)
        await self.begin_taken_call(kept, draft)

    def park_or_end(self, call: CaseScreen) -> None:
        """Park the call in hand for another one, where it holds anything."""
        if call.case and call.case.standing == "open" and transitions.worth_keeping(call.case):
            call.change(transitions.park)

    async def begin_taken_call(self, kept: Kept, draft: Referral | None) -> None:
        """Begin a call with a case that was put aside, or to finish a draft that was begun in it."""
        from navigator.screens.call import CallScreen  # deferred: it is loaded by now

        while len(self.screen_stack) > 2:
            self.pop_screen()
        if draft is None:
            self.switch_screen(CallScreen(kept))
            return
        ended = kept.case.disposition
        call = CallScreen(replace(kept, case=transitions.go_on_with_draft(kept.case, draft.number)))
        await self.switch_screen(call)
        if ended:
            call.take_note(f"Taken up again to finish {draft.number}; it had ended as: {ended.kind.replace('_', ' ')}.")
        self._open_form(call, draft)

    def open_draft(self, draft: Referral) -> None:
        """Open the form of a draft over the call in which it began, or go back to it; one from a file gets a call."""
        from navigator.screens.referral import ReferralScreen  # deferred: the record's models

        call = self.call
        if call is None or call.case is None:
            return
        forms = [screen for screen in self.screen_stack if isinstance(screen, ReferralScreen)]
        if form := next((form for form in forms if form.shown_number == draft.number), None):
            while self.screen is not form:  # a second form would be kept over by what this one holds
                self.pop_screen()
            form.take_up_again()
            return
        if draft.case_id and draft.case_id != call.case.id:
            self.take_case(draft.case_id, draft=draft)
            return
        if draft.case_id is None:
            self.park_or_end(call)
            self.begin_call()
        self.call_after_refresh(lambda: self._open_form(self.call, draft))

    def _open_form(self, call: CaseScreen | None, draft: Referral) -> None:
        from navigator.screens.call import CallScreen
        from navigator.screens.referral import ReferralScreen  # deferred: the record's models

        if isinstance(call, CallScreen):
            self.push_screen(ReferralScreen(call, None, draft))

    def take_ticket(self, call: CaseScreen, ticket: Ticket) -> None:
        """Go on with what was chosen at a kiosk: the procedure and the place; a ticket names nobody."""
        from provider_directory.catalog import load  # deferred: a ticket is rare

        known = {procedure.number: procedure.name for procedure in load().procedures}
        if ticket.procedure_number not in known:
            self.tell_fault(BadInput("The ticket names no procedure of this version.", "Ask what is planned."))
            return
        from navigator.screens.call import CallScreen  # deferred: it is loaded by now

        async def restore() -> None:
            from navigator.program import sites  # deferred: as above

            place = await sites.words_of_ticket(ticket.site, ticket.zip, self.program)
            if isinstance(call, CallScreen) and call.is_attached:
                call.restore(known[ticket.procedure_number], place)

        self.run_worker(restore(), group="ticket", exclusive=True, exit_on_error=False, description="ticket")

    def tell_fault(self, fault: DirectoryError) -> None:
        """Say on the screen that is shown what went wrong."""
        if notice := self._notice:
            notice.fail(fault)
