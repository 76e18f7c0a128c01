"""One registry of what a key may do: its keys, its words for footer and help, and what it asks of the mode."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input, OptionList

from navigator.case_actions import (
    CALLS_ACTIONS,
    CASE_ACTIONS,
    HOLD_ACTIONS,
    IDENTIFY_ACTIONS,
    SAFETY_ACTIONS,
    WORK_ACTIONS,
    WRAP_ACTIONS,
)
from navigator.key_action import KeyAction, numbered
from navigator.mode import Mode
from navigator.referral_actions import FORM_ACTIONS, LIST_ACTIONS, NUMBER_ACTIONS, REFERRAL_ACTIONS, STEP_ACTIONS

HELP = KeyAction(
    "app.help", "f1,ctrl+slash,ctrl+underscore,question_mark", "help", "Help", "Show every key in words.", shown="F1"
)
APP_ACTIONS = (
    HELP,
    KeyAction("app.quit", "f10,ctrl+q", "leave", "Quit", "Leave the app.", needs="may_quit", shown="F10"),
    KeyAction(
        "app.theme",
        "f12,shift+f12",
        "next_theme",
        "Colors",
        "Change between dark, light and high contrast.",
        False,
        "",
        "F12",
    ),
    KeyAction(
        "app.palette",
        "ctrl+p,ctrl+right_square_bracket",
        "command_palette",
        "Commands",
        "Find a command by its words.",
        needs="has_palette",
        shown="Ctrl+P",
    ),
)
CALL_ACTIONS = (
    KeyAction("call.words", "f3,slash", "words", "Words", "Go back to the caller's words.", shown="F3"),
    KeyAction("call.place", "f4", "place", "Place", "Go to the place.", False, "", "F4"),
    KeyAction("call.new", "f5", "new_call", "New", "Begin a new call: everything typed is cleared.", shown="F5"),
    KeyAction(
        "call.referrals", "f6,W", "referrals", "Referrals", "Open the list of referrals.", True, "may_refer", "F6"
    ),
    KeyAction(
        "call.cards",
        "f11,q",
        "answer_cards",
        "Cards",
        "Open the answer cards of the HR desk.",
        True,
        "answers_hr",
        "F11",
    ),
    KeyAction("call.radius", "f7", "next_radius", "Within", "Look within more miles.", False, "", "F7"),
    KeyAction("call.order", "f8", "next_order", "Order", "Change the order of the centers.", False, "", "F8"),
)
OFFER_ACTIONS = (
    KeyAction("offer.refer", "enter", "refer", "Refer", "Refer to the center in hand.", True, "may_refer", "Enter"),
    KeyAction("offer.evidence", "e", "evidence", "Evidence", "Open the evidence for the center in hand.", shown="e"),
    KeyAction("offer.card", "right", "next_card", "Next card", "Turn to the next card of the center.", False, "", "→"),
    KeyAction("offer.card_back", "left", "previous_card", "Card before", "Turn to the card before.", False, "", "←"),
    KeyAction(
        "offer.down", "right_square_bracket", "cards_down", "Read on", "Move the cards' text on.", False, "", "]"
    ),
    KeyAction("offer.up", "left_square_bracket", "cards_up", "Read back", "Move the cards' text back.", False, "", "["),
    KeyAction("offer.radius", "plus", "wider", "Wider", "Look within more miles.", False, "", "+"),
    KeyAction("offer.radius_less", "minus", "narrower", "Nearer", "Look within fewer miles.", False, "", "-"),
    KeyAction(
        "offer.reach",
        "a",
        "reach_contract",
        "Reach",
        "Look as far as the nearest center under contract.",
        False,
        shown="a",
    ),
    KeyAction("offer.rule", "r", "rule", "Rule", "Open the program's rule for the center in hand.", shown="r"),
    KeyAction("offer.gates", "g", "gates", "Gates", "Answer what the program's rule asks of the member.", shown="g"),
    KeyAction(
        "offer.mark", "x,space", "mark", "Mark", "Mark the center in hand for comparing, or unmark it.", False, "", "x"
    ),
    KeyAction("offer.compare", "c", "compare", "Compare", "Put the marked centers side by side.", shown="c"),
    KeyAction("offer.plot", "v", "plot", "Plot", "Draw price against quality.", False, "", "v"),
    KeyAction("offer.order", "o", "next_order", "Order", "Change the order of the centers.", False, "", "o"),
    KeyAction(
        "offer.copy", "y,f9", "take_center", "Copy", "Copy the center in hand as text.", False, "may_export", "y"
    ),
    KeyAction(
        "offer.copy_all", "Y", "take_offer", "Copy all", "Copy all these centers as text.", False, "may_export", "Y"
    ),
    KeyAction("offer.price", "p", "price", "Price", "Open the price and all that was weighed for it.", shown="p"),
    KeyAction(
        "offer.sheet",
        "l",
        "offer_sheet",
        "Sheet",
        "Put the marked centers, or the first three, on one page to think about.",
        False,
        "may_export",
        "l",
    ),
    KeyAction("offer.print", "P", "print_center", "Print", "Print the center in hand.", False, "may_export", "P"),
)
PAPER_ACTIONS = (
    KeyAction("paper.print", "p,P", "print_letter", "Print", "Print the page.", True, "may_export", "p"),
    KeyAction("paper.save", "s", "save_letter", "Save", "Save the page as PDF.", True, "may_export", "s"),
    KeyAction("paper.copy", "y,f9", "copy_letter", "Copy", "Copy the page as text.", True, "may_export", "y"),
    KeyAction(
        "paper.language",
        "ctrl+y",
        "paper_language",
        "Language",
        "Show the page in English or Spanish.",
        True,
        "may_export",
        "Ctrl+Y",
    ),
    KeyAction("paper.back", "escape", "back", "Back", "Go back.", shown="Esc"),
)
"""Of a page that is handed out: an offer sheet, a letter."""
LETTER_ACTIONS = (
    KeyAction(
        "letter.other", "l,right,left", "other_letter", "Other", "Show the other letter.", True, "may_refer", "l"
    ),
    KeyAction(
        "letter.e_mail",
        "e",
        "take_e_mail",
        "E-mail",
        "Copy an e-mail without health data: please call, and the number.",
        True,
        "may_refer",
        "e",
    ),
    KeyAction("letter.tried", "t", "tried", "Sent", "Write down that the letter was sent.", True, "may_refer", "t"),
)
"""Of the letters of a referral, beside PAPER_ACTIONS."""
COMPARE_ACTIONS = (
    KeyAction("compare.refer", "enter", "refer", "Refer", "Refer to the center in hand.", True, "may_refer", "Enter"),
    KeyAction("compare.right", "right", "column(1)", "Right", "Take the center to the right in hand.", shown="→"),
    KeyAction("compare.left", "left", "column(-1)", "Left", "Take the center to the left in hand.", False, "", "←"),
    KeyAction("compare.down", "down", "read(1)", "Read on", "Move the text on.", shown="↓"),
    KeyAction("compare.up", "up", "read(-1)", "Read back", "Move the text back.", False, "", "↑"),
    KeyAction("compare.page", "pagedown,space", "read(10)", "Page", "Move the text a page on.", False, "", "PgDn"),
    KeyAction("compare.page_up", "pageup", "read(-10)", "Page back", "Move the text a page back.", False, "", "PgUp"),
    KeyAction(
        "compare.evidence",
        "e",
        "rung('credential')",
        "Evidence",
        "Open the evidence for the center in hand.",
        shown="e",
    ),
    *numbered(
        "compare.figure",
        "rung('measure-{number}')",
        "Figure",
        "Open the figure of this number, of the center in hand, down to its source row.",
        1,
        9,
    ),
    KeyAction("compare.score", "s", "rung('score')", "Score", "Open how the score in hand is made.", False, "", "s"),
    KeyAction("compare.price", "p", "rung('price')", "Price", "Open the price in hand, to its source.", False, "", "p"),
    KeyAction(
        "compare.credential", "c", "rung('credential')", "Credential", "Open the credential in hand.", False, "", "c"
    ),
    KeyAction("compare.back", "escape", "back", "Back", "Go back to the centers.", shown="Esc"),
)
PLOT_ACTIONS = (
    KeyAction("plot.next", "right,down", "point(1)", "Next", "Go to the next center, by price.", shown="→"),
    KeyAction("plot.before", "left,up", "point(-1)", "Before", "Go to the center before, by price.", shown="←"),
    KeyAction("plot.take", "enter", "take", "Take in hand", "Go back with this center in hand.", shown="Enter"),
    KeyAction("plot.back", "escape,v", "back", "Back", "Go back to the centers.", shown="Esc"),
)
PRICE_ACTIONS = (
    KeyAction("price.back", "escape,p", "back", "Back", "Go back to the centers.", shown="Esc"),
    *numbered(
        "price.candidate",
        "rung('candidate-{number}')",
        "Row",
        "Go to the price of this number and its source row.",
        1,
        9,
    ),
)
RULE_ACTIONS = (
    KeyAction("rule.back", "escape,r", "back", "Back", "Go back to the centers.", shown="Esc"),
    *numbered(
        "rule.part",
        "rung('part-{number}')",
        "Clause",
        "Go to the part of this number, its clause and what would change it.",
        1,
        9,
    ),
    KeyAction("rule.copy", "y,f9", "take_rule", "Copy", "Copy the rule as text.", True, "may_export", "y"),
)
GATES_ACTIONS = (
    KeyAction(
        "gates.language",
        "ctrl+y",
        "other_language",
        "Language",
        "Change between English and Spanish for what is asked aloud.",
        needs="keeps_cases",
        shown="Ctrl+Y",
    ),
    KeyAction("gates.back", "escape,f2", "back", "Done", "Go back to the centers; the answers are kept.", shown="Esc"),
)
EVIDENCE_ACTIONS = (
    KeyAction("evidence.back", "escape,e", "back", "Back", "Go back to the centers.", shown="Esc"),
    *numbered(
        "evidence.figure",
        "rung('measure-{number}')",
        "Figure",
        "Go to the figure of this number and its source row.",
        1,
        9,
    ),
    KeyAction(
        "evidence.figure10",
        "0",
        "rung('measure-10')",
        "Tenth figure",
        "Go to the tenth figure and its source row.",
        False,
        shown="0",
    ),
    KeyAction("evidence.contract", "t", "rung('contract-0')", "Contract", "Go to the contract and its row.", shown="t"),
    KeyAction("evidence.cases", "v", "rung('stays')", "Cases", "Go to the case counts and their rows.", shown="v"),
    KeyAction("evidence.score", "s", "rung('score')", "Score", "Go to the score and how it is calculated.", shown="s"),
    KeyAction("evidence.price", "p", "rung('price')", "Price", "Go to the price and its source.", shown="p"),
    KeyAction("evidence.credential", "c", "rung('credential')", "Credential", "Go to the credential.", shown="c"),
)
HR_ACTIONS = (
    KeyAction("hr.down", "down", "hr_move(1)", "Next", "Go to the next question.", False, "answers_hr", "↓"),
    KeyAction("hr.up", "up", "hr_move(-1)", "Before", "Go to the question before.", False, "answers_hr", "↑"),
    KeyAction("hr.page", "pagedown", "hr_move(8)", "Page", "Go eight questions on.", False, "answers_hr", "PgDn"),
    KeyAction(
        "hr.page_up", "pageup", "hr_move(-8)", "Page back", "Go eight questions back.", False, "answers_hr", "PgUp"
    ),
    KeyAction("hr.site", "f4", "hr_site", "Site", "Choose the employer's site.", True, "answers_hr", "F4"),
    KeyAction("hr.employer", "f5,f8", "hr_employer", "Employer", "Choose the employer.", True, "answers_hr", "F5"),
    KeyAction("hr.back", "escape,f11", "back", "Find centers", "Go to the search for centers.", shown="Esc"),
)
HR_FORM_ACTIONS = (
    KeyAction("hrform.answer", "f2", "hr_answer", "Answer", "Answer the question.", True, "answers_hr", "F2"),
    KeyAction("hrform.back", "escape", "back", "Back", "Go back to the questions.", shown="Esc"),
)
HR_CARD_ACTIONS = (
    KeyAction("card.copy", "y,f9", "copy_card", "E-mail", "Copy the card as an e-mail.", True, "may_export", "y"),
    KeyAction("card.print", "P", "print_card", "Print", "Print the card.", True, "may_export", "P"),
    KeyAction("card.facts", "f4", "hr_facts", "Other facts", "Ask again with other facts.", True, "answers_hr", "F4"),
    KeyAction("card.back", "escape", "back", "Back", "Go back to the questions.", shown="Esc"),
)
KIOSK_ACTIONS = (
    *(
        KeyAction(
            f"kiosk.{key}",
            key.lower(),
            f"kiosk_press({key!r})",
            "Tile",
            "Press the tile that shows this key.",
            False,
            "guides",
            key,
        )
        for key in (*map(str, range(10)), "F2", "F4", "F9")
    ),
    KeyAction("kiosk.back", "escape", "kiosk_press('Esc')", "Back", "Go one page back.", False, "guides", "Esc"),
    *(
        KeyAction(
            f"kiosk.{way}", way, f"kiosk_move({across}, {down})", way, "Go to the next tile.", False, "guides", shown
        )
        for way, across, down, shown in (
            ("left", -1, 0, "←"),
            ("right", 1, 0, "→"),
            ("up", 0, -1, "↑"),
            ("down", 0, 1, "↓"),
        )
    ),
    KeyAction("kiosk.take", "enter,space", "press_tile", "Take", "Press the tile in hand.", False, "guides", "Enter"),
)
WELCOME_ACTIONS = (
    KeyAction("welcome.demonstration", "1", "choose(0)", "Demonstration", "Answer from invented data.", shown="1"),
    KeyAction("welcome.real", "2", "choose(1)", "Real data", "Say how real data comes here.", shown="2"),
    KeyAction("welcome.file", "3", "choose(2)", "Edition file", "Open an edition file.", shown="3"),
    KeyAction("welcome.back", "escape", "back", "Back", "Go back to the choices.", False, shown="Esc"),
)
"""Of the one screen that a fresh machine shows; the help has them there only."""
PAGE_ACTIONS = (KeyAction("page.back", "escape,enter", "back", "Back", "Go back.", shown="Esc"),)
SECTIONS: tuple[tuple[str, tuple[KeyAction, ...]], ...] = (
    ("Everywhere", APP_ACTIONS),
    ("The call", CALL_ACTIONS),
    ("With a center in hand", OFFER_ACTIONS),
    ("Side by side", COMPARE_ACTIONS),
    ("Price against quality", PLOT_ACTIONS),
    ("Evidence", EVIDENCE_ACTIONS),
    ("Price", PRICE_ACTIONS),
    ("Rule", RULE_ACTIONS),
    ("Gates", GATES_ACTIONS),
    ("A page to hand out", PAPER_ACTIONS),
    ("The letters of a referral", LETTER_ACTIONS),
    ("At work", WORK_ACTIONS),
    ("The case", CASE_ACTIONS),
    ("Who is calling", IDENTIFY_ACTIONS),
    ("Safety", SAFETY_ACTIONS),
    ("On hold", HOLD_ACTIONS),
    ("Parked and call backs", CALLS_ACTIONS),
    ("The end of a call", WRAP_ACTIONS),
    ("Referral form", FORM_ACTIONS),
    ("Work list", LIST_ACTIONS),
    ("Referral", (*REFERRAL_ACTIONS, *NUMBER_ACTIONS)),
    ("A step of a referral", STEP_ACTIONS),
    ("Questions of HR", HR_ACTIONS),
    ("Facts of a question", HR_FORM_ACTIONS),
    ("Answer card", HR_CARD_ACTIONS),
    ("Kiosk", KIOSK_ACTIONS),
)

_OF_WIDGETS = (Input, OptionList, Screen)
_NEEDS_EXPORT = frozenset({"copy", "cut", "copy_text", "paste", "maximize", "minimize", "screenshot"})
_ON_KIOSK_TOO = frozenset(
    {"focus_next", "focus_previous", "next_choice", "previous_choice", "scroll_up", "scroll_down", "words_entered"}
)


def bindings(actions: tuple[KeyAction, ...]) -> list[BindingType]:
    """Give the bindings of a group of actions, for a screen's or widget's BINDINGS."""
    return [action.binding() for action in actions]


def every_action() -> tuple[KeyAction, ...]:
    """Give the actions of every screen."""
    return (*(action for _title, section in SECTIONS for action in section), *WELCOME_ACTIONS, *PAGE_ACTIONS)


def available(action: KeyAction, mode: Mode) -> bool:
    """Say whether an action exists in this mode."""
    return not action.needs or bool(getattr(mode, action.needs))


@cache  # asked for every key of a screen whenever its foot is drawn
def refused(mode: Mode) -> frozenset[str]:
    """Give the names of our actions that this mode does not have."""
    every = [action for _title, actions in SECTIONS for action in actions]
    return frozenset(_name(action.action) for action in every if not available(action, mode))


@cache
def allowed_without_exit(mode: Mode) -> frozenset[str]:
    """Give the only action names that may run where nobody may leave or export (TRUST B2 rule 2)."""
    ours = {
        _name(a.action) for _title, actions in (*SECTIONS, ("", PAGE_ACTIONS)) for a in actions if available(a, mode)
    }
    theirs = {
        _name(binding.action) for widget in _OF_WIDGETS for binding in widget.BINDINGS if isinstance(binding, Binding)
    }
    return frozenset(ours | theirs | _ON_KIOSK_TOO | {"staff_leave"}) - _NEEDS_EXPORT - refused(mode)


def action_name(action: object, parse: Callable[[str], tuple[str, str, object]]) -> str:
    """Give the bare name of an action; a clicked link hands it over as a tuple, not as a string (TRUST B2 rule 2)."""
    if isinstance(action, str):
        return parse(action)[1]
    return str(action[1]) if isinstance(action, tuple) and len(action) > 1 else ""


def _name(action: str) -> str:
    return action.partition("(")[0].rpartition(".")[2]
