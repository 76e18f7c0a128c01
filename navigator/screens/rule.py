"""The whole rule of the program for the center in hand: every part down to its clause."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from navigator import files_out, take_away
from navigator.actions import RULE_ACTIONS, bindings
from navigator.languages.translating import translator
from navigator.messages import LookupFailed, TakenAway
from navigator.screens.ladder import LadderScreen
from navigator.screens.rule_rungs import DETAIL_INDENT, aloud_rungs, rule_rungs
from navigator.widgets.notice import Notice

if TYPE_CHECKING:
    from navigator.languages.translating import Language
    from navigator.mode import Mode
    from navigator.program.rule_answer import RuleAnswer


class RuleScreen(LadderScreen):
    """Opens on how the rule counts; a digit goes to the part of that number and its clause."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(RULE_ACTIONS)

    def __init__(
        self, answer: RuleAnswer, procedure_name: str, mode: Mode, demonstration: bool, language: Language = "en"
    ) -> None:
        title = (("Rule  ", "$muted"), (answer.facility_name, "bold"), (f" · {procedure_name}", "$muted"))
        rungs = rule_rungs(answer, mode.shows_gates, mode.shows_contract_price)
        if language != "en":
            rungs += aloud_rungs(answer, translator(language))
        super().__init__(rungs, title, demonstration, DETAIL_INDENT)
        self._answer = answer
        self._procedure_name = procedure_name
        self._demonstration = demonstration

    def compose(self) -> ComposeResult:
        """Give the ladder, with room for what a copy says under its title."""
        parts = iter(super().compose())
        yield next(parts)
        yield Notice(id="rule-notice")
        yield from parts

    def on_mount(self) -> None:
        """Take no room for the notice until there is one."""
        super().on_mount()
        self.query_one(Notice).display = False

    def action_take_rule(self) -> None:
        """Copy the rule as text: what the plan says, and nothing that the member said."""
        text = take_away.rule_text(self._answer, self._procedure_name, self._demonstration)
        name = files_out.file_name("rule", self._answer.program.id, self._answer.facility)
        take_away.copy(self, name, text)

    @on(TakenAway)
    def _say_where(self, event: TakenAway) -> None:
        notice = self.query_one(Notice)
        notice.display = True
        notice.done(event.words)

    @on(LookupFailed)
    def _say_error(self, event: LookupFailed) -> None:
        event.stop()
        notice = self.query_one(Notice)
        notice.display = True
        notice.fail(event.error)
