"""Words of data are words on every screen: shown as they are, clicked without effect, cut to a bound (TRUST S1, 3, 18).

One app is walked through all screens once; the tests ask what was seen there.
"""

from __future__ import annotations

import ast
import asyncio
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from evil_screens import acting_cells, every_screen, evil_app, sinks
from evil_words import MARKUP
from pilot_desk import settle
from textual._compositor import Compositor
from textual.command import CommandPalette
from textual.events import MouseDown, MouseEvent, MouseUp, Paste
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import OptionList

import navigator
from navigator import actions
from navigator.app import CoeApp
from navigator.kiosk.flow import Act
from navigator.screens.idle import IdleCountdown
from navigator.widgets.notice import Notice
from navigator.widgets.stepper import Stepper
from navigator.widgets.text_box import TextBox
from navigator.widgets.tile import Tile

pytestmark = pytest.mark.costly_fixture
SIZE = (120, 40)
LONG = cycle(
    (
        "x" * 100_000,
        "👩\u200d⚕️" * 25_000,
        "e" + "\u0316\u0301" * 50_000,
        "\u05d0\u05d1 " * 33_000,
        "knee [/] \x1b[2J\n" * 7_000,
        "1" * 100_000,
    )
)
"""One word, emoji, marks, right to left, escapes on many lines, digits."""
ROWS_CLICKED = 2
"""Of one kind, that lead on: each opens what the one before does."""
BY_PLACE = frozenset({"ChoiceLine", "CompareTable", "KeyLine", "Plot", "PlotList"})
"""Widgets that ask where they are clicked."""
BY_LINE = frozenset({"ChoiceLine", "PlotList"})
"""Those that ask in which line, too."""
BOX_SCREENS = frozenset(
    {"start", "identify", "ask", "wrap", "lock", "form", "step", "gates", "hr", "hr form", "staff", "welcome"}
)
NAMED = """
start: header | places: choice-title | places: choice-list rows
offer: place value | offer: notice | offer: offer-list rows | cards: HangingLines
evidence: ladder-title | evidence: ladder rows | evidence: rung-detail
price: ladder-title | price: ladder rows | price: rung-detail
rule: ladder-title | rule: rule-notice | rule: ladder rows | rule: rung-detail
compare: compare-title | compare: compare-notice | compare: compare-table
plot: plot-title | plot: plot-list | gates: gates-head | gates: HangingLines
pick: Static | pick: picks rows | ask: Static | ask: answer hint
identify: identify-notice | identify: identify-rows rows | identify: identify-lines | safety: safety-lines
calls: calls-notice | calls: list-rows rows | case: Static | lock: lock-words | form: form-notice
referrals: list-notice | referrals: list-rows rows | referral: page-notice
referral: page-lines | step: form-notice | transfer: page-notice | transfer: transfer-lines
letters: paper-notice | letters: paper-page | sheet: paper-notice | sheet: paper-page | welcome: welcome-notice
hr: hr-notice | hr form: hr-notice | hr card: hr-title | hr card: hr-card-text | hr card: hr-notice
kiosk words: kiosk-box value | kiosk centers: kiosk-title | kiosk centers: kiosk-lines
kiosk ticket: kiosk-lines
"""
SINKS = frozenset(each.strip() for each in NAMED.replace("\n", "|").split("|") if each.strip())


@dataclass
class Walked:
    """What was seen on the way through all screens."""

    screens: list[str] = field(default_factory=list)
    shown: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Words that stand whole in a place, by place."""
    styled: list[str] = field(default_factory=list)
    """Places whose text has a style with a link or an action."""
    acting: list[str] = field(default_factory=list)
    """Cells with a link, an action or a control character."""
    ran: set[str] = field(default_factory=set)
    boxes: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    """Letters, most letters and what the screen said after a long paste, by box."""
    clicked: int = 0
    cells: int = 0
    asked: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """What clicks asked for that would lead on: rows by number, tiles by what they hold, keys of the line of keys."""
    files: set[str] = field(default_factory=set)
    """Those that were not there before."""
    runs_still: bool = False
    clipboard: str = ""


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """Walk through all screens, look at all texts and cells, paste into all boxes, and click on all that is there."""
    folder = tmp_path_factory.mktemp("evil")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("COE_HOME", str(folder))
        patched.setattr(
            Compositor, "render_update", lambda *_drawn, **_more: None
        )  # cells are read where they are asked
        return asyncio.run(_walk(folder))


async def _walk(folder: Path) -> Walked:
    app, seen = evil_app(folder, MARKUP), Walked()
    _record_actions(app, seen)
    before = _files(folder)
    async with app.run_test(size=SIZE) as pilot:
        async for name in every_screen(pilot, MARKUP):
            seen.screens.append(name)
            _read_texts(app, name, seen)
            _read_cells(app, name, seen)
            if name in BOX_SCREENS or name == "kiosk words":
                await _paste(pilot, name, seen)
            if name != "cards":
                await _click(pilot, name, seen)
        seen.runs_still = app.is_running
        seen.clipboard = app.clipboard
    seen.files = _files(folder) - before
    return seen


def _files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def _record_actions(app: CoeApp, seen: Walked) -> None:
    run = app.run_action

    async def recorded(action: Any, *rest: Any, **more: Any) -> bool:
        seen.ran.add(str(action).partition("(")[0].rpartition(".")[2])
        return bool(await run(action, *rest, **more))

    app.run_action = recorded  # type: ignore[method-assign]


def _read_texts(app: CoeApp, name: str, seen: Walked) -> None:
    for said in sinks(app, name):
        letters = "".join(said.shown.plain.split())
        seen.shown[said.sink] |= {words for words in MARKUP if "".join(words.split()) in letters}
        for span in said.shown.spans:
            if any(sign in str(span.style) for sign in ("@click", "link", "http")):
                seen.styled.append(f"{said.sink}: {span.style}")


def _read_cells(app: CoeApp, name: str, seen: Walked) -> None:
    seen.acting += [f"{name}, {cell}" for cell in acting_cells(app)]


async def _paste(pilot: Pilot[int], name: str, seen: Walked) -> None:
    screen = pilot.app.screen
    for box in screen.query(TextBox):
        if not box.display:
            continue
        before = box.value
        for text in (next(LONG) for _ in range(6 if box.id in ("words", "look-up", "hr-search", "kiosk-box") else 1)):
            box.value = ""
            box.post_message(Paste(text))
            await pilot.pause()
            notices = [str(each.visual) for each in screen.query(Notice)] + [
                str(each.render()) for each in screen.query("#kiosk-fault")
            ]
            seen.boxes[f"{name}: {box.id or box.parent.id if box.parent else ''} {text[:3]!r}"] = (
                len(box.value),
                box.max_length or 0,
                " ".join(notices),
            )
        box.value = before
    await settle(pilot)


async def _click(pilot: Pilot[int], name: str, seen: Walked) -> None:
    """Click on every piece of the screen, what it asks for written down and not done; then let a few lead on."""
    app = pilot.app
    assert isinstance(app, CoeApp)
    target = app.screen
    places, stepped = _pieces(target, seen), [(each, each.value) for each in target.query(Stepper)]
    with pytest.MonkeyPatch.context() as patched:
        _write_down(patched, app, seen)
        await _click_at(pilot, [at for _widget, at in places], seen)
        assert app.screen is target or isinstance(target, IdleCountdown | CommandPalette), (
            "the clicks after it went elsewhere"
        )
    for stepper, value in stepped:  # a click took the next one: another radius finds other centers
        stepper.take(value)
    kinds: Counter[str] = Counter()
    leading = []
    for widget, at in places:
        kinds[type(widget).__name__] += isinstance(widget, OptionList | Tile)
        if 0 < kinds[type(widget).__name__] <= ROWS_CLICKED:
            leading.append(at)
    if leading and app.screen is target:
        await _click_at(pilot, leading, seen)
        _read_cells(app, f"behind {name}", seen)
    while target in app.screen_stack and app.screen is not target:
        await app.pop_screen()


def _pieces(screen: Screen[Any], seen: Walked) -> list[tuple[Widget, tuple[int, int]]]:
    """Give a cell of every piece: cells of one widget that a click cannot tell apart.

    A widget is told what its style holds there; the line and the column are read by those of ``BY_PLACE`` alone, of
    which every run of letters is a piece of its own.
    """
    places: dict[tuple[object, ...], tuple[Widget, tuple[int, int]]] = {}
    for y, strip in enumerate(screen._compositor.render_strips()):
        x = 0
        for segment in strip:
            if segment.cell_length:
                widget, _region = screen.get_widget_at(x, y)
                last, _region = screen.get_widget_at(x + segment.cell_length - 1, y)
                assert last is widget, "a run of letters lies in one widget"
                kind, meta = type(widget).__name__, dict(segment.style.meta if segment.style else {})
                meta.pop("offset", None)  # where a selection of letters would begin
                where = (x if kind in BY_PLACE else None, y if kind in BY_LINE else None)
                places.setdefault((widget, str(meta), where), (widget, (x, y)))
                seen.cells += segment.cell_length
            x += segment.cell_length
    return sorted(places.values(), key=lambda piece: piece[0] is screen)  # beside all of it last: some leave by that


def _write_down(patched: pytest.MonkeyPatch, app: CoeApp, seen: Walked) -> None:
    """Let what would lead to another screen or page be written down."""

    def choose(rows: OptionList) -> None:
        assert rows.highlighted is not None
        seen.asked["row"].add(str(rows.highlighted))

    def press(tile: Tile[Any]) -> None:
        seen.asked["tile"].add(type(tile.does).__name__)

    patched.setattr(OptionList, "action_select", choose)
    patched.setattr(Tile, "action_press_tile", press)
    patched.setattr(app, "simulate_key", seen.asked["key"].add)


async def _click_at(pilot: Pilot[int], cells: Iterable[tuple[int, int]], seen: Walked) -> None:
    for at in cells:
        seen.clicked += 1
        for event in _events_at(*at):
            pilot.app.post_message(event)
    await pilot.pause()
    await pilot.pause()


def _events_at(x: int, y: int) -> Iterator[MouseEvent]:
    for kind in (MouseDown, MouseUp):
        yield kind(None, x, y, 0, 0, 1, False, False, False, screen_x=x, screen_y=y)


# -- S1 ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", MARKUP)
def test_markup_is_shown_as_it_is_written_in_every_place(words: str, walked: Walked) -> None:
    assert len(SINKS) >= 40
    assert {sink for sink in SINKS if words not in walked.shown[sink]} == set()


def test_no_word_of_data_has_a_link_or_an_action(walked: Walked) -> None:
    assert walked.styled == []


# -- S3 ----------------------------------------------------------------------------------------------------------------


def test_no_cell_of_any_screen_is_a_link_an_action_or_a_control_character(walked: Walked) -> None:
    assert walked.acting == []
    assert len(walked.screens) > 40


def test_clicks_on_all_that_is_shown_ran_none_but_our_own_actions_and_wrote_nothing(walked: Walked) -> None:
    ours = {"grab", "scroll_down", "scroll_up", "submit"} | {
        each.action.partition("(")[0] for each in actions.every_action()
    }
    assert walked.cells == SIZE[0] * SIZE[1] * (len(walked.screens) - 1)
    assert walked.clicked > 1500
    assert walked.asked["tile"] == {Act.__name__}
    assert {"0", "11"} <= walked.asked["row"]
    assert walked.asked["key"] <= {key for each in actions.every_action() for key in each.keys.split(",")}
    assert walked.runs_still
    assert walked.ran - ours == set()
    assert walked.ran.isdisjoint({"leave", "quit", "screenshot", "suspend_process", "simulate_key"})
    assert {file for file in walked.files if not file.startswith("l/")} == set(), "the ledger alone is written"
    assert walked.clipboard == ""


def test_none_but_the_widgets_that_are_clicked_all_over_ask_where_they_are_clicked() -> None:
    asking: dict[str, set[str]] = defaultdict(set)
    for path in sorted(Path(navigator.__path__[0]).rglob("*.py")):
        for made in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(made, ast.ClassDef):
                for asked in re.findall(r"\bevent\.(x|y|\w*offset|screen_[xy])\b", ast.unparse(made)):
                    asking[asked].add(made.name)
    assert asking == {"x": BY_PLACE, "y": BY_LINE}


# -- S18 ---------------------------------------------------------------------------------------------------------------


def test_a_hundred_thousand_characters_pasted_into_any_box_are_cut_to_its_bound_and_that_is_said(
    walked: Walked,
) -> None:
    assert len(walked.boxes) > 30
    for box, (letters, most, said) in walked.boxes.items():
        assert letters <= most, box
        assert "fit here" in said or letters < most or "cannot be used" in said or "No question" in said, box
