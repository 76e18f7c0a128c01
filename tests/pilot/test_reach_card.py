"""A member far from every center under contract, and a member who will recover elsewhere."""

from __future__ import annotations

import pytest
from pilot_desk import NARROW, PUBLIC, WIDE, Clock, Employer, call_of, enter, screen_text, settle, to_offer
from textual.widgets import Input

from navigator.app import CoeApp
from navigator.gaps import Gap
from navigator.mode import DESK, Mode
from navigator.widgets.stepper import Stepper
from provider_directory.models import NoContractInReach
from provider_directory.testing import HOSTILE_NAMES, TODAY, FakeDirectory, a_center


def far_desk(gaps: list[Gap], mode: Mode = DESK, name: str = "Far Harbor Orthopedic") -> CoeApp:
    directory = FakeDirectory()
    far = a_center(name=name, id="f-far", miles=447.0, rank=None, rank_range=None)
    directory.no_contract = NoContractInReach(criteria_set="hip-knee", nearest=(far,))
    return CoeApp(mode, lambda _: directory, Employer(), clock=Clock(), today=lambda: TODAY, record_gap=gaps.append)


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_card_names_the_nearest_contract_and_what_the_plan_says(size: tuple[int, int]) -> None:
    app = far_desk([])
    async with app.run_test(size=size) as pilot:
        await to_offer(pilot)
        seen = screen_text(app)
        assert "No center under contract with the plan within 50 miles" in seen
        assert "Far Harbor Orthopedic" in seen
        assert "Travel for two is paid from 50 miles" in seen


async def test_on_what_the_program_is_silent_the_plan_is_to_be_asked() -> None:
    app = far_desk([])
    async with app.run_test(size=WIDE) as pilot:
        await to_offer(pilot)
        line = next(text for text in screen_text(app).splitlines() if "second opinion" in text)
        assert "does not say: ask the plan" in line


async def test_one_record_is_kept_of_one_question_and_it_names_nobody() -> None:
    gaps: list[Gap] = []
    app = far_desk(gaps)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await pilot.press("o", "o")
        await settle(pilot)
        assert gaps == [Gap(f"{TODAY:%Y-%m}", "brewline-foods", "hip-knee", "532", 50)]


async def test_a_kiosk_keeps_no_record() -> None:
    gaps: list[Gap] = []
    app = far_desk(gaps, PUBLIC)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        assert "No center under contract" in screen_text(app)
        assert gaps == []


async def test_one_key_looks_as_far_as_the_nearest_contract() -> None:
    app = far_desk([])
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await pilot.press("a")
        await settle(pilot)
        assert app.screen.query_one("#miles", Stepper).value == "500"


async def test_with_a_contract_in_reach_the_card_goes_again() -> None:
    app = far_desk([])
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        assert isinstance(app.directory, FakeDirectory)
        app.directory.no_contract = None
        await pilot.press("plus")
        await settle(pilot)
        assert "No center under contract" not in screen_text(app)
        assert "under contract to Jun 2027" in screen_text(app)


async def test_a_hostile_name_on_the_card_is_only_a_name() -> None:
    for name in HOSTILE_NAMES[:6]:
        app = far_desk([], name=name)
    async with app.run_test(size=WIDE) as pilot:
        await to_offer(pilot)
        assert "No center under contract" in screen_text(app)


async def test_a_second_place_after_a_plus_is_looked_for_too() -> None:
    app = far_desk([])
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await enter(pilot, "#words", "new knee")
        await enter(pilot, "#place", "53202 + Springfield, IL")
        place = call_of(app).state.recover_at
        assert place is not None
        assert place.label == "Springfield, IL"
        assert app.screen.query_one("#place", Input).value == "53202 Milwaukee, WI + Springfield, IL"
        assert "recovery" in screen_text(app)


async def test_a_choice_for_the_second_place_keeps_the_first() -> None:
    app = far_desk([])
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await enter(pilot, "#words", "new knee")
        await enter(pilot, "#place", "53202 + Springfield")
        await pilot.press("enter")
        await settle(pilot)
        state = call_of(app).state
        assert state.place is not None
        assert state.place.label == "53202 Milwaukee, WI"
        assert state.recover_at is not None
        assert state.recover_at.label == "Springfield, IL"
