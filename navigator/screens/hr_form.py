"""The facts that a question of the HR desk needs, in one small form: none of them is about a person."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from navigator.actions import HR_FORM_ACTIONS, bindings
from navigator.hr.card import AnswerCard
from navigator.hr.questions import FACTS, HrQuestion
from navigator.messages import LookupFailed
from navigator.program import in_call
from navigator.referral.record import Field, FieldKind
from navigator.screens.desk_screen import DeskScreen
from navigator.screens.hr_answers import HrAnswered, answer
from navigator.screens.pick import PickScreen
from navigator.text import line
from navigator.widgets.field_list import FieldList
from navigator.widgets.form_fields import FormField
from navigator.widgets.key_line import KeyLine
from navigator.widgets.notice import Notice
from provider_directory.errors import (
    AmbiguousFacility,
    AmbiguousPlace,
    AmbiguousProcedure,
    DirectoryError,
    UnknownFacility,
    UnknownPlace,
    UnknownProcedure,
)

HINTS = {
    "procedure": "knee replacement",
    "place": "Tulsa plant, 53202, or Tulsa, OK",
    "option": "empty = all",
    "hospital": "name, id or CCN",
    "people": "/path/to/people.csv",
    "miles": "100",
    "premium_single": "9,325",
    "premium_family": "26,993",
    "worker_single": "1,440",
    "worker_family": "6,850",
}
LANGUAGES = (("es", "Spanish"), ("en", "English"))
_OF_ERRORS: tuple[tuple[type[DirectoryError], str], ...] = (
    (AmbiguousProcedure, "procedure"),
    (UnknownProcedure, "procedure"),
    (AmbiguousPlace, "place"),
    (UnknownPlace, "place"),
    (AmbiguousFacility, "hospital"),
    (UnknownFacility, "hospital"),
)


class HrFormScreen(DeskScreen[AnswerCard | None]):
    """Opens with what is known filled in; gives the card, or None where it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(HR_FORM_ACTIONS),
        # Before the box sees it: from the last box Enter answers, as in a form on paper that is handed over.
        Binding("enter", "entered", "Go on", show=False, priority=True, id="hrform.enter"),
    ]

    def __init__(self, question: HrQuestion) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """Give the question, its fields and what to press."""
        yield Static(line(("HR desk  ", "$muted"), (self._question.ask, "bold")), id="hr-title")
        with FieldList(id="form"):
            for name in self._question.facts:
                yield FormField(self._field(name), self._known(name))
        finish = self.key("hrform.answer")
        yield Static(line((f"{finish} answers; Enter goes on, and answers from the last box.", "$muted")), id="hr-hint")
        yield Notice(id="hr-notice")
        yield KeyLine()

    def on_mount(self) -> None:
        """Put the keys into the first field that is empty, else into the first."""
        fields = list(self.query(FormField))
        first = next((each for each in fields if not each.text and each.field.required), fields[0])
        first.query_one("Input, ChoiceLine").focus()

    def _field(self, name: str) -> Field:
        choices: tuple[tuple[str, str], ...] = LANGUAGES if name == "language" else ()
        if name == "option":
            rules = in_call.rules_of(self.desk.program).rules
            choices = tuple((each.id, each.name) for each in (rules.plan_options if rules else ()))
        kind: FieldKind = "choice" if choices else "text"
        return Field(name, FACTS[name], name in self._question.needs, kind, str, choices, HINTS.get(name, ""))

    def _known(self, name: str) -> str:
        if name == "procedure" and self._question.procedure:
            return self._question.procedure
        return self.desk.hr_facts.get(name, "es" if name == "language" else "")

    @on(FormField.Left)
    def _field_left(self, event: FormField.Left) -> None:
        event.field.kept = event.text.strip()
        event.field.draw_mark()

    def action_entered(self) -> None:
        """Go on to the next field; from the last one, answer."""
        last = self.query(FormField).last()
        if self.focused is not None and last in self.focused.ancestors:
            self.action_hr_answer()
        else:
            self.focus_next()

    def action_hr_answer(self) -> None:
        """Answer with what stands in the form; an empty field that is needed comes first."""
        facts = {each.field.id: each.text.strip() for each in self.query(FormField)}
        for each in self.query(FormField):
            if each.field.required and not facts[each.field.id]:
                each.query_one("Input, ChoiceLine").focus()
                self.query_one(Notice).tell(f"{each.field.label} is needed for this answer.")
                return
        self._remember(facts)
        self.query_one(Notice).wait("Looking it up")
        answer(self, self._question, {name: text for name, text in facts.items() if text})

    def _remember(self, facts: dict[str, str]) -> None:
        own = self._question.procedure
        for name, text in facts.items():
            if name != "procedure" or own is None:
                self.desk.hr_facts[name] = text

    @on(HrAnswered)
    def _answered(self, event: HrAnswered) -> None:
        event.stop()
        if not self.is_active:  # help lies over the form, and a card opens over nothing
            self.query_one(Notice).tell(f"{self.key('hrform.answer')} shows the answer.")
        self.dismiss(event.card)

    @on(LookupFailed)
    def _say_error(self, event: LookupFailed) -> None:
        event.stop()
        error = event.error
        self.query_one(Notice).fail(error)
        name = next((of for kind, of in _OF_ERRORS if isinstance(error, kind)), "hospital")
        fields = [each for each in self.query(FormField) if each.field.id == name]
        if not fields or not self.is_active:
            return
        fields[0].query_one("Input, ChoiceLine").focus()
        if error.choices:
            self._pick(fields[0], error)

    def _pick(self, form_field: FormField, error: DirectoryError) -> None:
        def taken(chosen: str | None) -> None:
            if chosen is not None:
                form_field.show_text(chosen)
                self.action_hr_answer()

        self.app.push_screen(PickScreen(error.message, error.choices), taken)

    def action_back(self) -> None:
        """Go back to the questions; what was filled in stays."""
        self._remember({each.field.id: each.text.strip() for each in self.query(FormField)})
        self.dismiss(None)
