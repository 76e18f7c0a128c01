"""The data key wrapped by a passphrase: Argon2id makes the key that AES-256-GCM wraps it with (RFC 9106)."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from typing import Any

from navigator.ledger.errors import LedgerProblem
from navigator.ledger.sealing import KEY_BYTES, NotSealedHere, Sealer

VARIABLE = "COE_LEDGER_PASSPHRASE"
SHORTEST = 12
_PLACE = "coe ledger: wrapped key"
_SALT_BYTES = 16
# RFC 9106 4, the second recommended choice: 64 MiB, about 0.1 s.
_COST = {"time_cost": 3, "memory_kib": 65536, "lanes": 4}

_given: dict[Path, str] = {}


def wrap(data_key: bytes, phrase: str) -> dict[str, Any]:
    """Give what the key file holds; raises LedgerProblem for a phrase that is too short."""
    if len(phrase) < SHORTEST:
        raise LedgerProblem(f"The passphrase has fewer than {SHORTEST} characters.", "Take five words or more.")
    held: dict[str, Any] = {"kind": "passphrase", "salt": secrets.token_hex(_SALT_BYTES), **_COST}
    return held | {"wrapped": _wrapper(held, phrase).seal_bytes(_PLACE, data_key).hex()}


def unwrap(held: dict[str, Any], phrase: str) -> bytes:
    """Give the data key; raises LedgerProblem for another phrase or a damaged file."""
    try:
        return _wrapper(held, phrase).open_bytes(_PLACE, bytes.fromhex(held["wrapped"]))
    except (NotSealedHere, KeyError, TypeError, ValueError):
        _given.clear()
        raise LedgerProblem(
            "The passphrase does not open the ledger's key, or the key file is damaged.",
            "Type it again; if it is right, restore the key file from its backup.",
        ) from None


def given(key_file: Path) -> str:
    """Give the passphrase: once per program from COE_LEDGER_PASSPHRASE, or typed without echo on the terminal."""
    if (known := _given.get(key_file)) is not None:
        return known
    phrase = os.environ.pop(VARIABLE, None)  # no program that this one starts inherits it
    if phrase is None:
        if not sys.stdin.isatty():
            raise LedgerProblem(
                "The ledger's key is under a passphrase, and nobody can be asked for it here.",
                f"Run it in a terminal, or set {VARIABLE} for this one command.",
            )
        import getpass  # deferred: only asked for here

        phrase = getpass.getpass("Passphrase of the ledger: ", stream=sys.stderr)
    _given[key_file] = phrase
    return phrase


def remember(key_file: Path, phrase: str) -> None:
    """Use a passphrase for a key file until this program ends."""
    _given[key_file] = phrase


def _wrapper(held: dict[str, Any], phrase: str) -> Sealer:
    from argon2.low_level import Type, hash_secret_raw  # deferred: only for a key under a passphrase

    return Sealer(
        hash_secret_raw(
            phrase.encode(),
            bytes.fromhex(held["salt"]),
            time_cost=int(held["time_cost"]),
            memory_cost=int(held["memory_kib"]),
            parallelism=int(held["lanes"]),
            hash_len=KEY_BYTES,
            type=Type.ID,
        )
    )
