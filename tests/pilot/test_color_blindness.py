"""States can be told apart without color: simulated color blindness, and screens read as if they were gray (Access)."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest
from pilot_desk import NARROW, WIDE, desk, screen_text, settle, to_offer
from test_themes_and_keys import colors
from textual.color import Color
from textual.theme import Theme

from navigator.app import CoeApp
from navigator.ledger.ledger import Ledger
from navigator.mode import HR, KIOSK, Mode
from navigator.program.model import load_program
from navigator.screens import price_rungs
from navigator.themes import GROUND_TOKENS, TEXT_TOKENS, THEMES
from navigator.widgets import phrases, rule_words, step_line

Row = tuple[float, float, float]
# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE
# Transactions on Visualization and Computer Graphics 15(6), 2009, doi:10.1109/TVCG.2009.113: severity 1.0, linear RGB.
# Achromatopsia: the luminance of ITU-R BT.709.
SIMULATED: dict[str, tuple[Row, Row, Row]] = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
    "achromatopsia": ((0.2126, 0.7152, 0.0722), (0.2126, 0.7152, 0.0722), (0.2126, 0.7152, 0.0722)),
}
STATES = {
    "credential": phrases.STATE_MARKS,
    "criterion": phrases.OUTCOME_MARKS,
    "gate": rule_words.GATE_MARKS,
    "duty": rule_words.DUTY_MARKS,
    "coverage": rule_words.COVERAGE_MARKS,
    "price": price_rungs.MARKS,
    "step of the call": step_line.MARKS,
}
STATE_TOKENS = ("success", "warning", "error")


def linear(color: str) -> list[float]:
    channels = [part / 255 for part in Color.parse(color).rgb]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]


def luminance(color: str, seen_as: tuple[Row, Row, Row]) -> float:
    seen = [
        min(max(sum(weight * part for weight, part in zip(row, linear(color), strict=True)), 0.0), 1.0)
        for row in seen_as
    ]
    return 0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]


@pytest.mark.parametrize("seen_as", SIMULATED.values(), ids=SIMULATED)
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_text_can_be_read_with_every_color_blindness(theme: Theme, seen_as: tuple[Row, Row, Row]) -> None:
    found = colors(theme)
    faint = {}
    for text in TEXT_TOKENS:
        for ground in GROUND_TOKENS:
            pair = [luminance(found[token], seen_as) + 0.05 for token in (text, ground)]
            if max(pair) / min(pair) < 4.5:
                faint[text, ground] = round(max(pair) / min(pair), 2)
    assert faint == {}


@pytest.mark.parametrize("seen_as", SIMULATED.values(), ids=SIMULATED)
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_a_bar_that_says_that_a_text_goes_on_is_seen(theme: Theme, seen_as: tuple[Row, Row, Row]) -> None:
    found = colors(theme)
    for bar in ("scrollbar", "scrollbar-hover", "scrollbar-active"):
        pair = [luminance(found[token], seen_as) + 0.05 for token in (bar, "scrollbar-background")]
        assert max(pair) / min(pair) >= 3.0, bar


@pytest.mark.parametrize("marks", STATES.values(), ids=STATES)
def test_no_two_states_share_a_glyph(marks: dict[str, tuple[str, str]]) -> None:
    assert all(one[0] != other[0] for one, other in combinations(marks.values(), 2))


def colored_words(app: CoeApp) -> dict[str, set[str]]:
    """Give what is drawn in each color of a state on the screen in front."""
    found = colors(next(theme for theme in THEMES if theme.name == app.theme))
    tokens = {Color.parse(found[token]).rgb: token for token in STATE_TOKENS}
    words: dict[str, set[str]] = defaultdict(set)
    for strip in app.screen._compositor.render_strips():
        for segment in strip:
            color = segment.style.color if segment.style else None
            if color and color.triplet and (token := tokens.get((*color.triplet,))):
                words[token].add(segment.text.strip())
    return words


def assert_colors_are_words(app: CoeApp) -> set[str]:
    """Hold the screen in front: no color alone tells a state; gives the colors of states that are on it."""
    words = colored_words(app)
    for token, drawn in words.items():
        assert "" not in drawn, (type(app.screen), token)
    for one, other in combinations(words.values(), 2):
        assert one & other == set(), type(app.screen)
    return set(words)


async def test_what_a_color_says_is_said_in_words_or_glyphs_too_on_every_screen(
    tmp_path: Path, demonstration_programs: Path
) -> None:
    app = desk(
        ledger=lambda: Ledger.open(tmp_path / "desk.db", tmp_path / "ledger.key"),
        program=load_program("brewline-foods", demonstration_programs),
    )
    seen: set[str] = set()
    async with app.run_test(size=WIDE) as pilot:
        await to_offer(pilot)
        for keys in ("", "e", "p", "r", "g", "c", "v", "f2", "s", "d", "enter", "enter f2", "f6"):
            for key in keys.split():
                await pilot.press(key)
                await settle(pilot)
            seen |= assert_colors_are_words(app)
            while len(app.screen_stack) > 2:
                await pilot.press("escape")
                await settle(pilot)
    assert seen == set(STATE_TOKENS)


@pytest.mark.parametrize(
    ("mode", "steps"),
    [
        (KIOSK, (("", "right"), ("1", "right"), ("1", "tab"))),
        (HR, (("", "down"), ("", "down"))),
    ],
    ids=("kiosk", "hr"),
)
async def test_what_is_in_hand_is_marked_by_a_sign_and_not_by_its_ground_alone(
    mode: Mode, steps: tuple[tuple[str, str], ...], demonstration_programs: Path
) -> None:
    app = desk(mode=mode, program=load_program("brewline-foods", demonstration_programs))
    async with app.run_test(size=NARROW) as pilot:
        while app.directory is None:
            await settle(pilot)
        for leads, moves in steps:
            await pilot.press(*leads)
            await settle(pilot)
            before = screen_text(app)
            await pilot.press(moves)
            await settle(pilot)
            assert screen_text(app) != before, (type(app.screen), before)
            assert_colors_are_words(app)
