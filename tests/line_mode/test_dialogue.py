"""The dialogue in lines: every question is asked, every answer is heard in both languages, nothing is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from navigator import ticket
from navigator.line_mode import dialogue, menu, turns
from navigator.line_mode.answers import Answers
from navigator.line_mode.state import State, Turn
from navigator.program.model import load_program
from provider_directory.errors import EditionProblem
from provider_directory.testing import FakeDirectory

ON = date(2026, 11, 22)
PROGRAMS = ("brewline-foods", "copperline-rail", "harborlight-schools")


@pytest.fixture(scope="module")
def answers(demonstration_programs: Path) -> Answers:
    """Give answers over the showpiece centers, with the programs of the demonstration."""
    return Answers(FakeDirectory(), [load_program(name, demonstration_programs) for name in PROGRAMS], ON)


def after(answers: Answers, typed: Iterable[str], state: State | None = None) -> State:
    state = State() if state is None else state
    for text in typed:
        state = dialogue.answered(state, text, answers)
    return state


def heard(answers: Answers, *typed: str, state: State | None = None) -> Turn:
    return turns.turn(after(answers, typed, state), answers)


TO_CENTERS = ("knee", "1", "3", "53202")
"""The first program, its plan not known."""


def test_it_asks_what_whose_which_plan_and_where_and_gives_three_centers(answers: Answers) -> None:
    asked = [turns.turn(after(answers, TO_CENTERS[:count]), answers) for count in range(5)]
    assert [each.prompt.split()[0] for each in asked] == ["What", "Whose", "Which", "Where?", "What"]
    assert asked[1].choices == (
        "Brewline Foods",
        "Copperline Rail",
        "Harborlight Schools",
        "None of these, or not sure",
    )
    assert "A red, hot, swollen joint with fever." in asked[1].lines
    assert asked[2].choices == ("PPO", "HSA plan", "Not sure")
    numbered = [line for line in asked[4].lines if line[0].isdigit()]
    assert numbered[0] == "1. Marquette Lakes Orthopedic, 4.1 miles."
    assert [line[:2] for line in numbered] == ["1.", "2.", "3."]
    assert any("the plan shows $0 with PPO and up to $3,400 with HSA plan" in line for line in asked[4].lines)
    assert asked[4].choices[0] == "Why a center is named here"


def test_words_and_places_that_may_mean_several_are_asked_by_number_or_said_anew(answers: Answers) -> None:
    bypass = heard(answers, "bypass")
    assert bypass.choices == ("Heart bypass surgery", "Gastric bypass", "None of these")
    assert after(answers, ["bypass", "3"]).asks == "words"
    assert after(answers, ["bypass", "new knee"]).procedure is not None
    springfield = after(answers, ["knee", "4", "Springfield"])
    assert turns.turn(springfield, answers).choices[0] == "Springfield, Illinois"
    assert after(answers, ["2"], springfield).answered is not None
    assert after(answers, ["4"], springfield).asks == "place"
    assert after(answers, ["53202"], springfield).answered is not None


@pytest.mark.parametrize(
    ("typed", "asks", "said"),
    [
        (["xylophone"], "words", 'No procedure fits "xylophone".'),
        (["knee", "4", "Nowhere"], "place", 'No city "Nowhere" is known.'),
        (["knee", "7"], "program", "That is none of the numbers."),
        (["knee", "1", "PPO"], "option", "That is none of the numbers."),
        ([*TO_CENTERS, "99"], "menu", "That is none of the numbers."),
    ],
)
def test_what_is_not_understood_is_told_and_asked_again(
    answers: Answers, typed: list[str], asks: str, said: str
) -> None:
    state = after(answers, typed)
    assert state.asks == asks
    assert said in turns.turn(state, answers).lines
    assert "{" not in " ".join(heard(answers, "es", state=state).lines)


def test_every_page_is_said_in_both_languages_and_a_switch_keeps_everything(answers: Answers) -> None:
    there = after(answers, TO_CENTERS)
    assert there.answered is not None
    for number, item in enumerate(menu.items(there.answered), 1):
        if item.act not in ("center", "pair", "page"):
            continue
        choices = {"center": ["2"], "pair": ["1"]}.get(item.act, [])
        page = after(answers, [str(number), *choices], there)
        spanish = after(answers, ["español"], page)
        assert replace(spanish, language="en") == page
        one, other = turns.turn(page, answers), turns.turn(spanish, answers)
        assert (one.lines or one.sheet) != (other.lines or other.sheet)
        assert one.prompt != other.prompt
        assert page.asks == "menu"
    assert after(answers, [f"{len(menu.items(there.answered)) - 2}"], there).language == "es"


def test_a_menu_number_may_bring_the_center_with_it(answers: Answers) -> None:
    assert after(answers, [*TO_CENTERS, "1 3"]).page == ("why", 2, 0)
    assert turns.turn(after(answers, [*TO_CENTERS, "1"]), answers).prompt == "Which center? Give a number."


def test_another_place_and_a_new_question_keep_program_and_plan(answers: Answers) -> None:
    there = after(answers, TO_CENTERS)
    assert there.answered is not None
    numbers = {item.act: str(number) for number, item in enumerate(menu.items(there.answered), 1)}
    elsewhere = after(answers, [numbers["place"], "Springfield", "1"], there)
    assert elsewhere.answered is not None
    assert elsewhere.answered.offer.place.label == "Springfield, IL"
    again = after(answers, [numbers["new"], "knee"], there)
    assert (again.asks, again.program, again.option_settled) == ("place", there.program, True)


def test_red_flags_bring_the_safety_card_first_and_words_of_suicide_988(answers: Answers) -> None:
    card = after(answers, ["chest pain and a bad knee"])
    assert card.asks == "safety"
    assert after(answers, ["1"], card).procedure is not None
    assert "Please call 911 now." in heard(answers, "2", state=card).lines
    assert after(answers, ["dolor de pecho", "1"]).asks == "words"
    for asked in ((), ("knee",), TO_CENTERS):
        state = after(answers, [*asked, "I want to kill myself"])
        assert state.asks == after(answers, asked).asks
        assert "You can call or text 988 at any hour, free." in turns.turn(state, answers).lines


def test_a_ticket_opens_the_same_question_in_its_language(answers: Answers) -> None:
    there = after(answers, TO_CENTERS)
    assert there.answered is not None
    code = there.answered.ticket("es")
    assert code == ticket.written(ticket.Ticket(1, "53202", "es", 0))
    opened = after(answers, [f"{code[:4].lower()} {code[4:]}"], after(answers, ["new"], there))
    assert opened.language == "es"
    assert opened.answered is not None
    assert opened.answered.offer == there.answered.offer
    city = after(answers, ["knee", "4", "Springfield", "1"]).answered
    assert city is not None
    assert city.ticket("en") is None


def test_a_directory_that_cannot_answer_says_so_and_asks_on(demonstration_programs: Path) -> None:
    broken = Answers(FakeDirectory(fail_with=EditionProblem("The edition is damaged.", "Restore it.")), (), ON)
    state = after(broken, ["knee"])
    assert state.asks == "words"
    assert turns.turn(state, broken).lines == ("The edition is damaged.", "Restore it.")
    assert heard(broken, "es", state=state).lines == ("Esto no se puede responder ahora.",)


TYPED = st.sampled_from(
    ["knee", "bypass", "1", "2", "3", "4", "5", "9", "12", "1 2", "2 9", "", "53202", "Springfield", "es", "en", "new"]
) | st.text(max_size=20)


@hypothesis_settings(max_examples=60)
@given(st.lists(TYPED, max_size=12))
def test_whatever_is_typed_the_next_turn_asks_or_ends(answers: Answers, typed: list[str]) -> None:
    state = State()
    for text in typed:
        state = dialogue.answered(state, text, answers)
        turn = turns.turn(state, answers)
        assert bool(turn.prompt) == (state.asks != "end")
        assert all(line.strip() for line in turn.lines)
        assert dialogue.answered(state, "again", answers) == state
    assert heard(answers, "quit", state=state).prompt == ""
