"""A snapshot in plain lines: what was shown on the day of the choice, from its stored JSON alone (PRODUCT 9)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from navigator.languages.demonstration import LONG as DEMONSTRATION
from navigator.referral.snapshot import Shown, sha256, taken_apart
from provider_directory.spoken import dollars

NOT_SAID = "not said"


def shown_lines(snapshot: str) -> Iterator[str]:
    """Yield a snapshot line by line; indented lines belong to the line above. Raises BadInput as ``taken_apart``."""
    shown = taken_apart(snapshot)
    offer = shown.offer
    place = (offer.get("place") or {}).get("label") or NOT_SAID
    yield f"What was shown: {shown.procedure.get('name') or NOT_SAID} near {place}, on {offer.get('on') or NOT_SAID}."
    if offer.get("demonstration"):
        yield DEMONSTRATION
    yield f"Likely day of care: {offer.get('care_day') or NOT_SAID}. Program: {offer.get('program') or 'none'}."
    yield from (f"Said with it: {text}" for text in (offer.get("note"), *(offer.get("warnings") or [])) if text)
    yield from _centers(shown)
    yield from _contracts(shown.contracts)
    if shown.rule:
        yield from _rule(shown.rule)
    yield from _edition(shown)
    yield f"SHA-256 of the canonical JSON: {sha256(snapshot)}"


def _centers(shown: Shown) -> Iterator[str]:
    centers = shown.offer.get("centers") or []
    yield f"Centers shown: {len(centers)} of {shown.offer.get('total', len(centers))} within reach."
    for center in centers:
        yield from _center(center, shown.chosen)
    beyond = (shown.offer.get("no_contract_in_reach") or {}).get("nearest") or []
    if beyond:
        yield "Under contract, but farther:"
    for center in beyond:
        yield from _center(center, shown.chosen)


def _center(center: dict[str, Any], chosen: str | None) -> Iterator[str]:
    facility, credential = center.get("facility") or {}, center.get("credential") or {}
    mark = "  <- chosen" if chosen is not None and facility.get("id") == chosen else ""
    miles = center.get("miles")
    away = f"{miles:.1f} miles" if isinstance(miles, int | float) else "miles not known"
    yield f"{_rank(center)}  {facility.get('name')}, id {facility.get('id')}, {away}{mark}"
    flags = "; ".join(credential.get("flags") or [])
    yield f"    credential: {credential.get('label')} ({credential.get('basis')})" + (f"; {flags}" if flags else "")
    yield f"    quality: {(center.get('score') or {}).get('label') or center.get('score_reason') or NOT_SAID}"
    if cases := center.get("cases"):
        yield f"    cases: {cases.get('per_year')} {cases.get('label')}"
    yield f"    price: {_price(center.get('price') or {})}"
    yield f"    you pay: {center.get('you_pay') or NOT_SAID}"
    if center.get("spoken"):
        yield f"    said aloud: “{center['spoken']}”"


def _rank(center: dict[str, Any]) -> str:
    first_last = center.get("rank_range")
    if not first_last:
        return "-"
    first, last = first_last
    return str(first) if first == last else f"{first}-{last}"


def _price(price: dict[str, Any]) -> str:
    cents = price.get("amount_cents")
    if cents is None:
        return price.get("label") or "no price"
    parts = [dollars(cents), price.get("label"), price.get("scope")]
    parts += [f"as of {price['as_of']}"] if price.get("as_of") else []
    parts += [price.get("source")]
    return ", ".join(part for part in parts if part)


def _contracts(contracts: list[dict[str, Any]]) -> Iterator[str]:
    for contract in contracts:
        days = f"{contract.get('effective') or 'start not said'} to {contract.get('ends') or 'no end stated'}"
        yield f"Contract: {contract.get('alliance')} for {contract.get('covers')}, {contract.get('status')}, {days}"
        for name in ("reason", "run_out", "warranty", "routes"):
            if contract.get(name):
                yield f"    {name.replace('_', '-')}: {contract[name]}"
        source = contract.get("source") or {}
        yield f"    {source.get('file')}, row {source.get('row')}"


def _rule(rule: dict[str, Any]) -> Iterator[str]:
    program = rule.get("program") or {}
    version = f", version {program['version']}" if program.get("version") else ""
    yield f"Rule of {program.get('employer')}, plan year {program.get('plan_year')}{version}: {rule.get('headline')}"
    yield f"    file SHA-256: {program.get('sha256')}"
    single = (rule.get(name) for name in ("eligibility", "coverage", "here", "elsewhere", "reward", "travel"))
    many = (each for name in ("duties", "gates", "exceptions") for each in rule.get(name) or [])
    for part in (*single, rule.get("second_opinion"), *many, rule.get("appeal")):
        if part and part.get("words"):
            clause = (part.get("explanation") or {}).get("clause")
            yield f"    {part['words']}" + (f" (clause {clause})" if clause else "")
    for text in (*(rule.get("warnings") or []), *(rule.get("notes") or [])):
        yield f"    {text}"


def _edition(shown: Shown) -> Iterator[str]:
    edition = shown.edition or {}
    release = f", release {edition['release']}" if edition.get("release") else ""
    yield f"Edition {shown.offer.get('edition') or NOT_SAID}{release}."
    for source in edition.get("sources") or []:
        released = source.get("release") or "release not known"
        yield f"    {source.get('file')} ({released}): {source.get('kept')} of {source.get('rows_read')} rows kept"
