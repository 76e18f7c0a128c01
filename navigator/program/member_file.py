"""Reads what is known about a member from a JSON or TOML file, or from standard input so that nothing is kept.

The form is that of ``MemberFacts`` (`coe schema member`). What is wrong is told field by field; a value is repeated in
an error only where it is short and no date, so that a birth date stays out of terminals and logs.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from navigator.program.reading_table import likeliest
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput, Choice
from provider_directory.strict_json import parse_strictly
from provider_directory.strict_toml import parse_toml

if TYPE_CHECKING:
    from navigator.program.member import MemberFacts
    from navigator.program.rules import ProgramRules

STANDARD_INPUT = "-"
_FORM = "`coe schema member` prints the form; docs/members.md shows an example."
_MOST_BYTES = 64 << 10
_MOST_TOLD = 5
_SHOWN = 24
_LONGEST_TEXT = 300
_LIKE_FIELD = 75
"""Likeness, 0-100, from which a known field is proposed for an unknown one."""
_EXPECTED = {
    "extra_forbidden": "no such field",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number: cents, e.g. 150000 for $1,500",
    "decimal_parsing": "a number",
    "decimal_type": "a number",
    "greater_than_equal": "0 or more",
    "less_than_equal": "a smaller number",
    "string_pattern_mismatch": "five digits in quotes",
    "string_type": "a text in quotes",
    "date_from_datetime_parsing": "a date, YYYY-MM-DD",
    "date_from_datetime_inexact": "a date, YYYY-MM-DD",
    "date_parsing": "a date, YYYY-MM-DD",
    "date_type": "a date, YYYY-MM-DD",
    "model_type": "a table of names and values",
    "model_attributes_type": "a table of names and values",
    "dict_type": "a table of names and values",
    "tuple_type": "a list",
    "missing": "a value",
}


def read_member(name: str) -> MemberFacts:
    """Read a member file (TOML where its name ends so, else JSON), or standard input for "-".

    Raises BadInput naming each field that is wrong, what was found and what is expected.
    """
    shown = "standard input" if name == STANDARD_INPUT else clean(Path(name).name, 80)
    text = _text(name, shown)
    try:
        toml = Path(name).suffix.lower() == ".toml" or (name == STANDARD_INPUT and not text.lstrip().startswith("{"))
        content = parse_toml(text, parse_float=Decimal) if toml else parse_strictly(text, parse_float=Decimal)
    except (ValueError, ArithmeticError) as fault:
        # The fault of a decoder says where, never what: the text itself is a person's.
        where = clean(str(fault).splitlines()[0], 120) if str(fault) else type(fault).__name__
        raise BadInput(f"{shown} cannot be read: {where}.", _FORM) from None
    return member_of(content, shown)


def member_of(content: object, shown: str = "The member's facts") -> MemberFacts:
    """Make the facts of a member of names and values; raises BadInput as ``read_member`` does."""
    from pydantic import ValidationError  # deferred: 100 ms that no other command pays

    from navigator.program.member import MemberFacts

    if not isinstance(content, Mapping):
        raise BadInput(f"{shown} is no table of names and values.", _FORM)
    content = _cleaned(content)
    try:
        return MemberFacts.model_validate(content)
    except ValidationError as wrong:
        told = [_told(error, content) for error in wrong.errors(include_url=False)]
    listed = list(dict.fromkeys(told))
    more = f" And {len(listed) - _MOST_TOLD} more." if len(listed) > _MOST_TOLD else ""
    raise BadInput(f"{shown}: {' '.join(listed[:_MOST_TOLD])}{more}", _FORM)


def fit_to(member: MemberFacts, rules: ProgramRules, on: date) -> None:
    """See that a member's facts can be of a program on a day; raises BadInput naming the field."""
    known = {option.id: option.name for option in rules.plan_options}
    if member.plan_option is not None and member.plan_option not in known:
        raise BadInput(
            f'plan_option: found "{clean(member.plan_option, 40)}", expected one of {", ".join(known) or "none"}.',
            f"Give one of the plan options of {rules.employer}, or leave it out.",
            tuple(Choice(key, name) for key, name in known.items()),
        )
    later = {
        "birth_date": member.birth_date,
        "accumulators.as_of": member.accumulators.as_of if member.accumulators else None,
        "eligibility_as_of": member.eligibility_as_of,
    }
    if member.covered_from and member.covered_to and member.covered_to < member.covered_from:
        raise BadInput("covered_to: lies before covered_from.", "Correct one of the two dates.")
    for field, day in later.items():
        if day is not None and day > on:
            raise BadInput(f"{field}: lies after {on}, the date of the question.", "Correct the date.")


def _text(name: str, shown: str) -> str:
    try:
        if name == STANDARD_INPUT:
            data = sys.stdin.buffer.read(_MOST_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(_MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            raise BadInput(f"{shown} is too large for one member's facts.", _FORM)
        return data.decode("utf-8-sig")
    except FileNotFoundError:
        step = f"Give a member file, or - for standard input. {_FORM}"
        raise BadInput(f"There is no file {clean(name, 200)}.", step) from None
    except UnicodeDecodeError:
        raise BadInput(f"{shown} is no UTF-8 text.", "Save it as UTF-8.") from None
    except OSError as fault:
        raise BadInput(f"{shown} cannot be read: {fault.strerror}.", "Check the file.") from None


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return clean(value, _LONGEST_TEXT)
    if isinstance(value, Mapping):
        return {clean(str(name), 80): _cleaned(held) for name, held in value.items()}
    return [_cleaned(held) for held in value] if isinstance(value, list) else value


def _told(error: Any, content: object) -> str:
    """Tell one error of pydantic in our words: path, found, expected."""
    path = tuple(part for part in error["loc"] if part not in ("bool", "int", "decimal", "str"))
    field = ".".join(clean(str(part), 40) for part in path)
    kind = error["type"]
    if kind == "extra_forbidden":
        return f"{field}: {_unknown(path)}."
    expected = _EXPECTED.get(kind) or clean(error["msg"], 120)
    if kind == "missing" and path[-1] == "as_of":
        expected = _EXPECTED["date_type"]
    if kind == "literal_error":
        expected = f"one of {clean(error['ctx']['expected'], 160)}".replace("'", '"').replace(" or ", ", ")
    if path[:1] == ("answers",):
        expected = "true or false, a number, or a text in quotes"
    return f"{field}: found {_found(content, path)}, expected {expected}."


def _unknown(path: Sequence[str | int]) -> str:
    from navigator.program.member import Accumulated, Accumulators, MemberFacts, RoadMiles

    models: dict[object, tuple[str, ...]] = {
        "accumulators": tuple(Accumulators.model_fields),
        "individual": tuple(Accumulated.model_fields),
        "family": tuple(Accumulated.model_fields),
        "road_miles": tuple(RoadMiles.model_fields),
    }
    above = [part for part in path[:-1] if isinstance(part, str)]
    fields = models.get(above[-1], ()) if above else tuple(MemberFacts.model_fields)
    nearest = likeliest(str(path[-1]), fields, _LIKE_FIELD)
    return f'there is no such field, perhaps "{nearest}" is meant' if nearest else "there is no such field"


def _found(content: object, path: Sequence[str | int]) -> str:
    for part in path:
        if isinstance(content, Mapping) and part in content:
            content = content[str(part)]
        elif isinstance(content, list) and isinstance(part, int) and part < len(content):
            content = content[part]
        else:
            return "nothing"
    if isinstance(content, Mapping | list):
        return "a list" if isinstance(content, list) else "a table"
    if isinstance(content, date | datetime) or (path and str(path[-1]) in ("birth_date", "zip")):
        return "another form"
    return f'"{clean(content, _SHOWN)}"' if isinstance(content, str) else clean(str(content), _SHOWN)
