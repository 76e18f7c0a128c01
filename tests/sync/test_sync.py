"""One sync from beginning to end, as the person who runs it sees it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from cms_server import Server
from command_line import CommandLine

from navigator.cli.sync_answer import SyncAnswer
from provider_directory.edition.build import BuildOptions, build_edition
from provider_directory.edition.manifest import read_manifest
from provider_directory.errors import BadInput, FetchProblem, SourceProblem, SyncRefused
from provider_directory.fetching import DiskFull, Unreachable
from provider_directory.sync import changes

if TYPE_CHECKING:
    from sync_world import World

pytest_plugins = ("sync_world",)

ROSTER = (
    "ccn,alliance,criteria_set,status,effective,ends,visibility\n90Z701,Lakeshore,hip-knee,active,2025-01-01,,public\n"
)


def roster_in(folder: Path) -> Path:
    folder.mkdir()
    (folder / "roster.csv").write_text(ROSTER)
    return folder


def test_a_newer_release_is_published_with_its_release_and_told_table_by_table(world: World) -> None:
    synced = world.sync()
    assert synced.published
    assert world.in_use() == synced.edition == world.clean
    releases = {report.dataset: report.release for report in read_manifest(synced.place or Path()).files}
    assert releases.pop("inpatient") is None
    assert set(releases.values()) == {"2026-01"}
    told = {change.dataset: (change.rows, change.rows_before) for change in changes(synced)}
    assert told["complications"] == (6, 6)
    assert told["inpatient"] == (12, 12)


def test_both_shapes_of_the_catalog_lead_to_the_same_files(world: World) -> None:
    world.cms.has_reference_ids = True
    assert world.sync().edition == world.clean


def test_when_nothing_is_newer_no_file_is_fetched_and_nothing_changes(world: World) -> None:
    world.sync()
    world.cms.asked.clear()
    again = world.sync()
    assert (again.published, again.edition, world.in_use()) == (False, world.clean, world.clean)
    assert [path for path in world.cms.paths() if "/resources/" in path or "size=5000" in path] == []


def test_a_dry_run_writes_nothing(world: World) -> None:
    before = sorted(path.relative_to(world.home) for path in world.home.rglob("*"))
    synced = world.sync(dry_run=True)
    assert {planned.state for planned in synced.plan} == {"newer"}
    assert all(planned.bytes for planned in synced.plan if not planned.dataset.has_pages)
    assert sorted(path.relative_to(world.home) for path in world.home.rglob("*")) == before


def test_only_the_named_data_set_is_fetched_and_the_others_are_as_they_were(world: World) -> None:
    synced = world.sync(only=("77hc-ibv8", "complications"))
    assert {brought.dataset.name for brought in synced.files} == {"complications", "hai"}
    releases = {report.dataset: report.release for report in read_manifest(synced.place or Path()).files}
    assert (releases["hai"], releases["mspb"]) == ("2026-01", "2025-10")
    with pytest.raises(BadInput) as told:
        world.sync(only=("hips",))
    assert ("mspb", "Medicare Spending Per Patient") in told.value.choices


def test_without_the_hospital_file_no_edition_is_made(world: World) -> None:
    shutil.rmtree(world.downloads)
    with pytest.raises(SyncRefused, match="--only hospital_general"):
        world.sync(only=("complications",))
    assert world.in_use() == world.old


def test_rosters_go_into_the_edition_and_a_changed_roster_alone_makes_a_new_one(world: World) -> None:
    own = roster_in(world.home / "rosters")
    first = world.sync(own=own)
    assert first.manifest
    assert first.manifest.counts["contract"] == 1
    (own / "roster.csv").write_text(ROSTER.replace("2025-01-01,,", "2025-01-01,2027-06-30,"))
    world.cms.asked.clear()
    second = world.sync(own=own)
    assert second.published
    assert second.edition != first.edition
    assert not [path for path in world.cms.paths() if "/resources/" in path]


def test_a_roster_that_is_not_there_any_more_is_missed_before_publishing(world: World) -> None:
    first = world.sync(own=roster_in(world.home / "rosters"))
    with pytest.raises(SyncRefused, match="Alliance roster: 0 rows") as told:
        world.sync()
    assert "--rosters" in told.value.next_step
    assert world.in_use() == first.edition
    assert world.sync(accept_smaller=True).edition == world.clean


def test_an_own_file_of_a_data_set_that_cms_brings_is_left_out_and_named(world: World) -> None:
    own = roster_in(world.home / "rosters")
    (own / "old-hospitals.csv").write_bytes(world.cms.files["hospital_general"].replace(b"ALDERWICK", b"OLDERWICK"))
    synced = world.sync(own=own)
    assert synced.left_out == ("old-hospitals.csv",)
    files = [report.file for report in read_manifest(synced.place or Path()).files]
    assert "sources/roster.csv" in files


def test_a_collapsed_table_is_refused_and_fetched_anew_the_next_time(world: World) -> None:
    whole = world.cms.files["complications"]
    world.cms.files["complications"] = b"".join(whole.splitlines(keepends=True)[:3])
    with pytest.raises(SyncRefused, match="Complications and Deaths: 2 rows read, in the edition in use 6"):
        world.sync()
    assert world.in_use() == world.old
    world.cms.files["complications"] = whole
    assert world.sync().edition == world.clean


def test_a_table_whose_rows_cannot_be_read_any_more_is_refused_like_a_collapsed_one(world: World) -> None:
    world.cms.files["hai"] = world.cms.files["hai"].replace(b"90Z70", b"??????????")
    with pytest.raises(SyncRefused, match="0 rows kept"):
        world.sync()
    assert world.in_use() == world.old


def test_a_renamed_column_is_named_and_no_older_archive_hides_it(world: World) -> None:
    world.cms.archive("2026-01")
    world.cms.files["complications"] = world.cms.files["complications"].replace(b"Compared to National", b"Versus")
    with pytest.raises(SourceProblem, match='"Compared to National"'):
        world.sync()
    assert not [path for path in world.cms.paths() if "/archive/" in path]


@pytest.mark.parametrize("step", ["catalog", "file"])
@pytest.mark.parametrize("month", ["2026-01", "2026-02"])
def test_the_monthly_archive_stands_in_for_the_catalog_or_a_file(world: World, step: str, month: str) -> None:
    world.cms.archive(month)
    world.cms.missing.add(step)
    synced = world.sync()
    hows = {brought.dataset.name: (brought.how, brought.held.release) for brought in synced.files}
    assert hows["complications"] == ("archive", month if step == "catalog" else "2026-01")
    if (step, month) != ("catalog", "2026-02"):
        assert synced.edition == world.clean
    world.cms.heal()
    assert world.sync().edition == world.clean


@pytest.mark.parametrize("first_page_too", [False, True])
def test_the_newest_csv_stands_in_for_the_data_api(world: World, first_page_too: bool) -> None:
    world.cms.has_data_catalog = True
    world.cms.missing.add("page")
    if first_page_too:
        world.cms.missing.add("first page")
    synced = world.sync()
    inpatient = next(brought.held for brought in synced.files if brought.dataset.name == "inpatient")
    assert inpatient.url.endswith("DY24_PrvSvc.CSV")
    assert (inpatient.release, inpatient.rows) == ("2026-01", 12)
    world.cms.asked.clear()
    if first_page_too:
        assert not world.sync().published
        assert not [path for path in world.cms.paths() if path.endswith(".CSV")]
    world.cms.heal()
    assert world.sync().edition == world.clean


def test_a_damaged_archive_is_told_and_not_taken_again(world: World) -> None:
    world.cms.archive("2026-01")
    whole = world.cms.archives["2026-01"]
    world.cms.archives["2026-01"] = whole[: len(whole) // 2]
    world.cms.missing.add("file")
    with pytest.raises(FetchProblem, match="is damaged"):
        world.sync()
    world.cms.archives["2026-01"] = whole
    assert world.sync().edition == world.clean


def test_the_kept_files_build_the_same_edition(world: World, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    world.sync(keep_files=kept)
    manifest = build_edition(kept, tmp_path / "e.sqlite", BuildOptions(), lambda words, done: None)
    assert manifest.name == world.clean


def test_a_file_that_was_changed_on_this_disk_is_fetched_anew(world: World) -> None:
    world.sync()
    place = world.downloads / "complications" / "Complications_and_Deaths-Hospital.csv"
    place.write_bytes(place.read_bytes().replace(b'"2.4"', b'"0.4"'))
    synced = world.sync()
    assert {brought.dataset.name for brought in synced.files if brought.how != "here"} == {"complications"}
    assert synced.edition == world.clean


def test_a_release_that_is_still_to_come_is_not_believed(world: World) -> None:
    world.cms.publish("2.4", "2031-01-01")
    synced = world.sync()
    assert {planned.release for planned in synced.plan} == {None}


def test_nothing_is_sent_but_the_request(world: World) -> None:
    world.sync()
    allowed = {"host", "accept", "accept-encoding", "connection", "user-agent"}
    assert {name for asked in world.cms.asked for name in asked.headers} == allowed
    agents = {asked.headers["user-agent"] for asked in world.cms.asked}
    assert [agent.split("/")[0] for agent in agents] == ["coe-navigator"]


def test_offline_is_one_sentence_and_the_old_edition_stays(world: World, coe: CommandLine) -> None:
    world.server.stop()
    with pytest.raises(Unreachable, match=r"no connection to 127.0.0.1:\d+. Try again when the network is there"):
        world.sync()
    assert coe("find", "knee replacement", "53202", "--json") == 0
    assert coe.json["edition"] == world.old


def test_what_will_not_fit_is_refused_before_the_first_byte(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda folder: SimpleNamespace(free=1_000))
    with pytest.raises(DiskFull, match="1,000 left"):
        world.sync()
    assert not [path for path in world.cms.paths() if "/resources/" in path]


def test_a_demonstration_in_use_is_no_measure_of_what_came(world: World, tmp_path: Path) -> None:
    world.sync(keep_files=tmp_path / "kept")
    larger = tmp_path / "kept" / "HCAHPS-Hospital.csv"
    header, *rows = larger.read_text().splitlines(keepends=True)
    larger.write_text(header + "".join(row.replace("90Z", f"9{digit}Z") for digit in range(5) for row in rows))
    shutil.rmtree(world.shelf.folder)
    options = BuildOptions(demonstration=True)
    build_edition(tmp_path / "kept", world.shelf.part_file(), options, lambda words, done: None)
    world.shelf.put(world.shelf.part_file())
    assert world.sync().edition == world.clean


class TestTheCommand:
    """`coe sync` in a terminal."""

    def test_it_says_what_it_fetches_and_what_came_of_it(self, world: World, coe: CommandLine) -> None:
        assert coe("sync", "--base-url", world.server.origin) == 0
        assert "To fetch: 7 of 7 data sets" in coe.out
        assert f"Published: edition {world.clean[:12]}" in coe.out
        assert max(map(len, coe.out.splitlines())) <= 80
        assert coe("sync", "--base-url", world.server.origin) == 0
        assert "Nothing newer" in coe.out

    def test_json_is_all_that_stands_on_stdout(self, world: World, coe: CommandLine) -> None:
        assert coe("sync", "--base-url", world.server.origin, "--dry-run", "--json") == 0
        assert {entry["state"] for entry in coe.json["datasets"]} == {"newer"}
        assert coe("sync", "--base-url", world.server.origin, "--json") == 0
        assert (coe.json["published"], coe.json["edition"]) == (True, world.clean)
        assert {entry["how"] for entry in coe.json["datasets"]} == {"fetched"}
        assert coe.err == ""

    def test_the_json_is_of_the_schema_that_is_printed(self, world: World, coe: CommandLine) -> None:
        assert coe("sync", "--base-url", world.server.origin, "--json") == 0
        SyncAnswer.model_validate_json(coe.out)
        printed = set(coe.json)
        assert coe("schema", "sync") == 0
        assert set(coe.json["required"]) == printed

    def test_a_fault_has_exit_code_2_and_says_what_to_do(self, world: World, coe: CommandLine) -> None:
        world.cms.missing.update(("file", "catalog"))
        assert coe("sync", "--base-url", world.server.origin, "--json") == 2
        error = json.loads(coe.out)["error"]
        assert error["code"] == "fetch_problem"
        assert "The edition in use stays" in error["message"]

    @pytest.mark.parametrize("base", ["http://example.org", "ftp://127.0.0.1", "https://user@data.cms.gov", "cms"])
    def test_a_mirror_must_be_encrypted_or_on_this_machine(self, coe: CommandLine, base: str) -> None:
        assert coe("sync", "--base-url", base) == 2
        assert "https://" in coe.err

    def test_the_sources_folder_of_the_data_folder_goes_in_by_itself(self, world: World, coe: CommandLine) -> None:
        roster_in(world.home / "sources")
        assert coe("sync", "--base-url", world.server.origin) == 0
        assert "Alliance roster" in coe.out


@pytest.mark.parametrize(
    "address", ["https://[", "https://[::zz]/a.csv", "file:///etc/passwd", "http://a b", "\\\\x\\y"]
)
def test_an_address_in_the_catalog_that_is_none_is_told_in_words(world: World, address: str) -> None:
    entry = world.cms.entry_of
    world.cms.entry_of = lambda name: entry(name) | {"distribution": [{"downloadURL": address}]}  # type: ignore[method-assign]
    with pytest.raises(FetchProblem):
        world.sync()
    assert world.in_use() == world.old


def test_a_file_at_another_host_is_told_and_not_fetched(world: World, elsewhere: Server) -> None:
    entry = world.cms.entry_of

    def foreign(name: str) -> dict[str, object]:
        return json.loads(json.dumps(entry(name)).replace("https://data.cms.gov", elsewhere.origin))  # type: ignore[no-any-return]

    world.cms.entry_of = foreign  # type: ignore[method-assign]
    with pytest.raises(FetchProblem, match="which is not contacted"):
        world.sync()
    assert elsewhere.cms.asked == []
