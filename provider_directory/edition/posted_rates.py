"""How a judged rate lies in an edition: what an offer asks for in columns, the other cells as written in one text."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from provider_directory.facts import JudgedRate, PostedRate

CELLS = (
    "code",
    "setting",
    "code_type",
    "gross",
    "cash",
    "dollar",
    "methodology",
    "description",
    "billing_class",
    "percentage",
    "estimated",
    "median",
    "p10",
    "p90",
    "case_count",
    "note",
    "minimum",
    "maximum",
    "algorithm",
    "modifiers",
    "where",
)
"""Fields of PostedRate in the column ``posted``, tab-separated, empty ones at the end left out: the frequent first.

``code`` and ``setting`` are empty where they are written as the columns of that name have them, and NOT_SAID where
they are not written."""
NOT_SAID = "\x1f"
"""No cleaned text holds it."""
_CELLS_OF = attrgetter(*CELLS)
_BETWEEN = len(CELLS) - 1
# From row, payer, plan and the cells to the order of PostedRate: a national table packs and unpacks 100,000 rates.
_IN_ORDER = itemgetter(*map(("row", "payer", "plan", *CELLS).index, PostedRate._fields))
COLUMNS = (
    "facility_id, code, setting, id, price_file_id, row, payer, plan, payer_class, kind,"
    " amount_cents, low_cents, high_cents, cases, flags, refused, posted"
)
"""The columns of table posted_rate, in the order of ``StoredRate``."""


class PriceFileRow(NamedTuple):
    """One row of table price_file."""

    id: int
    facility_id: str
    source_id: int
    hospital: str
    location: str
    format: str
    """"csv tall", "csv wide", "json" or "table"."""
    version: str
    updated_on: str | None
    """ISO date; None = unknown."""
    valid: int | None
    """1, 0, or None = not checked (METHOD 5.15)."""
    matched_by: str


class StoredRate(NamedTuple):
    """One row of table posted_rate, as it lies there."""

    facility_id: str
    code: str
    setting: str
    id: int
    price_file_id: int
    row: int
    payer: str | None
    plan: str | None
    payer_class: str | None
    kind: str | None
    amount_cents: int | None
    low_cents: int | None
    high_cents: int | None
    cases: int | None
    flags: str | None
    refused: str | None
    posted: str


def stored(judged: JudgedRate, facility_id: str, price_file_id: int, number: int) -> StoredRate:
    """Give the row that keeps a judged rate; ``number`` is its id in the edition."""
    rate = judged.rate
    cells: tuple[str, ...] = _CELLS_OF(rate)
    code = "" if rate.code == judged.code else rate.code or NOT_SAID
    setting = "" if rate.setting == judged.setting else rate.setting or NOT_SAID
    text = "\t".join((code, setting, *cells[2:]))
    if text.count("\t") != _BETWEEN:
        text = "\t".join(cell.replace("\t", " ") for cell in (code, setting, *cells[2:]))
    return StoredRate(
        *(facility_id, judged.code, judged.setting, number, price_file_id, rate.row),
        *(rate.payer or None, rate.plan or None, judged.payer_class or None, judged.kind or None),
        *(judged.amount_cents, judged.low_cents, judged.high_cents, judged.cases),
        *(" ".join(judged.flags) or None, judged.refused or None, text.rstrip("\t")),
    )


def judged(row: Sequence[Any]) -> JudgedRate:
    """Give the judged rate that a row of table posted_rate keeps, its cells as posted."""
    kept = StoredRate._make(row)
    cells = kept.posted.split("\t")
    cells += [""] * (len(CELLS) - len(cells))
    cells[0] = kept.code if not cells[0] else cells[0].replace(NOT_SAID, "")
    cells[1] = kept.setting if not cells[1] else cells[1].replace(NOT_SAID, "")
    return JudgedRate(
        rate=PostedRate._make(_IN_ORDER((kept.row, kept.payer or "", kept.plan or "", *cells))),
        code=kept.code,
        setting=kept.setting,
        payer_class=kept.payer_class or "",
        kind=kept.kind or "",
        amount_cents=kept.amount_cents,
        low_cents=kept.low_cents,
        high_cents=kept.high_cents,
        cases=kept.cases,
        flags=tuple(kept.flags.split()) if kept.flags else (),
        refused=kept.refused or "",
    )
