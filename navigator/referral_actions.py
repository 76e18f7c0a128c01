"""What a key may do with referrals: in the form, the work list, on a referral's page and in a step of it."""

from __future__ import annotations

from navigator.key_action import KeyAction, away, numbered

FORM_ACTIONS = (
    KeyAction(
        "form.finish", "f2", "finish", "Finish", "Show the referral's number and what is still missing.", shown="F2"
    ),
    KeyAction(
        "form.safety", "f3,ctrl+s", "safety", "Safety", "Open the red flags to ask about.", True, "keeps_cases", "F3"
    ),
    KeyAction("form.caller", "f4", "identify", "Caller", "Say who speaks and for whom.", True, "keeps_cases", "F4"),
    KeyAction(
        "form.language",
        "ctrl+y",
        "other_language",
        "Language",
        "Change between English and Spanish for what is read aloud.",
        needs="keeps_cases",
        shown="Ctrl+Y",
    ),
    KeyAction("form.back", "escape", "back", "Back", "Go back to the centers; the draft is kept.", shown="Esc"),
)
LIST_ACTIONS = (
    KeyAction("list.open", "enter", "select", "Open", "Open the referral in hand.", shown="Enter"),
    *numbered(
        "list.section",
        "section({number})",
        "Section",
        "Take the section of this number, e.g. what is overdue.",
        1,
        6,
        "may_refer",
    ),
    away("list"),
    KeyAction("list.back", "escape,f6", "back", "Back", "Go back to the call.", shown="Esc"),
)
REFERRAL_ACTIONS = (
    KeyAction("referral.begin", "enter", "select", "Do it", "Do what is in hand: a task, a move.", shown="Enter"),
    KeyAction(
        "referral.offer",
        "o",
        "offer_again",
        "As shown",
        "Show the offer as it was shown, or hide it.",
        needs="may_refer",
        shown="o",
    ),
    KeyAction(
        "referral.letters",
        "l",
        "letters",
        "Letters",
        "Show the letters for the center and the member.",
        True,
        "may_refer",
        "l",
    ),
    KeyAction(
        "referral.transfer",
        "t",
        "transfer",
        "Transfer",
        "Show the card for handing the caller over to the center.",
        True,
        "may_refer",
        "t",
    ),
    KeyAction("referral.back", "escape", "back", "Back", "Go back.", shown="Esc"),
)
STEP_ACTIONS = (
    KeyAction("step.keep", "f2", "keep", "Keep it", "Write it down as it was told.", needs="may_refer", shown="F2"),
    KeyAction("step.back", "escape", "back", "Back", "Go back; nothing is written down.", shown="Esc"),
)
NUMBER_ACTIONS = (
    KeyAction("number.copy", "y,f9", "take_number", "Copy number", "Copy the number.", True, "may_export", "y"),
)
