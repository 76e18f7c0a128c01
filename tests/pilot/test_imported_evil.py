"""Comparison, plot and kiosk over an edition that the importer made of evil files (TRUST S1, S3)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from evil_screens import acting_cells
from evil_sources import build_evil_edition
from evil_words import ESCAPES, MARKUP, evil_program
from pilot_desk import desk, screen_text, settle, to_offer
from textual.pilot import Pilot
from textual.screen import Screen

from navigator.kiosk.site import Desk, KioskSite
from navigator.mode import KIOSK
from navigator.program.model import Program, load_program
from navigator.screens.compare import CompareScreen
from navigator.screens.kiosk import KioskScreen
from navigator.screens.plot import PlotScreen
from provider_directory.cleaning import clean
from provider_directory.embedded import EmbeddedDirectory

WORDS = tuple(f"{markup}{escape}" for markup, escape in zip(MARKUP, ESCAPES, strict=False))
SIZE = (200, 50)


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory, few_sources: Path, demonstration_edition: Path) -> Path:
    """Give an edition of evil files, beside an employer's evil program."""
    home = tmp_path_factory.mktemp("evil")
    evil_program(home, WORDS)
    prices = demonstration_edition.parent / "demonstration-sources" / "prices"
    return build_evil_edition(few_sources, prices, home, WORDS)


def program_beside(edition: Path) -> Program:
    return load_program("brewline-foods", edition.parent)


def seen(pilot: Pilot[int]) -> set[str]:
    """Give the evil words that begin on the screen; nothing there may act."""
    assert list(acting_cells(pilot.app)) == []
    text = screen_text(pilot.app)  # type: ignore[arg-type]
    return {words for words in WORDS if clean(words)[:8] in text}


def shows(pilot: Pilot[int], screen: type[Screen[Any]]) -> bool:
    return isinstance(pilot.app.screen, screen)


async def press(pilot: Pilot[int], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def test_imported_words_are_words_side_by_side_and_in_the_plot(evil: Path) -> None:
    app = desk(EmbeddedDirectory(evil), program=program_beside(evil))
    async with app.run_test(size=SIZE) as pilot:
        await to_offer(pilot, "knee replacement")
        assert len(seen(pilot)) > 3
        await press(pilot, "x", "down", "x", "down", "x", "c")
        assert shows(pilot, CompareScreen)
        assert len(seen(pilot)) >= 3
        await press(pilot, "1", "escape", "p", "escape", "escape", "v")
        assert shows(pilot, PlotScreen)
        assert len(seen(pilot)) > 3
        await press(pilot, "right", "enter")
        assert app.is_running


async def test_imported_words_are_words_at_the_kiosk(evil: Path) -> None:
    app = desk(EmbeddedDirectory(evil), KIOSK, program=program_beside(evil))
    app.kiosk_site = KioskSite(WORDS[0], "53202", desk=Desk(WORDS[1], WORDS[2], None))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "9", *"new", "space", *"knee", "enter")
        steps = {}
        for key in ("1", "f4", "1", "8", "4", "1"):
            assert isinstance(app.screen, KioskScreen)
            steps[app.screen._flow.step] = len(seen(pilot))
            await press(pilot, key)
        assert list(steps) == ["which", "place", "centers", "why", "take"]
        assert min(steps.values()) > 1
        assert "\u2580" in screen_text(app)  # the ticket
        assert list(acting_cells(app)) == []
