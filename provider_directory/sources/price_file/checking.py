"""Checks a whole price file against CMS's data dictionary of one schema version (METHOD 5.14 to 5.17)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from provider_directory.errors import BadInput
from provider_directory.facts import PriceFileHead
from provider_directory.sources.opening import open_text
from provider_directory.sources.price_file.check_head import alert_values, check_labels, check_names
from provider_directory.sources.price_file.check_json import JsonCheck
from provider_directory.sources.price_file.check_rows import RowCheck
from provider_directory.sources.price_file.columns import Columns, read_columns
from provider_directory.sources.price_file.findings import ErrorFound, Finding, Findings, FirstError
from provider_directory.sources.price_file.head import VERSIONS, csv_head, json_head, version_named
from provider_directory.sources.price_file.json_text import ITEMS, JsonSyntax, JsonWalk
from provider_directory.sources.price_file.opening import is_json, json_said, only_member, shown_name
from provider_directory.sources.price_file.quick_rows import QuickRows
from provider_directory.sources.price_file.rules import rules_of
from provider_directory.sources.price_file.table import TOO_MANY, PriceTable, RowFault

MOST_FINDINGS = 1000
_STRICT = json.JSONDecoder(parse_constant=lambda word: (word,))  # a tuple: no value of any kind that JSON has
_SIGNS = ("hospital_name", "last_updated_on", "standard_charge", "description", "payer_name", "code|1", "code | 1")


class PriceFileCheck(NamedTuple):
    """The outcome of a check; valid = no errors."""

    head: PriceFileHead
    findings: Findings
    rows: int
    """Data rows (JSON: items) that were checked; 0 where the header is at fault."""
    payers: int
    """Different payer names."""


def check_price_file(
    path: Path, member: str | None = None, version: str | None = None, most: int = MOST_FINDINGS
) -> PriceFileCheck:
    """Check a price file, streaming; ``most`` errors and alerts are kept, all are counted.

    ``version`` as for ``open_price_file``. Raises SourceProblem for a file that cannot be opened, BadInput for a text
    that is no price file at all, and for a version that is not known.
    """
    return _check(path, member, version, Findings(most))


def is_valid(path: Path, member: str | None = None) -> bool:
    """Say whether a price file keeps CMS's rules (METHOD 5.15), reading no further than its first error.

    Raises as ``check_price_file`` does, for what it meets on the way.
    """
    try:
        _check(path, member, None, FirstError())
    except ErrorFound:
        return False
    return True


def _check(path: Path, member: str | None, version: str | None, findings: Findings) -> PriceFileCheck:
    asked = version_named(version) if version else None
    member = member or only_member(path)
    name = shown_name(path, member)
    if is_json(path, member):
        return _check_json(path, member, name, asked, findings)
    with open_text(path, member, name) as source:
        return _check_csv(PriceTable(source, name), asked, findings)


def _check_csv(table: PriceTable, asked: str | None, findings: Findings) -> PriceFileCheck:
    names, values, labels = ([cell.strip(" \t\r\n\ufeff\xa0") for cell in row] for row in table.header)
    said = " ".join((*names, *values, *labels)).lower()
    if not said.strip():
        findings.error(1, None, "header_blank", "nothing", "the headers of a price file", "Get the file anew.")
        return PriceFileCheck(csv_head((), (), read_columns(()), asked), findings, 0, 0)
    if not any(sign in said for sign in _SIGNS):
        raise BadInput(
            f"{table.name} is no price file: none of its first rows has a header of one.",
            "Name a file in CSV or JSON as hospitals publish it.",
        )
    columns = read_columns(labels)
    head = csv_head(names, values, columns, asked)
    rules = rules_of(head.version)
    row = table.row_number
    if table.blank_before:
        found = f"{table.blank_before} blank rows before it" if table.blank_before > 1 else "a blank row before it"
        findings.error(1, None, "header_blank", found, "the headers in row 1", "Take the blank rows out.")
    elif not any(labels):
        findings.error(row, None, "header_blank", "a blank row", "the names of the columns", "Fill the row in.")
        return PriceFileCheck(head, findings, 0, 0)
    check_names(names, values, row - 2, rules, findings)
    if not findings.error_count:
        alert_values(names, values, row - 1, rules, findings)
    is_clear = check_labels(labels, row, rules, findings)
    if findings.error_count or not is_clear:
        return PriceFileCheck(head, findings, 0, 0)
    row_check = RowCheck(columns, rules, findings)
    _check_rows(table, columns, row_check, findings)
    if not table.read:
        findings.error(row + 1, None, "no_rows", "no row", "at least one row of charges", "Get the whole file.")
    row_check.payer_names.discard("")
    return PriceFileCheck(head, findings, table.read, len(row_check.payer_names))


def _check_rows(table: PriceTable, columns: Columns, row_check: RowCheck, findings: Findings) -> None:
    quick = QuickRows(columns, row_check.note_payer) if columns.tall else None
    for item in table.rows(len(columns.names)):
        if isinstance(item, RowFault):
            note = findings.alert if item.reason == TOO_MANY else findings.error  # CMS's validator lets it pass
            note(item.row, None, item.reason, item.found, item.expected, item.next_step)
            if item.cells:
                row_check.check(item.row, [*map(str.strip, item.cells), ""])
            continue
        number, row = item
        if quick is not None and quick.is_clean(row):
            continue
        before = findings.error_count + findings.alert_count
        row_check.check(number, list(map(str.strip, row)))
        if quick is not None and findings.error_count + findings.alert_count == before:
            quick.remember()


def _check_json(path: Path, member: str | None, name: str, asked: str | None, findings: Findings) -> PriceFileCheck:
    version = asked
    said: dict[str, Any] = {}
    items = 0
    check = JsonCheck(rules_of(version or VERSIONS[0]), findings)
    try:
        if version is None:
            version = json_head(json_said(path, member, name), None).version
            check = JsonCheck(rules_of(version), findings)
        with open_text(path, member, name, in_lines=False) as source:
            walk = JsonWalk(source.text, name, _STRICT)
            for key, place, value in walk.values():
                if key == ITEMS and place:
                    items = place
                    check.check_item(place, value)
                else:
                    said[key] = value
        if walk.is_object:
            check.check_head(said, has_items=bool(items))
            check.alert_version(said.get("version"))
        else:
            findings.error(None, None, "not_an_object", "a list", "an object in braces", "Get the file anew.")
    except JsonSyntax as problem:
        findings.add(Finding(None, None, "not_json", f"{problem.message} {problem.next_step}"))
    return PriceFileCheck(json_head(said, version), findings, items, len(check.payer_names))
