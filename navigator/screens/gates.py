"""What the program's rule asks of the member, as one form: each answer changes the rule and what is paid at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from navigator.actions import GATES_ACTIONS, bindings
from navigator.languages.demonstration import SHORT as DEMONSTRATION
from navigator.program import in_call
from navigator.program.member import MemberFacts
from navigator.program.said_to_member import PlanSaid
from navigator.screens import member_fields
from navigator.screens.desk_screen import DeskScreen
from navigator.text import line, rows
from navigator.widgets.fact_field import FactField
from navigator.widgets.field_list import FieldList
from navigator.widgets.form_fields import HOW_TO_CHOOSE, FormField
from navigator.widgets.hanging_lines import HangingLines
from navigator.widgets.key_line import KeyLine
from navigator.widgets.notice import Notice
from navigator.widgets.read_aloud import read_aloud
from navigator.widgets.rule_words import GATE_MARKS, LABEL_CELLS, failed_lines, mode_words
from provider_directory.errors import BadInput

if TYPE_CHECKING:
    from navigator.program.rule_answer import RuleAnswer
    from navigator.screens.call import CallScreen
    from navigator.screens.call_state import CallState
    from navigator.screens.rule_part import RulePart
    from provider_directory.models import Center


class GatesScreen(DeskScreen[None]):
    """A form about the center in hand; leaving it keeps the facts with the call, a new call drops them."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(GATES_ACTIONS)

    def __init__(self, call: CallScreen, part: RulePart, center: Center, program: in_call.HasFile) -> None:
        super().__init__()
        self._call = call
        self._part = part
        self._center = center
        self._facts_of_gates: dict[str, str] = {}
        self._asked = self._fields(program)

    def _fields(self, program: in_call.HasFile) -> list[member_fields.Asked]:
        rules = in_call.rules_of(program).rules
        if rules is None:
            return []
        self._facts_of_gates = {gate.id: gate.condition.fact for rule in rules.rules for gate in rule.gates}
        if not self._call.desk.mode.shows_member_data:
            return member_fields.plan_fields(rules)
        answer = self._answer
        questions = in_call.questions_asked(rules, answer) if answer else rules.questions
        return member_fields.fields_for(rules, answer, questions)

    @property
    def _answer(self) -> RuleAnswer | None:
        return self._call.state.rule(self._center.facility.id)

    @property
    def _facts(self) -> MemberFacts:
        return self._call.state.member_facts or MemberFacts()

    def compose(self) -> ComposeResult:
        """Give what the rule says now, the fields, what is not yet met, and what to ask aloud."""
        yield Static(id="gates-head")
        with FieldList(id="form"):
            for asked in self._asked:
                text = member_fields.text_of(self._facts, asked.field.id, self._center.facility.id)
                yield FactField(asked.field, text)
        with VerticalScroll(id="gates-told", can_focus=False):
            yield HangingLines(LABEL_CELLS, labels=True)
        yield Static(id="form-script")
        yield Notice(id="form-notice")
        yield KeyLine()

    def on_mount(self) -> None:
        """Put the keys into the first field that is not known yet, and follow the call's answers."""
        self.watch(self._call, "state", self._draw)
        unknown = [each for each in self.query(FactField) if not each.kept]
        first = (unknown or list(self.query(FactField)))[:1]
        for fact_field in first:
            fact_field.query_one("Input, ChoiceLine").focus()

    # -- taking ----------------------------------------------------------------------------------------------------

    @on(FormField.Left)
    def _field_left(self, event: FormField.Left) -> None:
        form_field = event.field
        if event.text.strip() == form_field.kept:
            return
        facility, today = self._center.facility.id, self._call.desk.today()
        try:
            facts = member_fields.taken(self._facts, form_field.field, event.text, facility, today)
        except BadInput as problem:
            form_field.problem = problem.message
            form_field.draw_mark()
            self.query_one(Notice).fail(problem)
            return
        self.query_one(Notice).clear()
        form_field.problem = ""
        form_field.kept = member_fields.text_of(facts, form_field.field.id, facility)
        form_field.draw_mark()
        for as_of in self.query(f"#field-{member_fields.AS_OF}").results(FactField):
            if as_of is not form_field:
                as_of.show_text(member_fields.text_of(facts, member_fields.AS_OF, facility))
        self._part.take_facts(facts)

    @on(FormField.Entered)
    def _say_what_to_ask(self, event: FormField.Entered) -> None:
        aloud = next((asked.aloud for asked in self._asked if asked.field is event.field.field), "")
        script = self.query_one("#form-script", Static)
        own = self._answer.spanish if self._answer else ()
        asked = read_aloud("Ask:", lambda say: PlanSaid(say, own).words(aloud), self._call.language)
        how = HOW_TO_CHOOSE if event.field.has_choices else ""
        script.update(rows(asked) if aloud else line((how, "$muted")))

    def action_other_language(self) -> None:
        """Ask in the other language; what is typed stays."""
        self._call.action_other_language()
        for form_field in self.query(FactField):
            if self.focused and form_field in self.focused.ancestors:
                self._say_what_to_ask(FormField.Entered(form_field))

    def leave_field(self) -> None:
        """Keep the field in hand; called before screen or app is left."""
        focused = self.focused
        for form_field in self.query(FactField):
            if focused and form_field in focused.ancestors:
                self._field_left(FormField.Left(form_field, form_field.text))

    # -- showing ---------------------------------------------------------------------------------------------------

    def _draw(self, state: CallState) -> None:
        answer = self._answer
        self.query_one("#gates-head", Static).update(self._head(state, answer))
        for key in member_fields.FAMILY_ONLY:
            for form_field in self.query(f"#field-{key}"):
                form_field.display = self._facts.coverage_tier not in (None, "self")
        if answer is None:
            problem = state.rule_problem
            told = failed_lines(problem.message, problem.next_step) if problem else []
            self.query_one("#gates-told HangingLines", HangingLines).show(told)
            return
        states = {self._facts_of_gates.get(gate.id, gate.id): gate.state for gate in answer.gates}
        for fact_field in self.query(FactField):
            gate = states.get(fact_field.field.id.removeprefix(member_fields.ANSWER))
            gate = states.get("age_years") if fact_field.field.id == "birth_date" else gate
            fact_field.tell(GATE_MARKS[gate] if gate else None, {"not_yet": "not yet", "ask": ""}.get(gate or "", gate))
        self.query_one("#gates-told HangingLines", HangingLines).show(_told(answer))

    def _head(self, state: CallState, answer: RuleAnswer | None) -> Content:
        demonstration = (f"{DEMONSTRATION}  ", "bold $warning") if state.offer and state.offer.demonstration else ""
        procedure = state.procedure.name if state.procedure else ""
        title = line(
            demonstration, ("Gates  ", "$muted"), (self._center.facility.name, "bold"), (f" · {procedure}", "$muted")
        )
        if answer:
            return rows([title, line((mode_words(answer), "bold"), "  ", (answer.headline, "$accent"))])
        problem = state.rule_problem
        return rows([title, line(("! ", "$warning"), problem.message) if problem else line(("reckoning …", "$muted"))])

    def action_back(self) -> None:
        """Go back to the centers; the facts stay with the call."""
        self.leave_field()
        if problem := self._call.state.rule_problem:  # else the centers only lose what is paid
            self._call.query_one(Notice).fail(problem)
        self.dismiss()


def _told(answer: RuleAnswer) -> list[Content]:
    """Say what is not yet met, because of what and what would change it; then what the answer still hangs on."""
    found = []
    for gate in answer.gates:
        if gate.state == "not_yet":
            found.append(line((f"{'not yet':<{LABEL_CELLS}}", "$warning"), gate.words))
            if gate.would_change:
                found.append(line((f"{'change':<{LABEL_CELLS}}", "$muted"), gate.would_change))
    for number, words in enumerate(answer.here.ask):
        found.append(line((f"{'to know' if number == 0 else '':<{LABEL_CELLS}}", "$muted"), words))
    found += [line((f"{'!':<{LABEL_CELLS}}", "$warning"), words) for words in answer.warnings]
    if answer.travel and answer.travel.miles_warning:
        found.append(line((f"{'!':<{LABEL_CELLS}}", "$warning"), answer.travel.miles_warning))
    return found
