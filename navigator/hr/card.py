"""An answer card as a frozen value: a sentence, a small table, clause and sources, the date and what limits it.

It names no member: what it says is the plan's, the directory's or a published figure's (PRODUCT "Who uses it").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple

from navigator.days import day_words
from navigator.hr.columns import laid_out, wrapped
from provider_directory.models import Value

EMAIL_CELLS = 76
FOOT = (
    "Information, not medical advice, not a claim decision, not a promise of payment. The coverage on the day of care"
    " and the plan document decide."
)
DEMONSTRATION = "DEMONSTRATION: employers, hospitals and their figures are invented; published figures are not."
CardState = Literal["answered", "not_known"]
LineKind = Literal["sentence", "more", "title", "head", "row", "foot", "caveat", "blank", "demonstration"]


class CardTable(Value):
    """A few rows under the sentence; every cell is words, an unknown one says why."""

    title: str = ""
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()
    """Columns of figures, which stand flush right."""


class AnswerCard(Value):
    """The answer to one question of the HR desk, the wire format of `coe hr --json`."""

    id: str
    """Of the question, e.g. "travel"."""
    question: str
    state: CardState
    """not_known: the sentence says what is not known, and whom to ask."""
    sentence: str
    more: tuple[str, ...] = ()
    """What has to be said with the sentence."""
    tables: tuple[CardTable, ...] = ()
    clauses: tuple[str, ...] = ()
    """Where it stands in the plan document, each with the plan's own words where the file gives them."""
    sources: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    about: str = ""
    """What it was asked for, e.g. "Total knee replacement, from Tulsa plant"; "" = nothing had to be given."""
    employer: str | None
    plan_year: int | None
    on: date
    edition: str
    demonstration: bool

    @property
    def table(self) -> CardTable | None:
        """Give the first table, None where the sentence needs none."""
        return self.tables[0] if self.tables else None

    def as_email(self) -> str:
        """Give the card as the text of an e-mail, a subject first: general, with nothing about a person."""
        lines = [f"Subject: {subject(self)}", ""]
        lines += [each.text for each in card_lines(self, EMAIL_CELLS)]
        # Data was cleaned when it was read; a directory may be remote, and what is pasted may be pasted into a shell.
        return "".join(letter for letter in "\n".join(lines) if letter.isprintable() or letter == "\n") + "\n"


class CardLine(NamedTuple):
    """One line of a card as it is laid out, for paper and screen alike."""

    kind: LineKind
    text: str


def subject(card: AnswerCard) -> str:
    """Give the subject of the e-mail: the question alone, so that no procedure stands on the outside."""
    return f"{card.question} ({card.employer})" if card.employer else card.question


def card_lines(card: AnswerCard, cells: int) -> Iterator[CardLine]:
    """Lay a card out in lines of at most ``cells``: sentence, tables, clause and sources, date, caveats."""
    if card.demonstration:
        yield from _said("demonstration", DEMONSTRATION, cells)
    if card.about:
        yield from _said("foot", card.about, cells)
    if card.demonstration or card.about:
        yield CardLine("blank", "")
    yield from _said("sentence", card.sentence, cells)
    for words in card.more:
        yield from _said("more", words, cells)
    for table in card.tables:
        yield CardLine("blank", "")
        yield from _table(table, cells)
    yield CardLine("blank", "")
    for label, words in _foot(card):
        yield from _said("foot", words, cells, f"{label} " if label else "")
    for caveat in (*card.caveats, FOOT):
        yield from _said("caveat", caveat, cells, "! " if caveat != FOOT else "")


def _table(table: CardTable, cells: int) -> Iterator[CardLine]:
    if table.title:
        yield from _said("title", table.title, cells)
    head, *body = laid_out((table.head, *table.rows), cells, frozenset(table.right))
    if any(table.head):
        yield from (CardLine("head", line) for line in head)
    for row in body:
        yield from (CardLine("row", line) for line in row)


def _foot(card: AnswerCard) -> Iterator[tuple[str, str]]:
    yield from (("Clause", clause) for clause in card.clauses)
    yield from (("Source", source) for source in card.sources)
    whose = f"{card.employer}, plan year {card.plan_year}; answered" if card.employer else "Answered"
    yield "", f"{whose} on {day_words(card.on)} from edition {card.edition[:12]}"


def _said(kind: LineKind, words: str, cells: int, mark: str = "") -> Iterator[CardLine]:
    yield from (CardLine(kind, line) for line in wrapped(words, cells, mark))


def distinct(words: Sequence[str | None]) -> tuple[str, ...]:
    """Give every sentence once, in order, without those that are not there."""
    return tuple(dict.fromkeys(each for each in words if each))
