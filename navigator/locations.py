"""Where things lie on this machine; ``COE_HOME`` moves all of them (tests, portable sticks)."""

from __future__ import annotations

import os
import re
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


def settings_file() -> Path:
    """Give the file of this user's settings; COE_HOME moves it too."""
    if moved := os.environ.get("COE_HOME"):
        return Path(moved) / "settings.toml"
    import platformdirs  # deferred: as above

    return Path(platformdirs.user_config_dir("coe-navigator", appauthor=False)) / "settings.toml"


def taken_away() -> Path:
    """Give the folder of what was copied to a file."""
    return home() / "out"


def gaps_file() -> Path:
    """Give the file of questions that found no center under contract in reach; it names nobody."""
    return home() / "gaps.csv"


def usage_file(program: str) -> Path:
    """Give the file of a program's counts for the HR desk; it names nobody."""
    return home() / "usage" / f"{re.sub(r'[^A-Za-z0-9_.-]', '-', program)}.json"


def people_files() -> Path:
    """Give the folder of files of people by ZIP; from a browser HR reads no other file of this machine."""
    return home() / "people"


def downloads() -> Path:
    """Give the folder in which `coe sync` keeps the files of CMS."""
    return home() / "downloads"


def sources() -> Path:
    """Give the folder of own files, rosters above all, that `coe sync` builds in."""
    return home() / "sources"


def price_cache() -> Path:
    """Give the folder of what builds have read out of price files; it may be emptied at any time."""
    return home() / "price-cache"


def price_downloads() -> Path:
    """Give the folder of the price files that builds have fetched."""
    return home() / "price-downloads"


def web_terminal() -> Path:
    """Give the folder of the terminal that stands in the page of `coe web`; nothing in it is of this user."""
    return home() / "web-terminal"


def programs() -> Path:
    """Give the folder in which ``--program ID`` looks for ID.toml."""
    return home() / "programs"


def tax_limits_file() -> Path:
    """Give the file by which a user adds the tax limits of a year (docs/program.md "Tax limits")."""
    return home() / "tax_limits.toml"


def desk_people() -> Path:
    """Give the file of who has a PIN at this desk (mode 0600)."""
    return home() / "desk" / "people.json"


def ledger_file() -> Path:
    """Give the encrypted ledger of referrals."""
    return home() / "ledger" / "referrals.db"


def ledger_key_file() -> Path:
    """Give the ledger's key file (mode 0600)."""
    return home() / "ledger" / "ledger.key"


def ledger_url() -> str | None:
    """Give the address of the ledger that several desks share, from COE_LEDGER_URL; None = the file of this machine."""
    return os.environ.get("COE_LEDGER_URL") or None
