"""Every place in the code that takes in bytes is fuzzed, or is known to take in nothing from outside."""

from __future__ import annotations

import ast
import re
import sys
import tempfile
from pathlib import Path
from types import FrameType

import pytest
from fuzz_seeds import seeds
from fuzz_targets import TARGETS
from reader_table import FUZZED, NOT_FROM_OUTSIDE, TRIED_IN

ROOT = Path(__file__).parents[2]
DECODES = {
    *("read_text", "read_bytes", "ZipFile", "GzipFile", "load_workbook", "iterparse", "model_validate_json"),
    *("read_bounded", "read_json", "read_toml", "parse_toml", "parse_strictly", "open_text", "readexactly"),
}
OF_A_MODULE = {
    *("json.loads", "json.load", "tomllib.loads", "tomllib.load", "csv.reader", "csv.DictReader", "sqlite3.connect"),
    *("os.environ.get", "os.environ.pop", "pickle.loads"),
    *("sys.stdin.read", "sys.stdin.readline", "sys.stdin.buffer.read"),
}
LAST_NAMES = DECODES | {name.rpartition(".")[2] for name in OF_A_MODULE} | {"open"}
OPENS_NO_FILE = {"os.open", "Ledger.open", "ledger.tasks.open", "self.sealer.open"}
WRITING = {"w", "wb", "x", "xb", "a", "ab", "a+", "rb+"}
OUR_OWN = re.compile(
    r"files\(|package_text|packaged_text|_FILE\b|text\.splitlines\(\)|self\.model_dump_json|os\.devnull"
)
"""What reads a file of the package itself."""


def takes_in_bytes(module: Path) -> bool:
    """Say whether a module opens or decodes what may come from outside."""
    text = module.read_text(encoding="utf-8")
    if not any(name in text for name in (*DECODES, *OF_A_MODULE, "open(")):
        return False
    return any(_takes(node) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))


def _takes(call: ast.Call) -> bool:
    last = getattr(call.func, "attr", None) or getattr(call.func, "id", None)
    if last not in LAST_NAMES:
        return False
    called, whole = ast.unparse(call.func), ast.unparse(call)
    writes = any(isinstance(part, ast.Constant) and part.value in WRITING for part in ast.walk(call))
    opens = last == "open" and not writes and called not in OPENS_NO_FILE
    return (opens or called in OF_A_MODULE or last in DECODES) and not OUR_OWN.search(whole)


def modules_that_take_in_bytes() -> set[str]:
    """Name them as they stand in the tree."""
    paths = (path for package in ("navigator", "provider_directory") for path in (ROOT / package).rglob("*.py"))
    return {path.relative_to(ROOT).as_posix() for path in paths if takes_in_bytes(path)}


def test_every_module_that_takes_in_bytes_is_in_the_table() -> None:
    listed = {module for modules in FUZZED.values() for module in modules} | set(TRIED_IN) | set(NOT_FROM_OUTSIDE)
    assert modules_that_take_in_bytes() == listed
    assert set(FUZZED) == set(TARGETS)
    assert [test for test in TRIED_IN.values() if not (ROOT / test).is_file()] == []


@pytest.mark.parametrize("target", TARGETS)
def test_a_target_leads_through_the_modules_that_the_table_says(target: str) -> None:
    seen: set[str] = set()

    def called(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            seen.add(frame.f_code.co_filename)

    sys.setprofile(called)
    try:
        for seed in seeds(target):
            with tempfile.TemporaryDirectory() as folder:
                TARGETS[target](seed, Path(folder))
    finally:
        sys.setprofile(None)
    assert {module for module in FUZZED[target] if str(ROOT / module) not in seen} == set()
