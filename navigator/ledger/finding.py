"""Look-up of a person: one box for number, case id, phone, member id, or name with birth date (issue "The case")."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, false, or_, select

from navigator.ledger.cases import case_from, case_number
from navigator.ledger.referral_rows import summary_from
from navigator.ledger.schema import case_file, referral
from navigator.ledger.store import Store
from navigator.ledger.values import Found
from navigator.referral import number as numbers
from navigator.referral.lifecycle import ENDED
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput

MOST = 50


def looked_up(store: Store, text: str | None, name: str | None, birth_date: date | None) -> Found:
    """Give the cases and referrals that fit, open ones first, then the newest; raises BadInput for nothing to find."""
    said = clean(text or "")
    by_name = store.sealer.name_key(name, birth_date)
    if not said and by_name is None:
        raise BadInput(
            "Nothing was given to look up.",
            "Give a referral number, case id, phone or member id, or a name with a birth date.",
        )
    of_cases, of_referrals, by = _conditions(store, said, by_name)
    newest_case, newest_referral = case_file.c.seq.desc(), referral.c.seq.desc()
    cases = select(case_file).where(of_cases).order_by(case_file.c.state == "closed", newest_case).limit(MOST)
    referrals = select(referral).where(of_referrals).order_by(referral.c.state.in_(ENDED), newest_referral).limit(MOST)
    with store.writing("look up") as work:
        work.detail["by"] = by
        found = Found(
            cases=tuple(case_from(row, store) for row in work.connection.execute(cases).mappings()),
            referrals=tuple(summary_from(row, store) for row in work.connection.execute(referrals).mappings()),
        )
        work.detail["found"] = [*(each.id for each in found.cases), *(each.number for each in found.referrals)]
    return found


def _conditions(store: Store, said: str, by_name: str | None) -> tuple[ColumnElement[bool], ColumnElement[bool], str]:
    if by_name is not None:
        return case_file.c.name_key == by_name, referral.c.name_key == by_name, "name"
    if (case_id := _case_id(said)) is not None:
        return case_file.c.id == case_id, referral.c.case_id == case_id, "case"
    keys = (("member_key", store.sealer.member_key(said)), ("phone_key", store.sealer.phone_key(said)))
    known = [(column, key) for column, key in keys if key is not None]
    of_cases = [case_file.c[column] == key for column, key in known]
    of_referrals = [referral.c[column] == key for column, key in known]
    if (number := _number(said)) is not None:  # a member id may look like a number: both are looked for
        of_cases.append(case_file.c.id.in_(select(referral.c.case_id).where(referral.c.number == number)))
        of_referrals.append(referral.c.number == number)
    by = "member id or phone" if number is None else "number"
    return or_(false(), *of_cases), or_(false(), *of_referrals), by


def _number(said: str) -> str | None:
    try:
        return numbers.normalise(said)
    except BadInput:
        return None


def _case_id(said: str) -> str | None:
    if not said.upper().startswith("CS"):
        return None
    try:
        return case_number(said)
    except BadInput:
        return None
