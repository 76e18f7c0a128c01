"""Where a dialogue in lines stands, as a frozen value, and one turn of it: what is said, and what is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from navigator.languages.translating import Language
from navigator.line_mode.answers import CENTERS, Answered
from navigator.program.model import Program
from navigator.ticket import Ticket
from provider_directory.errors import Choice, DirectoryError
from provider_directory.models import Comparison, Place, Procedure, ProcedureMatch

Asks = Literal[
    "words", "safety", "procedure", "place", "which_place", "program", "option", "menu", "center", "pair", "end"
]
PageKind = Literal[
    "welcome",
    "understood",
    "stop",
    "crisis",
    "centers",
    "more",
    "why",
    "compare",
    "price",
    "rule",
    "slow",
    "sheet",
    "ticket",
    "menu",
    "help",
    "unclear",
    "first",
    "none",
]


class Page(NamedTuple):
    """What is said before the next question; said anew in the other language when that is changed."""

    kind: PageKind
    center: int = 0
    """Counted from 0, where the page is about one, or begins with one."""
    other: int = 0
    """The second one of a comparison."""


NOTHING = Page("none")
WELCOME = Page("welcome")


@dataclass(frozen=True)
class State:
    """A dialogue: what is known of the question, what was said last, what is asked now; nothing of it is kept."""

    language: Language = "en"
    asks: Asks = "words"
    page: Page = WELCOME
    fault: DirectoryError | None = None
    """What went wrong with the last answer; said before the question is asked again."""
    words: str = ""
    """Of the need, while it is not settled."""
    matches: tuple[ProcedureMatch, ...] = ()
    procedure: Procedure | None = None
    places: tuple[Choice, ...] = ()
    place: Place | None = None
    held: Ticket | None = None
    """A claim ticket whose place is looked up once the program is known."""
    program: Program | None = None
    program_settled: bool = False
    option: str | None = None
    option_settled: bool = False
    limit: int = CENTERS
    """How many centers are said."""
    answered: Answered | None = None
    comparison: Comparison | None = None
    wants: PageKind = "none"
    """The page for which a center is to be chosen."""
    before: State | None = None
    """The question before this one, of the same need."""


class Turn(NamedTuple):
    """One turn as it is heard: sentences, each a line; numbered choices; the question."""

    lines: tuple[str, ...]
    choices: tuple[str, ...]
    prompt: str
    """"" = the dialogue has ended."""
    sheet: str = ""
    """A text of finished lines, which are not wrapped again."""
