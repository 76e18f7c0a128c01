"""The one look-up box: what was typed, as a number, a ticket, a phone, a member id, or a name and a birth date.

The caller says, the screen confirms: of the roster it shows match, no match, or what to ask (REFERRAL "People").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from navigator import ticket
from navigator.case.value import Identified
from navigator.days import day_words, short_day
from navigator.referral import checks, number
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput

_ELIGIBLE = {
    True: ("eligible", "covered today"),
    False: ("not eligible today", "not covered today"),
    None: ("first day not known", "without a first day of coverage, so ask for it"),
}
NOT_A_GUARANTEE = "A match is not a guarantee of coverage."
ASK_WHAT = "Type a number, a ticket, a phone, a member ID, or a name and a birth date: June Stellgate 3/9/1961."

CONFIRM = "Ask for the name and birth date, and type them: the screen confirms."
QueryKind = Literal["referral", "case", "ticket", "phone", "member_id", "person"]
_BORN_AT_THE_END = re.compile(r"(?P<name>.*?)[,\s]+(?P<born>\d{1,4}[-/]\d{1,2}[-/]\d{1,4})")
_CASE_PREFIX = re.compile(r"CS[\s-]?", re.IGNORECASE)


@dataclass(frozen=True)
class Query:
    """What was typed, as one thing that can be looked up."""

    kind: QueryKind
    text: str
    """As it is kept: a number as it is written, a phone as 414-555-0100."""
    name: str | None = None
    birth_date: date | None = None
    ticket: ticket.Ticket | None = None


def understood(typed: str) -> Query:
    """Say what was typed; raises BadInput where it is none of these, or a social security number."""
    text = clean(typed, 200)
    if not text:
        raise BadInput("Nothing was typed.", ASK_WHAT)
    if whole := _BORN_AT_THE_END.fullmatch(text):
        return Query("person", text, checks.person_name(whole["name"]), checks.birth_date(whole["born"]))
    if found := _a_number(text):
        return found
    if _is(checks.phone, text):
        return Query("phone", checks.phone(text))
    if not any(letter.isdigit() for letter in text):
        raise BadInput(f'"{text}" is a name without a birth date.', f"Ask for the birth date. {ASK_WHAT}")
    return Query("member_id", checks.member_id(text))


def _a_number(text: str) -> Query | None:
    if _CASE_PREFIX.match(text):
        return Query("case", number.normalise_case(text))
    if text.upper().startswith(number.PREFIX) or _is(number.normalise, text):
        return Query("referral", number.normalise(text))
    return _a_ticket(text)


def _a_ticket(text: str) -> Query | None:
    """Give a ticket of a procedure that there is: 1 of 40 member IDs of 8 characters would else be taken for one."""
    if not _is(ticket.read, text):
        return None
    from provider_directory.catalog import load  # deferred: what has the form of a ticket is rare

    found = ticket.read(text)
    known = any(procedure.number == found.procedure_number for procedure in load().procedures)
    return Query("ticket", ticket.written(found), ticket=found) if known else None


def _is(check: object, text: str) -> bool:
    try:
        check(text)  # type: ignore[operator]
    except BadInput:
        return False
    return True


def confirmation(asked_about: frozenset[str], found: frozenset[str]) -> str | None:
    """Say whether the person who was named fits what a number or phone had found; None = nothing was found before."""
    if not asked_about:
        return None
    if fits := sorted(asked_about & found):
        return f"Confirmed: name and birth date fit {', '.join(fits)}."
    return f"They do not fit {', '.join(sorted(asked_about))}: say nothing of it, and ask again."


def eligibility_words(found: Identified) -> str:
    """Say in the header's words what the eligibility file says: "eligible, file of Nov 1"; "" = not checked."""
    if found.match == "not_checked" or found.file_as_of is None:
        return ""
    of = f"file of {short_day(found.file_as_of)}"
    if found.match == "no_match":
        return f"not found, {'employer asked, ' if found.employer_asked_at else ''}{of}"
    return f"{_ELIGIBLE[found.eligible][0]}, {of}"


def _asked_words(found: Identified) -> str:
    if found.employer_asked_at is None:
        return (
            "First ask for the member ID on the card, and for the name and birth date as the plan has them. "
            "A draft may be begun; it is sent once it is noted that the employer is asked."
        )
    asked = f"The employer is asked since {day_words(found.employer_asked_at.astimezone().date())}."
    return f"{asked} A referral may be sent; whether the plan covers it is not confirmed: say so."


def said_of(found: Identified) -> tuple[str, ...]:
    """Say what the look-up in the eligibility file came to, and what to ask next; never a row of the file."""
    if found.match == "not_checked":
        return ("No eligibility file is loaded for this program: eligibility is not checked.",)
    of = f"the file of {short_day(found.file_as_of)}" if found.file_as_of else "the eligibility file"
    if found.match == "no_match":
        return (f"No match in {of}: ask the employer.", _asked_words(found))
    return (f"Match in {of}: {_ELIGIBLE[found.eligible][1]}. {NOT_A_GUARANTEE}",)


def two_plans(found: Identified, employer: Callable[[str], str]) -> tuple[str, ...]:
    """Say that the member is on the rosters of two programs; ``employer`` gives the name of one by its id."""
    if found.match != "match" or not found.other_roster:
        return ()
    first = f"{employer(found.pays_first)} pays first." if found.pays_first else "Which pays first?"
    return (f"Also on the roster of {employer(found.other_roster)}: two plans. {first}",)
