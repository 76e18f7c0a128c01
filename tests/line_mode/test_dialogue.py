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
        (["knee", "1", "gold"], "option", "That is none of the numbers."),
        (["knee", "1", "1", "1"], "place", 'No city "1" is known.'),
        (["bypass", "7"], "procedure", "That is none of the numbers."),
        (["knee", "4", "Springfield", "9"], "which_place", "That is none of the numbers."),
        (["chest pain", "3"], "safety", "That is none of the numbers."),
        ([*TO_CENTERS, "compare", "1 1"], "pair", "That is none of the numbers."),
        ([*TO_CENTERS, "compare", "2 4"], "pair", "That is none of the numbers."),
        ([*TO_CENTERS, "compare 1 2 3"], "pair", "That is none of the numbers."),
        ([*TO_CENTERS, "why", "4"], "center", "That is none of the numbers."),
        (["back"], "words", "This is the first question."),
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
        choices = {"center": ["2"], "pair": ["1 and 2"]}.get(item.act, [])
        page = after(answers, [str(number), *choices], there)
        spanish = after(answers, ["español"], page)
        assert replace(spanish, language="en") == page
        one, other = turns.turn(page, answers), turns.turn(spanish, answers)
        assert (one.lines or one.sheet) != (other.lines or other.sheet)
        assert one.prompt != other.prompt
        assert page.asks == "menu"
    switch = f"{len(menu.items(there.answered)) - 2}"
    assert after(answers, [switch], there).language == "es"
    assert after(answers, [switch, switch], there).language == "en"


def test_a_menu_number_may_bring_the_center_with_it(answers: Answers) -> None:
    assert after(answers, [*TO_CENTERS, "1 3"]).page == ("why", 2, 0)
    assert turns.turn(after(answers, [*TO_CENTERS, "1"]), answers).prompt == "Which center? Give a number."


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("1 3", ("why", 2, 0)),
        ("why the second", ("why", 1, 0)),
        ("one, two please", ("why", 1, 0)),
        ("phone one", ("slow", 0, 0)),
        ("price number three.", ("price", 2, 0)),
        ("compare 1 and 3", ("compare", 0, 2)),
        ("Compare the third and the first", ("compare", 0, 2)),
        ("ticket", ("ticket", 0, 0)),
        ("", ("menu", 0, 0)),
        ("center", ("unclear", 0, 0)),
        ("no", ("unclear", 0, 0)),
        ("p", ("unclear", 0, 0)),
        ("nine nine", ("unclear", 0, 0)),
    ],
)
def test_a_line_of_the_menu_is_chosen_by_number_or_words_and_may_bring_the_center(
    answers: Answers, typed: str, page: tuple[str, int, int]
) -> None:
    items = menu.items(after(answers, TO_CENTERS).answered or pytest.fail("no answer"))
    typed = {"nine nine": f"{items.index(menu.QUIT) + 2}"}.get(typed, typed)
    assert after(answers, [*TO_CENTERS, typed]).page == page


@pytest.mark.parametrize(
    ("typed", "same_as"),
    [
        (["knee", "the first one", "PPO", "53202"], ["knee", "1", "1", "53202"]),
        (["knee", "brewline", "not sure", "53202"], ["knee", "1", "3", "53202"]),
        (["knee", "Copperline Rail.", "53202"], ["knee", "2", "53202"]),
        (["knee", "I don't know", "Springfield", "the 2nd"], ["knee", "4", "Springfield", "2"]),
        (["knee", "no", "Springfield", "Illinois"], ["knee", "4", "Springfield", "1"]),
        (["es", "bypass", "la segunda", "no sé", "53202"], ["es", "bypass", "2", "4", "53202"]),
        (["bypass", "none of these", "knee"], ["knee"]),
        (["chest pain and a bad knee", "No."], ["chest pain and a bad knee", "1"]),
        (["es", "dolor de pecho", "¡Sí!"], ["es", "dolor de pecho", "2"]),
        (["new knee", "stop"], ["new knee", "quit"]),
        (["es", *TO_CENTERS, "por qué 2, por favor"], ["es", *TO_CENTERS, "1 2"]),
    ],
)
def test_numbers_may_be_said_as_words_and_choices_by_their_names(
    answers: Answers, typed: list[str], same_as: list[str]
) -> None:
    said, numbered = after(answers, typed), after(answers, same_as)
    assert replace(said, before=None, words="") == replace(numbered, before=None, words="")


def test_words_that_begin_with_a_number_are_no_choice(answers: Answers) -> None:
    asked = after(answers, ["bypass", "two level fusion"])
    assert asked.procedure is None
    assert asked.fault is not None
    assert after(answers, ["two"], asked).procedure is not None


def test_an_empty_line_asks_the_same_again(answers: Answers) -> None:
    for asked in ((), TO_CENTERS[:1], TO_CENTERS[:2], TO_CENTERS[:3], ("bypass",)):
        state = after(answers, asked or ["xylophone"])
        again = after(answers, ["  "], state)
        assert (again.asks, again.fault) == (state.asks, None)


def test_back_leads_from_a_page_to_the_centers_and_from_question_to_question(answers: Answers) -> None:
    there = after(answers, TO_CENTERS)
    assert [after(answers, [*TO_CENTERS, *["volver"] * count]).asks for count in range(5)] == [
        *("menu", "place", "option", "program", "words")
    ]
    assert after(answers, ["why", "back"], there).page.kind == "centers"
    assert after(answers, ["why 2", "back"], there) == there
    assert after(answers, ["place", "back"], there).page.kind == "centers"
    assert after(answers, ["place", "back", "place", "53202"], there).answered == there.answered
    assert after(answers, ["new", "back"], there).procedure is None
    assert after(answers, ["bypass", "back"]).asks == "words"
    spanish = after(answers, ["es", "back"], there)
    assert (spanish.asks, spanish.language) == ("place", "es")


def test_more_centers_follow_with_their_numbers_until_there_are_none(answers: Answers) -> None:
    first = after(answers, TO_CENTERS)
    more = after(answers, ["more"], first)
    assert first.answered is not None
    assert more.answered is not None
    assert more.answered.offer.centers[:3] == first.answered.offer.centers
    names = [line.partition(",")[0] for line in turns.turn(more, answers).lines if line[:1].isdecimal()]
    assert names == [f"{at}. {center.facility.name}" for at, center in enumerate(more.answered.offer.centers, 1)][3:]
    seen = len(more.answered.offer.centers)
    while menu.MORE in menu.items(more.answered or pytest.fail("no answer")):
        more = after(answers, ["more"], more)
        assert more.answered is not None
        assert len(more.answered.offer.centers) <= menu.MOST_CENTERS
        seen = max(seen, len(more.answered.offer.centers))
    assert after(answers, [f"why {seen}"], more).page == ("why", seen - 1, 0)
    assert after(answers, ["place", "53202"], more).answered == first.answered
    few = after(answers, ["more"], more)
    assert turns.turn(few, answers).lines == ("There are no more centers within 50 miles.",)
    assert after(answers, ["español", "más"], few).page.kind == "more"
    assert after(answers, ["14"], few).page.kind == "unclear"
    ruled = turns.turn(after(answers, ["what the rule 1"], first), answers).lines
    assert not [line for line in ruled if line.startswith("Clause")], "a clause is said with what stands in it"


def test_what_can_only_mean_one_center_or_one_pair_is_not_asked(answers: Answers) -> None:
    there = after(answers, TO_CENTERS)
    answered = there.answered
    assert answered is not None

    def with_centers(count: int) -> State:
        offer = answered.offer.model_copy(update={"centers": answered.offer.centers[:count]})
        return replace(there, answered=replace(answered, offer=offer))

    assert after(answers, ["why"], with_centers(1)).page == ("why", 0, 0)
    assert after(answers, ["compare"], with_centers(1)).page.kind == "unclear"
    assert after(answers, ["compare"], with_centers(2)).page == ("compare", 0, 1)
    assert after(answers, ["why"], with_centers(2)).asks == "center"
    none = turns.turn(after(answers, [""], with_centers(0)), answers).choices
    assert none == ("Another place", "A ticket for a navigator", "En español", "A new question", "Quit")


def test_another_place_and_a_new_question_keep_program_and_plan(answers: Answers) -> None:
    there = after(answers, TO_CENTERS)
    assert there.answered is not None
    numbers = {item.act: str(number) for number, item in enumerate(menu.items(there.answered), 1)}
    elsewhere = after(answers, [numbers["place"], "Springfield", "1"], there)
    assert elsewhere.answered is not None
    assert elsewhere.answered.offer.place.label == "Springfield, IL"
    again = after(answers, [numbers["new"], "knee"], there)
    assert (again.asks, again.program, again.option_settled) == ("place", there.program, True)


def test_an_emergency_is_told_at_any_question_and_the_question_is_kept(answers: Answers) -> None:
    for asked in (
        ("knee",),
        TO_CENTERS[:2],
        TO_CENTERS[:3],
        TO_CENTERS,
        (*TO_CENTERS, "why"),
        (*TO_CENTERS, "compare"),
    ):
        state = after(answers, asked)
        stopped = after(answers, ["I have chest pain right now"], state)
        assert turns.turn(stopped, answers).lines[0] == "Please call 911 now."
        assert replace(stopped, page=state.page) == state


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


def test_a_wrong_ticket_says_what_to_do(answers: Answers) -> None:
    code = ticket.written(ticket.Ticket(1, "53202", "es", 1))
    assert after(answers, [code, "back"]).asks == "words"
    misheard = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert heard(answers, misheard).lines[0] == f'One character of the ticket "{misheard}" was misheard.'
    assert heard(answers, "es", misheard).lines == ("Esto no es un boleto. Dé otra vez sus 8 caracteres.",)
    assert after(answers, ["knee 000"]).fault is None  # words may have the form of a ticket


def test_a_directory_that_cannot_answer_says_so_and_asks_on(demonstration_programs: Path) -> None:
    broken = Answers(FakeDirectory(fail_with=EditionProblem("The edition is damaged.", "Restore it.")), (), ON)
    state = after(broken, ["knee"])
    assert state.asks == "words"
    assert turns.turn(state, broken).lines == ("The edition is damaged.", "Restore it.")
    assert heard(broken, "es", state=state).lines == ("Esto no se puede responder ahora.",)


TYPED = st.sampled_from(
    [
        "two",
        "no",
        "yes",
        "back",
        "more",
        "compare 1 2",
        "why",
        "the second one",
        "knee",
        "bypass",
        "1",
        "2",
        "3",
        "4",
        "5",
        "9",
        "12",
        "1 2",
        "2 9",
        "",
        "53202",
        "Springfield",
        "es",
        "en",
        "new",
    ]
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
