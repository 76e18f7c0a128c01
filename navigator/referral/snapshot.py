"""What was shown, in one canonical form whose SHA-256 anybody can compute again, years later too (DESIGN "Refer").

Form 1 is the offer alone; form 2 has beside it the procedure, the chosen center with its contracts, the answer of the
program's rules and the sources of the edition. Both open.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from provider_directory.cleaning import clean
from provider_directory.errors import BadInput
from provider_directory.routes import CenterRoute, read_routes

if TYPE_CHECKING:
    from navigator.program.rule_answer import RuleAnswer
    from provider_directory.models import ContractEvidence, EditionInfo, Offer, Procedure

LONGEST_TEXT = 10_000
"""Characters; a spoken line is longer than a name."""

FORM = 2

_NEXT_STEP = "Attach the offer as it was shown."


class Shown(NamedTuple):
    """A snapshot taken apart, as JSON values: no model of today is asked to understand one of years ago."""

    offer: dict[str, Any]
    chosen: str | None
    """Facility id; None in form 1."""
    procedure: dict[str, Any]
    contracts: list[dict[str, Any]]
    """Of the chosen center."""
    rule: dict[str, Any] | None
    edition: dict[str, Any] | None


def snapshot_json(
    offer: Offer,
    *,
    chosen: str,
    procedure: Procedure,
    edition: EditionInfo | None = None,
    rule: RuleAnswer | None = None,
    contracts: tuple[ContractEvidence, ...] = (),
) -> str:
    """Give the canonical JSON of what was shown when a center was chosen; the rule answer names program and version."""
    return canonical(
        json.dumps(
            {
                "form": FORM,
                "offer": offer.model_dump(mode="json"),
                "chosen": chosen,
                "procedure": {"id": procedure.id, "name": procedure.name, "clinical_name": procedure.clinical_name},
                "contracts": [contract.model_dump(mode="json") for contract in contracts],
                "rule": rule.model_dump(mode="json") if rule else None,
                "edition": edition.model_dump(mode="json") if edition else None,
            }
        )
    )


def taken_apart(snapshot: str) -> Shown:
    """Take a snapshot of either form apart; raises BadInput for anything but a JSON object."""
    found = _object(snapshot)
    if "form" not in found:
        procedure = found.get("procedure")
        return Shown(found, None, {"id": procedure, "name": procedure}, [], None, None)
    return Shown(
        offer=found.get("offer") or {},
        chosen=found.get("chosen"),
        procedure=found.get("procedure") or {},
        contracts=found.get("contracts") or [],
        rule=found.get("rule"),
        edition=found.get("edition"),
    )


def center_shown(shown: Shown, facility: str | None) -> dict[str, Any] | None:
    """Give a center of the snapshot by its facility id; None where it was not among those shown."""
    found = (each for each in centers_shown(shown.offer) if (each.get("facility") or {}).get("id") == facility)
    return next(found, None)


def centers_shown(offer: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    """Give the centers of an offer, and the nearest under contract beyond its reach, where it names them."""
    beyond = (offer.get("no_contract_in_reach") or {}).get("nearest") or ()
    return tuple(each for each in (*(offer.get("centers") or ()), *beyond) if isinstance(each, dict))


def contract_shown(shown: Shown, facility: str | None) -> dict[str, Any]:
    """Give the chosen center's contract that counted when it was shown; empty where none did.

    Of several the one of the alliance that the center's credential names, and of those the newest.
    """
    counting = [each for each in shown.contracts if each.get("counts")]
    basis = str(((center_shown(shown, facility) or {}).get("credential") or {}).get("basis"))
    return max(
        counting, key=lambda each: (basis.endswith(str(each.get("alliance"))), each.get("effective") or ""), default={}
    )


def routes_shown(shown: Shown, facility: str | None) -> tuple[CenterRoute, ...]:
    """Give the routes to the chosen center as the roster named them, best first; empty = none can be read."""
    contracts = (contract_shown(shown, facility), *(each for each in shown.contracts if each.get("counts")))
    named = (str(each["routes"]) for each in contracts if each.get("routes"))
    return read_routes(next(named, None)).routes


def gates_not_yet(shown: Shown) -> tuple[str, ...]:
    """Give, in words, the conditions of the program that the rule answer found not yet met."""
    gates = (shown.rule or {}).get("gates") or []
    return tuple(str(gate.get("words")) for gate in gates if gate.get("state") == "not_yet")


def canonical(text: str) -> str:
    """Give JSON text with sorted keys, no blanks, characters unescaped and every string clean.

    Idempotent. Raises BadInput for anything but a JSON object.
    """
    try:
        value = _cleaned(_object(text))
        return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    except (ValueError, RecursionError) as problem:
        raise BadInput(f"The offer is not JSON: {problem}.", _NEXT_STEP) from None


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as problem:
        raise BadInput(f"The offer is not JSON: {problem}.", _NEXT_STEP) from None
    if not isinstance(value, dict):
        raise BadInput("The offer is not a JSON object.", _NEXT_STEP)
    return value


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value, LONGEST_TEXT)
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {clean(name, LONGEST_TEXT): _cleaned(item) for name, item in value.items()}
    return value


def sha256(canonical_json: str) -> str:
    """Give the SHA-256 of the UTF-8 bytes, in lower-case hexadecimal digits."""
    return hashlib.sha256(canonical_json.encode()).hexdigest()


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is not a JSON number")
