"""What several rooms of tests share: the demonstration edition, built once for all workers."""

from __future__ import annotations

import fcntl
import gc
import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from command_line import CommandLine
from hypothesis import settings

from provider_directory.demo import write_demonstration, write_programs
from provider_directory.edition.build import BuildOptions, build_edition
from provider_directory.edition.pointer import sidecar_of
from provider_directory.sources.zips import ListedZip

# Timings are never asserted in tests: a busy machine makes no property false.
settings.register_profile("coe", deadline=None, max_examples=60)
settings.register_profile("full", deadline=None, max_examples=500)  # before a release: --hypothesis-profile full
settings.load_profile("coe")
# Whatever the shell says, what is compiled is kept: workers, and each `coe` that a test starts, would do it all anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# A test run holds a large heap that hardly changes: walking it as often as a small one takes an eighth of the time.
gc.set_threshold(100_000, 50, 50)
# httpcore asks for this package at every lock; one that is not installed is searched for in the whole path each time.
if find_spec("sniffio") is None:
    sys.modules["sniffio"] = None  # type: ignore[assignment]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the trials of tests/durability be as long as for a release."""
    parser.addoption("--durability-long", action="store_true", help="1,000 kills, 10,000 power cuts and so on")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the modules that make something costly for all their tests.

    A worker that has nothing left takes over the last half of another's tests; it would make it once more.
    """
    items.sort(key=lambda item: item.get_closest_marker("costly_fixture") is None)


def pytest_sessionfinish() -> None:
    """Collect what is left while the plugins still listen for faults, and spare the five walks at the end the rest."""
    gc.collect()
    gc.freeze()


def pytest_collection_finish() -> None:
    """Pass over what was imported and collected in every later walk of the heap, as in the five at the end of a run."""
    gc.freeze()


def silent(words: str, done: float) -> None:
    """Take progress and say nothing."""


@pytest.fixture(scope="session")
def demonstration_edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the demonstration edition; the first worker to need it builds it, the others wait."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    built = shared / "demonstration.sqlite"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not sidecar_of(built).exists():
            folder = shared / "demonstration-sources"
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            write_demonstration(folder, silent)
            build_edition(folder, built, BuildOptions(release="2026-01", demonstration=True), silent)
    return built


@pytest.fixture(scope="session")
def few_sources(tmp_path_factory: pytest.TempPathFactory, demonstration_edition: Path) -> Path:
    """Give the demonstration's hospitals and roster alone: with ``few_zips`` they are built in a blink."""
    folder = tmp_path_factory.mktemp("few")
    for name in ("Hospital_General_Information.csv", "hospital_points.csv", "roster.csv"):
        shutil.copy(demonstration_edition.parent / "demonstration-sources" / name, folder)
    return folder


@pytest.fixture
def few_zips(monkeypatch: pytest.MonkeyPatch) -> None:
    """Build with three ZIPs: the whole table, read in a child process, would be nearly all of a small build's time."""
    listed: list[ListedZip] = [
        ("53202", "STANDARD", "Milwaukee", [], "WI", "Milwaukee", "43.05", "-87.9"),
        ("53703", "STANDARD", "Madison", [], "WI", "Dane", "43.08", "-89.37"),
        ("54401", "STANDARD", "Wausau", [], "WI", "Marathon", "44.96", "-89.66"),
    ]
    monkeypatch.setattr("provider_directory.edition.gather.list_zips", lambda: listed)


@pytest.fixture(scope="session")
def demonstration_programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the three invented programs."""
    folder = tmp_path_factory.mktemp("programs")
    write_programs(folder)
    return folder


@pytest.fixture
def coe(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    demonstration_programs: Path,
) -> CommandLine:
    """Give a command line whose data folder holds nothing but the invented programs."""
    monkeypatch.setenv("COE_HOME", str(tmp_path))
    shutil.copytree(demonstration_programs, tmp_path / "programs")  # a test may add to its own
    return CommandLine(capsys)
