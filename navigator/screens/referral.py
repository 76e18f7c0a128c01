"""The referral form: a draft with its number from the first moment, each field saved as it is left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import ScreenResume
from textual.widgets import Static

from navigator import lookups
from navigator.actions import bindings
from navigator.case import consent
from navigator.languages.demonstration import SHORT as DEMONSTRATION
from navigator.messages import LookupFailed, OthersOpen, ReferralSaved
from navigator.referral.record import FIELDS, as_text, check_field, field_values
from navigator.referral_actions import FORM_ACTIONS
from navigator.screens import form_case
from navigator.screens.desk_screen import DeskScreen
from navigator.screens.referral_page import ReferralPage
from navigator.text import line, rows
from navigator.widgets.field_list import FieldList
from navigator.widgets.form_fields import HOW_TO_CHOOSE, FormField
from navigator.widgets.key_line import KeyLine
from navigator.widgets.notice import Notice
from navigator.widgets.read_aloud import read_aloud
from provider_directory.errors import BadInput

if TYPE_CHECKING:
    from navigator.referral.record import Referral
    from navigator.screens.call import CallScreen
    from provider_directory.models import Center


class ReferralScreen(DeskScreen[None]):
    """A form for one center of the call's offer; leaving it keeps the draft."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(FORM_ACTIONS)

    def __init__(self, call: CallScreen, center: Center | None, draft: Referral | None = None) -> None:
        """Begin a referral to a center of the call's offer, or go on with a draft that was begun before."""
        super().__init__()
        self._call = call
        self._shown = call.state
        """The offer as it was shown when the center was chosen, whatever the call finds meanwhile."""
        self._center = center
        self._draft = draft
        self._referral: Referral | None = None
        self._unsaved_was_said = False
        self._unsaved_was_told = False
        self._told_of = ("", "")
        """The field, and the text in it that cannot be kept, of which was told as the form was to be left."""
        self._goes_on = draft is not None
        """Begun before: what must be there before it may be sent comes first."""
        self._starts = False
        """The draft is on its way to the ledger."""
        self._leaves_when_started = False
        self._is_finished = False

    def compose(self) -> ComposeResult:
        """Give the head, the fields, and the line that says what to read aloud or what is wrong."""
        yield Static(id="form-head")
        with FieldList(id="form"):
            for field in FIELDS:
                yield FormField(field, "")
        yield Static(id="form-script")
        yield Notice(id="form-notice")
        yield KeyLine()

    def on_mount(self) -> None:
        """Save the draft with its number and the offer as it was shown."""
        self._draw_head()
        self.query_one(FormField).query_one("Input").focus()
        self.query_one(Notice).wait("Opening the draft" if self._draft else "Saving the draft")
        self._start()

    def _start(self) -> None:
        state, offer, procedure = self._call.state, self._shown.offer, self._shown.procedure
        self._starts = True
        if self._draft:
            lookups.show_referral(self, self.desk.ledger, self._draft.number)
        elif offer and procedure and self._center:
            facility, of_case, ledger = self._center.facility, self._call.number_kept, self.desk.ledger
            shown = self._shown.as_shown(facility.id, self.desk.edition)
            lookups.start_referral(self, ledger, offer, procedure, facility, state.draft, case_id=of_case, shown=shown)

    def _draw_head(self) -> None:
        state, referral = self._shown, self._referral
        drawn = referral or self._draft
        number = (drawn.number, "bold $accent") if drawn else ("number being drawn", "$muted")
        if self._unsaved_was_said and referral is None:
            number = ("NOT SAVED", "bold $error")
        invented = self._draft.demonstration if self._draft else state.offer and state.offer.demonstration
        demonstration = (f"{DEMONSTRATION}  ", "bold $warning") if invented else ""
        procedure = state.procedure.name if state.procedure else ""
        center = self._center.facility.name if self._center else ""
        if self._draft:
            procedure, center = self._draft.procedure_name or "", self._draft.facility_name or "no center yet"
        self.query_one("#form-head", Static).update(
            rows(
                [
                    line(demonstration, ("Referral  ", "bold"), number, ("  draft", "$muted")),
                    line(procedure, (" at ", "$muted"), (center, "bold")),
                ]
            )
        )

    @on(ReferralSaved)
    def _saved(self, event: ReferralSaved) -> None:
        if self._is_finished:
            return  # the next referral of the call is another one
        self._starts, first = False, self._referral is None
        self._referral = event.referral
        self._call.state = replace(self._call.state, draft=event.referral.number, member=event.referral.member.name)
        values = field_values(event.referral)
        if event.field is None:
            self.query_one(Notice).clear()
            if warning := self.desk.caller_warning:
                self.query_one(Notice).tell(warning)
            self._draw_head()
            untouched = not first or not any(form_field.text for form_field in self.query(FormField))
            for form_field in self.query(FormField):
                if as_text(values[form_field.field.id]):
                    form_field.show_text(as_text(values[form_field.field.id]))
                elif first and form_field.text:
                    self._keep(form_field, form_field.text)
            if first:
                self._fill_in_what_is_known()
            if untouched:
                self._go_to_what_is_missing()
            form_case.began(self._call, event.referral)
            form_case.look_for_others(self, self._call, event.referral)
            leaves, self._leaves_when_started = self._leaves_when_started, False
            if leaves:
                self.action_back()
            return
        if event.field == "consent":
            form_case.consented(self._call, event.referral)
            self._read_back()
        form_field = self.query_one(f"#field-{event.field}", FormField)
        form_field.kept = as_text(values[event.field])
        form_field.draw_mark()

    @on(ScreenResume)
    def _come_back(self) -> None:
        """Take up what was noted on another screen meanwhile: who calls, what they need to take part."""
        if self._referral:
            self._fill_in_what_is_known()

    def _fill_in_what_is_known(self) -> None:
        known = form_case.known_of_member(self._call.case)
        for form_field in self.query(FormField):
            if not form_field.text and (text := known.get(form_field.field.id)):
                form_field.show_text(text)
                self._keep(form_field, text)

    def _go_to_what_is_missing(self) -> None:
        empty = [form_field for form_field in self.query(FormField) if not form_field.text]
        owed = [form_field for form_field in empty if form_field.field.required] if self._goes_on else []
        if missing := next(iter(owed or empty), None):
            self.set_focus(missing.query_one("Input, ChoiceLine"))  # at once: the next key is typed there

    def take_up_again(self) -> None:
        """Show what the ledger holds by now: its page, which lay over it, sends back here to go on."""
        self._goes_on = True
        if self._referral:
            lookups.show_referral(self, self.desk.ledger, self._referral.number)

    @on(FormField.Left)
    def _field_left(self, event: FormField.Left) -> None:
        form_field = event.field
        try:
            value = as_text(check_field(form_field.field.id, event.text))
            if form_field.field.id == "consent" and value.endswith("_yes"):
                form_case.check_consent(self._call.case, self.desk.today())
        except BadInput as problem:
            form_field.problem = problem.message
            form_field.draw_mark()
            self.query_one(Notice).fail(problem)
            return
        if form_field.problem:
            form_field.problem = ""
            self.query_one(Notice).clear()
        form_field.draw_mark()
        anew = form_field.field.id == "consent" and value and form_case.lacks_consent(self._call.case)
        if value != form_field.kept or anew:
            self._keep(form_field, value)

    def _keep(self, form_field: FormField, text: str) -> None:
        if self._referral:
            lookups.save_field(self, self.desk.ledger, self._referral.number, form_field.field.id, text)
        elif self._unsaved_was_said and not self._starts:
            self._start()  # the ledger may be there again; what was typed is saved with the draft

    @on(FormField.Entered)
    def _say_what_to_read(self, event: FormField.Entered) -> None:
        script = self.query_one("#form-script", Static)
        if event.field.field.id == "consent":
            script.update(rows(read_aloud("Read aloud:", consent.script, self._call.language)))
        else:
            owed = "* must be there before the referral may be sent; a draft may lack it."
            script.update(line((HOW_TO_CHOOSE if event.field.has_choices else owed, "$muted")))

    @on(OthersOpen)
    def _others_open(self, event: OthersOpen) -> None:
        event.stop()
        if told := form_case.others_seen(self._call, event.numbers):
            self.query_one(Notice).tell(" ".join(filter(None, (self.desk.caller_warning, told))))

    def _read_back(self) -> None:
        case, referral = self._call.case, self._referral
        if case and referral and referral.consent:
            told = read_aloud("Read back:", lambda say: consent.read_back_sentence(say, referral), case.language)
            self.query_one("#form-script", Static).update(rows(told))

    @on(LookupFailed)
    def _say_error(self, event: LookupFailed) -> None:
        event.stop()
        self.query_one(Notice).fail(event.error)
        if self._referral is None and event.about in ("start", "show"):
            self._unsaved_was_said = True
            self._starts = self._leaves_when_started = False
            self._draw_head()
        for form_field in self.query(FormField):
            if event.about == "field" and form_field.field.id == event.subject:
                form_field.problem = "not saved"
                form_field.draw_mark()

    @property
    def _in_hand(self) -> FormField | None:
        above = self.focused.ancestors if self.focused else ()
        return next((node for node in above if isinstance(node, FormField)), None)

    def action_other_language(self) -> None:
        """Change the language of what is read aloud; the field in hand and what is typed in it stay."""
        self._call.action_other_language()
        if form_field := self._in_hand:
            self._say_what_to_read(FormField.Entered(form_field))

    def _leave_field(self) -> None:
        if form_field := self._in_hand:
            self._field_left(FormField.Left(form_field, form_field.text))

    @property
    def waits_for_number(self) -> bool:
        """Say whether what was typed waits for the draft's number: whoever takes the form away now would lose it."""
        return self._starts and self._referral is None

    def leave_field(self) -> None:
        """Keep the field in hand, and any that could not be saved before; called before screen or app is left."""
        self._leave_field()
        for form_field in self.query(FormField):
            if form_field.problem == "not saved":
                form_field.problem = ""
                self._keep(form_field, form_field.text)

    def action_finish(self) -> None:
        """Show the number, big and spelled, and what is still missing; the next referral of the call is another one."""
        self.leave_field()
        if self._referral is None:
            self._say_nothing_is_saved()
            return
        if not self._goes_back_to_what_is_not_kept():
            form_case.ask_why_another(self._call, self._finish)

    def _goes_back_to_what_is_not_kept(self) -> bool:
        """Go back once to text that cannot be kept: who leaves the form over it would believe that it is."""
        wrong = next((form_field for form_field in self.query(FormField) if form_field.problem), None)
        if wrong is None or (told := (wrong.field.id, wrong.text)) == self._told_of:
            return False
        self._told_of = told
        self.set_focus(wrong.query_one("Input, ChoiceLine"))
        again = "Mend it, or press the key again to leave without it."
        self.query_one(Notice).fail(BadInput(f"{wrong.field.label}: {wrong.problem}", again))
        return True

    def _finish(self) -> None:
        if self._referral and self.is_active:
            form_case.finished(self._call, self._referral, self.desk.who_works)
            if self._lies_over_its_page:
                self._finished()
            else:
                self.app.push_screen(ReferralPage(self._referral.number), lambda _: self._finished())

    @property
    def _lies_over_its_page(self) -> bool:
        below = self.app.screen_stack[-2]
        return isinstance(below, ReferralPage) and below.shown_number == self.shown_number

    def _finished(self) -> None:
        self._is_finished = True
        self._call.state = replace(self._call.state, draft=None)
        self.dismiss()

    def _say_nothing_is_saved(self) -> None:
        self.query_one(Notice).fail(
            BadInput("Nothing of this form is saved yet.", "Write it down, or wait for the ledger.")
        )

    def action_safety(self) -> None:
        """Ask about the red flags."""
        self.desk.open_safety(self._call)

    def action_identify(self) -> None:
        """Say who speaks and for whom."""
        self.desk.open_identify(self._call)

    @property
    def shown_number(self) -> str | None:
        """Give the number of the draft, for a note."""
        return self._referral.number if self._referral else None

    def action_back(self) -> None:
        """Go back to the centers; the draft is kept. What is not saved is told once before it is left.

        While the number is being drawn what is typed waits for it, and so does whoever leaves.
        """
        self.leave_field()
        if self.waits_for_number:
            self._leaves_when_started = True
            self.query_one(Notice).wait("Saving the draft, then back to the centers")
            return
        if self._goes_back_to_what_is_not_kept():
            return
        told, self._unsaved_was_told = self._unsaved_was_told, True
        if self._unsaved_was_said and self._referral is None and not told:
            self._say_nothing_is_saved()
            return
        self.dismiss()
