"""What the build works out of kept rates, so that an offer reads a row for each file and not hundreds (METHOD 5)."""

from __future__ import annotations

import sqlite3
from itertools import groupby

from provider_directory.pricing.choosing import NOBODY, KeptRate, choose, fold_payer

KEPT_RATES = (
    "SELECT facility_id, price_file_id, row, code, setting, kind, coalesce(payer, ''), coalesce(plan, ''),"
    " amount_cents, low_cents, high_cents, cases, coalesce(flags, '') FROM posted_rate WHERE refused IS NULL"
)
"""The facility's id, then the fields of KeptRate."""


def write_answers(connection: sqlite3.Connection) -> None:
    """Write what each price file answers to a question that names no payer, and the payers by their folded names."""
    rows = connection.execute(f"{KEPT_RATES} ORDER BY facility_id, code, setting, price_file_id, id")
    payers: set[str] = set()
    answers = []
    for (facility, file, code, setting), group in groupby(rows, key=lambda row: (row[0], row[1], row[3], row[4])):
        rates = [KeptRate._make(row[1:]) for row in group]
        payers.update(rate.payer for rate in rates)
        if found := choose(rates, NOBODY):
            answers.append(
                (
                    *(facility, setting, code, file, found.kind, found.amount, found.low, found.high, found.payers),
                    *(" ".join(found.flags), found.of_kind, found.rows, found.first_row),
                )
            )
    connection.executemany(f"INSERT INTO posted_answer VALUES ({','.join('?' * 13)})", answers)
    named = sorted((fold_payer(payer), payer) for payer in payers if payer)
    connection.executemany("INSERT INTO payer VALUES (?,?)", named)
