"""Colors that can be read, and keys that all have words (STYLE 0.7, 5, 6)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pilot_desk import NARROW, WIDE, desk, screen_text, settle, to_offer
from textual.binding import Binding
from textual.color import Color
from textual.theme import Theme

from navigator import actions
from navigator.app import CoeApp
from navigator.ledger.ledger import Ledger
from navigator.mode import DESK
from navigator.screens.call import CallScreen
from navigator.screens.compare import CompareScreen
from navigator.screens.evidence import EvidenceScreen
from navigator.screens.help import OF_HR
from navigator.screens.plot import PlotScreen
from navigator.screens.referral import ReferralScreen
from navigator.themes import GROUND_TOKENS, HIGH_CONTRAST, TEXT_TOKENS, THEMES, theme_named
from navigator.widgets.form_fields import ChoiceLine
from navigator.widgets.offer_table import CenterList
from navigator.widgets.stepper import Stepper
from provider_directory.testing import FakeDirectory


def colors(theme: Theme) -> dict[str, str]:
    return {**theme.to_color_system().generate(), **theme.variables}


def contrast(text: str, ground: str) -> float:
    def luminance(name: str) -> float:
        channels = [part / 255 for part in Color.parse(name).rgb]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    brighter, darker = sorted((luminance(text), luminance(ground)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", GROUND_TOKENS)
@pytest.mark.parametrize("token", TEXT_TOKENS)
def test_every_text_token_can_be_read_on_every_ground(theme: Theme, ground: str, token: str) -> None:
    least = 7.0 if theme.name == HIGH_CONTRAST else 4.5
    found = colors(theme)
    assert contrast(found[token], found[ground]) >= least


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", GROUND_TOKENS)
def test_lines_and_the_thin_part_of_a_range_are_seen_on_every_ground(theme: Theme, ground: str) -> None:
    found = colors(theme)
    assert 3.0 <= contrast(found["rule"], found[ground]) < contrast(found["foreground"], found[ground])


def test_every_ground_of_the_style_sheet_is_among_those_that_are_held_to_contrast() -> None:
    sheet = (Path(__file__).parents[2] / "navigator" / "styles" / "app.tcss").read_text(encoding="utf-8")
    assert set(re.findall(r"background: \$([a-z-]+)", sheet)) <= set(GROUND_TOKENS)
    assert set(re.findall(r"[^-]color: \$([a-z-]+)", sheet)) <= set(TEXT_TOKENS)


def test_every_color_of_a_text_is_among_those_that_are_held_to_contrast() -> None:
    package = Path(__file__).parents[2] / "navigator"
    styles = {
        token
        for path in package.rglob("*.py")
        for token in re.findall(r'"(?:bold |on )*\$([a-z-]+)[" ]', path.read_text(encoding="utf-8"))
    }
    lines_that_are_no_text = {"rule"}
    assert styles - lines_that_are_no_text <= set(TEXT_TOKENS) | {"name"}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("token", TEXT_TOKENS)
def test_every_text_token_can_be_read_on_the_ground_of_the_palette(theme: Theme, token: str) -> None:
    found = colors(theme)
    ground = found["panel-darken-1"] if theme.dark else found["surface"]
    assert contrast(found[token], ground) >= 4.5


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_cursor_of_a_box_can_be_read(theme: Theme) -> None:
    found = colors(theme)
    assert contrast(found["input-cursor-foreground"], found["input-cursor-background"]) >= 4.5
    assert contrast(found["input-selection-foreground"], found["input-selection-background"]) >= 4.5


def test_a_terminal_without_color_gets_high_contrast(monkeypatch: pytest.MonkeyPatch) -> None:
    assert theme_named("coe-dark", no_color=True) == HIGH_CONTRAST
    monkeypatch.setenv("NO_COLOR", "1")
    assert CoeApp(DESK, lambda _progress: FakeDirectory()).theme == HIGH_CONTRAST


async def test_the_theme_key_goes_round() -> None:
    app = desk()
    async with app.run_test(size=NARROW) as pilot:
        seen = []
        for _ in THEMES:
            await pilot.press("f12")
            seen.append(app.theme)
        assert seen == ["coe-light", "coe-contrast", "coe-dark"]


@pytest.mark.parametrize(
    "holder", [CoeApp, CallScreen, CenterList, EvidenceScreen, ReferralScreen, Stepper, ChoiceLine]
)
def test_every_key_has_an_id_and_words_and_none_is_ctrl_c(holder: type[CoeApp]) -> None:
    keys = [binding for binding in holder.BINDINGS if isinstance(binding, Binding)]
    assert len(keys) == len(holder.BINDINGS)
    assert all(key.id and key.description for key in keys)
    assert not any("ctrl+c" in key.key for key in keys)
    assert len({key.id for key in keys}) == len(keys)


def test_every_action_has_a_method_where_its_key_is() -> None:
    holders: dict[str, type] = {"app": CoeApp, "call": CallScreen, "offer": CenterList, "evidence": EvidenceScreen}
    holders |= {"compare": CompareScreen, "plot": PlotScreen}
    for _title, section in actions.SECTIONS[:6]:
        for action in section:
            holder = holders[action.id.partition(".")[0]]
            assert hasattr(holder, f"action_{action.action.partition('(')[0]}"), action.id


async def test_the_help_names_every_key_of_the_desk_in_words() -> None:
    app = desk()
    async with app.run_test(size=(110, 240)) as pilot:
        await settle(pilot)
        await pilot.press("f1")
        await pilot.pause()
        text = screen_text(app)
        for _title, section in actions.SECTIONS:
            for action in section:
                assert section in OF_HR or (action.help in text) == actions.available(action, DESK), action.id
        assert "Questions of HR" not in text


async def test_the_footer_names_the_keys_that_work_here() -> None:
    app = desk()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert "Evidence" not in screen_text(app).splitlines()[-1]
        await to_offer(pilot)
        await pilot.pause()
        footer = screen_text(app).splitlines()[-1]
        for words in (
            "Enter Refer",
            "e Evidence",
            "c Compare",
            "F3 Words",
            "F5 New",
            "F6 Referrals",
            "F10 Quit",
            "F1 Help",
        ):
            assert words in footer


async def test_the_foot_of_a_list_names_the_way_back_at_80_columns(tmp_path: Path) -> None:
    app = desk(ledger=lambda: Ledger.open(tmp_path / "desk.db", tmp_path / "ledger.key"))
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        for key in ("f6", "ctrl+t"):
            await pilot.press(key)
            await settle(pilot)
            assert "Esc Back" in screen_text(app).splitlines()[-1]
            await pilot.press("escape")
            await settle(pilot)
