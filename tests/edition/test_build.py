"""From a folder of files to an edition: nothing lost, nothing half-published, the same name for the same content."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from provider_directory.edition import build as build_module
from provider_directory.edition.build import BuildOptions, build_edition
from provider_directory.edition.manifest import Manifest, read_manifest
from provider_directory.edition.pointer import sidecar_of
from provider_directory.edition.publish import Shelf, verify
from provider_directory.edition.reader import EditionReader
from provider_directory.errors import EditionProblem, SourceProblem

pytestmark = pytest.mark.usefixtures("few_zips")

HOSPITALS = """\
"Facility ID","Facility Name","Address","City/Town","State","ZIP Code","County/Parish","Telephone Number",\
"Hospital Type","Hospital Ownership","Emergency Services","Meets criteria for birthing friendly designation",\
"Hospital overall rating","Hospital overall rating footnote"
90Z701,ALDERWICK MEDICAL CENTER,1 ELM ST,MILWAUKEE,WI,53202,M,(414) 555-0101,Acute Care Hospitals,Church,Yes,Y,4,
90Z702,BIRCHMOOR HOSPITAL,2 OAK ST,MADISON,WI,53703,D,(608) 555-0102,Acute Care Hospitals,Church,Yes,,Not Available,16
"""
COMPLICATIONS = """\
"Facility ID","Facility Name","Address","City/Town","State","ZIP Code","County/Parish","Telephone Number",\
"Measure ID","Measure Name","Compared to National","Denominator","Score","Lower Estimate","Higher Estimate",\
"Footnote","Start Date","End Date"
90Z701,ALDERWICK,1 ELM ST,MILWAUKEE,WI,53202,M,(414) 555-0101,COMP_HIP_KNEE,Complications,\
Better Than the National Rate,600,2.4,1.8,3.1,,04/01/2021,03/31/2024
90Z701,ALDERWICK,1 ELM ST,MILWAUKEE,WI,53202,M,(414) 555-0101,PSI_90,Safety,\
No Different Than the National Value,Not Applicable,0.95,0.75,1.15,,07/01/2022,06/30/2024
90Z799,CEDARHOLT,9 ASH ST,WAUSAU,WI,54401,M,(715) 555-0109,COMP_HIP_KNEE,Complications,\
Number of Cases Too Small,Not Available,Not Available,Not Available,Not Available,1,04/01/2021,03/31/2024
"""
ROSTER = """\
ccn,name,zip,kind,address,city,state,alliance,criteria_set,procedure,status,effective,ends,bundle_price,visibility
90Z701,,,,,,,Lakeshore,hip-knee,,active,2025-01-01,2027-06-30,"24,100",public
,Fernlake Surgery Center,53202,surgery_center,3 Fir St,Milwaukee,WI,Lakeshore,,meniscus-surgery,active,2025-01-01,,,
,Nowhere Hospital,,,,,,Lakeshore,hip-knee,,active,2025-01-01,,,public
"""


def silent(words: str, done: float) -> None:
    """Take progress and say nothing."""


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "hospitals.csv").write_text(HOSPITALS)
    (folder / "complications.csv").write_text(COMPLICATIONS)
    (folder / "roster.csv").write_text(ROSTER)
    (folder / "notes.txt").write_text("not a table")
    return folder


def built(sources: Path, out: Path, **options: object) -> Manifest:
    values = {"release": "2026-01", "demonstration": True} | options
    return build_edition(sources, out, BuildOptions(**values), silent)  # type: ignore[arg-type]


def test_every_row_is_kept_collapsed_or_set_aside(sources: Path, tmp_path: Path) -> None:
    manifest = built(sources, tmp_path / "e.sqlite")
    assert {report.dataset for report in manifest.files} == {"hospital_general", "complications", "roster"}
    for report in manifest.files:
        assert report.read == report.kept + report.duplicates + sum(report.set_aside.values())


def test_the_roster_makes_a_surgery_center_and_leaves_the_unknown_to_a_person(sources: Path, tmp_path: Path) -> None:
    manifest = built(sources, tmp_path / "e.sqlite")
    assert [item.row for item in manifest.review] == [4]
    reader = EditionReader(tmp_path / "e.sqlite")
    made = reader.rows("SELECT id, kind, lat IS NOT NULL FROM facility WHERE kind = 'surgery_center'")
    assert made == [("fernlake-surgery-center-53202", "surgery_center", 1)]
    assert reader.rows("SELECT facility_id, bundle_cents FROM contract ORDER BY id") == [
        ("ccn-90z701", 2_410_000),
        ("fernlake-surgery-center-53202", None),
    ]


def test_a_hospital_in_a_quality_file_only_is_kept_and_not_listed(sources: Path, tmp_path: Path) -> None:
    built(sources, tmp_path / "e.sqlite")
    reader = EditionReader(tmp_path / "e.sqlite")
    assert reader.rows("SELECT listed, lat FROM facility WHERE ccn = '90Z799'") == [(0, None)]


def test_the_same_content_has_the_same_name_on_any_day(sources: Path, tmp_path: Path) -> None:
    first = built(sources, tmp_path / "a.sqlite")
    again = built(sources, tmp_path / "b.sqlite")
    assert first.name == again.name
    assert built(sources, tmp_path / "c.sqlite", as_of=date(2026, 5, 8)).name != first.name


def test_one_changed_figure_changes_the_name(sources: Path, tmp_path: Path) -> None:
    first = built(sources, tmp_path / "a.sqlite")
    (sources / "complications.csv").write_text(COMPLICATIONS.replace("2.4,1.8", "2.5,1.8"))
    assert built(sources, tmp_path / "b.sqlite").name != first.name


def test_a_file_that_contradicts_itself_stops_the_build_and_leaves_no_file(sources: Path, tmp_path: Path) -> None:
    line = COMPLICATIONS.splitlines()[1]
    (sources / "complications.csv").write_text(COMPLICATIONS + line.replace(",600,2.4,", ",600,2.9,") + "\n")
    with pytest.raises(SourceProblem, match="cannot be trusted"):
        built(sources, tmp_path / "e.sqlite")
    assert not (tmp_path / "e.sqlite").exists()


def test_it_may_be_built_without_the_contradicting_file_and_the_account_still_adds_up(
    sources: Path, tmp_path: Path
) -> None:
    line = COMPLICATIONS.splitlines()[1]
    (sources / "complications.csv").write_text(COMPLICATIONS + line.replace(",600,2.4,", ",600,2.9,") + "\n")
    manifest = built(sources, tmp_path / "e.sqlite", allow_missing=True)
    report = next(report for report in manifest.files if report.dataset == "complications")
    assert (report.kept, sum(report.set_aside.values())) == (0, report.read)
    assert report.conflict


def test_a_second_file_that_contradicts_the_first_is_set_aside_whole(sources: Path, tmp_path: Path) -> None:
    (sources / "z-second.csv").write_text(COMPLICATIONS.replace("2.4,1.8", "2.5,1.8"))
    with pytest.raises(SourceProblem, match="90z701 / COMP_HIP_KNEE"):
        built(sources, tmp_path / "e.sqlite")


def test_a_second_copy_of_a_file_collapses_into_the_first(sources: Path, tmp_path: Path) -> None:
    first = built(sources, tmp_path / "a.sqlite")
    shutil.copy(sources / "complications.csv", sources / "z-copy.csv")
    manifest = built(sources, tmp_path / "b.sqlite")
    copy = next(report for report in manifest.files if report.file == "z-copy.csv")
    assert (copy.kept, copy.duplicates) == (0, 3)
    assert manifest.counts["measure"] == first.counts["measure"]


def test_a_newer_release_corrects_an_older_one_and_is_no_contradiction(sources: Path, tmp_path: Path) -> None:
    (sources / "a-corrected.csv").write_text(COMPLICATIONS.replace("2.4,1.8", "2.5,1.8"))
    (sources / "release.toml").write_text('[files]\n"complications.csv" = "2025-10"\n"a-corrected.csv" = "2026-01"\n')
    manifest = built(sources, tmp_path / "e.sqlite", release=None)
    older = next(report for report in manifest.files if report.file == "complications.csv")
    assert older.set_aside["corrected_in_a_newer_release"] == 1
    assert older.read == older.kept + older.duplicates + sum(older.set_aside.values())
    reader = EditionReader(tmp_path / "e.sqlite")
    assert reader.rows("SELECT value FROM measure WHERE measure = 'COMP_HIP_KNEE' AND value IS NOT NULL") == [(2.5,)]


def test_a_quotation_mark_that_is_not_closed_never_swallows_hospitals_silently(sources: Path, tmp_path: Path) -> None:
    lines = COMPLICATIONS.splitlines(keepends=True)
    (sources / "complications.csv").write_text("".join([lines[0], lines[1], '"' + lines[2], *lines[3:]]))
    with pytest.raises(SourceProblem, match="is not closed"):
        built(sources, tmp_path / "e.sqlite")


def test_a_roster_row_may_name_a_facility_that_another_row_makes(sources: Path, tmp_path: Path) -> None:
    again = ",Fernlake Surgery Center,53202,,,,,Lakeshore,outpatient,,active,2025-01-01,,,\n"
    (sources / "roster.csv").write_text(ROSTER.replace("90Z701,,", again + "90Z701,,", 1))
    manifest = built(sources, tmp_path / "e.sqlite")
    roster = next(report for report in manifest.files if report.dataset == "roster")
    assert (roster.read, roster.kept, roster.set_aside) == (4, 3, {"to_be_reviewed": 1})
    assert manifest.counts["contract"] == 3


def test_a_contracted_center_that_nobody_can_find_is_told(sources: Path, tmp_path: Path) -> None:
    (sources / "roster.csv").write_text(
        ROSTER.replace("Fernlake Surgery Center,53202", "Fernlake Surgery Center,99999")
    )
    notes = built(sources, tmp_path / "e.sqlite").notes
    assert any("Never offered" in note and "Fernlake Surgery Center" in note for note in notes)


def test_a_place_that_cannot_be_written_is_refused_before_the_work(sources: Path, tmp_path: Path) -> None:
    with pytest.raises(SourceProblem, match="cannot be written"):
        built(sources, tmp_path)


def test_only_the_newest_hospital_file_says_who_is_open(sources: Path, tmp_path: Path) -> None:
    (sources / "a-older.csv").write_text(HOSPITALS.replace("90Z702", "90Z709"))
    manifest = built(sources, tmp_path / "e.sqlite")
    assert any("older hospital file" in skipped.reason for skipped in manifest.skipped)
    assert not EditionReader(tmp_path / "e.sqlite").rows("SELECT 1 FROM facility WHERE ccn = '90Z709'")


@pytest.mark.parametrize("name", ["a-older.csv", "z-older.csv"])
def test_a_hospital_file_of_an_older_layout_never_wins_by_its_name(sources: Path, tmp_path: Path, name: str) -> None:
    older = HOSPITALS.replace("Facility ID", "Provider ID").replace("City/Town", "City").replace("90Z702", "90Z709")
    (sources / name).write_text(older)
    manifest = built(sources, tmp_path / "e.sqlite")
    assert [skipped.file for skipped in manifest.skipped if "older hospital file" in skipped.reason] == [name]


@pytest.mark.parametrize("release", ["January", "2026-1", "2026-13", "26-01"])
def test_a_bad_release_is_refused_in_words(sources: Path, tmp_path: Path, release: str) -> None:
    with pytest.raises(SourceProblem, match="YYYY-MM"):
        built(sources, tmp_path / "e.sqlite", release=release)


def test_an_unknown_release_is_said(sources: Path, tmp_path: Path) -> None:
    manifest = built(sources, tmp_path / "e.sqlite", release=None)
    assert any("release" in note for note in manifest.notes)


def test_real_builds_carry_the_eleven_cancer_hospitals_and_demonstrations_do_not(sources: Path, tmp_path: Path) -> None:
    count = "SELECT count(*) FROM facility WHERE kind = 'cancer'"
    built(sources, tmp_path / "a.sqlite")
    built(sources, tmp_path / "b.sqlite", demonstration=False)
    assert EditionReader(tmp_path / "a.sqlite").rows(count) == [(0,)]
    assert EditionReader(tmp_path / "b.sqlite").rows(count) == [(11,)]


def test_publishing_switches_and_the_old_edition_can_be_used_again(sources: Path, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf")
    assert shelf.current() is None
    built(sources, shelf.part_file())
    first = shelf.put(shelf.part_file())
    built(sources, shelf.part_file(), as_of=date(2026, 5, 8))
    second = shelf.put(shelf.part_file())
    assert shelf.current() == second
    assert [entry.in_use for entry in shelf.editions() if entry.path == second] == [True]
    shelf.use(shelf.find(first.stem[:10]))
    assert shelf.current() == first


def test_an_interrupted_build_leaves_the_old_edition_in_use(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf(tmp_path / "shelf")
    built(sources, shelf.part_file())
    first = shelf.put(shelf.part_file())

    def power_cut(*arguments: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(build_module, "content_digests", power_cut)
    with pytest.raises(KeyboardInterrupt):
        built(sources, shelf.part_file(), as_of=date(2026, 5, 8))
    assert shelf.current() == first
    assert verify(first).name == first.stem
    assert sorted(path.name for path in shelf.folder.iterdir()) == sorted(
        ["current", first.name, sidecar_of(first).name, first.with_suffix(".verified").name]
    )


def test_an_interrupted_build_leaves_the_file_that_it_was_to_replace(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out" / "e.sqlite"
    first = built(sources, out)

    def power_cut(*arguments: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(build_module, "content_digests", power_cut)
    with pytest.raises(KeyboardInterrupt):
        built(sources, out, as_of=date(2026, 5, 8))
    assert verify(out) == first
    assert sorted(path.name for path in out.parent.iterdir()) == ["e.json", "e.sqlite"]


def test_one_flipped_bit_is_found_anywhere_in_the_file(sources: Path, tmp_path: Path) -> None:
    path = tmp_path / "e.sqlite"
    built(sources, path)
    whole = path.read_bytes()
    for place in range(100, len(whole), len(whole) // 40):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(EditionProblem, match="does not verify"):
            verify(path)
    path.write_bytes(whole)
    assert verify(path) == read_manifest(path)


def test_a_changed_sidecar_is_found(sources: Path, tmp_path: Path) -> None:
    path = tmp_path / "e.sqlite"
    built(sources, path)
    sidecar = json.loads(sidecar_of(path).read_text())
    sidecar["files"][0]["kept"] += 1
    sidecar_of(path).write_text(json.dumps(sidecar))
    with pytest.raises(EditionProblem, match="changed after"):
        verify(path)


def test_a_file_that_is_no_edition_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(EditionProblem, match="no edition at"):
        EditionReader(tmp_path / "absent.sqlite")
    (tmp_path / "text.sqlite").write_text("hello, this is not a database at all")
    with pytest.raises(EditionProblem, match="not an edition"):
        EditionReader(tmp_path / "text.sqlite")


def test_a_reader_in_mid_question_keeps_its_edition(sources: Path, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf")
    built(sources, shelf.part_file())
    reader = EditionReader(shelf.put(shelf.part_file()))
    before = reader.rows("SELECT count(*) FROM facility")
    (sources / "hospitals.csv").write_text("\n".join(HOSPITALS.splitlines()[:2]) + "\n")
    built(sources, shelf.part_file())
    shelf.put(shelf.part_file())
    assert reader.rows("SELECT count(*) FROM facility") == before


def test_a_renamed_column_never_empties_the_desk_unasked(sources: Path, tmp_path: Path) -> None:
    hospitals = sources / "hospitals.csv"
    hospitals.write_text(hospitals.read_text().replace("Hospital Type", "Kind Of Hospital", 1))
    with pytest.raises(SourceProblem, match=r"looks like Hospital General Information.*Hospital Type") as refusal:
        built(sources, tmp_path / "e.sqlite")
    assert "--allow-missing" in refusal.value.next_step
    manifest = build_edition(sources, tmp_path / "e.sqlite", BuildOptions(allow_missing=True), silent)
    assert "hospitals.csv" in [skipped.file for skipped in manifest.skipped]
