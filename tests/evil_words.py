"""Words of data that would press buttons, name colors or write to a terminal, and answers that hold nothing else."""

from __future__ import annotations

import csv
import dataclasses
import json
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel

from provider_directory.demo import write_programs
from provider_directory.errors import AmbiguousPlace, Choice
from provider_directory.models import Center, Comparison, EditionInfo, Evidence, Place, PriceLadder, Question
from provider_directory.testing import FakeDirectory, a_center, a_match, an_edition

MARKUP = (
    "[@click=app.quit]Q[/]",
    "[link=http://evil.x]L[/]",
    "Foo [/] Bar",
    "[/bold] Clinic",
    "St [closed] A",
    "[on red]R[/on red]",
    r"\[bold]E\[/]",
    "x :warning: y",
    "$primary ${x} %(n)s",
    "[b][i]N[/b][/i]",
    "[v={'a[0]'}]",
    "[@click=(]" + "W" * 15,
)
"""Rich's and Textual's markup, alone, nested, never closed, escaped; an emoji's code, variables, one long word."""
ALL_MARKUP = " ".join(MARKUP)
ESCAPES = (
    "a\x1b]52;c;UFdORUQ=\x07b",
    "a\x1b]8;;https://evil.example\x1b\\b\x1b]8;;\x1b\\",
    "a\x1b]0;EVILTITLE\x07b",
    "a\x1b[2J\x1b[Hb",
    "a\x1b[6nb",
    "a\x1b[?1049lb",
    "a\x1bP$qEVILDCS\x1b\\b",
    "a\x1b_EVILAPC\x1b\\\x1b^EVILPM\x1b\\\x1bXEVILSOS\x1b\\b",
    "a\x9b31mb\x9d0;EVILC1\x9cc\x90EVILC1\x9cd",
    "a\x07\x07b",
    "EVILOVER\b\b\b\b\rb",
    "a\u202eEVILBIDI\u2066b\u200f",
    "a\x1bc\x0e\x7f\u200bb",
)
"""Clipboard, link, title, erase, report, screen, DCS, APC and PM and SOS, C1, bell, overwriting, directions, reset."""
ALL_ESCAPES = " ".join(ESCAPES)
MEANT_FOR_SQL = (
    *(
        '"',
        "'",
        "knee AND",
        "c++",
        "-hip",
        "o'brien",
        "NEAR(",
        "mrn:SECRET1",
        "{name}:knee",
        "*",
        "^knee",
        "a OR b",
        "((",
    ),
    *("' OR '1'='1", "'; DROP TABLE facility; --", "1 UNION SELECT name FROM sqlite_master"),
    *("%", "_", "\\", "?1", ":id", "\0"),
)
"""Signs and statements of SQL and of search indexes, alone and in words."""

Any_ = TypeVar("Any_")
Words = Callable[[], str]
_KEPT = frozenset(
    {
        *("id", "ccn", "npi", "procedure", "edition", "profile", "criteria_set", "measure", "first", "second"),
        *("program", "facility", "number", "name_key", "service_line", "settings", "pcs_prefixes", "cpt_hcpcs"),
        *("unit", "outcome", "rule", "sha256", "account", "better", "lower", "standing", "plan_option"),
    }
)
"""Fields that hold a key or one of a few words: nothing of a file stands there."""
_PRICE_FLAGS = "flags"


def one_after_another(words: Sequence[str]) -> Words:
    """Give the words in their order, again and again."""
    endless = cycle(words)
    return lambda: next(endless)


def made_of(words: Words, value: Any_, keep: frozenset[str] = frozenset()) -> Any_:
    """Give an answer that says nothing but ``words`` wherever it holds a free text; its keys and figures stay."""
    made: Any = value
    if isinstance(made, BaseModel):
        fields = type(made).model_fields
        told = {
            name: _said(words, getattr(made, name), fields[name].annotation, keep)
            for name in fields
            if name not in _KEPT | keep and not (name == _PRICE_FLAGS and "kind" in fields)
        }
        return made.model_copy(update=told)  # type: ignore[return-value]
    if dataclasses.is_dataclass(made) and not isinstance(made, type):
        hints = {field.name: field for field in dataclasses.fields(made)}
        told = {
            name: made_of(words, getattr(made, name), keep)
            for name in hints
            if name not in _KEPT | keep and not _is_one_of_few(str(hints[name].type))
        }
        return dataclasses.replace(made, **told)  # type: ignore[return-value]
    if isinstance(made, tuple) and not hasattr(made, "_fields"):
        return tuple(made_of(words, each, keep) for each in made)  # type: ignore[return-value]
    return words() if isinstance(made, str) else value  # type: ignore[return-value]


def _said(words: Words, value: Any, annotation: Any, keep: frozenset[str]) -> Any:
    if _is_one_of_few(str(annotation)):
        return value
    if value is None and str in get_args(annotation):
        return words()
    if value == () and str in get_args(annotation):
        return (words(), words())
    return made_of(words, value, keep)


def _is_one_of_few(annotation: str) -> bool:
    return "Literal" in annotation or annotation in _CLOSED


_CLOSED = {"Language", "Speaker", "Reason | None", "Standing", "SafetyOutcome", "NoneFitsReason", "ConsentMethod"}


class EvilDirectory(FakeDirectory):
    """Answers with ``words`` in every free text: each center has one of them, everything else has all in one line."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(centers=[_center(each, at) for at, each in enumerate(words)], note=" ".join(words))
        self.words = tuple(words)
        self.warnings = (" ".join(words),)
        self.evidence_answer = made_of(self._line, self.evidence_answer)
        self.matches["bypass"] = tuple(
            a_match(id=f"p-{at}", name=each, why=each, confidence=0.5) for at, each in enumerate(words[:5])
        )

    def _line(self) -> str:
        return " ".join(self.words)

    async def about(self) -> EditionInfo:
        """Give an edition of evil sources."""
        return made_of(self._line, await super().about(), frozenset({"name"})).model_copy(
            update={"sources": self._sources()}
        )

    def _sources(self) -> Any:
        source = an_edition().sources[0]
        return tuple(source.model_copy(update={"file": each}) for each in self.words)

    async def locate(self, text: str) -> Place:
        """Ask for every place but one."""
        if text == "ask":
            raise AmbiguousPlace(self._line(), self._line(), tuple(Choice(each, each) for each in self.words))
        return made_of(self._line, await super().locate(text))

    async def price(self, facility: str, question: Question) -> PriceLadder:
        """Give an evil ladder."""
        return made_of(self._line, await super().price(facility, question))

    async def evidence(self, facility: str, procedure: str, on: Any, alliances: tuple[str, ...] = ()) -> Evidence:
        """Give an evil ladder under the center's own name."""
        found = await super().evidence(facility, procedure, on, alliances)
        return found.model_copy(update={"facility": found.facility})

    async def compare(self, facilities: tuple[str, ...], question: Question) -> Comparison:
        """Give an evil comparison."""
        found = await super().compare(facilities, question)
        return made_of(self._line, found, frozenset({"centers"}))


def _center(word: str, at: int) -> Center:
    return made_of(lambda: word, a_center(rank=at + 1, miles=1.0 + at)).model_copy(
        update={"facility": made_of(lambda: word, a_center(id=f"f-{at}").facility)}
    )


def evil_program(folder: Path, words: Sequence[str]) -> Path:
    """Write a program's file with one of ``words`` in each free text; gives the file."""
    write_programs(folder)
    file = folder / "brewline-foods.toml"
    text, said = file.read_text(encoding="utf-8"), one_after_another([_quoted(each) for each in words])
    for free in (_LINES, _INLINE):
        text = free.sub(lambda found: f"{found[1]} = {said()}", text)
    file.write_text(text, encoding="utf-8")
    with (folder / "brewline-foods.sites.csv").open("w", encoding="utf-8", newline="") as sites:
        listed = csv.writer(sites)
        listed.writerow(("site", "address", "city", "state", "zip"))
        listed.writerows((each, each, "Milwaukee", "WI", "53204") for each in words)
    return file


_LINES = re.compile(
    r'(?m)^(employer|payer|plan|ask|says|to|travel|second_opinion|name|title|words|by|arranged_by) = ".*"$'
)
_INLINE = re.compile(r'(words|instead) = "[^"]*"')


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


def evil_fields(words: str) -> Mapping[str, str]:
    """Give the fields of a referral's form, as far as a form takes them."""
    free = dict.fromkeys(("reason", "notes", "companion", "recommending_surgeon", "home_doctor", "wanted_dates"), words)
    return free | {
        "member_name": f"Ada {words}"[:110],
        "member_birth_date": "3/9/1961",
        "member_id": "BF-1",
        "urgency": "soon",
        "language": "en",
        "interpreter": "no",
        "contact_method": "none",
        "consent": "spoken_yes",
    }
