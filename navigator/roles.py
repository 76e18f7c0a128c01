"""Who may reach what: every screen and every command, by whether it shows something about a person.

What stands in no table is refused wherever persons are not shown, so that a screen or a command that is added shows
nobody to HR or at a kiosk before somebody has placed it here (tests/test_roles.py holds the tables to the code).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from provider_directory.errors import BadInput

if TYPE_CHECKING:
    from navigator.mode import Mode
    from navigator.settings import Settings

EVERY_MODE = ""
REFERS = "may_refer"
KEEPS_CASES = "keeps_cases"
EXPORTS = "may_export"
SCREENS: Mapping[str, str] = {
    "AskScreen": KEEPS_CASES,
    "CallScreen": EVERY_MODE,
    "CallsScreen": KEEPS_CASES,
    "CasePage": KEEPS_CASES,
    "CompareScreen": EVERY_MODE,
    "CrisisScreen": EVERY_MODE,
    "EvidenceScreen": EVERY_MODE,
    "GatesScreen": EVERY_MODE,
    "HelpScreen": EVERY_MODE,
    "HoldScreen": KEEPS_CASES,
    "HrCardScreen": "answers_hr",
    "HrFormScreen": "answers_hr",
    "HrScreen": "answers_hr",
    "IdentifyScreen": KEEPS_CASES,
    "IdleCountdown": EVERY_MODE,
    "KioskScreen": "guides",
    "LettersScreen": REFERS,
    "LockScreen": KEEPS_CASES,
    "NotHere": EVERY_MODE,
    "OfferSheetScreen": EXPORTS,
    "OutOfOrderScreen": "staff_key",
    "PickScreen": EVERY_MODE,
    "PlotScreen": EVERY_MODE,
    "PriceScreen": EVERY_MODE,
    "ReferralPage": REFERS,
    "ReferralScreen": REFERS,
    "ReferralsScreen": REFERS,
    "RuleScreen": EVERY_MODE,
    "StaffScreen": "staff_key",
    "SafetyScreen": KEEPS_CASES,
    "StepScreen": REFERS,
    "TransferScreen": REFERS,
    "WelcomeScreen": EVERY_MODE,
    "WrapScreen": KEEPS_CASES,
    # Textual's own: the screen below all others, and the palette.
    "Screen": EVERY_MODE,
    "CommandPalette": "has_palette",
}
"""The capability of ``Mode`` without which a screen is not shown, by the screen's class."""
ABOUT_PERSONS = frozenset({"case", "desk", "ledger", "member", "members", "referral", "usage"})
"""Commands that read, write or count what is kept about a person, or who works at the desk."""
ABOUT_NOBODY = frozenset(
    {
        *("ask", "build", "compare", "credential", "edition", "evidence", "expected-cost", "find", "gaps", "hr"),
        *("kiosk", "offer-sheet", "price", "price-file", "procedures", "program", "rule", "schema", "settings", "sync"),
        *("template", "ticket", "web"),
    }
)
HR_ROLE = "hr"
_STEP = 'Ask the care desk. On this machine settings.toml says role = "hr"; docs/hr.md says what that means.'


class NotForThisRole(BadInput):
    """Something about a person is asked for where the settings say that HR works."""

    code = "not_for_this_role"
    title = "Not at the HR desk"


def may_show(screen: str, mode: Mode) -> bool:
    """Say whether a mode shows a screen of this class; one that has no place in the table needs every capability."""
    needs = SCREENS.get(screen)
    if needs is None:
        return mode.may_refer and mode.keeps_cases
    return not needs or bool(getattr(mode, needs))


def check_command(name: str, settings: Settings) -> None:
    """Raise NotForThisRole for a command about persons, or one that nobody has placed, where HR works."""
    if settings.role == HR_ROLE and name not in ABOUT_NOBODY:
        raise NotForThisRole(f"`coe {name}` is about persons; HR sees none.", _STEP)


def check_member_facts(settings: Settings) -> None:
    """Raise NotForThisRole for the facts of one member, where HR works: a card gives ranges over plan options."""
    if settings.role == HR_ROLE:
        raise NotForThisRole("The facts of one member are asked for; HR works with ranges over plan options.", _STEP)


def mode_of(given: str | None, settings: Settings) -> str:
    """Give the name of the mode to open: the one that is named, else the role's; raises NotForThisRole."""
    if settings.role != HR_ROLE:
        return given or "desk"
    if given == "desk":
        raise NotForThisRole("The navigator's desk shows persons; HR sees none.", _STEP)
    return given or HR_ROLE
