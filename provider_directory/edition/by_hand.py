"""Changes of a credential made by hand: added to a copy of an edition as rows, and kept when it is built anew.

Source: CONTRACT 4. A suspension is a roster row with nothing but its date and reason; a reinstatement is the contract
that runs beneath, once more, from a later date.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal, NamedTuple

from provider_directory.contracts import ContractTerms, bears_on, decider, is_suspension_only
from provider_directory.edition.manifest import (
    FileReport,
    Manifest,
    content_digests,
    file_sha256,
    name_of,
    table_digest,
    write_durably,
)
from provider_directory.edition.pointer import sidecar_of
from provider_directory.edition.publish import verify_bytes

DATASET = "by_hand"
CHANGED_TABLES = ("contract", "source", "surgeon")
Act = Literal["suspension", "reinstatement"]


class HandMade(NamedTuple):
    """One change by hand: exactly one of criteria_set and procedure is set."""

    act: Act
    facility_id: str
    alliance: str
    criteria_set: str | None
    procedure: str | None
    day: date
    """From this day on."""
    reason: str

    @property
    def covers(self) -> str:
        """The criteria set or the procedure that it names."""
        return self.procedure or self.criteria_set or ""


def hand_made(rows: Iterable[ContractTerms], by_hand: Iterable[int]) -> list[HandMade]:
    """Give the changes by hand among contract rows, in their order; ``by_hand`` = the ids of such sources."""
    sources = frozenset(by_hand)
    found: dict[HandMade, None] = {}
    for row in rows:
        if row.source_id in sources and row.effective is not None:
            act: Act = "suspension" if row.status == "suspended" else "reinstatement"
            about = (row.facility_id, row.alliance, row.criteria_set, row.procedure)
            found[HandMade(act, *about, row.effective, row.reason or "")] = None
    return list(found)


def suspension_row(change: HandMade, visibility: str) -> ContractTerms:
    """Make the row of a suspension, its place and source still open (0)."""
    return ContractTerms(
        id=0,
        facility_id=change.facility_id,
        alliance=change.alliance,
        criteria_set=change.criteria_set,
        procedure=change.procedure,
        status="suspended",
        effective=change.day,
        ends=None,
        suspended_on=change.day,
        reason=change.reason,
        bundle_cents=None,
        price_effective=None,
        included=None,
        extra=None,
        run_out=None,
        warranty=None,
        visibility=visibility,
        routes=None,
        intake_phone=None,
        source_id=0,
        row=0,
    )


def reinstatement_row(change: HandMade, rows: Iterable[ContractTerms], criteria_set: str) -> ContractTerms | None:
    """Make the row of a reinstatement out of the contract beneath; None where no contract runs on its day.

    ``rows`` are the facility's; ``criteria_set`` is that of the procedure, where the change names one. The row keeps
    the id of the contract that it repeats, whose surgeons it takes along.
    """
    beneath = [
        row
        for row in rows
        if row.is_of((change.alliance,))
        and not is_suspension_only(row)
        and row.begun(change.day)
        and not row.ended(change.day)
        and (
            bears_on(row, change.procedure, criteria_set)
            if change.procedure
            else row.criteria_set == change.criteria_set
        )
    ]
    if not beneath:
        return None
    named = [row for row in beneath if row.procedure is not None]
    terms = decider(named or beneath)
    return terms._replace(
        criteria_set=change.criteria_set,
        procedure=change.procedure,
        status="active",
        effective=change.day,
        suspended_on=None,
        reason=change.reason,
        # The price is as old as it was: a reinstatement agrees no new one.
        price_effective=terms.price_effective or terms.effective,
        source_id=0,
        row=0,
    )


def extend(base: Path, out: Path, rows: Sequence[ContractTerms], title: str, notes: Sequence[str]) -> Manifest:
    """Write a copy of an edition with these rows added as one source, and its sidecar; seconds at most.

    ``out`` may be ``base`` itself where nobody has read it yet. A row whose id is that of a contract in the edition
    takes its surgeons along. Only the tables that change are named anew. Raises EditionProblem where the edition does
    not verify by its bytes.
    """
    before = verify_bytes(base)
    if out != base:
        shutil.copyfile(base, out)
    with closing(sqlite3.connect(out, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.execute("BEGIN IMMEDIATE")
        _insert(connection, rows, title)
        connection.execute("COMMIT")
        digests = dict(before.digests) or content_digests(connection)
        digests |= {table: table_digest(connection, table) for table in CHANGED_TABLES}
        counts = {t: connection.execute(f'SELECT count(*) FROM "{t}"').fetchone()[0] for t in CHANGED_TABLES}
    manifest = before.model_copy(
        update={
            "name": name_of(digests),
            "digests": digests,
            "file_sha256": file_sha256(out),
            "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "counts": before.counts | counts,
            "files": (*before.files, _report(rows, title)),
            "notes": (*before.notes, *notes),
            "extends": before.extends if out == base else before.name,
        }
    ).sealed()
    write_durably(sidecar_of(out), manifest.model_dump_json(indent=1).encode())
    return manifest


def _insert(connection: sqlite3.Connection, rows: Sequence[ContractTerms], title: str) -> None:
    report = _report(rows, title)
    source_id = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM source").fetchone()[0]
    about = (source_id, report.file, report.dataset, report.title, None, None, None, report.read, report.kept, 0, 0)
    connection.execute(f"INSERT INTO source VALUES ({','.join('?' * len(about))})", about)
    first = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM contract").fetchone()[0]
    for number, row in enumerate(rows):
        stored = row._replace(id=first + number, source_id=source_id, row=number + 1)
        cells = [cell.isoformat() if isinstance(cell, date) else cell for cell in stored]
        connection.execute(f"INSERT INTO contract VALUES ({','.join('?' * len(cells))})", cells)
        connection.execute(
            "INSERT INTO surgeon SELECT ?, place, name, npi, procedures, languages, new_patients, wait_days"
            " FROM surgeon WHERE contract_id = ?",
            (stored.id, row.id),
        )


def _report(rows: Sequence[ContractTerms], title: str) -> FileReport:
    said = "\n".join(repr(row) for row in rows)
    return FileReport(
        file="by hand",
        dataset=DATASET,
        title=title,
        release=None,
        sha256=hashlib.sha256(said.encode()).hexdigest(),
        read=len(rows),
        kept=len(rows),
        duplicates=0,
        set_aside={},
        examples=(),
        conflict=None,
        period_start="",
        period_end="",
    )
