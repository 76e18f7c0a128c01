"""Personal data as one sealed text per row, and the keyed words by which a person is found again (TRUST B3)."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

KEY_BYTES = 32
NONCE_BYTES = 12
"""96 random bits (NIST SP 800-38D 8.2.2)."""


class NotSealedHere(Exception):
    """The text was sealed for another row, with another key, or was changed."""


def canonical(value: Any) -> str:
    """Give JSON with sorted keys, no blanks and characters unescaped."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


class Sealer:
    """Seals the personal fields of rows with keys derived from the ledger's data key (HKDF, RFC 5869)."""

    def __init__(self, data_key: bytes) -> None:
        self._cipher = AESGCM(_derived(data_key, b"coe ledger: sealing"))
        self._index_key = _derived(data_key, b"coe ledger: blind index")
        self.key_id = _derived(data_key, b"coe ledger: key id")[:8].hex()
        """Tells keys apart; says nothing about them."""

    def seal(self, place: str, fields: Mapping[str, Any]) -> bytes:
        """Seal JSON fields for one row, named by table and id; a text moved to another row no longer opens."""
        return self.seal_bytes(place, canonical(fields).encode())

    def open(self, place: str, sealed: bytes) -> dict[str, Any]:
        """Give the fields back; raises NotSealedHere."""
        fields: dict[str, Any] = json.loads(self.open_bytes(place, sealed))
        return fields

    def seal_bytes(self, place: str, content: bytes) -> bytes:
        """Seal any bytes for one place."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, content, place.encode())

    def open_bytes(self, place: str, sealed: bytes) -> bytes:
        """Give the bytes back; raises NotSealedHere."""
        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())
        except (InvalidTag, ValueError):
            raise NotSealedHere(place) from None

    def member_key(self, member_id: str | None) -> str | None:
        """Give the keyed word of a member id, whatever its case, blanks and dashes; None where nothing is left."""
        return self._key("member id", _letters_and_digits(member_id or ""))

    def phone_key(self, phone: str | None) -> str | None:
        """Give the keyed word of a US phone number; None for anything but ten digits, a leading 1 left out."""
        digits = "".join(character for character in phone or "" if character.isascii() and character.isdigit())
        if len(digits) == 11:
            digits = digits.removeprefix("1")
        return self._key("phone", digits if len(digits) == 10 else "")

    def name_key(self, name: str | None, birth_date: date | None) -> str | None:
        """Give the keyed word of a name with a birth date, whatever the order of the names, case and accents."""
        names = sorted(filter(None, (_letters_and_digits(part) for part in (name or "").replace(",", " ").split())))
        return self._key("name", f"{' '.join(names)}|{birth_date.isoformat()}") if names and birth_date else None

    def _key(self, kind: str, normal: str) -> str | None:
        if not normal:
            return None
        return hmac.new(self._index_key, f"{kind}|{normal}".encode(), hashlib.sha256).hexdigest()


def person_keys(
    sealer: Sealer, member_id: str | None, phone: str | None, name: str | None, birth_date: str | None
) -> dict[str, str | None]:
    """Give the keyed words of a person by column; the birth date in ISO form."""
    born = None if birth_date is None else date.fromisoformat(birth_date)
    return {
        "member_key": sealer.member_key(member_id),
        "phone_key": sealer.phone_key(phone),
        "name_key": sealer.name_key(name, born),
    }


def _letters_and_digits(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return "".join(character for character in apart.casefold() if character.isalnum())


def _derived(data_key: bytes, purpose: bytes) -> bytes:
    return HKDFExpand(algorithm=SHA256(), length=KEY_BYTES, info=purpose).derive(data_key)
