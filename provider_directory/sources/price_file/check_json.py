"""Checks a price file in JSON by the schema of one version, item by item.

Written out and not run through a schema library: the messages name what was found and what to do, and one pass costs a
fraction. The schemas themselves are CMS's (FORMATS 3); a test holds the two together on hundreds of changed files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeGuard

from provider_directory.sources.price_file.findings import Findings, quoted
from provider_directory.sources.price_file.json_text import ITEMS
from provider_directory.sources.price_file.rules import (
    DRUG_TYPES,
    METHODOLOGIES,
    NINE_NINES,
    SETTINGS,
    STATES_OF_JSON,
    Rules,
    is_count,
)

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_CHARGES = ("standard_charge_dollar", "standard_charge_percentage", "standard_charge_algorithm")
_AMOUNTS = ("median_amount", "10th_percentile", "90th_percentile")
_NAMED = ("payer_name", "plan_name")
_MOST_PAYERS = 100_000
_MOST_SHAPES = 10_000
Members = dict[str, Any]
_Shape = tuple[tuple[str, ...], tuple[type, ...], bool | tuple[bool, ...], Any, Any]
"""Keys, types, which values are filled (True: each of them), methodology, count."""


class JsonCheck:
    """Checks items as they come, then the top level."""

    def __init__(self, rules: Rules, findings: Findings) -> None:
        self._rules = rules
        self._findings = findings
        self._item: int | None = None
        self._amounts: tuple[str, ...] = _AMOUNTS if rules.amounts else ()
        # 2.0 checks an estimated amount that it does not ask for, 2.1 does not know it.
        estimate = ("estimated_amount",) if rules.estimates or not rules.conditional else ()
        self._payer_numbers = (*_CHARGES[:2], *estimate, *self._amounts)
        self.payer_names: set[str] = set()
        self._clean: dict[_Shape, tuple[str, ...]] = {}
        """Of the payers that were found clean the shape, with the keys of their amounts."""

    # -- the top level

    def check_head(self, said: Members, has_items: bool) -> None:
        """Check everything but the items; ``has_items`` says whether any came."""
        self._item = None
        rules = self._rules
        lists = (rules.location, "hospital_address", *(("type_2_npi",) if rules.amounts else ()))
        confirmation = "attestation" if rules.amounts else "affirmation"
        texts = ("hospital_name", "version", "last_updated_on")
        self._require(said, "", (*texts, *lists, "license_information", confirmation))
        for key in texts:
            self._text(said, "", key)
        for key in lists:
            self._texts(said.get(key), f"/{key}", key in said, may_be_empty=not rules.amounts)
        self._check_day(said.get("last_updated_on"))
        self._check_license(said)
        self._check_confirmation(said, confirmation)
        if rules.drugs_and_modifiers and "modifier_information" in said:
            self._check_modifiers(said["modifier_information"])
        if ITEMS in said:
            self._wrong_type(f"/{ITEMS}", said[ITEMS], "a list of items")
        elif not has_items:
            self._error(
                f"/{ITEMS}", "value_missing", "no item", "at least one item with charges", "Get the whole file."
            )

    def _check_day(self, day: Any) -> None:
        if isinstance(day, str) and day and not _is_day(day):
            self._error("/last_updated_on", "date_form", quoted(day), "a day as YYYY-MM-DD", "Write it so.")

    def _check_license(self, said: Members) -> None:
        of = said.get("license_information")
        path = "/license_information"
        if "license_information" not in said or not self._is_object(of, path):
            return
        self._require(of, path, ("state",))
        self._word(of, path, "state", STATES_OF_JSON)
        self._text(of, path, "license_number")

    def _check_confirmation(self, said: Members, key: str) -> None:
        of, path = said.get(key), f"/{key}"
        if key not in said or not self._is_object(of, path):
            return
        confirm = f"confirm_{key}"
        self._require(of, path, (key, confirm, *(("attester_name",) if self._rules.amounts else ())))
        if key in of and of[key] != self._rules.confirmation:
            expected = "the sentence of the data dictionary, word for word"
            self._error(f"{path}/{key}", "value_not_allowed", quoted(of[key]), expected, "Copy it from there.")
        if confirm in of and not isinstance(of[confirm], bool):
            self._wrong_type(f"{path}/{confirm}", of[confirm], "true or false")
        if self._rules.amounts:
            self._text(of, path, "attester_name")
        if of.get(confirm) is False:
            self._alert(
                f"{path}/{confirm}", "not_confirmed", "false", "a confirmation", "The hospital does not confirm."
            )

    def _check_modifiers(self, listed: Any) -> None:
        path = "/modifier_information"
        if not self._is_list(listed, path, may_be_empty=not self._rules.amounts):
            return
        for index, modifier in enumerate(listed):
            where = f"{path}/{index}"
            if not self._is_object(modifier, where):
                continue
            self._require(modifier, where, ("description", "code", "modifier_payer_information"))
            self._text(modifier, where, "description")
            self._text(modifier, where, "code")
            if self._rules.amounts:
                self._word(modifier, where, "setting", SETTINGS)
            payers = modifier.get("modifier_payer_information")
            inner = f"{where}/modifier_payer_information"
            if "modifier_payer_information" in modifier and self._is_list(payers, inner):
                for place, payer in enumerate(payers):
                    self._check_texts_of(payer, f"{inner}/{place}", (*_NAMED, "description"))

    def _check_texts_of(self, of: Any, path: str, keys: Sequence[str]) -> None:
        if self._is_object(of, path):
            self._require(of, path, keys)
            for key in keys:
                self._text(of, path, key)

    def alert_version(self, stated: Any) -> None:
        """Say when the file states a version that does not fit the one it is checked as."""
        expected = self._rules.stated_json
        if isinstance(stated, str) and expected and stated not in expected:
            said = f"{' or '.join(expected)} in a file of version {self._rules.version}"
            self._alert("/version", "version_differs", quoted(stated), said, "Check which version it follows.")

    # -- the items

    def check_item(self, place: int, item: Any) -> None:
        """Check one item of the list; ``place`` counts from 1."""
        self._item = place
        path = f"/{ITEMS}/{place - 1}"
        if not self._is_object(item, path):
            return
        self._require(item, path, ("description", "code_information", "standard_charges"))
        self._text(item, path, "description")
        is_ndc = "code_information" in item and self._check_codes(item["code_information"], f"{path}/code_information")
        if self._rules.drugs_and_modifiers:
            if "drug_information" in item:
                self._check_drug(item["drug_information"], f"{path}/drug_information")
            elif is_ndc:
                expected = "drug_information with unit and type, beside an NDC code"
                self._error(path, "drug_measure_missing", "none", expected, "Add it.")
        if "standard_charges" in item:
            inner = f"{path}/standard_charges"
            if self._is_list(item["standard_charges"], inner):
                for index, charge in enumerate(item["standard_charges"]):
                    self._check_charge(charge, f"{inner}/{index}")

    def _check_codes(self, listed: Any, path: str) -> bool:
        is_ndc = False
        if not self._is_list(listed, path):
            return False
        for index, one in enumerate(listed):
            where = f"{path}/{index}"
            if self._is_object(one, where):
                self._require(one, where, ("code", "type"))
                self._text(one, where, "code")
                self._word(one, where, "type", self._rules.code_types)
                is_ndc = is_ndc or one.get("type") == "NDC"
        return is_ndc

    def _check_drug(self, drug: Any, path: str) -> None:
        if not self._is_object(drug, path):
            return
        self._require(drug, path, ("unit", "type"))
        if self._rules.amounts:
            self._numbers(drug, path, ("unit",))
        else:
            self._text(drug, path, "unit")
        self._word(drug, path, "type", DRUG_TYPES)

    def _check_charge(self, charge: Any, path: str) -> None:
        if not self._is_object(charge, path):
            return
        self._require(charge, path, ("setting",))
        self._word(charge, path, "setting", SETTINGS)
        self._numbers(charge, path, ("gross_charge", "discounted_cash", "minimum", "maximum"))
        rules = self._rules
        if "additional_generic_notes" in charge:
            self._text(charge, path, "additional_generic_notes", may_be_empty=not rules.amounts)
        if rules.amounts and "modifier_code" in charge:
            self._texts(charge["modifier_code"], f"{path}/modifier_code", is_there=True)
        payers = charge.get("payers_information")
        if "payers_information" in charge and self._is_list(payers, f"{path}/payers_information"):
            for index, payer in enumerate(payers):
                self._check_payer(payer, path, index)
        if rules.conditional:
            self._check_whole(charge, payers, path)

    def _check_whole(self, charge: Members, payers: Any, path: str) -> None:
        listed = [payer for payer in payers if isinstance(payer, dict)] if isinstance(payers, list) else []
        if "gross_charge" not in charge and "discounted_cash" not in charge:
            posted = "payers_information" in charge and all(any(key in payer for key in _CHARGES) for payer in listed)
            if not posted:
                expected = "gross_charge, discounted_cash, or a negotiated charge of every payer"
                self._error(path, "charge_missing", "none", expected, "Give one, or take the item out.")
        if any("standard_charge_dollar" in payer for payer in listed):
            for key in ("minimum", "maximum"):
                if key not in charge:
                    expected = f"{key} beside a negotiated dollar"
                    self._error(f"{path}/{key}", "range_missing", "none", expected, "Add it.")

    def _check_payer(self, payer: Any, charge_path: str, index: int) -> None:
        # Millions of payers come by: what is asked of every one is asked in the quickest way.
        shape: _Shape | None = None
        if payer.__class__ is dict:
            name = payer.get("payer_name")
            if name.__class__ is str and len(self.payer_names) < _MOST_PAYERS:
                self.payer_names.add(name)
            method, count = payer.get("methodology"), payer.get("count")
            if method.__class__ is str and (count is None or count.__class__ is str):
                values = payer.values()
                filled = all(values) or tuple(map(bool, values))
                shape = (tuple(payer), tuple(map(type, values)), filled, method, count)
                if self._is_like_a_clean_one(payer, shape):
                    return
        path = f"{charge_path}/payers_information/{index}"
        if not self._is_object(payer, path):
            return
        before = self._findings.error_count + self._findings.alert_count
        self._check_payer_plainly(payer, path)
        if shape and self._findings.error_count + self._findings.alert_count == before:
            if len(self._clean) >= _MOST_SHAPES:
                self._clean.clear()
            self._clean[shape] = tuple(key for key in self._payer_numbers if key in payer)

    def _is_like_a_clean_one(self, payer: Members, shape: _Shape) -> bool:
        """Say whether the plain check would find nothing; a test holds this to it."""
        amounts = self._clean.get(shape)
        if amounts is None:
            return False
        for key in amounts:  # noqa: SIM110 - a generator for all() takes twice as long
            if not 0 < payer[key] != NINE_NINES:
                return False
        return True

    def _check_payer_plainly(self, payer: Members, path: str) -> None:
        rules = self._rules
        self._require(payer, path, ("payer_name", "plan_name", "methodology"))
        self._text(payer, path, "payer_name")
        self._text(payer, path, "plan_name")
        if payer.get("methodology") not in METHODOLOGIES:
            self._word(payer, path, "methodology", METHODOLOGIES)
        self._numbers(payer, path, self._payer_numbers)
        for key in ("standard_charge_algorithm", "additional_payer_notes"):
            if key in payer:
                self._text(payer, path, key, may_be_empty=not rules.amounts)
        if rules.conditional:
            self._check_conditions(payer, path)

    def _check_conditions(self, payer: Members, path: str) -> None:
        rules = self._rules
        note = payer.get("additional_payer_notes")
        if payer.get("methodology") == "other" and not note:
            self._note_missing(path, 'the methodology "other"')
        share = "standard_charge_percentage" in payer or "standard_charge_algorithm" in payer
        if rules.estimates:
            if share and "standard_charge_dollar" not in payer and "estimated_amount" not in payer:
                expected = "an estimated amount where there is only a percentage or an algorithm"
                self._error(f"{path}/estimated_amount", "estimate_missing", "none", expected, "Add it.")
            self._alert_nines(payer, path, ("estimated_amount",))
        if not rules.amounts:
            return
        if not share and "standard_charge_dollar" not in payer:
            expected = "a dollar, a percentage or an algorithm of the payer named"
            self._error(path, "payer_without_charge", "none", expected, "Give the charge.")
        count = payer.get("count")
        if "count" in payer and not (isinstance(count, str) and is_count(count)):
            expected = 'the text "0", "1 through 10" or a whole number from 11, in quotation marks'
            self._error(f"{path}/count", "count_form", quoted(count), expected, "Write the count in this form.")
        if count == "0" and note is None:
            self._note_missing(path, "a count of 0")
        if share:
            self._check_amounts(payer, path, count)
        if "estimated_amount" in payer:
            expected = "none since January 2026: median, percentiles and count take its place"
            self._alert(f"{path}/estimated_amount", "estimate_no_longer", "one", expected, "It is not read.")
        self._alert_nines(payer, path, (*_AMOUNTS, "count"))

    def _check_amounts(self, payer: Members, path: str, count: Any) -> None:
        beside = "beside a percentage or an algorithm"
        if "count" not in payer:
            self._error(f"{path}/count", "count_missing", "none", f"a count {beside}", "Add it.")
        for key in _AMOUNTS if count != "0" else ():
            if key not in payer:
                self._error(f"{path}/{key}", "amount_missing", "none", f"{key} {beside}", "Add it.")

    def _note_missing(self, path: str, reason: str) -> None:
        expected = f"a note that explains {reason}"
        self._error(f"{path}/additional_payer_notes", "note_missing", "none", expected, "Explain it.")

    def _alert_nines(self, payer: Members, path: str, keys: Iterable[str]) -> None:
        for key in keys:
            if payer.get(key) in (NINE_NINES, str(NINE_NINES)):
                step = "The hospital must give an amount in their place."
                self._alert(f"{path}/{key}", "nine_nines", str(NINE_NINES), "an amount; nine 9s are none", step)

    # -- single values

    def _require(self, of: Members, path: str, keys: Iterable[str]) -> None:
        for key in keys:
            if key not in of:
                self._error(f"{path}/{key}", "value_missing", "none", f"the element {key}", "Add it.")

    def _text(self, of: Members, path: str, key: str, *, may_be_empty: bool = False) -> None:
        if key not in of:
            return
        value = of[key]
        if not isinstance(value, str):
            self._wrong_type(f"{path}/{key}", value, "text")
        elif not value and not may_be_empty:
            self._error(f"{path}/{key}", "value_missing", "an empty text", "a text", "Fill it in, or leave it out.")

    def _texts(self, listed: Any, path: str, is_there: bool, *, may_be_empty: bool = False) -> None:
        if is_there and self._is_list(listed, path):
            for index, value in enumerate(listed):
                self._text({str(index): value}, path, str(index), may_be_empty=may_be_empty)

    def _word(self, of: Members, path: str, key: str, allowed: tuple[str, ...]) -> None:
        if key in of and not (isinstance(of[key], str) and of[key] in allowed):
            expected = f"one of {', '.join(allowed)}"
            self._error(f"{path}/{key}", "value_not_allowed", quoted(of[key]), expected, "Write one of them.")

    def _numbers(self, of: Members, path: str, keys: Iterable[str]) -> None:
        for key in keys:
            if key not in of:
                continue
            value = of[key]
            if type(value) is not float and type(value) is not int:
                self._wrong_type(f"{path}/{key}", value, "a number above 0, without quotation marks")
            elif not value > 0:
                found, expected = quoted(value), "a number above 0"
                self._error(f"{path}/{key}", "not_positive", found, expected, "Correct it, or leave it out.")

    def _is_object(self, value: Any, path: str) -> TypeGuard[Members]:
        if not isinstance(value, dict):
            self._wrong_type(path, value, "an object in braces")
        return isinstance(value, dict)

    def _is_list(self, value: Any, path: str, *, may_be_empty: bool = False) -> TypeGuard[list[Any]]:
        if not isinstance(value, list):
            self._wrong_type(path, value, "a list in brackets")
            return False
        if not value and not may_be_empty:
            self._error(path, "value_missing", "an empty list", "at least one entry", "Fill it in, or leave it out.")
        return True

    def _wrong_type(self, path: str, value: Any, expected: str) -> None:
        self._error(path, "wrong_type", quoted(value), expected, "Correct it.")

    def _error(self, path: str, code: str, found: str, expected: str, next_step: str) -> None:
        self._findings.error(self._item, path, code, found, expected, next_step)

    def _alert(self, path: str, code: str, found: str, expected: str, next_step: str) -> None:
        self._findings.alert(self._item, path, code, found, expected, next_step)


def _is_day(text: str) -> bool:
    if not _ISO_DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
