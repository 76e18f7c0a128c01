"""Who calls and for whom: one look-up box, what is kept about them, the match, and who speaks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.events import Resize
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from navigator import case_lookups
from navigator.actions import bindings
from navigator.case import transitions
from navigator.case.identify import ASK_WHAT, confirmation, said_of, two_plans, understood
from navigator.case.scripts import GREETING
from navigator.case.speaker import ACCESS, SPEAKERS
from navigator.case.value import Caller, Case, Paper
from navigator.case_actions import IDENTIFY_ACTIONS
from navigator.messages import CallerLookedUp, LookupFailed
from navigator.referral import checks
from navigator.screens.ask import AskScreen
from navigator.screens.case_screen import CaseScreen, now
from navigator.screens.desk_screen import DeskScreen
from navigator.screens.pick import PickScreen
from navigator.text import line, rows, safe
from navigator.widgets.key_line import KeyLine
from navigator.widgets.marked_list import MarkedList, still_listed
from navigator.widgets.notice import Notice
from navigator.widgets.read_aloud import read_aloud
from navigator.widgets.row_list import row_lines
from navigator.widgets.text_box import TextBox
from provider_directory.errors import BadInput

if TYPE_CHECKING:
    from navigator.case.identify import Query
    from navigator.keeping import LookedUp, StatusRow
    from navigator.screens.call import CallScreen
    from navigator.ticket import Ticket

MOST_LETTERS = 200
LOOKING = "Looking it up"
NOT_FOR_THIS_CALLER = "nothing of it is said before the member agrees"


class IdentifyScreen(DeskScreen[None]):
    """Looks up what the caller says, and notes who speaks; goes back with Esc, everything noted as it was said."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(IDENTIFY_ACTIONS)

    def __init__(self, call: CaseScreen) -> None:
        super().__init__()
        self._call = call
        self._rows: tuple[StatusRow, ...] = ()
        self._looked_up = call.caller_typed
        """What was entered last; other words in the box were not looked up yet."""
        self._asked: Query | None = None
        """The look-up that is not answered yet."""
        self._leaves_when_answered = False
        self._told_of_words = False
        self._asked_about: frozenset[str] = frozenset()
        """What a number or phone found; who calls is known only when name and birth date fit it."""

    def compose(self) -> ComposeResult:
        """Give the box, what was found, and who speaks."""
        yield Static(line(("Who is calling?", "bold"), (f"  {ASK_WHAT}", "$muted")), id="identify-title")
        yield TextBox(self._call.caller_typed, compact=True, max_length=MOST_LETTERS, id="look-up")
        yield Notice(id="identify-notice")
        yield MarkedList(id="identify-rows", compact=True)
        with VerticalScroll(id="identify-who", can_focus=True):
            yield Static(id="identify-lines")
        yield KeyLine()

    def on_mount(self) -> None:
        """Take the keys to the box."""
        self.query_one("#identify-rows").display = False
        self._draw()
        # Where the member is known, the screen was opened to say who speaks: a digit is the answer.
        self.set_focus(self.query_one("#identify-who" if self._case.member else "#look-up"))
        self.call_after_refresh(case_lookups.open_ahead, self, self.desk.ledger)

    def on_key(self, event: events.Key) -> None:
        """Take a capital, and a letter that is no key here, into the box: who begins another name means the box.

        The rest of the name would open a note, and a digit of the birth date would say who speaks.
        """
        letter, box = event.character or "", self.query_one("#look-up", TextBox)
        if box.has_focus or not letter.isalpha() or (letter.islower() and event.key in self.active_bindings):
            return
        event.stop()
        if box.value == self._looked_up:
            box.value = ""
        box.begin_with(letter)

    @property
    def _case(self) -> Case:
        if self._call.case is None:
            raise BadInput("This desk keeps no cases.", "Open it with a ledger.")
        return self._call.case

    @on(Input.Submitted, "#look-up")
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            query = understood(event.value)
        except BadInput as problem:
            self.query_one(Notice).fail(problem)
            return
        if query.ticket:
            self._take_ticket(query.ticket)
            return
        self._looked_up = self._call.caller_typed = event.value
        self._asked = query
        self.query_one(Notice).wait(LOOKING)
        self.set_focus(self.query_one("#identify-who"))  # at once: the digit behind Enter says who speaks
        program = self.desk.program.id if self.desk.program else None
        case_lookups.look_up(self, self.desk.ledger, query, program, self.desk.today())

    @on(CallerLookedUp)
    def _found(self, event: CallerLookedUp) -> None:
        event.stop()
        found = event.found
        if self._asked not in (None, found.query):
            return  # somebody else was asked about since
        self.query_one(Notice).clear()
        self._asked = None
        if found.member:
            member = replace(found.member, zip=None)
            known = self._call.case.member if self._call.case else None
            if not self._call.change(transitions.identify, member):
                return
            # What was said for another person is not said for this one.
            same = known is None or (known.name, known.birth_date) == (member.name, member.birth_date)
            cast("CallScreen", self._call).take_file_facts(found.facts, keep=same)
        self._rows = found.rows
        self._show_rows(found)
        subjects = frozenset(row.subject for row in found.rows)
        fits = confirmation(self._asked_about, subjects) if found.query.kind in ("person", "member_id") else None
        self._asked_about = subjects if found.query.kind in ("referral", "case", "phone") else frozenset()
        self._draw((*([fits] if fits else []), *found.told))
        if not self.query_one(Input).has_focus:  # whoever has gone back to the box types on
            self.query_one("#identify-rows" if self._rows else "#identify-who").focus()
        if self._leaves_when_answered:
            self.dismiss()

    def _show_rows(self, found: LookedUp) -> None:
        listed = self.query_one("#identify-rows", OptionList)
        listed.display = bool(found.rows)
        self._fill()
        listed.highlighted = 0 if found.rows else None

    @on(Resize)
    def _fill(self) -> None:
        listed = self.query_one("#identify-rows", OptionList)
        in_hand, cells = listed.highlighted, max(self.size.width - 6, 20)
        hidden = self._may_not_hear is not None
        listed.set_options([Option(row_lines(row, cells, NOT_FOR_THIS_CALLER if hidden else "")) for row in self._rows])
        if in_hand is not None and self._rows:
            listed.highlighted = min(in_hand, len(self._rows) - 1)

    @on(OptionList.OptionSelected, "#identify-rows")
    def _open(self, event: OptionList.OptionSelected) -> None:
        if not (still_listed(event) and self.is_active):
            return
        row = self._rows[event.option_index]
        if refused := self._may_not_hear:
            self.query_one(Notice).fail(refused)
            return
        if row.is_case:
            if self.desk.caller_warning:  # a call holds what the plan pays
                self.query_one(Notice).tell(self.desk.caller_warning)
            elif row.subject != self._case.id:
                self.desk.take_case(row.subject)
            return
        from navigator.screens.referral_page import ReferralPage  # deferred: the record's models

        self.app.push_screen(ReferralPage(row.subject))

    @property
    def _may_not_hear(self) -> BadInput | None:
        """Give why nothing of a referral may be said to who speaks; None = it may, or nobody has said who speaks."""
        if transitions.may_hear(self._case, self.desk.today()) != "general":
            return None
        judged = transitions.authority_in(self._case, self.desk.today())
        return BadInput(judged.words, judged.would_change or "Speak with the member.")

    @on(LookupFailed)
    def _say_error(self, event: LookupFailed) -> None:
        event.stop()
        if event.about == "look_up":
            self._asked, self._leaves_when_answered = None, False
        self.query_one(Notice).fail(event.error)

    def _take_ticket(self, ticket: Ticket) -> None:
        self._call.change(transitions.speak_language, ticket.language)
        self.dismiss()
        self.desk.take_ticket(self._call, ticket)

    # -- who speaks ------------------------------------------------------------------------------------------------

    def action_speaker(self, number: int) -> None:
        """Note who speaks, by the number before the words; a representative's paper is asked for."""
        speaker = SPEAKERS[number - 1][0]
        if speaker == "representative":
            self.app.push_screen(
                AskScreen(
                    "Which paper was seen, and until when is it valid?",
                    "For example: power of attorney, 6/30/2027. Without an end date: power of attorney",
                    check=self._paper,
                ),
                self._take_paper,
            )
            return
        if self._call.change(transitions.speak, Caller(speaker)):
            self._draw()

    def action_access(self, number: int) -> None:
        """Note what the member needs to take part, or take it back."""
        if self._call.change(transitions.need_access, ACCESS[number - 1 - len(SPEAKERS)][0]):
            self._draw()

    def action_pays_first(self) -> None:
        """Ask which of two plans pays first."""
        member, program = self._case.member, self.desk.program
        if member is None or member.other_roster is None or program is None:
            self.query_one(Notice).tell("Nothing to ask: the member is not on the rosters of two plans.")
            return

        def answered(plan: str | None) -> None:
            if plan and self._call.change(transitions.answer_pays_first, plan):
                self._draw()

        plans = ((program.id, program.employer), (member.other_roster, self._employer(member.other_roster)))
        self.app.push_screen(PickScreen("Two plans: which pays first?", plans, member.pays_first), answered)

    def _employer(self, program: str) -> str:
        return case_lookups.employer_of(program, self.desk.program)

    def _paper(self, text: str) -> Paper:
        what, _comma, end = text.rpartition(",")
        if not text:
            raise BadInput("No paper was named.", "Say which paper it is, or press Esc.")
        if not what:
            return Paper(checks.text_within("The paper", text, 120), self.desk.today(), None)
        return Paper(checks.text_within("The paper", what, 120), self.desk.today(), checks.calendar_day(end))

    def _take_paper(self, text: str | None) -> None:
        if text is not None:
            self._call.change(transitions.speak, Caller("representative", paper=self._paper(text)))
            self._draw()

    def action_agrees(self) -> None:
        """Log that the member agrees that this person hears everything."""
        caller = self._case.caller
        if caller is None or transitions.authority_in(self._case, self.desk.today()).may_consent:
            self.query_one(Notice).tell(
                "Nothing to agree to: say first who speaks." if caller is None else "Not needed."
            )
            return
        if caller.speaker in ("representative", "surgeon_office"):
            self.query_one(Notice).tell("A member's word on the phone does not replace this: speak with the member.")
            return
        if self._call.change(transitions.speak, replace(caller, member_agreed_at=now())):
            self._draw()

    def action_asked(self) -> None:
        """Note that the employer is asked about somebody whom the eligibility file does not hold."""
        if self._call.change(transitions.ask_employer, now()):
            self._draw()

    def _draw(self, told: tuple[str, ...] = ()) -> None:
        case, restricted = self._case, bool(self.desk.caller_warning)
        of_file = said_of(case.member) if case.member else ()
        two = two_plans(case.member, self._employer) if case.member and not restricted else ()
        lines = [safe(each) for each in (*(told or of_file), *two) if not (restricted and each in of_file)]
        if restricted and case.member:
            lines.append(line(("What the eligibility file says is not for this caller.", "$warning")))
        if case.member:
            named = case.member.name or f"member ID {case.member.member_id}"
            lines.insert(0, line(("Member: ", "$muted"), (named, "bold")))
            if case.member.match == "no_match" and not case.member.employer_asked_at:
                lines.append(line((f"{self.key('identify.asked')} ", "bold $accent"), "the employer is asked"))
            if case.member.other_roster and not case.member.pays_first:
                lines.append(line((f"{self.key('identify.first')} ", "bold $accent"), "which plan pays first?"))
        else:
            lines += read_aloud("Say:", GREETING, case.language)
        lines += [line(""), line(("Who speaks?", "bold"))]
        for number, (speaker, label) in enumerate(SPEAKERS, 1):
            taken = case.caller is not None and case.caller.speaker == speaker
            lines.append(
                line((f"{number} ", "bold $accent"), ("● " if taken else "○ "), (label, "bold" if taken else ""))
            )
        needs: list[str | tuple[str, str]] = []
        for number, (access, label) in enumerate(ACCESS, len(SPEAKERS) + 1):
            has = access in case.access
            needs += [(f"{number} ", "bold $accent"), ("● " if has else "○ "), (f"{label}   ", "bold" if has else "")]
        lines.append(line(*needs))
        judged = transitions.authority_in(case, self.desk.today())
        lines += [
            line(""),
            line(
                ("✓ " if judged.may_consent else "! ", "$success" if judged.may_consent else "$warning"), judged.words
            ),
        ]
        if judged.would_change:
            agrees = f" ({self.key('identify.agrees')})" if "a yes is logged" in judged.would_change else ""
            lines.append(line(("  " + judged.would_change + agrees, "$accent")))
        self.query_one("#identify-lines", Static).update(rows(lines))
        self._fill()

    def action_look_up(self) -> None:
        """Go back to the box."""
        box = self.query_one(Input)
        box.focus()
        box.select_all()

    def action_back(self) -> None:
        """Go back to the call, once what was entered is answered; words that were not entered are told of once."""
        if self._asked:
            self._leaves_when_answered = True
            self.query_one(Notice).wait(f"{LOOKING}, then back to the call")
            return
        self._call.caller_typed = typed = self.query_one(Input).value
        if typed.strip() and typed != self._looked_up and not self._told_of_words:
            self._told_of_words = True
            self.query_one(Notice).tell("This is not looked up: Enter does it. Esc again keeps it in the box.")
            return
        self.dismiss()
