"""Who reaches what: each screen, command, key and export against desk, HR and kiosk; a new one fails until placed.

HR and a public screen reach nothing that shows a person (issue 8, PRODUCT "HR questions").
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from command_line import CommandLine
from textual.binding import Binding
from textual.screen import Screen

sys.path.insert(0, str(Path(__file__).parent / "pilot"))
from pilot_desk import NARROW, desk, screen_text, settle

from navigator import actions, screens
from navigator.app import CoeApp
from navigator.cli.commands import COMMANDS, loaded
from navigator.cli.member_facts import facts_of
from navigator.key_action import KeyAction
from navigator.mode import DESK, HR, KIOSK, MODES, Mode
from navigator.roles import ABOUT_NOBODY, ABOUT_PERSONS, SCREENS, NotForThisRole, check_command, may_show, mode_of
from navigator.screens.not_here import NotHere
from navigator.screens.referrals import ReferralsScreen
from navigator.settings import Settings, read_settings

DESK_ONLY = {
    *("AskScreen", "CallsScreen", "CasePage", "HoldScreen", "IdentifyScreen", "LettersScreen", "LockScreen"),
    *("ReferralPage", "ReferralScreen", "ReferralsScreen", "SafetyScreen", "StepScreen", "TransferScreen"),
    "WrapScreen",
}
"""Everything that shows, takes or hands out something about a person."""
DESK_AND_HR = {"CommandPalette", "OfferSheetScreen"}
HR_ONLY = {"HrCardScreen", "HrFormScreen", "HrScreen"}
EVERYWHERE = {
    *("CallScreen", "CompareScreen", "CrisisScreen", "EvidenceScreen", "GatesScreen", "HelpScreen", "IdleCountdown"),
    *("NotHere", "PickScreen", "PlotScreen", "PriceScreen", "RuleScreen", "Screen", "WelcomeScreen"),
}
KIOSK_ONLY = {"KioskScreen", "OutOfOrderScreen", "StaffScreen"}
REACHED = {
    "desk": DESK_ONLY | DESK_AND_HR | EVERYWHERE,
    "hr": DESK_AND_HR | HR_ONLY | EVERYWHERE,
    "kiosk": KIOSK_ONLY | EVERYWHERE,
}
EXPORTS_OF_HR = {
    *("card.copy", "card.print", "offer.copy", "offer.copy_all", "offer.print", "offer.sheet", "rule.copy"),
    *("paper.copy", "paper.language", "paper.print", "paper.save"),
}
"""Of an offer, a rule, an offer sheet and a card: none has a person in it."""
KEYS_OF_HR = {
    "app",
    "call",
    "card",
    "compare",
    "evidence",
    "gates",
    "hr",
    "hrform",
    "offer",
    "page",
    "paper",
    "plot",
} | {
    *("price", "rule", "welcome"),
}
PERSONAL_NAMES = ("refer", "referrals", "identify", "note", "hold", "park", "calls", "wrap", "call_back")


def subclasses(of: type[Screen[Any]]) -> Iterator[type[Screen[Any]]]:
    for each in of.__subclasses__():
        yield each
        yield from subclasses(each)


def own_screens() -> dict[str, type[Screen[Any]]]:
    """Give every screen that can be built: those that others are made from are no screens of their own."""
    for module in pkgutil.iter_modules(screens.__path__):
        importlib.import_module(f"{screens.__name__}.{module.name}")
    found = [each for each in subclasses(Screen) if each.__module__.startswith(screens.__name__)]
    return {each.__name__: each for each in found if not any(other.__base__ is each for other in found)}


def leaves(command: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for name, below in sorted(getattr(command, "commands", {}).items()):
        yield from leaves(below, (*path, name))
    if not getattr(command, "commands", {}):
        yield path


LEAVES = [leaf for name in sorted(ABOUT_PERSONS) for leaf in leaves(loaded(name), (name,))]


def test_every_screen_has_its_place_and_each_mode_reaches_those_that_are_meant() -> None:
    assert set(own_screens()) == set(SCREENS) - {"Screen", "CommandPalette"}
    for name, mode in MODES.items():
        assert {screen for screen in SCREENS if may_show(screen, mode)} == REACHED[name]
    assert may_show("NewScreen", DESK)
    assert not may_show("NewScreen", HR)
    assert not may_show("NewScreen", KIOSK)


def test_a_capability_that_a_screen_needs_is_one_of_the_mode() -> None:
    assert {needs for needs in SCREENS.values() if needs} <= set(Mode.__dataclass_fields__)


@pytest.mark.parametrize("mode", [HR, KIOSK], ids=lambda mode: mode.name)
async def test_a_screen_about_persons_is_never_put_on_the_stack(mode: Mode) -> None:
    class Unplaced(Screen[None]):
        """Nobody has said who may see it."""

    app = desk(mode=mode)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        for screen in (ReferralsScreen(), Unplaced()):
            await app.push_screen(screen)
            await settle(pilot)
            assert isinstance(app.screen, NotHere)
            assert "not shown here; the desk has it." in screen_text(app)
            await pilot.press("escape")
            await settle(pilot)
        await app.switch_screen(ReferralsScreen())
        assert isinstance(app.screen, NotHere)


def groups_of(screen: type[Screen[Any]]) -> set[str]:
    return {(each.id or "").partition(".")[0] for each in screen.BINDINGS if isinstance(each, Binding)} - {""}


@pytest.mark.parametrize("mode", [HR, KIOSK], ids=lambda mode: mode.name)
def test_no_key_that_works_is_about_a_person(mode: Mode) -> None:
    shown = [screen for name, screen in own_screens().items() if may_show(name, mode)]
    groups = {"app", "offer"}.union(*map(groups_of, shown))
    works = [each for each in actions.every_action() if actions.available(each, mode) and group_of(each) in groups]
    assert {group_of(each) for each in works} <= KEYS_OF_HR | {"kiosk", "safety", "staff"}, "988 is for everybody"
    assert {name_of(each) for each in works}.isdisjoint(PERSONAL_NAMES)


def test_what_hr_may_take_away_is_of_offers_rules_and_cards_and_a_kiosk_gives_nothing() -> None:
    exports = [each for each in actions.every_action() if each.needs == "may_export"]
    of_persons = {each.id for each in exports if group_of(each) in ("number", "letters", "transfer")}
    assert {each.id for each in exports} - of_persons == EXPORTS_OF_HR
    assert not [each.id for each in exports if actions.available(each, KIOSK)]


@pytest.mark.parametrize("mode", MODES.values(), ids=lambda mode: mode.name)
def test_no_key_is_refused_for_sharing_its_name_with_one_that_the_mode_lacks(mode: Mode) -> None:
    # What a mode lacks is refused by its bare name, on every screen.
    reached = [each for each in actions.every_action() if mode is DESK or group_of(each) in KEYS_OF_HR]
    there = [each for each in reached if actions.available(each, mode)]
    assert [each.id for each in there if name_of(each) in actions.refused(mode)] == []


def group_of(action: KeyAction) -> str:
    return action.id.partition(".")[0]


def name_of(action: KeyAction) -> str:
    return action.action.partition("(")[0]


def test_every_command_has_its_place_and_those_about_nobody_open_no_ledger() -> None:
    assert {command.name for command in COMMANDS} == ABOUT_PERSONS | ABOUT_NOBODY
    assert not ABOUT_PERSONS & ABOUT_NOBODY
    for command in COMMANDS:
        if command.name in ABOUT_NOBODY - {"schema"}:  # it prints forms, of referrals too, and opens nothing
            module = importlib.import_module(f"navigator.cli.{command.place.partition(':')[0]}")
            written = Path(str(module.__file__)).read_text(encoding="utf-8")
            assert "navigator.ledger" not in written, command.name
            assert "open_ledger" not in written, command.name


def test_where_hr_works_every_command_about_persons_is_refused(coe: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('role = "hr"\n', encoding="utf-8")
    before = sorted(path.name for path in tmp_path.iterdir())
    for leaf in LEAVES:
        assert coe(*leaf, "--help") == 2, leaf
        assert "Not at the HR desk" in coe.err, leaf
    for name in ABOUT_NOBODY:
        check_command(name, Settings(role="hr"))
    with pytest.raises(NotForThisRole):
        check_command("a-new-one", Settings(role="hr"))
    with pytest.raises(NotForThisRole):
        facts_of("member.json", "90Z001")
    assert coe("--mode", "desk") == 2
    assert "The navigator's desk shows persons" in coe.err
    assert sorted(path.name for path in tmp_path.iterdir()) == before, "nothing is made, no ledger above all"


def test_the_role_of_the_settings_opens_the_hr_desk_and_a_misspelled_one_too(tmp_path: Path) -> None:
    assert [mode_of(given, Settings()) for given in (None, "kiosk")] == ["desk", "kiosk"]
    assert [mode_of(given, Settings(role="hr")) for given in (None, "hr", "kiosk")] == ["hr", "hr", "kiosk"]
    with pytest.raises(NotForThisRole):
        mode_of("desk", Settings(role="hr"))
    for text in ('role = "HR"', "role = 7", 'role = "hr "'):
        (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
        read = read_settings(tmp_path / "settings.toml")
        assert read.settings.role == "hr"
        assert "role is" in read.problems[0].message


def test_the_hr_desk_is_given_no_ledger(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from navigator import opening

    monkeypatch.setenv("COE_HOME", str(tmp_path))
    opened: list[CoeApp] = []
    monkeypatch.setattr(opening, "run", opened.append)
    for mode in MODES.values():
        opening.open_screen(mode, "brewline-foods", None)
    assert [app._open_ledger is None for app in opened] == [False, True, True]
    assert not (tmp_path / "ledger").exists()
