"""What was heard, and beside or under it the steps of the call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from navigator.text import line
from navigator.widgets.step_line import StepLine

if TYPE_CHECKING:
    from provider_directory.models import Procedure


class HeardRow(Container):
    """On a low screen one line: the procedure, and the steps at its right; on a tall one a line for each."""

    def __init__(self) -> None:
        super().__init__(id="heard-row")

    def compose(self) -> ComposeResult:
        """Give both."""
        yield Static(id="heard")
        yield StepLine(id="steps")

    def show(self, procedure: Procedure | None) -> None:
        """Show the procedure that was heard, in as many facts as there is room for."""
        wide, low = self.screen.has_class("-wide"), self.screen.has_class("-low")
        beside_steps = low and self.query_one(StepLine).display
        self.query_one("#heard", Static).update(_heard(procedure, wide, beside_steps))


def _heard(procedure: Procedure | None, wide: bool, beside_steps: bool) -> Content:
    if procedure is None:
        return line("")
    if beside_steps:
        return line((procedure.name, "bold"), ("  ↓ others", "$muted"))
    facts = f" · {procedure.service_line.replace('-', ' ')}"
    if wide:
        codes = f" · DRG {' '.join(procedure.drgs)}" if procedure.drgs else ""
        facts = f" · {procedure.clinical_name}{facts}{codes}"
    return line((procedure.name, "bold"), ("  not it? ↓ shows the others", "$muted"), (facts, "$muted"))
