"""Checks the data rows of a CSV price file, tall or wide, by the rules of one version."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter

from provider_directory.sources.price_file.columns import ABSENT, Columns, PayerColumns
from provider_directory.sources.price_file.findings import Findings, quoted
from provider_directory.sources.price_file.rules import (
    DRUG_TYPES,
    METHODOLOGIES,
    NINE_NINES,
    SETTINGS,
    Rules,
    is_count,
    is_positive,
)

_MOST_PAYERS = 100_000
_FILL_IN = "Fill the cell in."
_A_CHARGE = "where a dollar, a percentage or an algorithm is given"
_NUMBER = "a number above 0, without signs and commas"


class RowCheck:
    """Checks row after row; cells must come stripped, with one empty cell behind the last."""

    def __init__(self, columns: Columns, rules: Rules, findings: Findings) -> None:
        self._columns = columns
        self._rules = rules
        self._findings = findings
        self._types = frozenset(rules.code_types)
        self._payers = [_PayerCheck(self, payer, columns.tall) for payer in columns.payers]
        self.payer_names: set[str] = {payer.payer for payer in columns.payers if payer.payer}

    @property
    def rules(self) -> Rules:
        """The rules of the version."""
        return self._rules

    def error(self, number: int, at: int, code: str, found: str, expected: str, next_step: str) -> None:
        """Note an error in the cell ``at``; ABSENT = of the whole row."""
        column = None if at == ABSENT else self._columns.names[at]
        self._findings.error(number, column, code, found, expected, next_step)

    def check(self, number: int, row: list[str]) -> None:
        """Check one row."""
        item = self._columns.item
        if not row[item.description]:
            if not any(row):
                return
            self.error(number, item.description, "value_missing", "an empty cell", "a description", _FILL_IN)
        has_code, is_ndc = self._check_codes(number, row)
        for at in (item.gross, item.cash, item.minimum, item.maximum):
            if row[at] and not is_positive(row[at]):
                self.not_positive(number, at, row[at])
        if self._rules.drugs_and_modifiers and (row[item.drug_unit] or row[item.drug_type] or is_ndc):
            self._check_drug(number, row, is_ndc)
        is_modifier = self._rules.drugs_and_modifiers and not has_code and bool(row[item.modifiers])
        if not has_code and not is_modifier:
            step = "Give one of the pairs code|1 and code|1|type, code|2 and code|2|type ..."
            self.error(number, ABSENT, "code_missing", "no code", "a code with its type", step)
        posted = [payer.check(number, row, is_modifier) for payer in self._payers]
        if is_modifier:
            self._check_modifier(number, row, posted)
        else:
            self._check_item(number, row, posted)

    def _check_codes(self, number: int, row: list[str]) -> tuple[bool, bool]:
        has_code = is_ndc = False
        for code_at, type_at in self._columns.codes:
            kind = row[type_at]
            if row[code_at]:
                has_code = True
                if kind not in self._types and kind.upper() not in self._types:
                    self.not_allowed(number, type_at, kind, self._rules.code_types)
            elif kind:
                has_code = True
                self.error(number, code_at, "value_missing", "an empty cell", "the code of the type given", _FILL_IN)
            if kind and kind.upper() == "NDC":
                is_ndc = True
        return has_code, is_ndc

    def _check_drug(self, number: int, row: list[str], is_ndc: bool) -> None:
        item = self._columns.item
        unit, kind = row[item.drug_unit], row[item.drug_type]
        reason = "of an NDC code" if is_ndc else "beside the other half of the drug's measure"
        if not unit:
            self.error(
                number, item.drug_unit, "drug_measure_missing", "an empty cell", f"the number {reason}", _FILL_IN
            )
        elif not is_positive(unit):
            self.not_positive(number, item.drug_unit, unit)
        if not kind:
            self.error(number, item.drug_type, "drug_measure_missing", "an empty cell", f"the unit {reason}", _FILL_IN)
        elif kind.upper() not in DRUG_TYPES:
            self.not_allowed(number, item.drug_type, kind, DRUG_TYPES)

    def _check_modifier(self, number: int, row: list[str], posted: list[str]) -> None:
        note = self._columns.item.note
        if not row[note] and not any(posted) and not any(payer.has_note(row) for payer in self._payers):
            expected = "a note or a negotiated charge with a modifier"
            self.error(number, note, "modifier_unexplained", "neither", expected, "Say what the modifier changes.")

    def _check_item(self, number: int, row: list[str], posted: list[str]) -> None:
        item = self._columns.item
        if row[item.setting].lower() not in SETTINGS:
            self.not_allowed(number, item.setting, row[item.setting], SETTINGS)
        if not self._rules.conditional:
            return
        if not row[item.gross] and not row[item.cash] and not any(posted):
            expected = "a gross charge, a cash price or a negotiated charge"
            self.error(number, item.gross, "charge_missing", "no charge", expected, "Give one, or take the row out.")
        if "dollar" in posted and not (row[item.minimum] and row[item.maximum]):
            at = item.maximum if row[item.minimum] else item.minimum
            expected = "the lowest and the highest negotiated charge beside a negotiated dollar"
            self.error(number, at, "range_missing", "an empty cell", expected, _FILL_IN)

    def not_positive(self, number: int, at: int, found: str) -> None:
        """Note a cell that is no positive number."""
        self.error(number, at, "not_positive", quoted(found), _NUMBER, "Write the plain number, or leave it empty.")

    def not_allowed(self, number: int, at: int, found: str, allowed: tuple[str, ...]) -> None:
        """Note a cell with a word that is not in the list, or without one."""
        code = "value_not_allowed" if found else "value_missing"
        self.error(number, at, code, quoted(found), f"one of {', '.join(allowed)}", "Write one of them.")

    def alert_nines(self, number: int, at: int) -> None:
        """Note nine 9s."""
        step = "The hospital must give an amount in their place."
        self._findings.alert(
            number, self._columns.names[at], "nine_nines", str(NINE_NINES), "an amount; nine 9s are none", step
        )

    def note_payer(self, name: str) -> None:
        """Remember a payer of a tall file."""
        if len(self.payer_names) < _MOST_PAYERS:
            self.payer_names.add(name)


class _PayerCheck:
    """Checks what a row says of one payer's plan."""

    def __init__(self, row_check: RowCheck, columns: PayerColumns, tall: bool) -> None:
        rules = row_check.rules
        self._row_check = row_check
        self._tall = tall
        self._columns = columns
        self._note = row_check._columns.item.note if tall else columns.payer_note
        self._estimated = columns.estimated if rules.estimates else ABSENT
        self._amounts = (columns.median, columns.p10, columns.p90) if rules.amounts else ()
        self._count = columns.case_count if rules.amounts else ABSENT
        self._numbers = tuple(
            at for at in (columns.dollar, columns.percentage, self._estimated, *self._amounts) if at != ABSENT
        )
        filled = tuple(dict.fromkeys((*self._numbers, columns.algorithm, columns.methodology, self._count)))
        self._cells: Callable[[list[str]], tuple[str, ...]] = itemgetter(*filled, ABSENT)
        self._nothing = ("",) * (len(filled) + 1)

    def has_note(self, row: list[str]) -> bool:
        """Say whether a payer of a wide file has a note."""
        return not self._tall and bool(row[self._note])

    def check(self, number: int, row: list[str], is_modifier: bool) -> str:
        """Check the payer's cells; say what charge they give: "dollar", "other" or ""."""
        columns, rules = self._columns, self._row_check.rules
        if self._tall:
            self._row_check.note_payer(row[columns.payer_cell])
        elif self._cells(row) == self._nothing:
            return ""
        self._check_values(number, row)
        share = row[columns.percentage] or row[columns.algorithm]
        charge = "dollar" if row[columns.dollar] else "other" if share else ""
        if is_modifier or not rules.conditional:
            return charge
        if charge:
            self._check_named(number, row)
        elif rules.amounts and self._tall and row[columns.payer_cell] and row[columns.plan_cell]:
            expected = "a dollar, a percentage or an algorithm of the payer named"
            self._error(number, columns.payer_cell, "payer_without_charge", "none", expected, "Give the charge.")
        if row[columns.methodology].lower() == "other" and not row[self._note]:
            expected = 'a note that explains the methodology "other"'
            self._error(number, self._note, "note_missing", "an empty cell", expected, "Explain it.")
        if rules.estimates and share and not row[columns.dollar] and not row[self._estimated]:
            expected = "an estimated amount where there is only a percentage or an algorithm"
            self._error(number, self._estimated, "estimate_missing", "an empty cell", expected, _FILL_IN)
        if rules.amounts:
            self._check_amounts(number, row, bool(share))
        return charge

    def _error(self, number: int, at: int, code: str, found: str, expected: str, next_step: str) -> None:
        self._row_check.error(number, at, code, found, expected, next_step)

    def _check_values(self, number: int, row: list[str]) -> None:
        row_check = self._row_check
        for at in self._numbers:
            text = row[at]
            if text and not is_positive(text):
                row_check.not_positive(number, at, text)
        methodology = row[self._columns.methodology]
        if methodology and methodology not in METHODOLOGIES and methodology.lower() not in METHODOLOGIES:
            row_check.not_allowed(number, self._columns.methodology, methodology, METHODOLOGIES)
        count = row[self._count]
        if count and not is_count(count) and count.lower() != "1 through 10":
            expected = '0, "1 through 10" or a whole number from 11'
            self._error(number, self._count, "count_form", quoted(count), expected, "Write the count in this form.")
        for at in (self._estimated, *self._amounts, self._count):
            if row[at].startswith("999999999") and _is_nines(row[at]):
                row_check.alert_nines(number, at)

    def _check_named(self, number: int, row: list[str]) -> None:
        columns = self._columns
        for at in (columns.payer_cell, columns.plan_cell) if self._tall else ():
            if not row[at]:
                self._error(number, at, "value_missing", "an empty cell", f"a name {_A_CHARGE}", _FILL_IN)
        if not row[columns.methodology]:
            expected = f"one of {', '.join(METHODOLOGIES)} {_A_CHARGE}"
            self._error(number, columns.methodology, "value_missing", "an empty cell", expected, "Write one of them.")

    def _check_amounts(self, number: int, row: list[str], is_share: bool) -> None:
        count = row[self._count]
        if count == "0" and not row[self._note]:
            expected = "a note that explains why nothing was paid (count 0)"
            self._error(number, self._note, "note_missing", "an empty cell", expected, "Explain it.")
        if not is_share:
            return
        beside = "beside a percentage or an algorithm"
        if not count:
            self._error(number, self._count, "count_missing", "an empty cell", f"a count {beside}", _FILL_IN)
        if count != "0":
            for at, name in zip(self._amounts, ("median", "10th percentile", "90th percentile"), strict=True):
                if not row[at]:
                    self._error(number, at, "amount_missing", "an empty cell", f"the {name} {beside}", _FILL_IN)


def _is_nines(text: str) -> bool:
    return is_positive(text) is not None and float(text) == NINE_NINES
