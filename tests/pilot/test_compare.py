"""Marking, comparing and the plot: what is in hand, what is said, and what a key opens."""

from __future__ import annotations

import pytest
from pilot_desk import NARROW, PUBLIC, WIDE, call_of, center_list, desk, screen_text, settle, to_offer
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widgets import OptionList

from navigator.app import CoeApp
from navigator.mode import HR
from navigator.screens.compare import CompareScreen
from navigator.screens.compare_rows import rows_of
from navigator.screens.evidence import EvidenceScreen
from navigator.screens.plot import PlotScreen
from navigator.widgets.compare_table import CompareTable, draw_rows
from navigator.widgets.notice import Notice
from navigator.widgets.offer_table import OfferTable
from navigator.widgets.plot import Plot, PlotList
from provider_directory.models import Question
from provider_directory.testing import HOSTILE_NAMES, FakeDirectory, a_center, a_price, a_question, a_shortlist


def priced() -> FakeDirectory:
    """Give the shortlist with a posted price for the third and the seventh, which is the cheaper of the two."""
    centers = list(a_shortlist())
    for at, cents in ((2, 2_740_000), (6, 1_410_000)):
        price = a_price(kind="posted_negotiated", amount_cents=cents, included=(), extra=(), setting="inpatient")
        centers[at] = centers[at].model_copy(update={"price": price})
    return FakeDirectory(centers=centers)


def compare_screen(app: CoeApp) -> CompareScreen:
    assert isinstance(app.screen, CompareScreen)
    return app.screen


def plot_screen(app: CoeApp) -> PlotScreen:
    assert isinstance(app.screen, PlotScreen)
    return app.screen


def compared(directory: FakeDirectory) -> object:
    return [asked for name, asked in directory.calls if name == "compare"][-1]


def notice(app: CoeApp) -> str:
    return str(app.screen.query_one(Notice).visual)


async def press(pilot: Pilot[int], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def test_three_are_marked_at_the_most_and_a_mark_can_be_taken_back() -> None:
    directory = FakeDirectory()
    app = desk(directory)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await press(pilot, "x", "down", "space", "down", "x", "down", "x")
        assert "Three are marked" in notice(app)
        assert screen_text(app).count("◆") == 3
        await press(pilot, "up", "x", "c")
        assert compared(directory) == ("f-marquette", "f-adalbert")
        assert "None was marked" not in screen_text(app)


async def test_without_a_mark_the_center_in_hand_and_the_next_are_compared_and_it_is_said() -> None:
    directory = FakeDirectory()
    app = desk(directory)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await press(pilot, "down", "c")
        assert compared(directory) == ("f-adalbert", "f-kettle")
        assert "None was marked" in notice(app)
        await press(pilot, "escape", "down", "x", "up", "c")
        assert compared(directory) == ("f-adalbert", "f-kettle")
        assert "One was marked" in notice(app)


async def test_a_single_center_is_not_compared_and_says_why() -> None:
    app = desk(FakeDirectory(centers=(a_center(),)))
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await press(pilot, "c")
        assert call_of(app)
        assert "only one center" in notice(app)


async def test_columns_say_the_verdicts_and_every_figure_whole_at_eighty_cells() -> None:
    app = desk(priced())
    async with app.run_test(size=(80, 120)) as pilot:
        await to_offer(pilot)
        await press(pilot, "x", "down", "x", "down", "x", "c")
        text = screen_text(app)
        for words in (
            "No clear difference between Marquette Lakes Orthopedic and St. Adalbert",
            "Like with like, a contract bundle: Marquette Lakes Orthopedic is $2,750",
            "Prices not comparable: ",
            "“In results of Medicare patients",
            "About Medicare patients",
        ):
            assert words in text
        assert text.count("2.4% (1.8–3.1) n 1,236") == 3
        assert text.count("$24,100 all-in") == 1


async def test_keys_act_on_the_column_in_hand() -> None:
    app = desk()
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await press(pilot, "x", "down", "x", "c", "right", "right", "1")
        ladder = app.screen
        assert isinstance(ladder, EvidenceScreen)
        assert "St. Adalbert Medical Center" in screen_text(app)
        assert ladder.query_one("#ladder", OptionList).highlighted is not None
        assert "Complications_and_Deaths-Hospital.csv" in screen_text(app)
        await press(pilot, "escape", "left", "e")
        assert "Marquette Lakes Orthopedic" in screen_text(app)
        await press(pilot, "escape", "escape")
        assert app.focused is center_list(app)


async def test_the_mouse_takes_a_column_in_hand() -> None:
    app = desk()
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await press(pilot, "c")
        await pilot.click(CompareTable, offset=(60, 1))
        await settle(pilot)
        assert compare_screen(app).in_hand == 1


async def test_enter_refers_to_the_column_in_hand_where_the_mode_refers() -> None:
    asked = []
    app = desk()
    app.open_referral_form = lambda call, center: asked.append(center.facility.id)  # type: ignore[method-assign]
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await press(pilot, "c", "right", "enter")
    assert asked == ["f-adalbert"]
    other = desk(mode=HR)
    async with other.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await press(pilot, "c", "enter")
        assert compare_screen(other)


async def test_a_kiosk_compares_without_contract_prices() -> None:
    directory = FakeDirectory()
    app = desk(directory, mode=PUBLIC)
    async with app.run_test(size=(80, 120)) as pilot:
        await to_offer(pilot)
        await press(pilot, "c")
        text = screen_text(app)
        assert "ask the CoE desk" in text
        assert "$24,100" not in text
        question = [asked for name, asked in directory.calls if name == "find_centers"][-1]
        assert isinstance(question, Question)
        assert not question.show_contract_price


async def test_hostile_names_break_neither_columns_nor_plot() -> None:
    centers = tuple(
        a_center(name=name, id=f"f-{at}", rank=at + 1, rank_range=(at + 1, at + 1))
        for at, name in enumerate(HOSTILE_NAMES[:10])
    )
    app = desk(FakeDirectory(centers=centers))
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await press(pilot, "x", "down", "x", "down", "x", "c")
        assert compare_screen(app)
        await press(pilot, "escape", "v", "right")
        assert plot_screen(app)


@pytest.mark.parametrize("width", [60, 80, 120, 200])
async def test_no_line_of_the_columns_is_wider_than_the_screen(width: int) -> None:
    found = await priced().compare(("f-marquette", "f-adalbert", "f-cedar"), a_question())
    table = rows_of(found, str)
    assert max(cell_len(line.plain) for line in draw_rows(table, width, 1)) <= width


async def test_the_plot_draws_one_kind_at_a_time_and_lists_what_it_cannot_draw() -> None:
    app = desk(priced())
    async with app.run_test(size=WIDE) as pilot:
        await to_offer(pilot)
        await press(pilot, "v")
        panel = app.screen.query_one(Plot).panel
        assert panel is not None
        assert [point.center.facility.id for point in panel.points] == ["f-marquette", "f-adalbert"]
        text = screen_text(app)
        assert "contract bundle, all-in" in text
        assert "not drawn · 6" in text
        assert "Not enough public data" in text


async def test_walking_goes_on_to_the_next_kind_and_to_those_not_drawn() -> None:
    app = desk(priced())
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await press(pilot, "v", "right", "right")
        panel = app.screen.query_one(Plot).panel
        assert panel is not None
        assert {point.center.price.kind for point in panel.points} == {"posted_negotiated"}
        assert plot_screen(app).in_hand.center.facility.id == "f-prairie"
        await press(pilot, "right", "right")
        assert "not drawn: No price available" in screen_text(app)
        await press(pilot, "left", "left", "left", "left")
        assert plot_screen(app).in_hand.center.facility.id == "f-marquette"


async def test_a_cheap_center_says_why_it_ranks_low_and_enter_takes_it_in_hand() -> None:
    app = desk(priced())
    async with app.run_test(size=WIDE) as pilot:
        await to_offer(pilot)
        await press(pilot, "v", "right", "right")
        text = screen_text(app)
        assert "Cheaper than some ranked higher, but ranked 7: partly checked" in text
        assert "A price never changes the order." in text
        await press(pilot, "enter")
        in_hand = app.screen.query_one(OfferTable).in_hand
        assert in_hand is not None
        assert in_hand.facility.id == "f-prairie"


async def test_a_click_on_plot_or_list_takes_a_center() -> None:
    app = desk(priced())
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await press(pilot, "v")
        await pilot.click(Plot, offset=(70, 3))
        assert plot_screen(app).in_hand.center.facility.id == "f-adalbert"
        await pilot.click(PlotList, offset=(45, 1))
        assert plot_screen(app).in_hand.center.facility.id == "f-prairie"
