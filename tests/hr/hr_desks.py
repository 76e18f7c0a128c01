"""The HR desk over the demonstration, as the tests of its cards open it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from navigator.hr.answering import answered
from navigator.hr.card import AnswerCard
from navigator.hr.desk import HrDesk, open_desk
from navigator.hr.questions import question_of
from navigator.program.model import load_program
from provider_directory.opening import open_directory

TODAY = date(2026, 11, 22)
Ask = Callable[..., AnswerCard]


@pytest.fixture(scope="module")
def ask(demonstration_edition: Path, demonstration_programs: Path, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Give a function that answers a question by its id, at an invented employer, with facts as typed."""
    directory = open_directory(demonstration_edition)
    folder = tmp_path_factory.mktemp("hr")
    desks: dict[str, HrDesk] = {}

    async def card(question_id: str, program: str, facts: dict[str, str]) -> AnswerCard:
        if program not in desks:
            chosen = load_program(program, demonstration_programs) if program else None
            usage, gaps = folder / f"{Path(program).stem}.json", folder / "gaps.csv"
            desks[program] = await open_desk(directory, chosen, TODAY, gaps, usage)
        return await answered(desks[program], question_of(question_id), facts)

    def asked(question_id: str, program: str = "brewline-foods", **facts: str) -> AnswerCard:
        return asyncio.run(card(question_id, program, facts))

    return asked
