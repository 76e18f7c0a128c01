"""A writer that is killed loses nothing that it had acknowledged, and leaves nothing half-written (TRUST B4)."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from kills import Place, kill_rotations, kill_servers, kill_writers
from sizes import Sizes

if TYPE_CHECKING:
    from postgres_server import PostgresServer

pytest_plugins = ("trial_conditions",)


def test_kill_9_of_a_writer_loses_nothing(tmp_path: Path, sizes: Sizes) -> None:
    numbers = count()
    found = kill_writers(sizes.kills, lambda: Place(tmp_path / str(next(numbers))), seed=20261122)
    assert (found.kills, found.lost, found.half, found.broken, found.first) == (sizes.kills, 0, 0, 0, "")
    assert found.acknowledged > found.kills


def test_kill_9_of_a_writer_on_a_server_loses_nothing(
    tmp_path: Path, sizes: Sizes, durable_server: PostgresServer
) -> None:
    numbers = count()

    def place() -> Place:
        return Place(tmp_path / str(next(numbers)), durable_server.address(durable_server.fresh()))

    found = kill_writers(sizes.kills // 3, place, seed=20261122)
    assert (found.lost, found.half, found.broken, found.first) == (0, 0, 0, "")
    assert found.acknowledged > found.kills


def test_kill_9_of_the_server_loses_nothing_and_the_desk_goes_on(
    tmp_path: Path, sizes: Sizes, durable_server: PostgresServer
) -> None:
    place = Place(tmp_path, durable_server.address(durable_server.fresh()))
    found = kill_servers(sizes.server_kills, place, durable_server, seed=20261122)
    assert (found.kills, found.lost, found.half, found.broken, found.first) == (sizes.server_kills, 0, 0, 0, "")
    assert found.acknowledged > found.kills


def test_kill_9_of_a_change_of_the_key_leaves_the_old_or_the_new_key_working(tmp_path: Path, sizes: Sizes) -> None:
    found = kill_rotations(sizes.rotations, Place(tmp_path), seed=20261122)
    assert (found.lost, found.half, found.broken, found.first) == (0, 0, 0, "")
