"""Rooms and walls: what an import may pull in (DESIGN "Rooms"); import-linter holds the directions."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from navigator.cli.schema import ANSWERS, answer_model

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("navigator", "provider_directory")
OF_THE_LEDGER = ("sqlalchemy", "alembic", "sqlcipher3", "cryptography", "psycopg", "keyring", "argon2")
SELDOM = ("fastapi", "httpx", "openpyxl", *OF_THE_LEDGER)
HEAVY = ("textual", "zipcodes", *SELDOM)
OF_THE_ANSWERS = ("pydantic", "geopy")


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
        "import navigator.case.steps, navigator.case.transitions, navigator.referral.lifecycle",
    ],
)
def test_the_library_loads_nothing_heavy(statement: str) -> None:
    assert loaded_by(statement).isdisjoint(HEAVY)


def test_the_command_line_loads_no_screen_and_no_ledger_for_help() -> None:
    statement = "from navigator.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass"
    assert loaded_by(statement).isdisjoint({*HEAVY, *OF_THE_ANSWERS, "asyncio"})


def test_the_screen_of_a_call_is_drawn_without_models_ledger_and_rules() -> None:
    loaded = loaded_by("import navigator.app, navigator.screens.call")
    assert "textual" in loaded
    assert loaded.isdisjoint({"zipcodes", *SELDOM, *OF_THE_ANSWERS})


def test_finding_centers_for_a_program_opens_no_ledger_and_no_screen(
    demonstration_edition: Path, demonstration_programs: Path, tmp_path: Path
) -> None:
    program = demonstration_programs / "copperline-rail.toml"
    words = ["--program", str(program), "find", "new knee", "53202", "--edition", str(demonstration_edition)]
    found = f"try:\n    main({words!r})\nexcept SystemExit as end:\n    assert not end.code"
    loaded = loaded_by(f"from navigator.cli import main\n{found}", os.environ | {"COE_HOME": str(tmp_path)})
    assert "pydantic" in loaded
    assert loaded.isdisjoint({"textual", *SELDOM})


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_has_a_schema(name: str) -> None:
    assert answer_model(name).model_json_schema()["type"] in ("object", "array")


def test_a_ledger_in_a_file_needs_no_server_no_keyring_and_no_passphrase(tmp_path: Path) -> None:
    opened = f"folder = Path({str(tmp_path)!r})\nLedger.open(folder / 'r.db', folder / 'key').close()"
    loaded = loaded_by(f"from pathlib import Path\nfrom navigator.ledger.ledger import Ledger\n{opened}")
    assert "sqlalchemy" in loaded
    assert loaded.isdisjoint({"textual", "psycopg", "keyring", "argon2", "httpx", "openpyxl"})


# -- sizes (STYLE 7.4) --------------------------------------------------------------------------------------------

MOST_LINES, MOST_LINES_OF_A_BODY = 400, 40
LONG_BODIES = {
    ("provider_directory/testing/offers.py", "a_shortlist"),  # sample data
    ("provider_directory/testing/ladders.py", "an_evidence"),  # sample data
    ("navigator/packets/for_member.py", "member_packet"),  # an allow-list, field by field
    ("navigator/ledger/migrations/versions/0002_cases.py", "_follow_up"),  # a migration is never changed
}


def modules_of(*rooms: str) -> list[Path]:
    return [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines behind the signature and the docstring; the options of a command are its signature."""
    body = function.body[1:] if ast.get_docstring(function) and len(function.body) > 1 else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1


def test_no_file_is_longer_than_400_lines() -> None:
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules_of(*ROOMS, "tests")}
    assert {str(path.relative_to(ROOT)): count for path, count in lines.items() if count > MOST_LINES} == {}


def test_no_body_of_a_function_is_longer_than_40_lines() -> None:
    long = {
        (str(path.relative_to(ROOT)), node.name)
        for path in modules_of(*ROOMS)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and body_lines(node) > MOST_LINES_OF_A_BODY
    }
    assert long == LONG_BODIES
