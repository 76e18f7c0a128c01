"""The data key as an entry of the system's keyring (Secret Service, macOS Keychain, Windows Credential Locker)."""

from __future__ import annotations

from types import ModuleType

from navigator.ledger.errors import LedgerProblem
from navigator.ledger.sealing import KEY_BYTES

SERVICE = "coe-navigator ledger"
_ELSE = "Keep the key in a file (coe ledger key --file) or under a passphrase (coe ledger key --passphrase)."


def load(entry: str) -> bytes:
    """Give the key of an entry; raises LedgerProblem."""
    keyring = _module()
    try:
        found = keyring.get_password(SERVICE, entry)
    except keyring.errors.KeyringError as fault:
        raise _not_usable(fault) from None
    if found is None or len(found) != 2 * KEY_BYTES:
        raise LedgerProblem(
            f'The keyring of this user holds no key "{entry}" for the ledger.',
            "Log in as the user who keeps the ledger, or restore the keyring's entry from its backup.",
        )
    return bytes.fromhex(found)


def keep(entry: str, data_key: bytes) -> None:
    """Write an entry, and read it again before anything rests on it; raises LedgerProblem."""
    keyring = _module()
    try:
        keyring.set_password(SERVICE, entry, data_key.hex())
    except keyring.errors.KeyringError as fault:
        raise _not_usable(fault) from None
    if load(entry) != data_key:
        raise LedgerProblem("The keyring did not give back what was written.", _ELSE)


def forget(entry: str) -> None:
    """Remove an entry; one that is gone already is no fault."""
    keyring = _module()
    try:
        keyring.delete_password(SERVICE, entry)
    except keyring.errors.PasswordDeleteError:
        return
    except keyring.errors.KeyringError as fault:
        raise _not_usable(fault) from None


def _module() -> ModuleType:
    try:
        import keyring  # deferred: an extra
        import keyring.errors
    except ImportError:
        raise LedgerProblem(
            "The keyring is not installed.", "Install it with \"python -m pip install 'coe-navigator[keyring]'\"."
        ) from None
    module: ModuleType = keyring
    return module


def _not_usable(fault: Exception) -> LedgerProblem:
    return LedgerProblem(
        f"This machine has no keyring that can be used ({type(fault).__name__}); a session without a desktop has none.",
        _ELSE,
    )
