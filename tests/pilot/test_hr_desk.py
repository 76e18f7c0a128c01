"""The HR desk on the screen: a question in three steps, by keys alone, and nothing lost on the way."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from pilot_desk import NARROW, WIDE, desk, enter, screen_text, settle, shown
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from navigator.app import CoeApp
from navigator.hr.questions import question_of
from navigator.mode import HR
from navigator.program.model import load_program
from navigator.screens.call import CallScreen
from navigator.screens.hr_answers import HrAnswered
from navigator.screens.hr_card import HrCardScreen
from navigator.screens.hr_desk import HrScreen
from navigator.screens.hr_form import HrFormScreen
from navigator.screens.pick import PickScreen
from navigator.widgets.notice import Notice
from provider_directory.errors import AmbiguousPlace, EditionProblem
from provider_directory.testing import TODAY, FakeDirectory

if TYPE_CHECKING:
    from navigator.hr.card import AnswerCard


def at(app: CoeApp, screen: type) -> bool:
    return isinstance(app.screen, screen)


async def opened(pilot: Pilot[int]) -> None:
    """Wait until the edition has been opened, or has failed: it begins after two screens are drawn."""
    app = pilot.app
    assert isinstance(app, CoeApp)
    while app.opening is None and app.directory is None:
        await pilot.pause()
    await settle(pilot)


def hr_desk(programs: Path, folder: Path, directory: FakeDirectory | None = None) -> CoeApp:
    program, opened = load_program("brewline-foods", programs), directory or FakeDirectory()
    return CoeApp(HR, lambda _progress: opened, program, today=lambda: TODAY, taken_away=folder / "out")


async def test_a_question_is_answered_in_three_steps_and_copied_without_a_person(
    demonstration_programs: Path, tmp_path: Path
) -> None:
    app = hr_desk(demonstration_programs, tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        assert at(app, HrScreen)
        assert all(words in screen_text(app) for words in ("Is it in the program", "Can I see who called?"))
        await pilot.press(*"husband", "enter")
        await settle(pilot)
        assert at(app, HrFormScreen)
        app.screen.query(Input).first().value = "knee replacement"
        await pilot.press("enter", *"53202", "enter")
        await settle(pilot)
        assert at(app, HrCardScreen)
        assert "the program pays the way of the member and one companion" in " ".join(screen_text(app).split())
        await pilot.press("y")
        await settle(pilot)
        (saved,) = (tmp_path / "out").iterdir()
        assert saved.name == "hr-travel.txt"
        assert saved.read_text(encoding="utf-8").startswith("Subject: Does travel cover her husband")
        assert "knee" not in saved.read_text(encoding="utf-8").splitlines()[0]
        await pilot.press("f4")
        await settle(pilot)
        assert [box.value for box in app.screen.query(Input)] == ["knee replacement", "53202"]
        await pilot.press("escape")
        await settle(pilot)
        assert "· 53202" in screen_text(app).splitlines()[0]


async def test_words_that_may_mean_several_are_asked_and_the_answer_goes_on(
    demonstration_programs: Path, tmp_path: Path
) -> None:
    app = hr_desk(demonstration_programs, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        assert "What the program is worth" in screen_text(app)
        assert "Also asked as" in screen_text(app)
        await pilot.press(*"nobody", "enter")
        await settle(pilot)
        await pilot.press("f2")
        await settle(pilot)
        assert "Procedure is needed" in screen_text(app)
        app.screen.query(Input).first().value = "bypass"
        await pilot.press("f2")
        await settle(pilot)
        assert at(app, PickScreen)
        late = HrAnswered(question_of("nobody-along"), cast("AnswerCard", None), app.program)
        app.screen_stack[-2].post_message(late)
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert at(app, HrFormScreen)
        assert "F2 shows the answer." in screen_text(app)
        app.screen.query_one(Notice).fail(AmbiguousPlace("It may be two.", "Choose one."))
        assert str(app.screen.query_one(Notice).visual) == "✕ Which place is it? It may be two. Choose one."
        await pilot.press("f2")
        await settle(pilot)
        await pilot.press("1")
        await settle(pilot)
        assert at(app, HrCardScreen)


async def test_another_employer_begins_empty_and_the_site_is_of_its_list(
    demonstration_programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COE_HOME", str(demonstration_programs.parent))
    monkeypatch.setattr("navigator.locations.programs", lambda: demonstration_programs)
    app = hr_desk(demonstration_programs, tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("f4")
        await settle(pilot)
        await pilot.press("2")
        await settle(pilot)
        assert "Brewline Foods · 2026 · Tulsa plant" in screen_text(app)
        await pilot.press("f5")
        await settle(pilot)
        await pilot.press("2")
        await settle(pilot)
        assert "Copperline Rail · 2026 · no site chosen" in screen_text(app)
        assert app.program is not None
        assert app.program.id == "copperline-rail"


async def test_the_search_says_when_nothing_is_like_it_and_the_list_is_moved_in_from_the_box() -> None:
    app = desk(mode=HR)
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("down", "down", "up", "pagedown", "pageup")
        questions = app.screen.query_one(OptionList)
        assert questions.highlighted == 1
        await pilot.press(*"pizza", "enter")
        await settle(pilot)
        assert "No question is like these words" in screen_text(app)
        assert at(app, HrScreen)


async def test_the_search_for_centers_is_one_key_away_and_so_is_the_way_back() -> None:
    app = desk(mode=HR)
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert at(app, CallScreen)
        await enter(pilot, "#words", "new knee")
        await pilot.press("f11")
        await settle(pilot)
        assert at(app, HrScreen)
        await pilot.press("f11")
        await settle(pilot)
        assert at(app, CallScreen)
        assert app.screen.query_one("#words", Input).value == "new knee"


async def test_an_edition_that_fails_is_said_at_the_questions() -> None:
    app = desk(FakeDirectory(fail_with=EditionProblem("The edition is damaged.", "Publish it again.")), mode=HR)
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        assert "The edition is damaged." in shown(app, "#hr-notice")
        await pilot.press(*"who called", "enter")
        await settle(pilot)
        assert at(app, HrScreen)
