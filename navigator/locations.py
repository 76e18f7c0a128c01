"""Where things lie on this machine; ``COE_HOME`` moves all of them (tests, portable sticks)."""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """Give the data folder of this user."""
    if moved := os.environ.get("COE_HOME"):
        return Path(moved)
    import platformdirs  # deferred: 28 ms that a test or a portable stick never pays

    return Path(platformdirs.user_data_dir("coe-navigator", appauthor=False))


def editions() -> Path:
    """Give the folder of published editions."""
    return home() / "editions"


def programs() -> Path:
    """Give the folder in which ``--program ID`` looks for ID.toml."""
    return home() / "programs"


def ledger_file() -> Path:
    """Give the encrypted ledger of referrals."""
    return home() / "ledger" / "referrals.db"


def ledger_key_file() -> Path:
    """Give the ledger's key file (mode 0600)."""
    return home() / "ledger" / "ledger.key"
