"""Takes the wanted rates out of a price file in JSON, item by item."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from provider_directory.cleaning import clean
from provider_directory.errors import SourceProblem
from provider_directory.facts import PostedRate, Reject
from provider_directory.sources.opening import TextSource
from provider_directory.sources.price_file.codes import NOTHING, CodeSieve, CodeVerdict, WantedCodes
from provider_directory.sources.price_file.csv_rates import LONG_TEXT, NO_CHARGE, Names, joined_notes, with_codes
from provider_directory.sources.price_file.json_text import ITEMS, JsonWalk
from provider_directory.sources.price_file.repeated import RepeatedDollars
from provider_directory.sources.reading import Reading

BAD_SHAPE = "bad_shape"
_AS_WRITTEN = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str, strict=False)


def walk_as_written(source: TextSource, name: str) -> JsonWalk:
    """Begin a pass over a file in which every number is the text that stands there."""
    return JsonWalk(source.text, name, _AS_WRITTEN)


class JsonRates:
    """The rates of an open JSON file."""

    def __init__(self, walk: JsonWalk, *, averages: bool) -> None:
        self._walk = walk
        self._averages = averages
        self._names = Names()
        self.repeated = RepeatedDollars()

    def read(self, wanted: WantedCodes, reading: Reading[Any]) -> Iterator[PostedRate]:
        """Give every wanted rate; the account in ``reading`` is closed when all items are read."""
        sieve = CodeSieve(wanted)
        for key, place, item in self._walk.values():
            if key != ITEMS or not place:
                continue
            reading.read += 1
            verdict = sieve[tuple(_codes(item))]
            if verdict is NOTHING and isinstance(item, dict):
                reading.set_aside[NOTHING.refused] += 1
                continue
            charges = list(_charges(item))
            if verdict.drg:
                self._count(charges, verdict.drg)
            if not verdict.hits and isinstance(item, dict):
                reading.set_aside[verdict.refused] += 1
                continue
            rates = [rate for path, charge in charges for rate in self._rates_of(place, path, item, charge, verdict)]
            if rates:
                reading.kept += 1
                yield from rates
            else:
                reading.reject(_no_rates(place, item, charges))
        if not self._walk.is_object:
            raise SourceProblem(
                f"{self._walk.name} holds a list, not an object in braces.",
                "Get the file anew, or have the hospital correct it.",
            )

    def _count(self, charges: list[tuple[str, dict[str, Any]]], drg: str) -> None:
        for _, charge in charges:
            for _, payer in _listed(charge, "payers_information", ""):
                if dollar := _text(payer, "standard_charge_dollar"):
                    names = self._names
                    payer_name, plan_name = _text(payer, "payer_name"), _text(payer, "plan_name")
                    self.repeated.add(names[payer_name], names[plan_name], dollar, drg)

    def _rates_of(
        self, place: int, path: str, item: dict[str, Any], charge: dict[str, Any], verdict: CodeVerdict
    ) -> list[PostedRate]:
        payers = list(_listed(charge, "payers_information", path)) or [("", {})]
        rates: list[PostedRate] = []
        for where, payer in payers:
            rates += with_codes(self._rate(place, where or path, item, charge, payer), verdict)
        return rates

    def _rate(
        self, place: int, where: str, item: dict[str, Any], charge: dict[str, Any], payer: dict[str, Any]
    ) -> PostedRate:
        return PostedRate(
            row=place,
            where=where,
            description=clean(_text(item, "description")),
            code_type="",
            code="",
            setting=clean(_text(charge, "setting")).lower(),
            billing_class=clean(_text(charge, "billing_class")),
            modifiers=clean(_modifiers(charge)),
            payer=self._names[_text(payer, "payer_name")],
            plan=self._names[_text(payer, "plan_name")],
            gross=clean(_text(charge, "gross_charge")),
            cash=clean(_text(charge, "discounted_cash")),
            minimum=clean(_text(charge, "minimum")),
            maximum=clean(_text(charge, "maximum")),
            dollar=clean(_text(payer, "standard_charge_dollar")),
            percentage=clean(_text(payer, "standard_charge_percentage")),
            algorithm=clean(_text(payer, "standard_charge_algorithm"), LONG_TEXT),
            methodology=clean(_text(payer, "methodology")),
            estimated=clean(_text(payer, "estimated_amount")) if self._averages else "",
            median=clean(_text(payer, "median_amount")),
            p10=clean(_text(payer, "10th_percentile")),
            p90=clean(_text(payer, "90th_percentile")),
            case_count=clean(_text(payer, "count")),
            note=joined_notes(_text(payer, "additional_payer_notes"), _text(charge, "additional_generic_notes")),
        )


def _text(of: dict[str, Any], key: str) -> str:
    value = of.get(key)
    return value if isinstance(value, str) else ""


def _modifiers(charge: dict[str, Any]) -> str:
    codes = charge.get("modifier_code", charge.get("modifiers"))
    if isinstance(codes, list):
        return "|".join(code for code in codes if isinstance(code, str))
    return codes if isinstance(codes, str) else ""


def _codes(item: Any) -> Iterator[str]:
    """Give code, type, code, type ... of an item, as far as they are text."""
    listed = item.get("code_information") if isinstance(item, dict) else None
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, dict):
            yield _text(one, "code")
            yield _text(one, "type")


def _charges(item: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    return _listed(item, "standard_charges", "") if isinstance(item, dict) else iter(())


def _listed(of: dict[str, Any], key: str, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    listed = of.get(key)
    for index, one in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(one, dict):
            yield f"{path}/{key}/{index}" if path else f"{key}/{index}", one


def _no_rates(place: int, item: Any, charges: list[tuple[str, dict[str, Any]]]) -> Reject:
    if isinstance(item, dict) and charges:
        return Reject(place, "", "no charge", "a charge", NO_CHARGE, "Nothing is to be done: no price is posted.")
    found = "no standard_charges" if isinstance(item, dict) else f"{type(item).__name__}"
    return Reject(place, "standard_charges", found, "a list of charges", BAD_SHAPE, "Have the hospital correct it.")
