"""Rooms and walls: what an import may pull in (DESIGN "Rooms"); import-linter holds the directions."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("textual", "fastapi", "sqlalchemy", "alembic", "httpx", "sqlcipher3", "zipcodes")


def loaded_by(statement: str, environment: dict[str, str] | None = None) -> set[str]:
    """Run a statement in a fresh interpreter and give the top-level packages that it loaded."""
    code = f"{statement}\nimport sys; print(' '.join(sorted({{name.partition('.')[0] for name in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    "statement",
    [
        "import provider_directory",
        "import provider_directory.opening, provider_directory.catalog",
        "import navigator, navigator.mode, navigator.locations, navigator.program.model",
    ],
)
def test_the_library_loads_nothing_heavy(statement: str) -> None:
    assert loaded_by(statement).isdisjoint(HEAVY)


def test_the_command_line_loads_no_screen_and_no_ledger_for_help() -> None:
    statement = "from navigator.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass"
    assert loaded_by(statement).isdisjoint(HEAVY)
