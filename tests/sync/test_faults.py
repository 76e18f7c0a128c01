"""Whatever goes wrong at whatever step: the old edition serves, nothing is half, the next sync ends as a clean one."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import cms_server
import pytest
from cms_server import Fault, Handler, Reply, Server, wait_for
from command_line import CommandLine

from provider_directory.edition.publish import verify
from provider_directory.errors import FetchProblem, SourceProblem, SyncRefused
from provider_directory.fetching import DiskFull

if TYPE_CHECKING:
    from sync_world import World

pytest_plugins = ("sync_world",)

STEPS = ("catalog", "file", "page", "archive")
FAULTS: dict[str, Fault] = {
    "429": cms_server.too_many,
    "500": cms_server.broken,
    "slow drip": cms_server.drip,
    "cut off": cms_server.cut_off,
    "cut off without a length": cms_server.cut_off_unsaid,
    "web page": cms_server.web_page,
    "web page under the right type": cms_server.web_page_as_data,
    "renamed column": cms_server.renamed_column,
    "wrong type": cms_server.wrong_type,
    "packing bomb": cms_server.bomb,
}
PASSING = ("429", "500", "slow drip", "cut off")


def spoil(world: World, step: str, fault: Fault, times: int = 1_000) -> None:
    """Spoil a step; the archive is asked only when the file itself is not to be had."""
    if step == "archive":
        world.cms.archive("2026-01")
        world.cms.missing.add("file")
    world.cms.spoil(step, fault, times)


def assert_the_old_edition_serves(world: World, coe: CommandLine) -> None:
    assert world.in_use() == world.old
    assert coe("find", "knee replacement", "53202", "--json") == 0
    assert coe.json["edition"] == world.old
    assert coe.json["centers"]


def assert_nothing_is_half(world: World) -> None:
    names = {path.name for path in world.shelf.folder.iterdir()}
    assert names - {"changing.lock"} == {"current"} | {
        f"{name}{end}" for name in {world.old, world.in_use()} for end in (".sqlite", ".json", ".verified")
    }
    for shelved in world.shelf.editions():
        verify(shelved.path)
    assert not list(world.downloads.glob("staging-*"))


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_lasts_leaves_the_old_edition_and_the_next_sync_ends_as_a_clean_one(
    world: World, coe: CommandLine, step: str, fault: str
) -> None:
    spoil(world, step, FAULTS[fault])
    with pytest.raises((FetchProblem, SourceProblem)) as told:
        world.sync()
    assert told.value.next_step
    assert_the_old_edition_serves(world, coe)
    assert_nothing_is_half(world)
    world.cms.heal()
    assert world.sync().edition == world.in_use() == world.clean
    assert_nothing_is_half(world)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_passes_is_waited_out_and_changes_nothing(world: World, step: str, fault: str) -> None:
    spoil(world, step, FAULTS[fault], times=1)
    assert world.sync().edition == world.clean
    assert any("Try 2 of 2" in words for words in world.heard.words)


@pytest.mark.parametrize("step", STEPS)
def test_a_redirect_to_another_host_is_told_and_never_followed(
    world: World, coe: CommandLine, elsewhere: Server, step: str
) -> None:
    spoil(world, step, cms_server.elsewhere(elsewhere.origin))
    with pytest.raises(FetchProblem, match="which is not contacted"):
        world.sync()
    assert elsewhere.cms.asked == []
    assert_the_old_edition_serves(world, coe)
    world.cms.heal()
    assert world.sync().edition == world.clean


@contextlib.contextmanager
def files_of_at_most(count: int) -> Iterator[None]:
    """Let every write beyond so many bytes of a file fail, as on a full disk."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (count, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize(
    ("step", "room"), [("first file", 500), ("first note", 10), ("pages", 1_300), ("edition", 40_000)]
)
def test_a_full_disk_is_told_in_words_and_made_good_later(world: World, coe: CommandLine, step: str, room: int) -> None:
    with files_of_at_most(room), pytest.raises((DiskFull, SyncRefused)) as told:
        world.sync()
    assert "room" in str(told.value)
    assert_the_old_edition_serves(world, coe)
    assert_nothing_is_half(world)
    assert world.sync().edition == world.clean


def test_after_kill_9_in_mid_file_the_next_sync_goes_on_where_it_broke_off(world: World, coe: CommandLine) -> None:
    reached = threading.Event()
    half = len(world.cms.files["complications"]) // 2
    world.cms.spoil("file", cms_server.stall_after(half, reached))
    program = (
        "import sys; from pathlib import Path; from sync_world import Heard;"
        "from provider_directory.sync import SyncOptions, sync; home = Path(sys.argv[1]);"
        "sync(home / 'editions', home / 'downloads', SyncOptions(base=sys.argv[2]), Heard())"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    child = subprocess.Popen([sys.executable, "-c", program, str(world.home), world.server.origin], env=environment)
    part = world.downloads / "complications" / "incoming" / "Complications_and_Deaths-Hospital.csv.part"
    wait_for(lambda: part.exists() and part.stat().st_size == half)
    with pytest.raises(SyncRefused, match=f"process {child.pid}"):
        world.sync()
    child.kill()
    child.wait()
    assert_the_old_edition_serves(world, coe)
    world.cms.heal()
    world.cms.asked.clear()
    synced = world.sync()
    assert {brought.dataset.name: brought.how for brought in synced.files}["complications"] == "resumed"
    resumed = [asked.headers for asked in world.cms.asked if "range" in asked.headers]
    assert [headers["range"] for headers in resumed] == [f"bytes={half}-"]
    assert resumed[0]["if-range"]
    assert synced.edition == world.clean


def test_a_file_that_changed_since_it_broke_off_is_begun_anew(world: World) -> None:
    world.cms.spoil("file", cms_server.cut_off)
    with pytest.raises(FetchProblem):
        world.sync()
    world.cms.heal()
    whole = world.cms.files["complications"]
    world.cms.files["complications"] = whole.replace(b'"2.4"', b'"2.5"')
    synced = world.sync()
    assert {brought.dataset.name: brought.how for brought in synced.files}["complications"] == "fetched"
    assert (world.downloads / "complications" / "Complications_and_Deaths-Hospital.csv").read_bytes() == (
        whole.replace(b'"2.4"', b'"2.5"')
    )


def test_pages_are_gone_on_with_where_they_broke_off(world: World) -> None:
    world.cms.spoil("page", cms_server.broken)
    with pytest.raises(FetchProblem):
        world.sync()
    world.cms.heal()
    world.cms.asked.clear()
    assert world.sync().edition == world.clean
    offsets = re.findall(r"size=5000&offset=(\d+)", " ".join(world.cms.paths()))
    assert offsets == ["5", "10", "12"]


@pytest.mark.parametrize("rows_left", [3, 6])
def test_a_file_without_a_length_that_was_cut_between_two_rows_is_noticed(world: World, rows_left: int) -> None:
    whole = world.cms.files["complications"]
    cut = b"".join(whole.splitlines(keepends=True)[:rows_left])
    world.cms.rows_said = len(whole.splitlines()) - 1

    def cut_between_rows(handler: Handler, reply: Reply) -> None:
        handler.send(200, cut, {"Content-Type": reply.content_type}, length=None)
        handler.close_connection = True

    world.cms.says_length = False
    world.cms.spoil("file", cut_between_rows)
    with pytest.raises(FetchProblem, match="was cut off"):
        world.sync()
    assert world.in_use() == world.old
