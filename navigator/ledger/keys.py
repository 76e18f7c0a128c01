"""Where the ledger's data key lies: in the key file, in the system's keyring, or wrapped by a passphrase (TRUST B3).

The key file is there in all three cases and says which: 64 hexadecimal digits are the key itself, a JSON object names
the entry of the keyring, or holds the wrapped key.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from navigator.ledger import key_file as files
from navigator.ledger import keyring_entry, passphrase
from navigator.ledger.errors import LedgerProblem
from navigator.ledger.sealing import KEY_BYTES, Sealer
from provider_directory.strict_json import parse_strictly

Kind = Literal["file", "keyring", "passphrase"]
_KEY = re.compile(rf"[0-9a-f]{{{2 * KEY_BYTES}}}")


def at_hand(key_file: Path, may_create: bool) -> bytes:
    """Give the data key, drawing it first where there is none and ``may_create`` holds.

    Raises LedgerProblem when it is missing beside an existing ledger, readable by others, wrong, or no key.
    """
    if not key_file.exists():
        if not may_create:
            raise LedgerProblem(
                f"The ledger is here but its key file {key_file} is missing.",
                "Restore the key file from its backup; without it nobody can read the ledger.",
            )
        files.create(key_file, secrets.token_hex(KEY_BYTES))
    return load(key_file)


def load(key_file: Path) -> bytes:
    """Give the data key that a key file leads to; raises LedgerProblem."""
    text = files.read(key_file)
    if _KEY.fullmatch(text):
        return bytes.fromhex(text)
    held = _object(text)
    if held.get("kind") == "keyring":
        return keyring_entry.load(str(held.get("entry")))
    if held.get("kind") == "passphrase":
        return passphrase.unwrap(held, passphrase.given(key_file))
    raise LedgerProblem(
        f"The key file {key_file} does not hold a key of {2 * KEY_BYTES} hexadecimal digits.",
        "Restore the key file from its backup.",
    )


def kind_of(key_file: Path) -> Kind | None:
    """Say where the key lies; None where there is no key file, or one that cannot be read."""
    if not key_file.exists():
        return None
    text = files.read(key_file)
    if _KEY.fullmatch(text):
        return "file"
    kind: Kind | None = _object(text).get("kind")
    return kind


def keep(key_file: Path, data_key: bytes, kind: Kind, phrase: str | None = None) -> None:
    """Write the key file anew for a key, in one step; ``phrase`` for kind passphrase. Raises LedgerProblem."""
    if kind == "file":
        files.replace(key_file, data_key.hex())
    elif kind == "keyring":
        entry = Sealer(data_key).key_id
        keyring_entry.keep(entry, data_key)
        files.replace(key_file, json.dumps({"kind": "keyring", "entry": entry}))
    else:
        if not phrase:
            raise LedgerProblem("A passphrase was asked for and none was given.", "Give one of at least 12 characters.")
        files.replace(key_file, json.dumps(passphrase.wrap(data_key, phrase)))


def move(key_file: Path, kind: Kind, ask_new: Callable[[], str]) -> None:
    """Keep the same key elsewhere; ``ask_new`` is asked for the new passphrase. Raises LedgerProblem."""
    before = entry_of(key_file)
    data_key = load(key_file)
    keep(key_file, data_key, kind, ask_new() if kind == "passphrase" else None)
    if before is not None and kind != "keyring":
        keyring_entry.forget(before)


def entry_of(key_file: Path) -> str | None:
    """Name the keyring's entry that a key file points to; None where it points to none."""
    held = _object(files.read(key_file))
    return str(held.get("entry")) if held.get("kind") == "keyring" else None


def _object(text: str) -> dict[str, Any]:
    try:
        found = parse_strictly(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
