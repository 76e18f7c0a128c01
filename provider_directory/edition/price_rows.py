"""What an edition holds of prices: answers and own rates for an offer, every rate for the ladder, claims, bands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from provider_directory.edition import posted_rates
from provider_directory.edition.posted_answers import KEPT_RATES
from provider_directory.edition.posted_rates import PriceFileRow
from provider_directory.edition.reader import EditionReader
from provider_directory.facts import JudgedRate
from provider_directory.models import PayerMatch
from provider_directory.pricing.bands import Band, Bands
from provider_directory.pricing.choosing import Chosen, KeptRate, fold_payer


class PaidClaims(NamedTuple):
    """What one program's plan paid at one facility for one procedure: a row of table paid_claims; cents."""

    program: str
    facility_id: str
    procedure: str
    setting: str
    cases: int
    median: int
    p10: int | None
    p90: int | None
    period_start: date
    period_end: date
    source_id: int
    row: int
    counts: str
    """What the amounts count: "facility_and_professional", "facility", or "" = not said."""


def stored_answers(
    reader: EditionReader, facility_ids: Sequence[str], setting: str, codes: Sequence[str]
) -> dict[tuple[str, str, int], Chosen]:
    """Give the answers to a question that names no payer, by facility, code and price file."""
    sql = (
        "SELECT facility_id, code, price_file_id, kind, amount_cents, low_cents, high_cents, payers, flags, of_kind,"
        f" rates, first_row FROM posted_answer WHERE setting = ? AND code IN ({','.join('?' * len(codes))})"
        " AND facility_id IN "
    )
    found = {}
    for row in reader.among(sql, (setting, *codes), facility_ids):
        facility, code, file, kind, amount, low, high, payers, flags, of_kind, rates, first = row
        match: PayerMatch | None = "other" if kind == "other_insurers" else None
        found[facility, code, file] = Chosen(
            *(kind, amount, low, high, match, payers, None, tuple(flags.split()), of_kind, rates, first)
        )
    return found


def own_rates(
    reader: EditionReader, facility_ids: Sequence[str], setting: str, codes: Sequence[str], payer: str | None
) -> dict[tuple[str, str, int], list[KeptRate]]:
    """Give the rates of one payer that no rule refused, by facility, code and price file.

    A cash price is of no payer, though the row that it stands in may name one.
    """
    found: dict[tuple[str, str, int], list[KeptRate]] = {}
    if not payer:
        return found
    names = [name for (name,) in reader.rows("SELECT name FROM payer WHERE folded = ?", (fold_payer(payer),))]
    sql = (
        f"{KEPT_RATES} AND kind <> 'cash' AND setting = ? AND code IN ({','.join('?' * len(codes))})"
        f" AND payer IN ({','.join('?' * len(names))}) AND facility_id IN "
    )
    for row in reader.among(sql, (setting, *codes, *names), facility_ids) if names else ():
        rate = KeptRate._make(row[1:])
        found.setdefault((row[0], rate.code, rate.file), []).append(rate)
    return found


def rates_of_one_file(reader: EditionReader, facility: str, setting: str, code: str, file: int) -> list[KeptRate]:
    """Give the rates of one code in one price file that no rule refused."""
    sql = f"{KEPT_RATES} AND facility_id = ? AND code = ? AND setting = ? AND price_file_id = ? ORDER BY id"
    return [KeptRate._make(row[1:]) for row in reader.rows(sql, (facility, code, setting, file))]


def every_rate(reader: EditionReader, facility_id: str, codes: Sequence[str]) -> list[tuple[int, JudgedRate]]:
    """Give every rate of a facility for some codes, refused ones too, each with its price file's id."""
    sql = (
        f"SELECT {posted_rates.COLUMNS} FROM posted_rate"
        f" WHERE facility_id = ? AND code IN ({','.join('?' * len(codes))}) ORDER BY id"
    )
    return [(row[4], posted_rates.judged(row)) for row in reader.rows(sql, (facility_id, *codes))]


def price_files(reader: EditionReader, facility_ids: Sequence[str]) -> dict[int, PriceFileRow]:
    """Give the price files of these facilities by id."""
    rows = reader.among("SELECT * FROM price_file WHERE facility_id IN ", (), facility_ids)
    return {row[0]: PriceFileRow._make(row) for row in rows}


def paid_claims(
    reader: EditionReader, facility_ids: Sequence[str], procedure: str, program: str | None
) -> dict[str, list[PaidClaims]]:
    """Give what this program's plan paid, by facility, newest period first; nothing of any other program."""
    found: dict[str, list[PaidClaims]] = {}
    if program is None:
        return found
    sql = "SELECT * FROM paid_claims WHERE procedure = ? AND lower(program) = ? AND facility_id IN "
    for row in reader.among(sql, (procedure, program.lower()), facility_ids):
        days = (date.fromisoformat(row[8]), date.fromisoformat(row[9]))
        claims = PaidClaims._make((*row[:8], *days, *row[10:]))
        found.setdefault(claims.facility_id, []).append(claims)
    for listed in found.values():
        listed.sort(key=lambda claims: (claims.period_end, claims.period_start), reverse=True)
    return found


def stored_bands(reader: EditionReader, codes: Iterable[str]) -> Bands:
    """Give the bands of these codes as the build made them."""
    wanted = tuple(codes)
    sql = f"SELECT kind, code, median_cents, hospitals FROM band WHERE code IN ({','.join('?' * len(wanted))})"
    found: dict[str, dict[str, Band]] = {"negotiated": {}, "cash": {}}
    for kind, code, median, hospitals in reader.rows(sql, wanted):
        found[kind][code] = Band(median, hospitals)
    return Bands(found["negotiated"], found["cash"])
