"""A price file is tied to its hospital by one clear key, or left to a person."""

from __future__ import annotations

from provider_directory.facts import PriceFileHead
from provider_directory.price_import.locations import locations_of
from provider_directory.price_import.matching import Hospital, Tied, Untied, tie_files

ALDERWICK = Hospital("a", "90Z701", "", "ALDERWICK MEDICAL CENTER", "1 ELM ST", "MILWAUKEE", "WI", "53202")
BIRCHMERE = Hospital("b", "90Z702", "1234567893", "BIRCHMERE HOSPITAL", "22 OAK AVE", "MADISON", "WI", "53703")
CEDARHOLT_WI = Hospital("c", "90Z703", "", "CEDARHOLT HOSPITAL", "9 ASH ST", "WAUSAU", "WI", "54401")
CEDARHOLT_MN = Hospital("d", "90Z801", "", "CEDARHOLT HOSPITAL", "4 MAIN ST", "DULUTH", "MN", "55802")
KNOWN = (ALDERWICK, BIRCHMERE, CEDARHOLT_WI, CEDARHOLT_MN)


def head(hospital: str, *addresses: str, **said: object) -> PriceFileHead:
    values = {"locations": (hospital,), "npis": (), "license_number": "", "license_state": ""} | said
    return PriceFileHead(
        format="csv tall",
        version="3.0.0",
        stated_version="3.0.0",
        hospital=hospital,
        addresses=addresses,
        updated_on="2026-04-01",
        **values,  # type: ignore[arg-type]
    )


def undecided(mark: str) -> None:
    """Say that nobody has decided anything."""


def tied(said: PriceFileHead, *ccns: str, name: str = "prices.csv") -> Tied:
    return tie_files([Untied(name, said, ccns)], KNOWN, undecided)[0]


def keys(found: Tied) -> list[tuple[str, str]]:
    return [(tie.facility_id, tie.matched_by) for tie in found.ties]


def test_the_ccn_of_a_list_is_taken_whatever_the_file_calls_itself() -> None:
    found = tied(head("A Health System", "PO Box 7, Chicago, IL 60601"), "90Z701", "90Z702")
    assert keys(found) == [("a", "CCN of the list"), ("b", "CCN of the list")]
    assert found.review is None


def test_an_unknown_ccn_of_a_list_goes_to_a_person_and_the_known_one_counts() -> None:
    found = tied(head("Alderwick Medical Center"), "90Z701", "90Z999")
    assert keys(found) == [("a", "CCN of the list")]
    assert found.review is not None
    assert "90Z999" in found.review.found


def test_a_ccn_in_the_file_name_counts_where_the_state_agrees() -> None:
    here = head("Some name", "1 Elm St, Milwaukee, WI 53202")
    assert keys(tied(here, name="25-90Z701-1_standardcharges.csv")) == [("a", "CCN in the file name")]
    elsewhere = tied(head("Some name", "1 Elm St, Dallas, TX 75201"), name="90Z701_standardcharges.csv")
    assert elsewhere.ties == ()
    assert elsewhere.review is not None
    assert "WI" in elsewhere.review.next_step


def test_an_npi_is_the_facility_that_has_it() -> None:
    assert keys(tied(head("Another Name", npis=("9999999999", "1234567893")))) == [("b", "NPI")]


def test_name_and_address_fit_in_other_spellings() -> None:
    for name, address in (
        ("Alderwick Med Ctr", "1 Elm Street, Milwaukee, WI 53202-1234"),
        ("ALDERWICK MEDICAL CENTER", "PO Box 1, Milwaukee, Wisconsin 53299"),
        ("Alderwick Medical Center, Inc.", "1 Elm St,Milwaukee,WI,53202"),
        ("Alderwick Health Medical Center", "1 Elm St Milwaukee WI 53202"),
    ):
        assert keys(tied(head(name, address))) == [("a", "name and address")]


def test_one_name_in_two_states_is_told_apart_by_the_address() -> None:
    assert keys(tied(head("Cedarholt Hospital", "4 Main St, Duluth, MN 55802")))[0][0] == "d"
    assert keys(tied(head("Cedarholt Hospital", license_state="WI")))[0][0] == "c"


def test_a_name_without_any_place_is_never_guessed() -> None:
    for said in (head("Cedarholt Hospital"), head("Alderwick Medical Center"), head("")):
        found = tied(said)
        assert found.ties == ()
        assert found.review is not None
        assert "(ccn, path)" in found.review.next_step


def test_a_person_is_shown_the_hospitals_that_it_may_be() -> None:
    found = tied(head("Alderwick Medical Center of the North", "77 Pine St, Racine, WI 53403"))
    assert found.ties == ()
    assert found.review is not None
    assert any("ALDERWICK" in candidate for candidate in found.review.candidates)


def test_two_facilities_that_fit_alike_are_left_to_a_person() -> None:
    twin = ALDERWICK._replace(id="e", ccn="90Z777")
    found = tie_files(
        [Untied("x.csv", head("Alderwick Medical Center", "1 Elm St, Milwaukee, WI 53202"), ())],
        (ALDERWICK, twin),
        undecided,
    )
    assert found[0].ties == ()
    assert found[0].review is not None


def test_each_location_of_a_file_is_tied_for_itself() -> None:
    both = head(
        "Alderwick Medical Center",
        "1 Elm St, Milwaukee, WI 53202",
        "22 Oak Ave, Madison, WI 53703",
        "5 Clinic Way, Milwaukee, WI 53202",
        locations=("Alderwick Medical Center", "Birchmere Hospital", "Alderwick Walk-in Clinic"),
    )
    assert [tie.facility_id for tie in tied(both).ties] == ["a", "b"]


def test_a_licence_counts_once_another_file_has_shown_whose_it_is() -> None:
    licensed = {"license_number": "50056", "license_state": "WI"}
    shows = Untied("a.csv", head("Alderwick Medical Center", "1 Elm St, Milwaukee, WI 53202", **licensed), ())
    bears = Untied("b.csv", head("AMC Outpatient Prices", **licensed), ())
    for files in ((shows, bears), (bears, shows)):
        found = dict(zip((file.file for file in files), tie_files(files, KNOWN, undecided), strict=True))
        assert keys(found["b.csv"]) == [("a", "licence")]
    assert tie_files([bears], KNOWN, undecided)[0].ties == ()


def test_two_files_of_one_address_are_of_one_site_whatever_they_call_it() -> None:
    sites = [
        tied(head(name, "1 Elm St, Milwaukee, WI 53202")).ties[0].site
        for name in ("Alderwick Medical Center", "Alderwick Med Ctr")
    ]
    assert sites[0] == sites[1]


def test_an_address_is_read_from_its_end() -> None:
    for address, expected in (
        ("12 Main Street, Fullerton, CA  92832", ("92832", "CA", "12")),
        ("200 Hospital Blvd,Testtown,TX,75000-1234", ("75000", "TX", "200")),
        ("One Plaza, Charleston, West Virginia 25301", ("25301", "WV", "")),
        ("100 Main St", ("", "", "100")),
        ("", ("", "", "")),
    ):
        (found,) = locations_of(head("X", address))
        assert (found.zip, found.state, found.number) == expected
