"""Contracts of one alliance for one set or procedure: begun, ended, suspended, at other dates or another price."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from provider_directory.changes.sides import Side, Sides
from provider_directory.changes.values import Change
from provider_directory.contracts import ContractStanding, ContractTerms, pricing_row, standing
from provider_directory.edition.history import row_words
from provider_directory.edition.suspend import Subject, rows_about, subject_of_row
from provider_directory.spoken import dollars

Key = tuple[str, str, Subject]
"""Facility id, alliance in lower case, set or procedure."""


def contract_changes(sides: Sides) -> list[Change]:
    """Tell every contract that differs on the date, and every row that was added to a history or taken out of it."""
    old, new = (_by_key(side) for side in (sides.before, sides.after))
    found = []
    for key in sorted(old.keys() | new.keys(), key=lambda key: (key[0], key[1], key[2].words)):
        before, after = old.get(key, []), new.get(key, [])
        if _contents(before) == _contents(after):
            continue
        facility, _, subject = key
        about = f"contract with {(after or before)[0].alliance} for {subject.words}"
        was, now = (_found(rows, sides) for rows in (before, after))
        fresh = [row for row in after if _content(row) not in _contents(before)]
        old_words, new_words = _said(was, now, sides.on), _said(now, was, sides.on)
        if before and after and old_words == new_words:
            gone = [row for row in before if _content(row) not in _contents(after)]
            found.append(sides.change(facility, about, f"{old_words} on {sides.on}", f"the same; {_rows(fresh, gone)}"))
        else:
            # What is to come is part of what changed: a renewal at another price.
            to_come = [f"; to come: {_row(row)}" for row in fresh if not row.begun(sides.on)]
            found.append(
                sides.change(
                    facility,
                    about,
                    old_words if before else None,
                    f"{new_words}{''.join(to_come)}" if after else "no row of it is left",
                    _why(was, now) if before and after else None,
                )
            )
    return found


def _by_key(side: Side) -> dict[Key, list[ContractTerms]]:
    rows = side.reader.contracts_at(side.only) if side.only else side.reader.contracts()
    alliances: dict[tuple[str, str], list[ContractTerms]] = {}
    for row in rows:
        alliances.setdefault((row.facility_id, row.alliance.casefold()), []).append(row)
    return {
        (facility, alliance, subject): rows_about(members, subject)
        for (facility, alliance), members in alliances.items()
        for subject in {subject_of_row(row) for row in members}
    }


def _content(row: ContractTerms) -> ContractTerms:
    """Give what a row says, without where it stands."""
    return row._replace(id=0, source_id=0, row=0)


def _contents(rows: Sequence[ContractTerms]) -> set[ContractTerms]:
    return {_content(row) for row in rows}


def _found(rows: Sequence[ContractTerms], sides: Sides) -> ContractStanding | None:
    return standing(rows, (rows[0].alliance,), sides.on, sides.on) if rows else None


def _rows(fresh: Sequence[ContractTerms], gone: Sequence[ContractTerms]) -> str:
    """Say the rows that came and went; rows that read alike differ in what is not said of a row."""
    added, taken_out = [_row(row) for row in fresh], [_row(row) for row in gone]
    if sorted(added) == sorted(taken_out):
        return "a detail of its row is otherwise: scope, terms, route or telephone"
    return "; ".join([*(f"added: {each}" for each in added), *(f"taken out: {each}" for each in taken_out)])


def _row(row: ContractTerms) -> str:
    since = row.price_effective if row.bundle_cents is not None else None
    return f"{row_words(row)}{f', that price from {since}' if since and since != row.effective else ''}"


def _said(found: ContractStanding | None, other: ContractStanding | None, on: date) -> str:
    """Say what the rows come to, with dates and price, and of its terms those that the other side has otherwise."""
    if found is None or found.terms is None:
        return "not begun"
    terms = found.terms
    if found.state == "SUSPENDED":
        return f"suspended{f' from {terms.stopped_from}' if terms.stopped_from else ''}"
    if found.state == "EXPIRED":
        return f"contract ended{f' on {terms.ends}' if terms.ends else ''}"
    parts = [f"under contract to {found.ends}" if found.ends else "under contract, no end stated"]
    priced = pricing_row(found, on)  # the price may stand in another row than the one that decides
    cents = priced.bundle_cents if priced else None
    parts.append(f"bundle {dollars(cents)}" if cents is not None else "no price stated")
    if other is not None and other.state == "CONTRACT" and other.terms is not None:
        there = _terms(other.terms)
        parts += [f"{name}: {text or 'not stated'}" for name, text in _terms(terms).items() if text != there[name]]
    return ", ".join(parts)


def _terms(row: ContractTerms) -> dict[str, str | None]:
    return {"included": row.included, "extra": row.extra, "run-out": row.run_out, "warranty": row.warranty}


def _why(was: ContractStanding | None, now: ContractStanding | None) -> str | None:
    terms = now.terms if now else None
    if terms is None:
        return None
    if terms.reason:
        return terms.reason
    earlier = was.terms if was else None
    if terms.effective and (earlier is None or earlier.effective != terms.effective):
        return f"a row took effect on {terms.effective}"
    return None
