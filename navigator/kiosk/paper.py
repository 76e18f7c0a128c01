"""The page that a kiosk prints: the offer sheet with the ticket on it; nothing about a person, no file on the way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from navigator import files_out
from navigator.languages.translating import Language, translator
from navigator.letters.letter import Letter, to_print
from navigator.letters.offer_sheet import offer_sheet
from navigator.ticket import grouped, spelled

if TYPE_CHECKING:
    from navigator.line_mode.answers import Answered


def paper_of(answered: Answered, language: Language) -> Letter:
    """Give the page; where the place is a ZIP it bears the ticket, also as a code for a phone."""
    say = translator(language)
    answers = [answer for answer in answered.rules if answer]
    sheet = offer_sheet(answered.offer, (), answers, answered.asked.program, language)
    code = answered.ticket(language)
    if code is None:
        return sheet
    page = replace(
        sheet.page,
        number=grouped(code),
        spelled=spelled(code),
        number_label=say("Ticket"),
        qr_words=say("The ticket as a code for a phone"),
    )
    return replace(sheet, page=page)


def print_paper(
    answered: Answered, language: Language, printer: str | None, command: str | None, as_text: bool
) -> None:
    """Print the page by the site's printer, else by the machine's command; raises BadInput."""
    content, _why = to_print(paper_of(answered, language), as_text)
    files_out.print_out(None if printer else command, content, printer)
