"""Keys that come faster than the app draws: each acts on what was in hand when it was pressed, and none is lost."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from pilot_desk import NARROW, PUBLIC, Clock, call_of, center_list, desk, screen_text, settle, to_offer
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from navigator import key_door
from navigator.case import transitions
from navigator.ledger.ledger import Ledger
from navigator.mode import DESK, Mode
from navigator.screens.evidence import EvidenceScreen
from navigator.widgets.offer_table import OfferTable
from provider_directory.models import PriceLadder, ProcedureAnswer, Question
from provider_directory.testing import FakeDirectory


async def press_at_once(pilot: Pilot[int], *keys: str) -> None:
    """Hand over keys as a terminal does that was read late: the next is there before the first is handled."""
    for key in keys:
        pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
    for _ in keys:
        await settle(pilot)


async def test_marks_stand_on_the_lines_on_which_they_were_set() -> None:
    app = desk()
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await press_at_once(pilot, "x", "down", "x")
        centers, note = app.screen.query_one(OfferTable).to_compare("x")
        assert ([center.rank for center in centers], note) == ([1, 2], "")


@pytest.mark.parametrize("key", ["e", "p", "v", "c", "f1"])
async def test_a_second_escape_never_leaves_the_call(key: str) -> None:
    app = desk()
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        call = app.screen
        await pilot.press(key)
        await settle(pilot)
        assert app.screen is not call
        await press_at_once(pilot, "escape", "escape", "escape")
        assert app.screen is call


async def test_a_hand_on_the_keyboard_stops_the_countdown_and_ends_nothing() -> None:
    clock = Clock()
    app = desk(mode=PUBLIC, clock=clock)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        call = app.screen
        clock.seconds += 45
        app.look_for_silence()
        await pilot.pause()
        await press_at_once(pilot, "a", "b", "c")
        assert app.screen is call
        assert app.is_running


class SlowToHear(FakeDirectory):
    """Answers for words only when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.let = asyncio.Event()

    async def search_procedures(self, words: str) -> ProcedureAnswer:
        await self.let.wait()
        return await super().search_procedures(words)


class SlowToPrice(FakeDirectory):
    """Opens a price only when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.let = asyncio.Event()

    async def price(self, facility: str, question: Question) -> PriceLadder:
        await self.let.wait()
        return await super().price(facility, question)


@pytest.mark.parametrize(
    ("words", "then"),
    [("new knee", "offer-list"), ("bypass", "choice-list"), ("zzz", "place")],
    ids=["sure", "asked", "unknown"],
)
async def test_a_zip_typed_before_the_words_are_answered_is_the_place(words: str, then: str) -> None:
    directory = SlowToHear()
    app = desk(directory)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        await pilot.press(*words, "enter")
        await pilot.press(*"53202")
        place = app.screen.query_one("#place", Input)
        assert (app.screen.query_one("#words", Input).value, place.value) == (words, "53202")
        directory.let.set()
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert place.value == "53202 Milwaukee, WI"
        assert app.focused is not None
        assert app.focused.id == then


async def test_letters_into_one_box_do_not_wait_for_each_other_but_the_key_behind_them_does() -> None:
    app = desk()
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        for key in (*"knee", "tab", "5"):
            await app.on_event(events.Key(key, key if len(key) == 1 else None))
        assert [each.key for each in app._at_the_door if isinstance(each, events.Key)] == ["tab", "5"]
        await settle(pilot)
        assert [app.screen.query_one(box, Input).value for box in ("#words", "#place")] == ["knee", "5"]


async def test_words_nobody_knows_are_typed_again_when_no_place_was_begun() -> None:
    directory = SlowToHear()
    app = desk(directory)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        await pilot.press(*"zzz", "enter")
        directory.let.set()
        await settle(pilot)
        assert app.focused is not None
        assert app.focused.id == "words"


async def test_what_is_typed_behind_a_tab_goes_into_the_next_box() -> None:
    app = desk()
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await press_at_once(pilot, "k", "n", "e", "e", "tab", "5", "3")
        assert [app.screen.query_one(box, Input).value for box in ("#words", "#place")] == ["knee", "53"]


@pytest.mark.parametrize("mode", [DESK, PUBLIC], ids=lambda mode: mode.name)
async def test_a_place_that_comes_in_one_go_with_the_words_goes_into_its_own_box(mode: Mode) -> None:
    app = desk(mode=mode)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await press_at_once(pilot, *"knee", "enter", *"53202")
        assert [app.screen.query_one(box, Input).value for box in ("#words", "#place")] == ["knee", "53202"]


async def test_an_edition_that_opens_while_the_place_is_typed_leaves_the_keys_there() -> None:
    app = desk()
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        place = app.screen.query_one("#place", Input)
        opened, app.directory = app.directory, None
        await press_at_once(pilot, *"knee", "enter", *"53202")
        app.directory = opened
        await settle(pilot)
        assert (place.value, app.focused) == ("53202", place)
        app.directory = None
        await press_at_once(pilot, "enter")
        app.directory = opened
        await settle(pilot)
        assert place.value == "53202 Milwaukee, WI"


async def test_the_ledger_is_opened_while_the_name_of_who_calls_is_typed(tmp_path: Path) -> None:
    opened: list[bool] = []

    def open_ledger() -> Ledger:
        opened.append(True)
        return Ledger.open(tmp_path / "desk.db", tmp_path / "ledger.key")

    app = desk(ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await pilot.press("f2", *"Ann")
        await settle(pilot)
        assert app.screen.query_one("#look-up", Input).value == "Ann"
        assert opened


async def test_a_bill_that_is_taken_up_again_is_named_and_its_letters_are_keys(tmp_path: Path) -> None:
    app = desk(ledger=lambda: Ledger.open(tmp_path / "desk.db", tmp_path / "ledger.key"))
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        assert call_of(app).change(transitions.give_reason, "bill")
        app.park_or_end(call_of(app))
        await settle(pilot)
        app.begin_call()
        await settle(pilot)
        await pilot.press("ctrl+t")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "Resumed: a bill." in screen_text(app)
        assert app.focused is None


async def test_a_whole_call_that_is_typed_in_one_go_lands_on_its_screens_and_in_its_boxes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_door, "HELD_AT_MOST", 60.0)  # a busy machine may open a ledger in more than three seconds
    app = desk(ledger=lambda: Ledger.open(tmp_path / "desk.db", tmp_path / "ledger.key"))
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        to_identify = [*"knee", "f2", *"414-555-0155", "enter", "1", "escape"]
        to_evidence = ["f4", *"53202", "enter", "n", *"a map", "enter", "e", "1"]
        await press_at_once(pilot, *to_identify, *to_evidence)
        assert isinstance(app.screen, EvidenceScreen)
        await press_at_once(pilot, "escape", "ctrl+t", "escape", "f6", "6", "escape", "f4", "5")
        case = call_of(app).case
        assert case is not None
        assert (case.caller and case.caller.speaker, case.id is not None) == ("member", True)
        assert [call_of(app).query_one(box, Input).value for box in ("#words", "#place")] == ["knee", "5"]


async def test_a_key_waits_for_an_answer_that_opens_a_screen_but_not_for_ever() -> None:
    directory = SlowToPrice()
    app = desk(directory)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        app.post_message(events.Key("p", "p"))
        app.post_message(events.Key("f4", None))
        await pilot.pause()
        assert app.focused is center_list(app)
        way = app._on_its_way
        assert way is not None
        await app._lose_patience(way)
        await pilot.pause()
        assert app.focused is app.screen.query_one("#place")
        directory.let.set()
        await settle(pilot)


async def test_a_bill_with_a_procedure_keeps_its_words_and_its_letters_when_the_centers_come(tmp_path: Path) -> None:
    app = desk(ledger=lambda: Ledger.open(tmp_path / "desk.db", tmp_path / "ledger.key"))
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        assert call_of(app).change(transitions.give_reason, "bill")
        app.park_or_end(call_of(app))
        app.begin_call()
        await settle(pilot)
        await press_at_once(pilot, "ctrl+t", "enter")
        assert "Resumed: a bill." in screen_text(app)
        await press_at_once(pilot, "d")
        app.screen.query_one("#wrap-words", Input).value = "sent to the pl"
        await app.save_what_is_in_hand()
        number = app.call.case.id if app.call and app.call.case else None
        assert [note.text for note in app.ledger().notes.of(case=number)] == ["sent to the pl (not finished)"]
