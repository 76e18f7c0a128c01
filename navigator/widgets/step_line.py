"""The steps of the call on one quiet line: what is done, where the call is, what is still owed."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from navigator.case.steps import Step
from navigator.text import joined, line

MARKS = {"done": ("✓", "$success"), "now": ("▸", "$accent"), "to_do": ("", ""), "not_needed": ("–", "$muted")}
_WORDS = {"done": "$muted", "now": "bold $accent", "to_do": "", "not_needed": "$muted"}
"""A sign and a color for each state, so that neither stands alone; what is not needed is left out where room lacks."""


class StepLine(Widget):
    """Draws the steps in the longest form that fits."""

    steps: reactive[tuple[Step, ...]] = reactive(())

    def render(self) -> Content:
        """Draw the line."""
        return step_words(self.steps, self.content_size.width)


def step_words(steps: tuple[Step, ...], cells: int) -> Content:
    """Give the steps in at most ``cells``.

    First what is not needed goes, then what is done, which is counted instead, then the far end behind the step in
    hand; what was skipped and is still owed stays.
    """
    needed = [step for step in steps if step.state != "not_needed"]
    for shown in (list(steps), needed):
        if (drawn := _drawn(shown)).cell_length <= cells:
            return drawn
    owed = [step for step in needed if step.state != "done"]
    done = line((f"✓{len(needed) - len(owed)}", "$success"), ("  owed:" if owed else "", "$muted"))
    drawn = line(done, " ", _drawn(owed))
    while drawn.cell_length > cells and owed and owed[-1].state == "to_do":
        owed.pop()
        drawn = line(done, " ", _drawn(owed), (" …", "$muted"))
    return drawn


def _drawn(steps: list[Step]) -> Content:
    return joined([line(MARKS[step.state], (step.word, _WORDS[step.state])) for step in steps], " ")
