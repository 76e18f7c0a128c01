"""A few pictures of the screen, so that a change of the look is seen; state is asserted in the other files."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from pilot_desk import NARROW, WIDE, EmptyShelf, desk, enter, settle, to_offer
from textual.pilot import Pilot
from textual.widgets import Input

from navigator.app import CoeApp
from navigator.ledger.ledger import Ledger
from navigator.mode import DESK, HR, KIOSK, Mode
from navigator.referral import number
from provider_directory.errors import EditionProblem
from provider_directory.testing import FakeDirectory

Step = Callable[[Pilot[int]], Awaitable[None]]


@pytest.fixture(autouse=True)
def _stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setattr(number, "draw", lambda: "CR-7K3M-9QX3-0")


async def start(pilot: Pilot[int]) -> None:
    await settle(pilot)


async def asking(pilot: Pilot[int]) -> None:
    await settle(pilot)
    await enter(pilot, "#words", "bypass")


async def evidence(pilot: Pilot[int]) -> None:
    await to_offer(pilot)
    await pilot.press("e", "1")


async def compare(pilot: Pilot[int]) -> None:
    await to_offer(pilot)
    await pilot.press("x", "down", "x", "down", "down", "x", "c")
    await settle(pilot)


async def plot(pilot: Pilot[int]) -> None:
    await to_offer(pilot)
    await pilot.press("v", "right")


async def form(pilot: Pilot[int]) -> None:
    await to_offer(pilot)
    await pilot.press("enter")
    await settle(pilot)
    pilot.app.screen.query_one("#field-member_name Input", Input).value = "June Stellgate"
    await pilot.press("tab")


async def palette(pilot: Pilot[int]) -> None:
    await to_offer(pilot)
    await pilot.press("ctrl+p")


async def unknown_place(pilot: Pilot[int]) -> None:
    await settle(pilot)
    await enter(pilot, "#words", "new knee")
    await enter(pilot, "#place", "Nowhere")


PICTURES: dict[str, tuple[Step, tuple[int, int], Mode, str]] = {
    "start-80": (start, NARROW, DESK, "coe-dark"),
    "asking-80": (asking, NARROW, DESK, "coe-dark"),
    "unknown-place-80": (unknown_place, NARROW, DESK, "coe-dark"),
    "offer-80": (to_offer, NARROW, DESK, "coe-dark"),
    "offer-120": (to_offer, WIDE, DESK, "coe-dark"),
    "offer-120-light": (to_offer, WIDE, HR, "coe-light"),
    "offer-80-contrast": (to_offer, NARROW, DESK, "coe-contrast"),
    "kiosk-80": (start, NARROW, KIOSK, "coe-light"),
    "compare-80": (compare, NARROW, DESK, "coe-dark"),
    "compare-120-light": (compare, WIDE, DESK, "coe-light"),
    "plot-120": (plot, WIDE, DESK, "coe-dark"),
    "evidence-80": (evidence, NARROW, DESK, "coe-dark"),
    "palette-80": (palette, NARROW, DESK, "coe-dark"),
    "form-120": (form, WIDE, DESK, "coe-dark"),
}


@pytest.mark.parametrize("picture", PICTURES)
def test_the_screen_looks_as_it_did(picture: str, tmp_path: Path, snap_compare: Callable[..., bool]) -> None:
    step, size, mode, theme = PICTURES[picture]
    app = desk(mode=mode, ledger=lambda: Ledger.open(tmp_path / "l" / "r.db", tmp_path / "l" / "k.key"))
    app.theme = theme

    async def steps(pilot: Pilot[int]) -> None:
        await step(pilot)
        await settle(pilot)
        for box in pilot.app.screen.query(Input):
            box.cursor_blink = False
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=steps)


def test_a_fresh_machine_is_pictured(snap_compare: Callable[..., bool]) -> None:
    app = CoeApp(DESK, lambda _progress: FakeDirectory(), shelf=EmptyShelf(), welcome=True)
    assert snap_compare(app, terminal_size=NARROW, run_before=start)


def test_a_failing_edition_is_pictured_in_words(snap_compare: Callable[..., bool]) -> None:
    app = desk(FakeDirectory(fail_with=EditionProblem("The edition is damaged.", "Publish it again.")))
    assert snap_compare(app, terminal_size=NARROW, run_before=start)
