"""Whatever an installation brings along is of one known version (TRUST S19)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PLATFORMS: tuple[dict[str, str], ...] = (
    {},
    {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
    {"sys_platform": "darwin", "platform_system": "Darwin"},
    {"python_version": "3.14", "python_full_version": "3.14.0"},
)


def folded(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(lines: list[str], platform: dict[str, str], seen: set[tuple[str, frozenset[str]]]) -> Iterator[str]:
    """Name what these requirements bring along on a platform, as far as it is installed here."""
    for found in map(Requirement, lines):
        key = (folded(found.name), frozenset(found.extras))
        if key in seen:
            continue
        here = {name: str(value) for name, value in default_environment().items()} | platform
        seen.add(key)
        yield key[0]
        try:
            own = [line for line in requires(found.name) or [] if wanted(Requirement(line), here, key[1])]
        except ModuleNotFoundError:  # of another platform
            continue
        yield from needed(own, platform, seen)


def wanted(requirement: Requirement, here: dict[str, str], extras: frozenset[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate(here | {"extra": extra}) for extra in extras or {""})


@pytest.mark.parametrize("platform", PLATFORMS, ids=["here", "windows", "mac", "newest-python"])
def test_every_package_that_an_installation_brings_along_is_pinned(platform: dict[str, str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [line for extra in project["optional-dependencies"].values() for line in extra]
    pinned = {folded(line.partition("==")[0]) for line in (ROOT / "constraints.txt").read_text().splitlines()}
    brought = set(needed([*project["dependencies"], *lines], platform, set())) - {folded(project["name"])}
    assert len(brought) > 60
    assert brought - pinned == set()
