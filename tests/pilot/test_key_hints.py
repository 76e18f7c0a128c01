"""Hints inside texts name the keys in force, and a question that does not fit on one line is asked whole."""

from __future__ import annotations

from pilot_desk import NARROW, WIDE, Clock, Employer, desk, screen_text, settle, to_offer
from textual.widgets import Input

from navigator.app import CoeApp
from navigator.mode import DESK
from navigator.settings import Settings
from provider_directory.testing import TODAY, FakeDirectory, a_center

KEYS = {
    "offer.refer": "r",
    "offer.evidence": "g",
    "offer.price": "k",
    "offer.mark": "m",
    "offer.compare": "b",
    "offer.radius": "z",
    "compare.score": "u",
    "evidence.score": "w",
}


def remapped(directory: FakeDirectory) -> CoeApp:
    return CoeApp(
        DESK, lambda _progress: directory, Employer(), None, Clock(), lambda: TODAY, settings=Settings(keys=KEYS)
    )


async def test_the_start_the_price_card_and_the_comparison_name_changed_keys() -> None:
    app = remapped(FakeDirectory())
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert "g opens the evidence" in screen_text(app)
        assert "r on a center begins" in screen_text(app)
        await to_offer(pilot)
        assert "k opens all that was weighed" in screen_text(app)
        await pilot.press("b")
        await settle(pilot)
        assert "None was marked (m marks)" in screen_text(app)
        assert "u Quality" in screen_text(app)
        await pilot.press("u")
        await settle(pilot)
        assert "w score" in screen_text(app)


async def test_one_marked_center_in_hand_is_compared_and_said_to_be_marked() -> None:
    app = desk()
    async with app.run_test(size=WIDE) as pilot:
        await to_offer(pilot)
        await pilot.press("x", "c")
        await settle(pilot)
        assert "Only it was marked (x marks): the center in hand and the next." in screen_text(app)


async def test_a_center_alone_says_which_key_looks_farther() -> None:
    app = remapped(FakeDirectory(centers=[a_center()]))
    async with app.run_test(size=WIDE) as pilot:
        await to_offer(pilot)
        await pilot.press("b")
        await settle(pilot)
        assert "only one center here; z looks farther" in screen_text(app)


async def test_the_question_for_other_words_stands_whole_on_a_narrow_screen() -> None:
    app = desk()
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        app.screen.query_one("#words", Input).value = "zzzz"
        await settle(pilot)
        assert "what is done to it." in " ".join(screen_text(app).split())


async def test_the_smallest_screen_has_room_for_words_and_place() -> None:
    app = desk()
    async with app.run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        assert app.screen.query_one("#words").size.width >= 8
        assert app.screen.query_one("#place").size.width >= 14
