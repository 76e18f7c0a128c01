"""The offer as it was shown, in one canonical form whose SHA-256 anybody can compute again (DESIGN "Refer")."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from provider_directory.cleaning import clean
from provider_directory.errors import BadInput

if TYPE_CHECKING:
    from provider_directory.models import Offer

LONGEST_TEXT = 10_000
"""Characters; a spoken line is longer than a name."""

_NEXT_STEP = "Attach the offer as it was shown."


def offer_json(offer: Offer) -> str:
    """Give the canonical JSON of an offer."""
    return canonical(offer.model_dump_json())


def canonical(text: str) -> str:
    """Give JSON text with sorted keys, no blanks, characters unescaped and every string clean.

    Idempotent. Raises BadInput for anything but a JSON object.
    """
    try:
        value = json.loads(text, parse_constant=_refuse)
        if not isinstance(value, dict):
            raise BadInput("The offer is not a JSON object.", _NEXT_STEP)
        return json.dumps(_cleaned(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    except (ValueError, RecursionError) as problem:
        raise BadInput(f"The offer is not JSON: {problem}.", _NEXT_STEP) from None


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
