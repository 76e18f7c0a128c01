"""One answer, many faces: the app, the kiosk, line mode, `coe find` and the HR card name the same centers, in the same
order, with the same figures and the same words of contract, quality and cost."""

from __future__ import annotations

import asyncio
import itertools
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from navigator.cli import text_answers
from navigator.cli.rules_in_answers import ruled_offer
from navigator.hr import center_cards
from navigator.hr.desk import Facts, HrDesk, open_desk
from navigator.hr.questions import questions
from navigator.kiosk import said as kiosk_said
from navigator.languages import spoken
from navigator.languages.translating import translator
from navigator.line_mode import said
from navigator.line_mode.answers import Answered, Answers, Asked
from navigator.program import in_call
from navigator.program.gathering import question_under
from navigator.program.member import MemberFacts
from navigator.program.model import Program, load_program
from navigator.widgets import card_words, offer_cells, phrases
from provider_directory.catalog import load
from provider_directory.embedded import EmbeddedDirectory
from provider_directory.models import Center, Offer, Question
from provider_directory.spoken import without_price

ON = date(2026, 11, 22)
PLACES = ("53202", "Chicago, IL", "Hilo, HI", "10027", "Milwaukee brewery")
PROGRAMS = ("brewline-foods", None, "copperline-rail", "harborlight-schools")
_DAY = re.compile(r"\d{4}-\d\d-\d\d|[A-Z][a-z]{2} \d{1,2}, \d{4}")
_SENTENCE_END = re.compile(r"(?<=\.) +")
STEP = 11
SAID = 6
WIDE = 146


class Faces(NamedTuple):
    """One question as each face has it answered."""

    lines: Answered
    kiosk: Answered
    found: Offer
    desk: Offer
    hr: tuple[tuple[str, ...], ...]
    """Center, miles, credential and what the member pays."""


@pytest.fixture(scope="module")
def faces(demonstration_edition: Path, demonstration_programs: Path) -> Iterator[list[Faces]]:
    """Give answers for places, programs and procedures of the catalogue, each by turns."""
    directory = EmbeddedDirectory(demonstration_edition)
    programs = [load_program(name, demonstration_programs) if name else None for name in PROGRAMS]
    answers = Answers(directory, [], ON)
    desks = [asyncio.run(open_desk(directory, program, ON)) for program in programs]
    turns = zip(itertools.cycle(PLACES), itertools.cycle(zip(programs, desks, strict=True)), strict=False)
    answered = []
    for procedure, (place, (program, desk)) in zip(load().procedures[::STEP], turns, strict=False):
        if place == PLACES[-1] and program is not programs[0]:
            place = PLACES[0]  # the brewery is the first employer's
        answered.append(answered_by_all(answers, directory, procedure.id, place, program, desk))
    yield answered
    directory.close()


def answered_by_all(
    answers: Answers, directory: EmbeddedDirectory, key: str, named: str, program: Program | None, desk: HrDesk
) -> Faces:
    procedure, place = answers.procedure(key), answers.locate(named, program)
    question = Question(procedure=key, place=place, on=ON)
    if program:
        question = question_under(program, key, place, ON, None)
    question = question.model_copy(update={"limit": SAID})
    offer = asyncio.run(directory.find_centers(question))
    found, desk_offer = offer, offer
    if program:
        found, _ruled = ruled_offer(directory, offer, question, program, MemberFacts(), with_answer=False)
        around = asyncio.run(in_call.surroundings(directory, question, offer))
        desk_offer = in_call.paid(offer, around, question, procedure, in_call.rules_of(program).rules, None)
    near = next(each for each in questions() if each.id == "centers-near")
    card = asyncio.run(center_cards.centers_near(desk, near, Facts({"procedure": key, "place": named})))
    return Faces(
        answers.answer(Asked(procedure, place, program, None, limit=SAID)),
        answers.answer(Asked(procedure, place, program, None, show_contract_price=False)),
        found,
        desk_offer,
        card.tables[0].rows if card.tables else (),
    )


def but_price(center: Center) -> Center:
    """Leave out a contract's price, which no public screen shows, and what is reckoned from it."""
    if center.credential.state != "CONTRACT":
        return center
    return center.model_copy(update={"price": None, "you_pay": None, "spoken": without_price(center.spoken)})


def undated(words: str) -> str:
    """Leave out days, which JSON writes by ISO and a screen in words."""
    return _DAY.sub("", words).strip()


def test_every_face_names_the_same_centers_in_the_same_order_with_the_same_figures(faces: list[Faces]) -> None:
    for face in faces:
        assert face.lines.offer == face.found
        shown = face.found.centers[: len(face.kiosk.offer.centers)]
        assert list(map(but_price, face.kiosk.offer.centers)) == list(map(but_price, shown))
        assert face.desk.centers == face.found.centers
        # The HR card puts the nearest under contract first where none lies in reach.
        reach = face.found.no_contract_in_reach
        far = {center.facility.name for center in reach.nearest} if reach else set()
        near = [row for row in face.hr if row[0] not in far]
        rows = [
            (each.facility.name, phrases.miles_of(each), undated(each.credential.label), each.you_pay or "not known")
            for each in face.found.centers
            if each.facility.name not in far
        ]
        both = min(len(near), len(rows))
        assert both
        assert [tuple(map(undated, row)) for row in near[:both]] == rows[:both]


def test_every_face_says_contract_quality_and_cost_in_the_same_words(faces: list[Faces]) -> None:
    english = translator("en")
    for face in faces:
        program = face.lines.asked.program is not None
        for at, center in enumerate(face.found.centers):
            standing, label = spoken.standing(english, center, program), undated(center.credential.label)
            assert center.spoken.startswith(standing)
            assert standing in list(said.center_lines(english, face.lines, at, center))
            assert undated(text_answers._row(center)[4]) == label
            wide = offer_cells.columns_for(WIDE, face.desk.centers, program)
            row = offer_cells.center_line(center, wide, WIDE).plain
            # However much room the column has, the words are those of the label.
            assert any(phrases.credential_words(center.credential, cells) in row for cells in range(12, 40))
            whole = " ".join(each.plain for each in card_words.why_lines(center, None))
            assert label in whole
            if center.score:
                assert center.score.label in whole
                assert center.score.label.lower() in " ".join(said.why_lines(english, face.lines, at)).lower()
                assert (
                    f"{center.score.value} ({center.score.low} to {center.score.high})" == text_answers._row(center)[5]
                )


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_kiosk_and_line_mode_say_the_same_sentences(faces: list[Faces], language: str) -> None:
    say = translator("es" if language == "es" else "en")
    for face in faces:
        heard = list(said.offer_lines(say, face.lines))
        for note in kiosk_said.note_lines(say, face.kiosk):
            assert note in heard
        for at in range(len(face.kiosk.offer.centers)):
            where, standing, _pays = kiosk_said.center_lines(say, face.kiosk, at)
            assert f"{at + 1}. {where}." in heard
            assert standing in heard
            why = " ".join(said.why_lines(say, face.lines, at))
            unsaid = say("No figure about patients of this care is public.")
            sentences = _SENTENCE_END.split(" ".join(kiosk_said.why_lines(say, face.kiosk, at)).replace(unsaid, ""))
            assert [each for each in sentences if each.strip() not in why] == []
