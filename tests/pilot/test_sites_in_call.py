"""In a call the place box takes the name of an employer's site."""

from __future__ import annotations

from pathlib import Path

from pilot_desk import Employer, call_of, enter, screen_text, settle
from textual.widgets import Input

from navigator.app import CoeApp
from navigator.mode import DESK
from provider_directory.testing import TODAY, FakeDirectory


def desk_with_sites(folder: Path) -> CoeApp:
    """Give a desk whose program has two sites."""
    lines = ("site,latitude,longitude", "Milwaukee brewery,43.03,-87.91", "Milwaukee depot,43.1,-87.95")
    (folder / "brewline-foods.sites.csv").write_text("\n".join(lines))
    program = Employer(file=folder / "brewline-foods.toml")
    return CoeApp(DESK, lambda _progress: FakeDirectory(), program, today=lambda: TODAY)


async def test_a_site_is_taken_and_two_that_begin_alike_ask(tmp_path: Path) -> None:
    app = desk_with_sites(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await enter(pilot, "#words", "new knee")
        await enter(pilot, "#place", "milwaukee")
        assert call_of(app).state.place is None
        assert "Milwaukee depot" in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        place = call_of(app).state.place
        assert place is not None
        assert place.label == "Milwaukee brewery (Brewline Foods)"
        assert app.screen.query_one("#place", Input).value == place.label
        assert call_of(app).state.offer is not None
