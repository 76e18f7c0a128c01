"""Names that would press buttons, crash or hide words are only shown, on every screen (STYLE 0.1, TRUST S1-S3)."""

from __future__ import annotations

from pathlib import Path

import pytest
from pilot_desk import WIDE, Employer, center_list, desk, enter, screen_text, settle, to_offer
from textual.widgets import OptionList

from navigator.app import CoeApp
from navigator.ledger.ledger import Ledger
from provider_directory.errors import AmbiguousPlace, Choice
from provider_directory.models import Place
from provider_directory.testing import HOSTILE_NAMES, FakeDirectory, a_center, a_credential, a_match, a_price

SHORT = [name for name in HOSTILE_NAMES if len(name) < 100]


class HostileDirectory(FakeDirectory):
    """Puts hostile names into every string that a screen shows."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            centers=[
                a_center(
                    name=name,
                    id=f"f-{at}",
                    spoken=f"Said: {name}",
                    you_pay=name,
                    credential=a_credential(label=name, basis=name, flags=(name,)),
                    price=a_price(label=name, included=(name,), extra=(name,), source=name),
                )
                for at, name in enumerate(names)
            ],
            note=names[0],
        )
        self.names = names
        known = self.evidence_answer
        measure, criterion, contract = known.measures[0], known.criteria[0], known.contracts[0]
        self.evidence_answer = known.model_copy(
            update={
                "measures": tuple(measure.model_copy(update={"name": name, "raw": name}) for name in names),
                "criteria": tuple(criterion.model_copy(update={"text": name, "reason": name}) for name in names),
                "contracts": tuple(contract.model_copy(update={"alliance": name}) for name in names),
                "notes": tuple(names),
            }
        )
        self.matches["bypass"] = tuple(
            a_match(id=f"p-{at}", name=name, why=name, confidence=0.5) for at, name in enumerate(names[:5])
        )

    async def locate(self, text: str) -> Place:
        if text == "ask":
            raise AmbiguousPlace(self.names[0], self.names[0], tuple(Choice(name, name) for name in self.names))
        return await super().locate(text)


def assert_harmless(app: CoeApp) -> None:
    """No cell of the screen is a link to an action, and no control character is on it."""
    strips = app.screen._compositor.render_strips()  # as in screen_text
    styles = [segment.style for strip in strips for segment in strip if segment.style]
    assert not any("@click" in style.meta for style in styles)
    assert not any(style.link for style in styles)
    text = screen_text(app).replace("\n", "").replace("\u200d", "")
    assert text.isprintable()


@pytest.mark.parametrize("batch", [SHORT[:11], SHORT[11:]], ids=["markup", "letters"])
async def test_every_screen_shows_hostile_names_and_nothing_happens(batch: list[str], tmp_path: Path) -> None:
    app = desk(HostileDirectory(batch), ledger=lambda: Ledger.open(tmp_path / "l" / "r.db", tmp_path / "l" / "k.key"))
    app.program = Employer(id=batch[0], employer=batch[0])
    files = set(tmp_path.iterdir())
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await enter(pilot, "#words", "bypass")
        assert app.screen.query_one("#choice-list", OptionList).option_count
        assert_harmless(app)
        await enter(pilot, "#words", "new knee")
        await enter(pilot, "#place", "ask")
        assert_harmless(app)
        await to_offer(pilot)
        assert center_list(app).option_count == len(batch)
        assert_harmless(app)
        for y in range(9, 9 + len(batch)):
            await pilot.click(offset=(12, y))
        await settle(pilot)
        assert files == set(tmp_path.iterdir()) - {tmp_path / "l"}
        while len(app.screen_stack) > 2:
            app.pop_screen()
        center_list(app).focus()
        await pilot.press("e", "2")
        await pilot.pause()
        assert_harmless(app)
        await pilot.press("escape")
        for opened in ("c", "v", "p"):
            await pilot.press(opened)
            await settle(pilot)
            assert len(app.screen_stack) == 3
            assert_harmless(app)
            await pilot.press("escape")
        await pilot.press("enter")
        await settle(pilot)
        assert_harmless(app)
        await pilot.press("f2")
        await settle(pilot)
        assert_harmless(app)
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("f6")
        await settle(pilot)
        assert_harmless(app)
        assert app.is_running


async def test_a_closed_hospital_still_says_that_it_is_closed() -> None:
    app = desk(FakeDirectory(centers=[a_center(name="St. Mary's [closed]")]))
    async with app.run_test(size=WIDE) as pilot:
        await to_offer(pilot)
        assert screen_text(app).count("St. Mary's [closed]") == 2
