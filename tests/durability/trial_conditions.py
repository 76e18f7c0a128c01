"""What the trials share, how much is tried and a server that forgets nothing: a plugin of pytest."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sizes import LONG, SHORT, Sizes

sys.path.append(str(Path(__file__).parents[1] / "ledger"))

from postgres_server import ABSENT, PostgresServer, is_installed, running_server


@pytest.fixture(scope="session")
def sizes(request: pytest.FixtureRequest) -> Sizes:
    """Give how much is tried."""
    return LONG if request.config.getoption("--durability-long") else SHORT


@pytest.fixture(scope="session")
def durable_server() -> Iterator[PostgresServer]:
    """Give a server that syncs what it acknowledges, as a desk's server does."""
    if not is_installed():
        pytest.skip(ABSENT)
    with running_server(fsync=True) as server:
        yield server
