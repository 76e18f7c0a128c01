"""What an eligibility file says of one person: facts for the rules, coverage by date, a new file's changes.

The people come from the ledger; pure functions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple, Protocol

from navigator.days import day_words
from navigator.program.member import MemberFacts

FACTS = ("zip", "coverage_tier", "plan_option", "relationship", "other_coverage", "employment")
"""The columns that are kept beside id, name, birth date and the dates of coverage."""
_MEDICARE = "medicare"


PersonKey = tuple[str, str]


class OnFile(Protocol):
    """A person of an eligibility file, as the ledger gives them."""

    @property
    def member_id(self) -> str | None: ...
    @property
    def name(self) -> str | None: ...
    @property
    def birth_date(self) -> date | None: ...
    @property
    def effective(self) -> date | None: ...
    @property
    def ends(self) -> date | None: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...


def facts_on_file(person: OnFile, as_of: date | None) -> MemberFacts:
    """Give what an eligibility file of a day says of a person, as the rules see it."""
    known = {
        name: person.facts.get(name) for name in ("zip", "coverage_tier", "plan_option", "relationship", "employment")
    }
    return MemberFacts.model_validate(
        known
        | {
            "birth_date": person.birth_date,
            "medicare_primary": medicare_primary(person),
            "covered_from": person.effective,
            "covered_to": person.ends,
            "eligibility_as_of": as_of,
        }
    )


def medicare_primary(person: OnFile) -> bool | None:
    """Say whether Medicare pays first, as far as the file tells it; None = ask.

    Medicare is first for a retiree and second where the file says so; for an active employee it depends on the
    employer's size and the cause of the entitlement, which no file holds.
    """
    other = str(person.facts.get("other_coverage") or "").casefold()
    if _MEDICARE not in other:
        return False if not other and person.facts.get("employment") == "active" else None
    if "secondary" in other:
        return False
    return True if "primary" in other or person.facts.get("employment") == "retiree" else None


def covered_on(person: OnFile, day: date) -> bool | None:
    """Say whether a person is covered on a day, first and last day included; None without a first day."""
    if person.ends is not None and person.ends < day:
        return False
    return None if person.effective is None else person.effective <= day


class MemberChange(NamedTuple):
    """What a newer file says otherwise of one person."""

    member_id: str | None
    name: str | None
    birth_date: date | None
    what: Literal["ended_backward", "ends", "gone", "begins_later", "plan_option", "coverage_tier", "employment"]
    words: str


def changes_between(old: Iterable[OnFile], new: Iterable[OnFile], as_of: date) -> list[MemberChange]:
    """Give what bears on open cases, person by person in the order of the old file; people who are new are none.

    Coverage that ends before ``as_of``, the date of the new file, ends backward in time: care already arranged or given
    since then may not be covered.
    """
    there = {_key(person): person for person in new}
    found: list[MemberChange] = []
    for person in old:
        found += _changes(person, there.get(_key(person)), as_of)
    return found


def _changes(old: OnFile, new: OnFile | None, as_of: date) -> list[MemberChange]:
    def change(what: Any, words: str) -> MemberChange:
        return MemberChange(old.member_id, old.name, old.birth_date, what, words)

    if new is None:
        ended = old.ends is not None and old.ends < as_of
        return [] if ended else [change("gone", "is no longer in the file: ask whether the coverage ended, and when")]
    found = []
    if new.ends != old.ends and new.ends is not None and new.ends < as_of:
        found.append(change("ended_backward", f"coverage ended on {day_words(new.ends)}, before this file was made"))
    elif new.ends != old.ends:
        found.append(
            change("ends", f"coverage now ends on {day_words(new.ends)}" if new.ends else "coverage has no end now")
        )
    if new.effective and old.effective and new.effective > old.effective:
        found.append(change("begins_later", f"coverage now begins on {day_words(new.effective)}"))
    for name in ("plan_option", "coverage_tier", "employment"):
        if (now := new.facts.get(name)) != (before := old.facts.get(name)):
            words = f"{name.replace('_', ' ')} is {now or 'not said'} now, was {before or 'not said'}"
            found.append(change(name, words))
    return found


def person_keys(member_id: str | None, name: str | None, birth_date: date | None) -> tuple[PersonKey, ...]:
    """Give what a person is known again by: the member id, then the name with the birth date, however written."""
    keys = [("id", re.sub(r"[\W_]", "", member_id.casefold()))] if member_id else []
    if name and birth_date:
        names = sorted(re.findall(r"[^\W_]+", name.casefold()))
        keys.append(("name", f"{' '.join(names)} {birth_date.isoformat()}"))
    return tuple(keys)


def _key(person: OnFile) -> PersonKey:
    return next(iter(person_keys(person.member_id, person.name, person.birth_date)), ("nobody", ""))
