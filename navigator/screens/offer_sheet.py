"""The offer sheet: two or three centers on one page for somebody who wants to think; it makes no referral."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on

from navigator import letter_lookups
from navigator.languages.translating import Language
from navigator.letter_lookups import SheetAnswered
from navigator.letters.offer_sheet import MOST, offer_sheet
from navigator.screens.paper import LANGUAGE_NAMES, PaperScreen

if TYPE_CHECKING:
    from navigator.letters.letter import Letter
    from navigator.program.gathering import Surroundings
    from navigator.program.member import MemberFacts
    from navigator.program.rule_answer import RuleAnswer
    from navigator.screens.call_state import CallState
    from provider_directory.models import Center, Offer, Procedure, Question

_LEFT = {"save": "saved", "print": "printed", "copy": "copied"}


@dataclass(frozen=True)
class SheetAsked:
    """Which centers of which offer; the facts of the member decide the amounts, and stand nowhere."""

    offer: Offer
    question: Question
    procedure: Procedure
    centers: tuple[Center, ...]
    around: Surroundings | None
    facts: MemberFacts | None


def sheet_asked(state: CallState, marked: tuple[Center, ...]) -> SheetAsked | None:
    """Give the sheet of the marked centers of a call, else of the first three; None where it shows no center.

    To who may hear nothing of plan and cost it says nothing of them.
    """
    offer, question, procedure = state.offer, state.question, state.procedure
    if offer is None or question is None or procedure is None or not offer.centers:
        return None
    around = state.around if state.tells_cost else None
    return SheetAsked(offer, question, procedure, marked or offer.centers[:MOST], around, state.facts_told)


class OfferSheetScreen(PaperScreen[None]):
    """Shows the sheet; ``given`` is told in words that it was handed out, for the notes of the case."""

    def __init__(self, asked: SheetAsked, language: Language, given: Callable[[str], None] | None) -> None:
        super().__init__(language)
        self._asked = asked
        self._given = given
        self._answers: tuple[RuleAnswer, ...] | None = None
        self._told: set[tuple[str, Language]] = set()

    def on_mount(self) -> None:
        """Ask the rules about the centers."""
        super().on_mount()
        asked, program = self._asked, self.desk.program
        letter_lookups.answer_sheet(
            self, program, asked.centers, asked.question, asked.procedure, asked.around, asked.facts
        )

    @on(SheetAnswered)
    def _answered(self, event: SheetAnswered) -> None:
        event.stop()
        self._answers = event.answers
        self.draw_letter()

    @property
    def title_words(self) -> str:
        """Say which paper this is."""
        return "Offer sheet"

    def made(self) -> Letter | None:
        """Give the sheet."""
        if self._answers is None:
            return None
        ids = [center.facility.id for center in self._asked.centers]
        return offer_sheet(self._asked.offer, ids, self._answers, self.desk.program, self.language)

    def handed_out(self, way: str, letter: Letter | None) -> str:
        """Note once that it was given in this way and language."""
        language = letter.page.language if letter else self.language
        if self._given and (way, language) not in self._told:
            self._told.add((way, language))
            names = ", ".join(center.facility.name for center in self._asked.centers)
            self._given(f"Offer sheet in {LANGUAGE_NAMES[language]}, {_LEFT[way]}: {names}.")
        return ""
