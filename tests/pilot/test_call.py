"""The call from words to the center in hand (PRODUCT "The call")."""

from __future__ import annotations

import asyncio
from datetime import date

from pilot_desk import NARROW, WIDE, call_of, center_list, desk, enter, screen_text, settle, shown, to_offer
from textual.widgets import ContentSwitcher, Input, OptionList

from navigator.app import CoeApp
from navigator.screens.evidence import EvidenceScreen
from navigator.screens.help import HelpScreen
from navigator.widgets.notice import Notice
from navigator.widgets.offer_plot import OfferPlot
from navigator.widgets.offer_table import OfferTable
from navigator.widgets.plot import Plot, PointTaken
from provider_directory.errors import EditionProblem
from provider_directory.models import Evidence, Offer, ProcedureAnswer, Question
from provider_directory.testing import FakeDirectory, a_shortlist


def part(app: CoeApp) -> str | None:
    return app.screen.query_one("#main", ContentSwitcher).current


def notice(app: CoeApp) -> str:
    return str(app.screen.query_one(Notice).visual)


async def test_sure_words_are_taken_silently_and_enter_goes_on_to_the_place() -> None:
    app = desk()
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await pilot.press(*"knee")
        await settle(pilot)
        assert call_of(app).state.procedure is not None
        assert "Total knee replacement" in shown(app, "#heard")
        await pilot.press("enter")
        await settle(pilot)
        assert app.focused is not None
        assert app.focused.id == "place"


async def test_ambiguous_words_ask_and_never_guess() -> None:
    app = desk()
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await enter(pilot, "#words", "bypass")
        assert call_of(app).state.procedure is None
        assert "Which is it?" in shown(app, "#choice-title")
        await pilot.press(*"San Diego, CA")  # typed on without a look: no letter opens anything
        await settle(pilot)
        assert call_of(app).query_one("#place", Input).value == "San Diego, CA"
        await pilot.press("ctrl+u", "shift+tab")
        await pilot.press("down", "enter")
        await settle(pilot)
        chosen = call_of(app).state.procedure
        assert chosen is not None
        assert chosen.id == "gastric-bypass"


async def test_an_enter_before_the_words_takes_no_key_from_who_types_them_after_the_place() -> None:
    directory = FakeDirectory()
    directory.matches = {"b": directory.matches["bypass"]}
    app = desk(directory)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        for keys in ("\r53202\r", "b", "ypass"):
            await pilot.press(*("enter" if key == "\r" else key for key in keys))
            await settle(pilot)
        assert app.screen.query_one("#words", Input).value == "bypass"
        assert app.screen.query_one("#words").has_focus


async def test_words_that_nothing_fits_say_what_to_do() -> None:
    app = desk()
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await enter(pilot, "#words", "zzz")
        assert "No procedure fits these words" in shown(app, "#choice-title")


async def test_the_offer_loads_by_itself_and_has_the_keys() -> None:
    directory = FakeDirectory()
    app = desk(directory)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        assert part(app) == "offer"
        assert app.focused is center_list(app)
        assert center_list(app).option_count == len(a_shortlist())
        question = next(asked for name, asked in directory.calls if name == "find_centers")
        assert isinstance(question, Question)
        assert question.alliances == ("Lakeshore Health Alliance",)
        assert question.program == "brewline-foods"
        assert question.show_contract_price


async def test_an_ambiguous_place_asks_and_the_choice_answers() -> None:
    app = desk()
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await enter(pilot, "#words", "new knee")
        await enter(pilot, "#place", "Springfield")
        assert app.screen.query_one("#choice-list", OptionList).option_count == 3
        await pilot.press("down", "enter")
        await settle(pilot)
        place = call_of(app).state.place
        assert place is not None
        assert place.label == "Springfield, MA"
        assert part(app) == "offer"


async def test_an_unknown_place_is_said_in_place_and_the_call_goes_on() -> None:
    app = desk()
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await enter(pilot, "#words", "new knee")
        await enter(pilot, "#place", "Nowhere")
        assert 'This place is not known. No city "Nowhere" is known.' in notice(app)
        await enter(pilot, "#place", "53202")
        assert part(app) == "offer"
        assert "not known" not in notice(app)


async def test_a_directory_that_fails_says_title_message_and_next_step() -> None:
    directory = FakeDirectory()
    app = desk(directory)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await enter(pilot, "#words", "new knee")
        directory.fail_with = EditionProblem("The edition is damaged.", "Publish it again.")
        await enter(pilot, "#place", "53202")
        assert "The edition cannot be opened. The edition is damaged. Publish it again." in notice(app)
        assert "Traceback" not in screen_text(app)


async def test_an_unforeseen_fault_shows_an_incident_and_no_value() -> None:
    class Broken(FakeDirectory):
        async def search_procedures(self, words: str) -> ProcedureAnswer:
            raise ValueError(f"member 078-05-1120 said {words}")

    app = desk(Broken())
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await enter(pilot, "#words", "knee")
        assert "A fault of ours. ValueError, incident" in notice(app)
        assert "078-05-1120" not in screen_text(app)


async def test_an_edition_that_cannot_be_opened_is_said_and_typing_still_works() -> None:
    def refuse(_progress: object) -> FakeDirectory:
        raise EditionProblem("There is no edition.", "Build one.")

    app = CoeApp(desk().mode, refuse)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        assert "There is no edition. Build one." in notice(app)
        await pilot.press(*"knee")
        assert call_of(app).state.words == "knee"


async def test_what_is_typed_before_the_directory_is_open_is_answered_when_it_is() -> None:
    app = desk()
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        opened, app.directory = app.directory, None
        await enter(pilot, "#words", "new knee")
        assert call_of(app).state.procedure is None
        app.directory = opened
        await settle(pilot)
        assert call_of(app).state.procedure is not None


async def test_progress_of_the_first_run_is_shown() -> None:
    app = desk()
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        app.directory = None
        app.opening = ("making the demonstration data", 0.4)
        await pilot.pause()
        assert "40% making the demonstration data" in notice(app)


async def test_a_wait_shows_itself_and_nothing_blocks() -> None:
    gate = asyncio.Event()

    class Slow(FakeDirectory):
        async def find_centers(self, question: Question) -> Offer:
            await gate.wait()
            return await super().find_centers(question)

    app = desk(Slow())
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await enter(pilot, "#words", "new knee")
        app.screen.query_one("#place").focus()
        await pilot.press(*"53202", "enter")
        for _ in range(100):
            await pilot.pause(0.02)
            if "Looking for centers" in notice(app):
                break
        assert "Looking for centers" in notice(app)
        await pilot.press("f1")
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape")
        gate.set()
        await settle(pilot)
        assert part(app) == "offer"
        assert "Looking" not in notice(app)


async def test_keys_change_radius_and_order_and_the_offer_follows() -> None:
    directory = FakeDirectory()
    app = desk(directory)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await pilot.press("minus")
        await settle(pilot)
        assert call_of(app).state.miles == 25.0
        assert center_list(app).option_count == 5
        await pilot.press("o")
        await settle(pilot)
        asked = [question for name, question in directory.calls if name == "find_centers"]
        assert isinstance(asked[-1], Question)
        assert (asked[-1].miles, asked[-1].sort) == (25.0, "distance")
        assert app.focused is center_list(app)


async def test_only_centers_outside_the_radius_are_said_to_be_so() -> None:
    app = desk(FakeDirectory(warnings=("none_within_radius",)))
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        assert "No center within 50 miles: these are the nearest." in notice(app)


async def test_a_program_without_a_roster_is_said() -> None:
    app = desk(FakeDirectory(warnings=("no_roster_of_program",)))
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        assert "has no list of centers from your plan's alliances" in " ".join(notice(app).split())


async def test_the_note_of_an_offer_is_said() -> None:
    app = desk(FakeDirectory(note="No public data rates hospitals for this procedure."))
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        assert "No public data rates hospitals" in notice(app)


async def test_any_figure_is_two_keys_from_its_source_row() -> None:
    directory = FakeDirectory()
    app = desk(directory)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        for number, measure in enumerate(directory.evidence_answer.measures, 1):
            assert measure.source is not None
            await pilot.press("e", str(number))
            await pilot.pause()
            assert isinstance(app.screen, EvidenceScreen)
            text = screen_text(app)
            assert measure.source.file in text
            assert f"row {measure.source.row:,}" in text
            assert measure.source.key in text
            assert "DEMONSTRATION" in text
            await pilot.press("escape")
            assert app.focused is center_list(app)


async def test_evidence_asked_for_before_it_is_there_opens_when_it_comes() -> None:
    gate = asyncio.Event()

    class Slow(FakeDirectory):
        async def evidence(self, facility: str, procedure: str, on: date, alliances: tuple[str, ...] = ()) -> Evidence:
            await gate.wait()
            return await super().evidence(facility, procedure, on, alliances)

    app = desk(Slow())
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await enter(pilot, "#words", "new knee")
        app.screen.query_one("#place").focus()
        await pilot.press(*"53202", "enter", "e")
        await pilot.pause()
        assert not isinstance(app.screen, EvidenceScreen)
        gate.set()
        await settle(pilot)
        assert isinstance(app.screen, EvidenceScreen)


async def test_score_price_and_credential_are_two_keys_away() -> None:
    app = desk()
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await pilot.press("e")
        for key, words in (("s", "100 × Φ(Z / sigma)"), ("p", "roster-lakeshore.csv, row 2"), ("c", "judged")):
            await pilot.press(key)
            await pilot.pause()
            assert words in screen_text(app)


async def test_a_new_call_keeps_nothing_of_the_one_before() -> None:
    app = desk()
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await pilot.press("f5")
        await settle(pilot)
        assert call_of(app).state.place is None
        assert "53202" not in screen_text(app)
        assert "DEMONSTRATION" in screen_text(app)


async def test_slash_goes_back_to_the_words_and_typing_replaces_them() -> None:
    app = desk()
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await pilot.press("slash", *"bypass")
        await settle(pilot)
        assert call_of(app).state.words == "bypass"
        assert call_of(app).state.procedure is None
        assert part(app) == "choices"


async def test_no_center_of_another_place_stands_beside_a_place_that_is_not_known() -> None:
    app = desk()
    async with app.run_test(size=WIDE) as pilot:
        await to_offer(pilot)
        await enter(pilot, "#place", "Zzyzxq")
        assert call_of(app).state.offer is None
        assert part(app) != "offer"
        await pilot.press("escape", "enter")
        await settle(pilot)
        assert call_of(app).state.offer is None
        await enter(pilot, "#place", "53202")
        assert part(app) == "offer"


async def test_the_place_takes_no_key_from_whoever_has_gone_back_to_the_words() -> None:
    app = desk()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await enter(pilot, "#words", "new knee")
        place = app.screen.query_one("#place", Input)
        place.focus()
        place.value = "53202"
        await pilot.press("f3")
        await settle(pilot)
        assert app.focused is not None
        assert app.focused.id == "words"


async def test_on_a_tall_screen_the_plot_under_the_cards_follows_the_center_in_hand() -> None:
    app = desk()
    async with app.run_test(size=(200, 60)) as pilot:
        await to_offer(pilot)
        plot = app.screen.query_one(OfferPlot)
        assert plot.display
        first = plot.query_one(Plot).in_hand
        await pilot.press("down")
        await settle(pilot)
        second = plot.query_one(Plot).in_hand
        assert second != first
        in_hand = app.screen.query_one(OfferTable).in_hand
        assert in_hand is not None
        assert plot.facility_of(second) == in_hand.facility.id
        plot.query_one(Plot).post_message(PointTaken(first))
        await settle(pilot)
        assert plot.query_one(Plot).in_hand == first


async def test_a_screen_of_the_usual_height_keeps_its_lines_for_the_cards() -> None:
    app = desk()
    async with app.run_test(size=WIDE) as pilot:
        await to_offer(pilot)
        assert not app.screen.query_one(OfferPlot).display
