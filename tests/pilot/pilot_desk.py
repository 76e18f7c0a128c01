"""What the pilot tests share: the app over a fake directory with a clock that stands, and how to type and wait."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from quick_pilot import make_pilots_quick
from textual.pilot import Pilot
from textual.widgets import Input, Static
from textual.worker import WorkerCancelled

from navigator.app import CoeApp
from navigator.editions import Progress, PublishedEdition
from navigator.ledger.ledger import Ledger
from navigator.mode import DESK, KIOSK, Mode
from navigator.program_in_use import ProgramInUse
from navigator.screens.call import CallScreen
from navigator.screens.hr_desk import HrScreen
from navigator.widgets.offer_table import CenterList
from provider_directory.directory import Directory
from provider_directory.testing import TODAY, FakeDirectory

make_pilots_quick()
PUBLIC = replace(KIOSK, guides=False)
"""A public screen that shows the desk's own screens, so that the walls around each of them are held."""
NARROW = (80, 24)
WIDE = (120, 40)


class Employer(NamedTuple):
    """A program for the tests."""

    id: str = "brewline-foods"
    employer: str = "Brewline Foods"
    alliances: tuple[str, ...] = ("Lakeshore Health Alliance",)
    plan_year: int = 2026
    payer: str | None = None
    plan: str | None = None
    far_from_contract: tuple[tuple[str, str], ...] = (("travel", "Travel for two is paid from 50 miles (clause 6.2)."),)
    file: Path | None = None


class Clock:
    """A monotonic clock that stands until it is moved."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


class EmptyShelf:
    """A shelf of a fresh machine."""

    def name_in_use(self) -> str | None:
        """Nothing is published."""
        return None

    def in_use(self) -> PublishedEdition:
        """Give the demonstration."""
        return self.demonstration()

    def demonstration(self) -> PublishedEdition:
        """Give the fake directory."""
        return PublishedEdition(lambda _progress: FakeDirectory(), None)

    def put(self, file: Path, progress: Progress) -> PublishedEdition:
        """Give the fake directory."""
        return self.demonstration()


def desk(
    directory: Directory | None = None,
    mode: Mode = DESK,
    ledger: Callable[[], Ledger] | None = None,
    clock: Clock | None = None,
    program: ProgramInUse | None = None,
) -> CoeApp:
    """Give the app as a desk would open it; without a program, of an employer without a rule."""
    opened = directory or FakeDirectory()
    return CoeApp(mode, lambda _progress: opened, program or Employer(), ledger, clock or Clock(), lambda: TODAY)


async def settle(pilot: Pilot[int]) -> None:
    """Wait until no worker is at work and every message is handled."""
    for _ in range(8):
        at_work = len(pilot.app.workers)
        with suppress(WorkerCancelled):  # a newer question took its place while it was waited for
            await pilot.app.workers.wait_for_complete()
        await pilot.pause()  # what an answer changed is laid out and drawn, and may ask for more
        if not at_work and not len(pilot.app.workers):
            break


async def enter(pilot: Pilot[int], box: str, text: str) -> None:
    """Put text into a box as if pasted, and press Enter there."""
    field = pilot.app.screen.query_one(box, Input)
    field.focus()
    field.value = text
    await settle(pilot)
    await field.action_submit()
    await settle(pilot)


async def to_offer(pilot: Pilot[int], words: str = "new knee", place: str = "53202") -> None:
    """Go from an empty call to the offer."""
    await settle(pilot)
    if isinstance(pilot.app.screen, HrScreen):
        await pilot.press("escape")
        await settle(pilot)
    await enter(pilot, "#words", words)
    await enter(pilot, "#place", place)


def call_of(app: CoeApp) -> CallScreen:
    """Give the call screen in front."""
    assert isinstance(app.screen, CallScreen)
    return app.screen


def center_list(app: CoeApp) -> CenterList:
    """Give the lines of the offer."""
    return app.screen.query_one(CenterList)


def shown(app: CoeApp, selector: str) -> str:
    """Give the plain text of a Static."""
    return str(app.screen.query_one(selector, Static).visual)


def screen_text(app: CoeApp) -> str:
    """Give all that the terminal shows, line by line."""
    width, height = app.size
    strips = app.screen._compositor.render_strips()  # what a driver would write; there is no public way to read it
    return "\n".join(strip.text for strip in strips[:height])[: (width + 1) * height * 2]
