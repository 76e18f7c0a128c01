"""A server that plays CMS, and a data folder in which an older edition is in use."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from cms_server import Cms, Server
from sync_world import World

from provider_directory.sources.zips import ListedZip


@pytest.fixture(scope="session")
def three_zips() -> Iterator[None]:
    """Build with three ZIPs: the whole table, read in a child process, would be nearly all of each test's time."""
    listed: list[ListedZip] = [
        ("53202", "STANDARD", "Milwaukee", [], "WI", "Milwaukee", "43.05", "-87.9"),
        ("53703", "STANDARD", "Madison", [], "WI", "Dane", "43.08", "-89.37"),
        ("54401", "STANDARD", "Wausau", [], "WI", "Marathon", "44.96", "-89.66"),
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("provider_directory.edition.gather.list_zips", lambda: listed)
        yield


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, three_zips: None) -> World:
    """Make the older edition once, and learn the name of the clean one; the server has published again since."""
    server = Server(Cms())
    world = World(tmp_path_factory.mktemp("prepared"), server.cms, server)
    world.cms.publish("2.9", "2025-10-29")
    old = world.sync().edition
    beside = World(tmp_path_factory.mktemp("clean"), server.cms, server)
    shutil.copytree(world.home, beside.home, dirs_exist_ok=True)
    world.cms.publish("2.4", "2026-01-28")
    clean = beside.sync().edition
    server.stop()
    assert old
    assert clean
    world.old, world.clean = old, clean
    return world


@pytest.fixture
def world(prepared: World, tmp_path: Path) -> Iterator[World]:
    """Give a data folder with the older edition in use, and a server that publishes a newer release."""
    shutil.copytree(prepared.home, tmp_path, dirs_exist_ok=True)
    server = Server(Cms())
    yield World(tmp_path, server.cms, server, prepared.old, prepared.clean)
    server.stop()


@pytest.fixture
def elsewhere() -> Iterator[Server]:
    """Give another host, which nobody should contact."""
    server = Server(Cms())
    yield server
    server.stop()
