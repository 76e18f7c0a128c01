"""A fresh machine, and editions that are published while calls are open (PRODUCT "Always visible", issue 3)."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from pilot_desk import NARROW, call_of, enter, screen_text, settle, to_offer
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from navigator import locations, opening
from navigator.app import CoeApp
from navigator.mode import DESK, HR, KIOSK
from navigator.opening import MachineShelf, open_screen
from navigator.screens.call import CallScreen
from navigator.screens.help import HelpScreen
from navigator.screens.welcome import WelcomeScreen
from navigator.widgets.call_header import CallHeader
from navigator.widgets.notice import Notice
from provider_directory.edition.build import BuildOptions, build_edition
from provider_directory.edition.pointer import sidecar_of
from provider_directory.edition.publish import Shelf

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[CoeApp]:
    """Take the app that the command would run."""
    taken: list[CoeApp] = []

    def take(app: CoeApp) -> int:
        taken.append(app)
        return 0

    monkeypatch.setattr(opening, "run", take)
    return taken


@pytest.fixture
def demonstration(demonstration_edition: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the demonstration be published from the edition that all tests share, instead of being made again."""

    def publish(shelf: Shelf, progress: object) -> Path:
        return put(shelf, demonstration_edition)

    monkeypatch.setattr("navigator.first_run.publish_demonstration", publish)
    return demonstration_edition


def put(shelf: Shelf, edition: Path) -> Path:
    part = shelf.part_file()
    shutil.copyfile(edition, part)
    shutil.copyfile(sidecar_of(edition), sidecar_of(part))
    return shelf.put(part)


@pytest.fixture
def another_edition(tmp_path: Path, few_sources: Path, few_zips: None) -> Path:
    """Build a second edition, of a few of the demonstration's files and another release."""
    options = BuildOptions(release="2026-04", demonstration=True)
    build_edition(few_sources, tmp_path / "another.sqlite", options, lambda words, done: None)
    return tmp_path / "another.sqlite"


def notice(app: CoeApp) -> str:
    return str(app.screen.query_one(Notice).visual)


async def chosen(pilot: Pilot[int], key: str) -> None:
    await settle(pilot)
    await pilot.press(key)
    await settle(pilot)


async def test_a_fresh_machine_asks_and_enter_takes_the_demonstration(
    opened: list[CoeApp], demonstration: Path
) -> None:
    open_screen(DESK, None, None)
    async with opened[0].run_test(size=NARROW) as pilot:
        await settle(pilot)
        assert isinstance(pilot.app.screen, WelcomeScreen)
        assert Shelf(locations.editions()).current() is None
        await chosen(pilot, "enter")
        assert opened[0].edition is not None
        assert opened[0].edition.demonstration
        assert opened[0].program is not None
        assert opened[0].program.id == "brewline-foods"
        await to_offer(pilot)
        assert call_of(opened[0]).state.offer is not None
    open_screen(DESK, None, None)
    async with opened[1].run_test(size=NARROW) as pilot:
        await settle(pilot)
        assert isinstance(pilot.app.screen, CallScreen)


def test_only_people_at_a_desk_are_asked(opened: list[CoeApp]) -> None:
    open_screen(KIOSK, None, None)
    open_screen(DESK, "brewline-foods", None)
    open_screen(HR, None, None)
    assert [app.asks_first for app in opened] == [False, False, True]


async def test_real_data_says_what_to_run_and_goes_on_when_it_is_published(
    opened: list[CoeApp], demonstration_edition: Path
) -> None:
    open_screen(DESK, None, None)
    app = opened[0]
    async with app.run_test(size=NARROW) as pilot:
        await chosen(pilot, "2")
        assert "coe sync" in screen_text(app)
        assert "coe build --from FOLDER" in screen_text(app)
        app.look_for_edition()
        await settle(pilot)
        assert isinstance(app.screen, WelcomeScreen)
        put(Shelf(locations.editions()), demonstration_edition)
        app.action_lock()
        app.look_for_edition()
        welcome = app.screen_stack[-2]
        welcome.post_message(WelcomeScreen.Published(MachineShelf(None, None).in_use()))
        await settle(pilot)
        assert app.locked
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, CallScreen)
        assert app.edition is not None


async def test_a_file_is_verified_published_and_used(opened: list[CoeApp], demonstration_edition: Path) -> None:
    open_screen(DESK, None, None)
    app = opened[0]
    async with app.run_test(size=NARROW) as pilot:
        await chosen(pilot, "3")
        assert isinstance(app.focused, Input)
        await enter(pilot, "#welcome-path", str(demonstration_edition))
        assert isinstance(app.screen, CallScreen)
        published = Shelf(locations.editions()).current()
        assert published is not None
        assert app.edition is not None
        assert published.stem == app.edition.name
        assert demonstration_edition.exists()


async def test_a_file_that_does_not_hold_is_told_and_publishes_nothing(
    opened: list[CoeApp], demonstration_edition: Path, tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged.sqlite"
    damaged.write_bytes(demonstration_edition.read_bytes()[:-100])
    shutil.copyfile(sidecar_of(demonstration_edition), sidecar_of(damaged))
    open_screen(DESK, None, None)
    app = opened[0]
    async with app.run_test(size=NARROW) as pilot:
        await chosen(pilot, "3")
        for path, said in ((tmp_path / "nothing.sqlite", "There is no file"), (damaged, "does not verify")):
            await enter(pilot, "#welcome-path", str(path))
            assert isinstance(app.screen, WelcomeScreen)
            assert said in notice(app)
        await pilot.press("escape")
        assert isinstance(app.focused, OptionList)
    assert Shelf(locations.editions()).current() is None


async def test_the_help_of_the_welcome_has_its_keys(opened: list[CoeApp]) -> None:
    open_screen(DESK, None, None)
    async with opened[0].run_test(size=NARROW) as pilot:
        await chosen(pilot, "f1")
        assert isinstance(pilot.app.screen, HelpScreen)
        assert "Open an edition file." in screen_text(opened[0])


async def test_an_open_call_keeps_its_edition_and_a_new_call_takes_the_new_one(
    opened: list[CoeApp], demonstration_edition: Path, another_edition: Path
) -> None:
    shelf = Shelf(locations.editions())
    first = put(shelf, demonstration_edition).stem
    open_screen(DESK, None, None)
    app = opened[0]
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        second = put(shelf, another_edition).stem
        assert first != second
        app.look_for_edition()
        await settle(pilot)
        assert app.screen.query_one(CallHeader).newer == "F5"
        assert "F5" in next(line for line in screen_text(app).splitlines() if line.strip())
        await pilot.press("minus")
        await settle(pilot)
        before = call_of(app).state.offer
        assert before is not None
        assert before.edition == first
        await pilot.press("f5")
        await to_offer(pilot)
        after = call_of(app).state.offer
        assert after is not None
        assert after.edition == second
        assert app.screen.query_one(CallHeader).newer == ""
        app.look_for_edition()
        await settle(pilot)
        assert not app.another_edition


async def test_an_edition_that_cannot_be_opened_leaves_the_one_before_in_use(
    opened: list[CoeApp], demonstration_edition: Path, another_edition: Path
) -> None:
    shelf = Shelf(locations.editions())
    first = put(shelf, demonstration_edition).stem
    open_screen(DESK, None, None)
    app = opened[0]
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        put(shelf, another_edition).write_bytes(b"no database")
        app.look_for_edition()
        await settle(pilot)
        await pilot.press("f5")
        await settle(pilot)
        assert "cannot be opened" in notice(app)
        assert app.edition is not None
        assert app.edition.name == first
        await to_offer(pilot)
        assert call_of(app).state.offer is not None


async def test_an_edition_that_was_named_stays(opened: list[CoeApp], demonstration_edition: Path) -> None:
    open_screen(DESK, "brewline-foods", str(demonstration_edition))
    async with opened[0].run_test(size=NARROW) as pilot:
        await settle(pilot)
        opened[0].look_for_edition()
        await settle(pilot)
        assert not opened[0].another_edition


def test_a_program_of_the_settings_that_is_not_there_is_told(opened: list[CoeApp], home: Path) -> None:
    home.mkdir()
    (home / "settings.toml").write_text('program = "acme"\n', encoding="utf-8")
    open_screen(DESK, None, None)
    assert [problem.message for problem in opened[0].setting_problems] == ['There is no program "acme".']


def test_the_shelf_names_nothing_while_its_pointer_leads_nowhere() -> None:
    locations.editions().mkdir(parents=True)
    (locations.editions() / "current").write_text("0" * 64)
    assert MachineShelf(None, None).name_in_use() is None
