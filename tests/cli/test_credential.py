"""`coe credential` and `coe edition diff`: a suspension at once, its history, and what changed, in words and JSON."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from command_line import CommandLine

from navigator.cli import json_answers
from provider_directory.changes.values import EditionDiff
from provider_directory.edition.history import CredentialChange, CredentialHistory
from provider_directory.edition.pointer import sidecar_of
from provider_directory.edition.publish import Shelf

SUSPEND = ("credential", "suspend", "90Z001", "--set", "hip-knee", "--from", "2026-11-01", "--reason", "under review")
FIND = ("find", "knee replacement", "53202", "--program", "brewline-foods", "--on", "2026-11-22", "--json")


@pytest.fixture(autouse=True)
def shelved(coe: CommandLine, tmp_path: Path, demonstration_edition: Path) -> str:
    """Put the demonstration edition on the shelf of the command line; gives its name."""
    shelf = Shelf(tmp_path / "editions")
    part = shelf.part_file()
    shutil.copy(demonstration_edition, part)
    shutil.copy(sidecar_of(demonstration_edition), sidecar_of(part))
    return shelf.put(part).stem


def credential_of(coe: CommandLine, facility: str) -> Any:
    assert coe(*FIND) == 0
    return next(center["credential"] for center in coe.json["centers"] if center["facility"]["id"] == facility)


def test_a_suspended_center_is_suspended_in_the_next_answer(coe: CommandLine, shelved: str) -> None:
    assert credential_of(coe, "ccn-90z001")["state"] == "CONTRACT"
    assert coe(*SUSPEND, "--json") == 0
    change = CredentialChange.model_validate_json(coe.out)
    assert (change.previous, change.alliances) == (shelved, ("Lakeshore Health Alliance",))
    found = credential_of(coe, "ccn-90z001")
    assert (found["state"], found["label"]) == ("SUSPENDED", "suspended on 2026-11-01")
    assert coe("edition", "verify") == 0


def test_the_words_of_a_suspension_name_center_set_day_reason_and_the_way_back(coe: CommandLine, shelved: str) -> None:
    assert coe(*SUSPEND) == 0
    told = " ".join(coe.out.split())
    named = "Marquette Lakes Orthopedic Hospital (Milwaukee, WI), Hip and knee replacement"
    assert f"{named}: suspended from 2026-11-01. with Lakeshore Health Alliance: under review" in told
    assert all(len(line) <= 80 for line in coe.out.splitlines())
    assert f"coe edition use {shelved[:12]}" in coe.out
    assert "DEMONSTRATION" in coe.out


def test_the_history_is_told_by_date_and_as_json(coe: CommandLine) -> None:
    coe(*SUSPEND)
    assert coe("credential", "list", "90Z001", "--on", "2026-11-22") == 0
    assert "Hip and knee replacement: suspended from 2026-11-01" in coe.out
    assert "by hand, row 1" in coe.out
    assert coe("credential", "list", "90Z001", "--json", "--on", "2026-10-31") == 0
    history = CredentialHistory.model_validate_json(coe.out)
    assert {state.state for state in history.states} == {"CONTRACT"}


def test_going_back_names_what_is_no_longer_suspended(coe: CommandLine, shelved: str) -> None:
    coe(*SUSPEND)
    assert coe("edition", "use", shelved[:12], "--json") == 0
    answer = json_answers.EditionInUse.model_validate_json(coe.out)
    assert answer.name == shelved
    assert "suspended with Lakeshore Health Alliance" in answer.without_changes_by_hand[0]


@pytest.mark.parametrize(
    ("changed", "code", "choice"),
    [
        ({"--set": "none"}, "bad_input", None),
        ({"--set": "knees"}, "bad_input", "hip-knee"),
        ({"90Z001": "Marquette"}, "unknown_facility", "ccn-90z001"),
        ({"--from": "2026-13-01"}, "bad_input", None),
        ({"90Z001": "90Z013"}, "bad_input", None),
    ],
)
def test_what_cannot_be_suspended_is_refused_with_choices(
    coe: CommandLine, changed: dict[str, str], code: str, choice: str | None
) -> None:
    arguments = list(SUSPEND)
    for word, value in changed.items():
        at = arguments.index(word)
        arguments[at + 1 if word.startswith("--") else at] = value
    assert coe(*arguments, "--json") == 2
    fault = json_answers.ErrorAnswer.model_validate_json(coe.out).error
    assert fault.code == code
    assert choice is None or choice in {each.id for each in fault.choices}


def test_words_that_fit_several_procedures_ask(coe: CommandLine) -> None:
    words = (
        "credential",
        "suspend",
        "90Z001",
        "--procedure",
        "knee",
        "--from",
        "2026-11-01",
        "--reason",
        "x",
        "--json",
    )
    assert coe(*words) == 2
    assert coe.json["error"]["code"] == "ambiguous_procedure"


def test_the_difference_to_the_edition_before_is_told(coe: CommandLine, shelved: str) -> None:
    assert coe("edition", "diff", "current", "current") == 0
    assert "The same content." in coe.out
    coe(*SUSPEND)
    assert coe("edition", "diff", "--on", "2026-11-22") == 0
    told = " ".join(coe.out.split())
    assert "bundle $24,100 -> suspended from 2026-11-01, because under review" in told
    assert all(len(line) <= 80 for line in coe.out.splitlines())
    assert coe("edition", "diff", shelved[:10], "current", "--json", "--on", "2026-11-22") == 0
    found = EditionDiff.model_validate_json(coe.out)
    assert [group.id for group in found.groups] == ["contracts", "sources"]


def test_without_an_edition_before_the_difference_is_refused(coe: CommandLine) -> None:
    assert coe("edition", "diff") == 2
    assert "No edition was built before" in coe.err


def test_the_list_and_the_tables_are_json_too(coe: CommandLine, shelved: str) -> None:
    assert coe("edition", "list", "--json") == 0
    assert [(entry["name"], entry["in_use"]) for entry in coe.json] == [(shelved, True)]
    assert coe("edition", "table", "credentials", "--json", "--on", "2026-11-22") == 0
    table = json_answers.EditionTable.model_validate_json(coe.out)
    assert {row["R4"] for row in table.rows if row["criteria_set"] == "colonoscopy"} == {None}
    assert coe("edition", "table", "scores", "--json", "--csv") == 2
