"""A caller may name the place of work instead of a ZIP code; what may be a city elsewhere asks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from command_line import CommandLine

from navigator.program.sites import locate, site_at, sites_of, words_of_ticket
from provider_directory.errors import AmbiguousPlace, BadInput, Choice, UnknownPlace
from provider_directory.models import Place
from provider_directory.testing import FakeDirectory

HEAD = "site,address,city,state,zip,latitude,longitude"
PLACES = {
    "74103": Place(label="74103 Tulsa, OK", lat=36.15, lon=-95.99, precision="zip"),
    "Tulsa": Place(label="Tulsa, OK", lat=36.12, lon=-95.9, precision="city"),
    "Boston": Place(label="Boston, MA", lat=42.36, lon=-71.06, precision="city"),
    "Lima, OH": Place(label="Lima, OH", lat=40.74, lon=-84.1, precision="city"),
}


class Atlas(FakeDirectory):
    """Knows four places, and that Springfield is two."""

    async def locate(self, text: str) -> Place:
        if text == "Springfield":
            raise AmbiguousPlace("Which?", "Say.", (Choice("Springfield, IL", "IL"), Choice("Springfield, MA", "MA")))
        if text not in PLACES:
            raise UnknownPlace(f"{text} is not known.", "Give a ZIP.")
        return PLACES[text]


@dataclass(frozen=True)
class Employer:
    employer: str
    file: Path | None


@pytest.fixture
def brewline(tmp_path: Path) -> Employer:
    lines = (
        "Tulsa plant,,,,74103,,",
        "Tulsa depot #2,,,,74103,,",
        "Boston Road works,,Houston,TX,77001,29.76,-95.36",
        "Springfield mill,,,,74103,,",
        "Lima lab,,Lima,OH,,,",
        "Nowhere,,,,,,",
        "TULSA PLANT,,,,74103,,",
    )
    (tmp_path / "b.toml").touch()
    (tmp_path / "b.sites.csv").write_text("\n".join((HEAD, *lines)))
    return Employer("Brewline Foods", tmp_path / "b.toml")


@pytest.mark.parametrize(
    ("said", "label", "precision"),
    [
        ("tulsa PLANT", "Tulsa plant (Brewline Foods)", "zip"),
        ("Tulsa plant (Brewline Foods)", "Tulsa plant (Brewline Foods)", "zip"),
        ("tulsa dep", "Tulsa depot #2 (Brewline Foods)", "zip"),
        ("Boston road", "Boston Road works (Brewline Foods)", "point"),
        ("Lima", "Lima lab (Brewline Foods)", "city"),
        ("74103", "74103 Tulsa, OK", "zip"),
    ],
)
async def test_a_site_is_found_by_its_name_or_a_beginning_of_its_own(
    brewline: Employer, said: str, label: str, precision: str
) -> None:
    place = await locate(said, Atlas(), brewline)
    assert (place.label, place.precision) == (label, precision)


@pytest.mark.parametrize(
    ("said", "choices"),
    [
        ("tulsa", ["Tulsa plant", "Tulsa depot #2"]),
        ("Boston", ["Boston Road works", "Boston, MA"]),
        ("Springfield", ["Springfield mill", "Springfield, IL", "Springfield, MA"]),
    ],
)
async def test_what_may_be_several_places_asks_and_each_choice_can_be_said(
    brewline: Employer, said: str, choices: list[str]
) -> None:
    with pytest.raises(AmbiguousPlace) as asked:
        await locate(said, Atlas(), brewline)
    assert [choice.id for choice in asked.value.choices] == choices
    assert (await locate(choices[0], Atlas(), brewline)).label == f"{choices[0]} (Brewline Foods)"


async def test_without_a_program_or_sites_the_directory_is_asked(brewline: Employer, tmp_path: Path) -> None:
    assert (await locate("Tulsa", Atlas(), None)).label == "Tulsa, OK"
    assert (await locate("Tulsa", Atlas(), Employer("Acme", tmp_path / "acme.toml"))).label == "Tulsa, OK"


async def test_rows_that_cannot_be_read_are_named_when_a_place_is_not_found(brewline: Employer) -> None:
    problems = sites_of(brewline.file or Path()).problems
    assert [problem.split(",")[1].strip() for problem in problems] == ["row 7", "row 8"]
    with pytest.raises(UnknownPlace, match=r"b\.sites\.csv, row 7"):
        await locate("Nowhere", Atlas(), brewline)


async def test_a_ticket_names_a_site_by_its_place_in_the_list(brewline: Employer) -> None:
    directory = Atlas()
    depot = next(site for site in sites_of(brewline.file or Path()).sites if site.number == 2)
    assert depot.name == "Tulsa depot #2"
    assert await site_at(await locate("Tulsa depot #2", directory, brewline), brewline) == depot
    assert await site_at(await locate("74103", directory, brewline), brewline) is None
    assert await words_of_ticket(2, depot.zip, brewline) == "Tulsa depot #2"
    for number, zip_code, program in ((2, "53202", brewline), (127, depot.zip, brewline), (0, depot.zip, brewline)):
        assert await words_of_ticket(number, zip_code, program) == zip_code, "the number is another employer's"
    assert await words_of_ticket(2, depot.zip, None) == depot.zip


async def test_a_ticket_is_opened_by_its_zip_where_the_list_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.sites.csv").write_text("no list\n", encoding="utf-8")
    assert await words_of_ticket(1, "53202", Employer("Acme", tmp_path / "a.toml")) == "53202"


async def test_a_workbook_serves_as_well_and_a_change_of_it_is_seen(tmp_path: Path) -> None:
    program = Employer("Acme", tmp_path / "a.toml")
    for zip_code in (74103, 99999):
        book = openpyxl.Workbook()
        book.active.append(["Our sites", None])
        book.active.append(["site", "zip"])
        book.active.append([f"Yard {zip_code}", 74103])
        book.save(tmp_path / "a.sites.xlsx")
        assert (await locate(f"yard {zip_code}", Atlas(), program)).label == f"Yard {zip_code} (Acme)"


def test_two_lists_and_a_list_of_something_else_are_refused(brewline: Employer, tmp_path: Path) -> None:
    (tmp_path / "x.sites.csv").write_text("name,town\nA,B\n")
    with pytest.raises(BadInput, match=r"x\.sites\.csv is no list of sites"):
        sites_of(tmp_path / "x.toml")
    (tmp_path / "b.sites.xlsx").touch()
    with pytest.raises(BadInput, match="both there"):
        sites_of(tmp_path / "b.toml")


def test_the_demonstration_is_asked_by_site(coe: CommandLine, demonstration_edition: Path, tmp_path: Path) -> None:
    from provider_directory.demo import write_programs

    write_programs(tmp_path / "programs")
    asked = ("find", "new knee", "milwaukee brew", "--program", str(tmp_path / "programs" / "brewline-foods.toml"))
    assert coe(*asked, "--edition", str(demonstration_edition), "--json") == 0
    assert coe.json["place"]["label"] == "Milwaukee brewery (Brewline Foods)"
    assert coe.json["centers"][0]["credential"]["state"] == "CONTRACT"
