"""A move of a referral, or a try to send it: what is to be told, as a form; F2 keeps it, Esc leaves it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from navigator.actions import bindings
from navigator.languages.demonstration import SHORT as DEMONSTRATION
from navigator.referral.delivery import Delivery, a_try
from navigator.referral.lifecycle import WORDS, Transition
from navigator.referral.making_moves import Told, make_move
from navigator.referral.record import Field, FieldValue, Referral, as_text
from navigator.referral.telling import SENDING, fields_of_move, one_of_two, told_of
from navigator.referral_actions import STEP_ACTIONS
from navigator.screens.desk_screen import DeskScreen
from navigator.text import line, rows
from navigator.widgets.field_list import FieldList
from navigator.widgets.form_fields import HOW_TO_CHOOSE, FormField
from navigator.widgets.key_line import KeyLine
from navigator.widgets.notice import Notice
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput
from provider_directory.routes import CenterRoute

NOTHING: Mapping[str, str] = MappingProxyType({})
Answer = TypeVar("Answer")


class StepScreen(DeskScreen[Answer | None]):
    """Fields to fill in; nothing is kept before F2. ``answer`` makes of the checked values what the screen gives."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(STEP_ACTIONS)

    def __init__(
        self,
        number: str,
        what: str,
        beside: str,
        fields: tuple[Field, ...],
        answer: Callable[[dict[str, FieldValue]], Answer],
        warning: str = "",
        proposed: Mapping[str, str] = NOTHING,
        demonstration: bool = False,
        one_of_two: tuple[tuple[str, str], ...] = (),
    ) -> None:
        """Ask for ``fields``, filled in with what is ``proposed`` by their ids; an invented referral says so.

        ``one_of_two``: the ids of fields of which one of each pair is needed.
        """
        super().__init__()
        self._number = number
        self._what = what
        self._beside = beside
        self._fields = fields
        self._answer = answer
        self._warning = warning
        self._proposed = proposed
        self._demonstration = demonstration
        self._one_of_two = one_of_two
        self._told_of: str | None = None
        """The field that the notice is about, by its id."""

    def compose(self) -> ComposeResult:
        """Give the head, the fields and the place for what is wrong."""
        invented = (f"{DEMONSTRATION}  ", "bold $warning") if self._demonstration else ""
        head = line(invented, ("Referral  ", "bold"), (self._number, "bold $accent"), (f"  {self._what}", "bold"))
        has_choices = any(field.kind in ("choice", "yes_no") for field in self._fields)
        how = [line((HOW_TO_CHOOSE, "$muted"))] if has_choices else []
        yield Static(rows([head, line((self._beside, "$muted")), *how]), id="form-head")
        with FieldList(id="form"):
            for field in self._fields:
                yield FormField(field, self._proposed.get(field.id, ""))
        yield Notice(id="form-notice")
        yield KeyLine()

    def on_mount(self) -> None:
        """Say what is to be known before."""
        if self._warning:
            self.query_one(Notice).tell(self._warning)

    @on(FormField.Left)
    def _field_left(self, event: FormField.Left) -> None:
        form_field = event.field
        try:
            form_field.kept = as_text(_value(form_field))
            form_field.problem = ""
            if self._told_of in (None, form_field.field.id):
                self.query_one(Notice).clear()
        except BadInput as problem:
            form_field.problem = problem.message
            self._told_of = form_field.field.id
            self.query_one(Notice).fail(problem)
        form_field.draw_mark()

    def action_keep(self) -> None:
        """Take what was typed, unless something is wrong or missing: that field has the keys then."""
        values: dict[str, FieldValue] = {}
        try:
            for each in self.query(FormField):
                self._told_of = each.field.id
                values[each.field.id] = _value(each)
            self._told_of = None
            if lacking := self._lacking(values):
                self._told_of = next(iter(lacking))
                raise BadInput(f"Missing: {', '.join(lacking.values())}.", "Fill it in, or leave with Esc.")
            self.dismiss(self._answer(values))
        except BadInput as problem:
            self.query_one(Notice).fail(problem)
            if self._told_of:
                self.set_focus(self.query_one(f"#field-{self._told_of}").query_one("Input, ChoiceLine"))

    def _lacking(self, values: Mapping[str, FieldValue]) -> dict[str, str]:
        """Give the labels of what is still to be told, by the ids of the fields."""
        labels = {each.id: each.label for each in self._fields}
        pairs = [ids for ids in self._one_of_two if all(values[each] is None for each in ids)]
        return {each.id: each.label for each in self._fields if each.required and values[each.id] is None} | {
            first: f"{labels[first]}, {labels[second]}" for first, second in pairs
        }

    def action_back(self) -> None:
        """Leave it as it is."""
        self.dismiss(None)


def move_screen(
    referral: Referral,
    move: Transition,
    gates_not_yet: tuple[str, ...],
    route: CenterRoute | None = None,
    safety_checked: bool = False,
) -> StepScreen[Told]:
    """Give the screen that asks what is to be told with a move; the ledger signs what it gives.

    ``route`` is proposed for sending; what was asked in the call (``safety_checked``) is not asked again.
    """
    gates = gates_not_yet if move.from_state == "draft" and move.to == "requested" else ()
    warning = " ".join(f"Not yet: {gate}" for gate in gates)

    def told(values: dict[str, FieldValue]) -> Told:
        now = datetime.now(UTC)
        telling = told_of(move, values, now, "", gates)
        if move.to != "requested":  # what sending needs, the call says too
            make_move(referral, move.to, telling, now, "")  # what is refused is said over the form, and nothing is lost
        return telling

    proposed = {**_of_route(route), **({"safety_checked": "yes"} if safety_checked else {})}
    by = f"by the {move.actor}; F2 writes it down, Esc leaves it"
    fields = fields_of_move(move, gates)
    head = f"→ {WORDS[move.to]}"
    pairs = one_of_two(move)
    return StepScreen(referral.number, head, by, fields, told, warning, proposed, referral.demonstration, pairs)


def try_screen(number: str, route: CenterRoute | None = None, demonstration: bool = False) -> StepScreen[Delivery]:
    """Give the screen that asks about another try, by the proposed ``route``; the ledger signs what it gives."""

    def tried(values: dict[str, FieldValue]) -> Delivery:
        said = {name: as_text(value) for name, value in values.items()}
        return a_try(said["route"], said["result"] or "sent", datetime.now(UTC), "", said["to"], said["note"])

    beside = "A failed try makes a task for today."
    proposed = _of_route(route)
    return StepScreen(
        number, "another try to send", beside, SENDING, tried, proposed=proposed, demonstration=demonstration
    )


def _of_route(route: CenterRoute | None) -> Mapping[str, str]:
    return NOTHING if route is None else {"route": route.route, "to": route.contact or ""}


def _value(form_field: FormField) -> FieldValue:
    text = form_field.text
    return form_field.field.check(text) if clean(text) else None
