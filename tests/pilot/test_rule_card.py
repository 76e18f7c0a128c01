"""The program's rule on the call: on its card, opened to the clause, and changed by what the member answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from employer_rules import PROGRAM, with_rules
from pilot_desk import NARROW, PUBLIC, WIDE, Clock, Employer, call_of, screen_text, settle, to_offer
from textual.widgets import Input

from navigator.app import CoeApp
from navigator.mode import DESK, HR, Mode
from navigator.screens.gates import GatesScreen
from navigator.screens.rule import RuleScreen
from navigator.widgets.call_header import CallHeader
from navigator.widgets.offer_table import OfferTable
from provider_directory.testing import TODAY, FakeDirectory


@pytest.fixture
def program(tmp_path: Path) -> Employer:
    return with_rules(tmp_path)


def desk_with(program: Employer, mode: Mode = DESK) -> CoeApp:
    directory = FakeDirectory()
    return CoeApp(mode, lambda _progress: directory, program, None, Clock(), lambda: TODAY)


def you_pay(app: CoeApp) -> str | None:
    in_hand = app.screen_stack[1].query_one(OfferTable).in_hand
    return in_hand.you_pay if in_hand else None


async def test_card_column_and_the_line_above_say_what_is_paid(program: Employer) -> None:
    app = desk_with(program)
    async with app.run_test(size=WIDE) as pilot:
        await to_offer(pilot)
        text = screen_text(app)
        assert "voluntary" in text.splitlines()[0] or "voluntary" in text.splitlines()[1]
        assert "you pay" in text
        assert "PPO: $0; HSA plan" in text
        assert "6.1" in text
        assert app.screen.query_one(CallHeader).rule == "voluntary"
        app.screen.query_one("#words", Input).value = "zzzz"
        await settle(pilot)
        assert app.screen.query_one(CallHeader).you_pay == ()


async def test_a_clause_is_two_keys_from_the_center(program: Employer) -> None:
    app = desk_with(program)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await pilot.press("r", "2")
        await settle(pilot)
        assert isinstance(app.screen, RuleScreen)
        assert "6.1, version 2026-2" in screen_text(app)
        await pilot.press("r")
        await settle(pilot)
        assert call_of(app).state.offer


async def test_each_answer_changes_at_once_what_is_paid_and_a_new_call_forgets_it(program: Employer) -> None:
    app = desk_with(program)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await pilot.press("g", "p", "enter")
        await settle(pilot)
        assert isinstance(app.screen, GatesScreen)
        assert you_pay(app) == "$0"
        app.screen.query_one("#field-answer-bmi Input", Input).focus()
        await pilot.press("4", "1", "enter")
        await settle(pilot)
        assert "◔ not yet" in screen_text(app)
        assert "BMI below 40" in screen_text(app)
        await pilot.press("escape")
        await settle(pilot)
        facts = call_of(app).state.member_facts
        assert facts is not None
        assert facts.plan_option == "ppo"
        await pilot.press("f5")
        await settle(pilot)
        assert call_of(app).state.member_facts is None


@pytest.mark.parametrize("mode", [HR, PUBLIC], ids=lambda mode: mode.name)
async def test_where_there_is_no_member_only_the_plan_is_asked_about(program: Employer, mode: Mode) -> None:
    app = desk_with(program, mode)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await pilot.press("g")
        await settle(pilot)
        assert isinstance(app.screen, GatesScreen)
        assert "Plan option" in screen_text(app)
        assert "BMI" not in screen_text(app)
        assert "Birth date" not in screen_text(app)


async def test_a_program_without_rules_keeps_its_look_and_says_whom_to_ask() -> None:
    app = desk_with(Employer())
    async with app.run_test(size=WIDE) as pilot:
        await to_offer(pilot)
        assert "─Rule─" not in screen_text(app)
        await pilot.press("r")
        await settle(pilot)
        assert "has no rule for this: ask the plan" in screen_text(app)


async def test_a_file_that_cannot_be_read_says_where_it_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "brewline-foods.toml"
    file.write_text(PROGRAM.replace('inside = "waived"', 'inside = "waved"'), encoding="utf-8")
    app = desk_with(Employer(file=file))
    async with app.run_test(size=WIDE) as pilot:
        await to_offer(pilot)
        assert "waved" in screen_text(app)
