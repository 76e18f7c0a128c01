"""Checks the three header rows of a CSV price file: the hospital, the confirmation, the columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from provider_directory.sources.price_file.columns import MOST_CODES, parts_of, payer_and_plan
from provider_directory.sources.price_file.findings import Findings, quoted
from provider_directory.sources.price_file.rules import STATES, Rules
from provider_directory.sources.values import iso_day

_SHARED = ("hospital_name", "last_updated_on", "version", "hospital_address")
_AS_IN_DICTIONARY = "Write it as the data dictionary has it."
Parts = tuple[str, ...]


def check_names(names: Sequence[str], values: Sequence[str], row: int, rules: Rules, findings: Findings) -> None:
    """Check row 1 against the elements that the version asks for, and row 2 against row 1."""
    places = _places_of_names(names, row, rules, findings)
    for label in (*_SHARED, *_own_names(rules)):
        index = places.get(parts_of(label))
        if index is None:
            findings.error(
                row, label, "header_missing", "no such header", f"{quoted(label)} in row {row}", _AS_IN_DICTIONARY
            )
        else:
            _check_value(label, values[index] if index < len(values) else "", row + 1, rules, findings)


def _own_names(rules: Rules) -> tuple[str, ...]:
    if rules.amounts:
        return ("location_name", "type_2_npi", rules.confirmation, "attester_name")
    return ("hospital_location", rules.confirmation)


def _places_of_names(names: Sequence[str], row: int, rules: Rules, findings: Findings) -> dict[Parts, int]:
    known = {parts_of(label) for label in (*_SHARED, *_own_names(rules))}
    places: dict[Parts, int] = {}
    licensed = False
    for index, name in enumerate(names):
        parts = parts_of(name)
        if parts[0] == "license_number" and len(parts) == 2:
            if parts[1].upper() not in STATES:
                expected = "the two letters of a state or territory"
                findings.error(
                    row, name, "state_unknown", quoted(parts[1].upper()), expected, "E.g. license_number|CA."
                )
            elif licensed:
                _duplicate(row, name, findings)
            else:
                licensed = True
        elif parts in known:
            if parts in places:
                _duplicate(row, name, findings)
            else:
                places[parts] = index
    if not licensed:
        expected = 'a header "license_number|STATE"'
        step = "Name the state even where there is no license number, e.g. license_number|CA."
        findings.error(row, "license_number", "header_missing", "none", expected, step)
    return places


def _duplicate(row: int, name: str, findings: Findings) -> None:
    found = quoted(name) if name else "a second column without a name"
    findings.error(row, name or None, "column_twice", found, "each column once", "Take one of them out.")


def _check_value(label: str, value: str, row: int, rules: Rules, findings: Findings) -> None:
    if not value:
        findings.error(row, label, "value_missing", "an empty cell", "a value", "Fill the cell in.")
    elif label == "last_updated_on" and not iso_day(value):
        findings.error(row, label, "date_form", quoted(value), "a day as YYYY-MM-DD or MM/DD/YYYY", "Write it so.")
    elif label == rules.confirmation and value.lower() not in ("true", "false"):
        findings.error(row, label, "value_not_allowed", quoted(value), '"true" or "false"', "Write one of them.")


def alert_values(names: Sequence[str], values: Sequence[str], row: int, rules: Rules, findings: Findings) -> None:
    """Say what row 2 states that does not fit the version, and a confirmation that is refused."""
    for index, name in enumerate(names):
        value = values[index] if index < len(values) else ""
        if name.lower() == "version" and rules.stated_csv and value not in rules.stated_csv:
            expected = f"{' or '.join(rules.stated_csv)} in a file of version {rules.version}"
            findings.alert(row, name, "version_differs", quoted(value), expected, "Check which version it follows.")
        elif name.lower() == rules.confirmation.lower() and value.lower() == "false":
            findings.alert(row, None, "not_confirmed", '"false"', "a confirmation", "The hospital does not confirm it.")


def check_labels(labels: Sequence[str], row: int, rules: Rules, findings: Findings) -> bool:
    """Check row 3, the columns; False where it cannot be told whether the file is tall or wide."""
    parts = [parts_of(label) for label in labels]
    if rules.amounts:
        _check_placeholders(labels, parts, row, findings)
    named = dict.fromkeys(filter(None, (_payer_of(each, rules) for each in parts)))
    tall = ("payer_name",) in parts and ("plan_name",) in parts
    if tall == bool(named):
        found = (
            "both, or neither, of the columns payer_name and plan_name and columns with payer and plan in their names"
        )
        expected = "the columns of a tall file or those of a wide file"
        findings.error(row, None, "layout_unclear", found, expected, "Take the columns of one layout.")
        return False
    _check_twice(labels, parts, row, findings)
    _check_bars(labels, parts, row, tall, findings)
    for label in _asked_for(parts, list(named), rules):
        if parts_of(label) not in parts:
            findings.error(row, label, "column_missing", "no such column", f"it in row {row}", _AS_IN_DICTIONARY)
    _alert_estimates(labels, parts, row, tall, rules, findings)
    return True


def _payer_of(parts: Parts, rules: Rules) -> tuple[str, str] | None:
    """Give payer and plan as a column of this version names them."""
    named = payer_and_plan(parts)
    of_other_version = {"estimated_amount"} if not rules.estimates else set()
    if not rules.amounts:
        of_other_version |= {"median_amount", "10th_percentile", "90th_percentile", "count"}
    if named is None or parts[0] in of_other_version:
        return None
    return None if rules.amounts and _is_placeholder(named) else named


def _is_placeholder(named: tuple[str, str]) -> bool:
    return named[0] == "[payer_name]" or named[1] == "[plan_name]"


def _check_placeholders(labels: Sequence[str], parts: Sequence[Parts], row: int, findings: Findings) -> None:
    for label, each in zip(labels, parts, strict=True):
        named = payer_and_plan(each)
        is_code = each[0] == "code" and len(each) in (2, 3) and each[1] == "[i]"
        if is_code or (named is not None and _is_placeholder(named)):
            expected = "a number, a payer or a plan in its place"
            findings.error(row, label, "placeholder", quoted(label), expected, "Replace what stands in brackets.")


def _check_twice(labels: Sequence[str], parts: Sequence[Parts], row: int, findings: Findings) -> None:
    seen: set[Parts] = set()
    for label, each in zip(labels, parts, strict=True):
        if each in seen:
            _duplicate(row, label, findings)
        seen.add(each)


def _check_bars(labels: Sequence[str], parts: Sequence[Parts], row: int, tall: bool, findings: Findings) -> None:
    """Refuse a bar inside a payer's or plan's name, which CMS's validator lets go unread (METHOD 5.17)."""
    for label, each in zip(labels, parts, strict=True):
        too_many = len(each) > 4 and each[0] == "standard_charge"
        if not tall and (too_many or (len(each) > 3 and payer_and_plan(each[:3]) is not None)):
            step = "Write the payer and the plan without a bar: this column's charges cannot be read."
            findings.error(row, label, "bar_in_payer_name", f"{len(each) - 1} bars", "one payer and one plan", step)


def _asked_for(parts: Sequence[Parts], named: Sequence[tuple[str, str]], rules: Rules) -> Iterator[str]:
    yield from ("description", "setting", "standard_charge|gross", "standard_charge|discounted_cash")
    yield from ("standard_charge|min", "standard_charge|max", "additional_generic_notes")
    for number in range(1, _highest_code(parts) + 1):
        yield from (f"code|{number}", f"code|{number}|type")
    if rules.drugs_and_modifiers:
        yield from ("drug_unit_of_measurement", "drug_type_of_measurement", "modifiers")
    charges = ("negotiated_dollar", "negotiated_percentage", "negotiated_algorithm", "methodology")
    others: tuple[str, ...] = ("estimated_amount",) if rules.estimates else ()
    if rules.amounts:
        others = ("median_amount", "10th_percentile", "90th_percentile", "count")
    if not named:
        yield from ("payer_name", "plan_name")
        yield from (f"standard_charge|{charge}" for charge in charges)
        yield from others
    for payer, plan in named:
        yield from (f"standard_charge|{payer}|{plan}|{charge}" for charge in charges)
        yield from (f"{other}|{payer}|{plan}" for other in (*others, "additional_payer_notes"))


def _highest_code(parts: Sequence[Parts]) -> int:
    said = [tuple(filter(None, each)) for each in parts]
    numbers = [
        int(each[1])
        for each in said
        if each[:1] == ("code",)
        and len(each) in (2, 3)
        and each[1].isascii()
        and each[1].isdigit()
        and len(each[1]) < 9
    ]
    return min(max([1, *numbers]), MOST_CODES)


def _alert_estimates(
    labels: Sequence[str], parts: Sequence[Parts], row: int, tall: bool, rules: Rules, findings: Findings
) -> None:
    for label, each in zip(labels, parts, strict=True):
        if rules.amounts and each[0] == "estimated_amount" and len(each) == (1 if tall else 3):
            expected = "none since January 2026: median, percentiles and count take its place"
            findings.alert(row, label, "estimate_no_longer", quoted(label), expected, "It is not read.")
