"""Every key in words, from the registry of actions; what the mode does not have is not named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from navigator import actions, case_actions, referral_actions
from navigator.key_action import KeyAction
from navigator.keymap import keys_in_force
from navigator.screens.desk_screen import DeskScreen
from navigator.text import fit, line, safe
from navigator.widgets.hanging_lines import HangingLines
from navigator.widgets.key_line import KeyLine

KEY_CELLS = 19
MOVING = (
    ("Tab", "Go to the next box; Shift+Tab to the one before."),
    ("↑ or ↓", "Move in a list; PgUp, PgDn, Home and End go farther."),
    ("← or →", "Change what stands in Within and Order, once Tab has led there."),
    ("Mouse", "Click a line, a box, or a key in the foot of the screen."),
)
"""What every screen does by itself; these keys cannot be changed."""
OF_REFERRALS = (referral_actions.FORM_ACTIONS, referral_actions.LIST_ACTIONS, referral_actions.NUMBER_ACTIONS)
OF_HR = (actions.HR_ACTIONS, actions.HR_FORM_ACTIONS, actions.HR_CARD_ACTIONS)
OF_CASES = (
    case_actions.WORK_ACTIONS,
    case_actions.CASE_ACTIONS,
    case_actions.IDENTIFY_ACTIONS,
    case_actions.SAFETY_ACTIONS,
    case_actions.HOLD_ACTIONS,
    case_actions.CALLS_ACTIONS,
    case_actions.WRAP_ACTIONS,
)
MARKS = (
    ("● under contract", "◐ passes public check", "◔ partly checked, or no warning in public data"),
    ("✕ below public check", "‖ suspended", "○ contract ended", "· no public data"),
)


class HelpScreen(DeskScreen[None]):
    """A page to read, the keys of the screen it was asked from first; Esc goes back."""

    BINDINGS: ClassVar[list[BindingType]] = actions.bindings(actions.PAGE_ACTIONS)

    def __init__(self, active: frozenset[str] = frozenset(), own: Sequence[tuple[str, str]] = ()) -> None:
        """Take the ids of the actions that work where help was asked for, and keys there that are in no registry."""
        super().__init__()
        self._active = active
        self._own = tuple(own)

    def compose(self) -> ComposeResult:
        """Give the page."""
        with VerticalScroll(id="help"):
            yield HangingLines(KEY_CELLS, labels=True)
        yield KeyLine()

    def on_mount(self) -> None:
        """Fill the page."""
        self.query_one(HangingLines).show(list(self._lines()))

    def _lines(self) -> Iterator[Content]:
        if self._own:
            yield line("")
            yield line(("This question", "bold $accent"), ("  here", "$muted"))
            for keys, words in self._own:
                yield fit(safe(keys, "bold"), KEY_CELLS) + safe(words)
        welcome = [("Welcome", actions.WELCOME_ACTIONS)] if self._is_here(actions.WELCOME_ACTIONS) else []
        for title, section in sorted([*welcome, *actions.SECTIONS], key=lambda titled: not self._is_here(titled[1])):
            known = [action for action in section if actions.available(action, self.desk.mode)]
            if not known or not self._has_section(section):
                continue
            yield line("")
            yield line((title, "bold $accent"), ("  here" if self._is_here(section) else "", "$muted"))
            yield from self._of_section(known)
        yield line("")
        yield safe("Moving", "bold $accent")
        for keys, words in MOVING:
            yield fit(safe(keys, "bold"), KEY_CELLS) + safe(words)
        yield line("")
        yield safe("Marks", "bold $accent")
        for marks in MARKS:
            yield safe("   ".join(marks), "$muted")
        yield safe("A rank such as 3–6 is a range: nothing in the data separates these centers but distance.", "$muted")

    def _of_section(self, known: list[KeyAction]) -> Iterator[Content]:
        seen = set()
        for action in known:
            if action.help not in seen or action.id in self.desk.keymap:
                keys = keys_in_force(action, self.desk.keymap)
                yield fit(safe(keys, "bold"), KEY_CELLS) + safe(action.help)
            seen.add(action.help)

    def _is_here(self, section: tuple[KeyAction, ...]) -> bool:
        return section is not actions.APP_ACTIONS and any(action.id in self._active for action in section)

    def _has_section(self, section: tuple[KeyAction, ...]) -> bool:
        mode = self.desk.mode
        if section in OF_HR:
            return mode.answers_hr
        return (mode.may_refer or section not in OF_REFERRALS) and (mode.keeps_cases or section not in OF_CASES)

    def action_back(self) -> None:
        """Go back."""
        self.dismiss()
