"""A referral asked for by a file: JSON checked as the form checks what is typed, every bad field named by its path."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field as Described

from navigator.referral.record import CONSENTS, CONTACT_METHODS, SIDES, URGENCIES, FieldValue, check_field
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput
from provider_directory.models import Value
from provider_directory.strict_json import parse_strictly

MOST_BYTES = 1_000_000
_NEXT_STEP = "See its form with `coe schema referral-request`."


class RequestedMember(Value):
    """Who needs care."""

    name: str | None = Described(None, description="As the plan's card shows it")
    birth_date: str | None = Described(None, description="1961-03-09 or 3/9/1961")
    member_id: str | None = Described(None, description="From the plan's card; never a social security number")
    group: str | None = Described(None, description="The plan's group number, from its card")
    phone: str | None = Described(None, description="414-555-0100")
    zip: str | None = Described(None, description="5 digits")


class RequestedContact(Value):
    """How the member may be reached safely."""

    method: str | None = Described(None, description=", ".join(word for word, _ in CONTACT_METHODS))
    address: str | None = Described(None, description="Phone number, e-mail or postal address, as the method says")
    voicemail_ok: bool | None = None
    best_times: str | None = None


class ReferralRequest(Value):
    """What `coe referral create --from FILE` reads; unknown names are refused."""

    client_key: str | None = Described(
        None, description="Yours, at most 100 characters: the same key for the same member gives the same referral"
    )
    procedure: str = Described(description="Id, words or a code, as for `coe find`")
    place: str = Described(description="Where care is looked for, as for `coe find`")
    facility: str = Described(description="The chosen center: facility id, or a CCN")
    program: str | None = Described(None, description="Program id or file")
    miles: float = Described(50.0, gt=0, le=500, description="Radius of the offer that is kept with the referral")
    member: RequestedMember = RequestedMember()
    reason: str | None = Described(None, description="In the member's words")
    side: str | None = Described(None, description=", ".join(word for word, _ in SIDES))
    urgency: str | None = Described(None, description=", ".join(word for word, _ in URGENCIES))
    language: str | None = Described(None, description="en, es, ... or in words")
    interpreter: bool | None = None
    relay: bool | None = Described(None, description="The member is called through a relay service")
    large_print: bool | None = None
    safe_contact: RequestedContact = RequestedContact()
    companion: str | None = Described(None, description="Who comes along, or cares for the member at home")
    recommending_surgeon: str | None = None
    home_doctor: str | None = Described(None, description="Who takes the member back after the care")
    surgeon: str | None = Described(None, description="Whom the member wants to see at the center")
    wanted_dates: str | None = Described(None, description="In words")
    notes: str | None = None
    consent: str | None = Described(None, description=", ".join(word for word, _ in CONSENTS))


_PATHS: Mapping[str, tuple[str, ...]] = {
    "member_name": ("member", "name"),
    "member_birth_date": ("member", "birth_date"),
    "member_id": ("member", "member_id"),
    "member_group": ("member", "group"),
    "member_phone": ("member", "phone"),
    "member_zip": ("member", "zip"),
    "reason": ("reason",),
    "side": ("side",),
    "urgency": ("urgency",),
    "language": ("language",),
    "interpreter": ("interpreter",),
    "relay": ("relay",),
    "large_print": ("large_print",),
    "contact_method": ("safe_contact", "method"),
    "contact_address": ("safe_contact", "address"),
    "contact_voicemail_ok": ("safe_contact", "voicemail_ok"),
    "contact_best_times": ("safe_contact", "best_times"),
    "companion": ("companion",),
    "recommending_surgeon": ("recommending_surgeon",),
    "home_doctor": ("home_doctor",),
    "surgeon": ("surgeon",),
    "wanted_dates": ("wanted_dates",),
    "notes": ("notes",),
    "consent": ("consent",),
}
"""Where each field of the form stands in the file."""


def read_request(text: str, file: str) -> tuple[ReferralRequest, dict[str, FieldValue]]:
    """Give the request and the checked values of the form's fields by their ids, in speech order.

    Raises BadInput that names each bad field by file and path with what was found and expected, all at once.
    """
    found = _json_object(text, file)
    try:
        request = ReferralRequest.model_validate(found)
    except ValueError as problem:
        lines = _said(problem)
        raise BadInput(f"{file}: {' '.join(lines)}", _NEXT_STEP) from None
    values, problems = {}, []
    for field_id, path in _PATHS.items():
        value = _at(request, path)
        if value is None:
            continue
        try:
            values[field_id] = check_field(field_id, ("yes" if value else "no") if isinstance(value, bool) else value)
        except BadInput as problem:
            problems.append(f"{'.'.join(path)}: {problem.message} {problem.next_step}")
    key = request.client_key
    if key is not None and (not clean(key, 101) or len(clean(key, 101)) > 100):
        problems.append("client_key: found an empty or too long one. Give 1 to 100 characters.")
    if key is not None and "member_id" not in values:
        problems.append("client_key: it holds for one member, and member.member_id is missing. Give it, or no key.")
    if problems:
        raise BadInput(f"{file}: {' '.join(problems)}", _NEXT_STEP)
    return request, values


def _json_object(text: str, file: str) -> dict[str, Any]:
    if len(text) > MOST_BYTES:
        raise BadInput(f"{file} has more than {MOST_BYTES:,} characters.", _NEXT_STEP)
    try:
        found = parse_strictly(text)
    except ValueError as problem:
        raise BadInput(f"{file} is not JSON: {clean(str(problem))}.", _NEXT_STEP) from None
    if not isinstance(found, dict):
        raise BadInput(f"{file} is no object of names and values.", _NEXT_STEP)
    return found


def _at(request: ReferralRequest, path: tuple[str, ...]) -> str | bool | None:
    value: Any = request
    for name in path:
        value = getattr(value, name)
    found: str | bool | None = value
    return found


def _said(problem: ValueError) -> Iterator[str]:
    """Say each problem that pydantic found; the value is shown where it is no longer than a word or two."""
    from pydantic import ValidationError

    if not isinstance(problem, ValidationError):
        yield f"{clean(str(problem))}."
        return
    for error in problem.errors(include_url=False):
        path = ".".join(str(part) for part in error["loc"])
        match error["type"]:
            case "extra_forbidden":
                yield f"{clean(path)}: there is no such name. Leave it out."
            case "missing":
                yield f"{clean(path)}: nothing found. Give it."
            case _:
                found = clean(json.dumps(error["input"], ensure_ascii=False, default=str), 40)
                yield f"{clean(path)}: found {found}. {clean(error['msg'])}."
