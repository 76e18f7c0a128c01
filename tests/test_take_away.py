"""What is copied and printed: a text that says what it must, with nothing about a person (TRUST S9, CONTRACT 6, 8)."""

from __future__ import annotations

import stat
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from navigator.take_away import COLUMNS, center_text, file_name, offer_text, print_text, save
from provider_directory.errors import BadInput
from provider_directory.models import Offer
from provider_directory.testing import HOSTILE_NAMES, a_center, a_facility, a_place, a_shortlist


def an_offer(**changes: object) -> Offer:
    known: dict[str, object] = {
        "edition": "1a2b3c4d5e6f7081",
        "demonstration": True,
        "on": date(2026, 11, 22),
        "care_day": date(2027, 2, 20),
        "procedure": "total-knee-replacement",
        "place": a_place(),
        "program": "brewline-foods",
        "warnings": (),
        "note": None,
        "total": 7,
        "centers": a_shortlist(),
    }
    return Offer.model_validate({**known, **changes})


def test_a_center_says_what_a_person_needs_and_on_what_it_stands() -> None:
    center = a_shortlist()[0]
    text = center_text(center, an_offer(), "Total knee replacement", "Brewline Foods")
    for said in (
        center.facility.name,
        center.facility.phone or "",
        center.credential.label,
        "Price: $24,100",
        "all-in",
        "You pay: not known; ask the plan",
        "Answer of Nov 22, 2026",
        "edition 1a2b3c4d5e6f",
        "Information, not medical advice.",
        "Total knee replacement, for members of Brewline Foods",
    ):
        assert said in " ".join(text.split())
    assert text.startswith("DEMONSTRATION: every hospital, figure and price is invented.")
    assert max(cell_len(line) for line in text.splitlines()) <= COLUMNS
    assert text.isprintable() is False
    assert set(text) - {"\n"} == {letter for letter in text if letter.isprintable()}


def test_real_data_is_not_called_a_demonstration() -> None:
    assert "DEMONSTRATION" not in center_text(a_shortlist()[0], an_offer(demonstration=False), "Knee", None)


def test_no_text_names_the_place_that_was_asked_for() -> None:
    offer = an_offer()
    both = center_text(a_shortlist()[0], offer, "Knee", None) + offer_text(offer, "Knee", None)
    assert "53202" not in both.replace(a_shortlist()[0].facility.address or "-", "")
    assert "from the place that was asked for" in " ".join(both.split())


def test_an_offer_has_every_center_with_its_rank() -> None:
    text = offer_text(an_offer(note="No public data rates hospitals for this procedure."), "Knee", None)
    assert all(center.facility.name in text for center in a_shortlist())
    assert "No public data rates hospitals" in text


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_no_name_brings_a_control_character_into_the_text(name: str) -> None:
    center = a_center(facility=a_facility(name=name))
    text = center_text(center, an_offer(), "Knee", None)
    assert all(letter.isprintable() or letter == "\n" for letter in text)


@given(st.lists(st.text(max_size=40), max_size=3))
def test_a_file_name_is_of_letters_digits_and_hyphens(parts: list[str]) -> None:
    assert set(file_name("center", *parts)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert file_name("center", *parts).startswith("center")


def test_a_file_is_for_its_owner_and_never_written_over(tmp_path: Path) -> None:
    first, second = (save(tmp_path / "out", "center-1", text) for text in ("one", "two"))
    assert (first.name, second.name) == ("center-1.txt", "center-1-2.txt")
    assert (first.read_text(), second.read_text()) == ("one", "two")
    if sys.platform != "win32":
        assert stat.S_IMODE(first.stat().st_mode) == 0o600
        assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700


def test_a_link_that_lies_in_the_way_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "center-1.txt").symlink_to(tmp_path / "victim.conf")
    assert save(tmp_path / "out", "center-1", "text").name == "center-1-2.txt"
    assert not (tmp_path / "victim.conf").exists()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file, no folder")
    with pytest.raises(BadInput, match="Nothing could be written to"):
        save(tmp_path / "out", "center-1", "text")


def test_printing_hands_the_text_to_the_command_and_no_shell_reads_it(tmp_path: Path) -> None:
    script = tmp_path / "printer.py"
    script.write_text(
        f"import sys; open(r'{tmp_path / 'printed'}', 'w').write(sys.argv[1] + sys.stdin.read())", encoding="utf-8"
    )
    print_text(f'"{sys.executable}" "{script}" "; touch x"', "$24,100 at a center")
    assert (tmp_path / "printed").read_text() == "; touch x$24,100 at a center"


def test_a_printer_that_fails_or_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadInput, match="did not print"):
        print_text("/nowhere/lp", "text")
    with pytest.raises(BadInput, match="did not print"):
        print_text(f'"{sys.executable}" -c "import sys; sys.exit(3)"', "text")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(BadInput, match="Set print_command"):
        print_text(None, "text")
