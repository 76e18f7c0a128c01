"""`coe referral create`, `move`, `deliver`, `worklist`, `task`, `offer`, `history`: a life from the command line."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command_line import CommandLine
from sample_referrals import REQUEST


@pytest.fixture
def create(coe: CommandLine, demonstration_edition: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Any]:
    """Give a function that creates the referral from standard input and gives the answer."""
    monkeypatch.setenv("TZ", "UTC")

    def created(**other: str) -> Any:
        monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(REQUEST | other)))
        coe("referral", "create", "--from", "-", "--edition", str(demonstration_edition), "--json")
        return coe.json

    return created


def test_a_life_from_a_file_to_its_outcome(coe: CommandLine, create: Callable[..., Any]) -> None:
    answer = create()
    number = answer["number"]
    assert (answer["created"], answer["state"], answer["missing"]) == (True, "draft", [])
    assert create() | {"created": True} == answer  # the same request, the same referral
    refused = create(facility="90Z002")
    assert (refused["error"]["code"], number in refused["error"]["message"]) == ("bad_input", True)
    assert coe("referral", "move", number, "requested", "--route", "fax") == 2, coe.err
    assert "safety questions" in coe.err
    assert coe("referral", "move", number, "requested", "--route", "fax", "--safety-checked") == 0
    assert "get authorization number" in coe.out
    assert coe("referral", "move", number, "visit-done", "--json") == 2
    assert {choice["id"] for choice in coe.json["error"]["choices"]} >= {"received", "accepted", "on-hold"}
    assert coe("referral", "move", number, "received") == 2
    assert "Say who there told it" in coe.err
    assert coe("referral", "deliver", number, "email", "--result", "failed") == 2
    assert coe("referral", "deliver", number, "email", "--result", "failed", "--note", "bounced") == 0
    assert "send again: the try failed: bounced" in coe.out
    assert coe("referral", "deliver", number) == 0, "the roster's first route that was not tried yet"
    assert "sent by the center's portal" in coe.out
    assert coe("referral", "packet", number, "--for", "center", "--json") == 0
    assert (coe.json["terms"]["alliance"], coe.json["safety"]["done"]) == ("Lakeshore Health Alliance", True)
    assert coe("referral", "packet", number, "--for", "employer") == 2
    assert "nothing about a person" in coe.err
    assert coe("referral", "transfer", number) == 0
    assert "Intake: (414) 555-0150 (spelled 4 1 4, 5 5 5, 0 1 5 0)" in coe.out
    assert "Hours: Mon-Fri 8:00-17:00" in coe.out
    assert coe("referral", "move", number, "accepted", "--by-center", "Ines", "--json") == 0
    task = next(each for each in coe.json["tasks"] if each["kind"] == "authorization")
    assert coe("referral", "task", "done", task["id"][:8], "--outcome", "A-77") == 0
    assert coe("referral", "task", "add", number, "records", "--what", "X-ray", "--release", "yes") == 0
    assert "gather the records: X-ray, release signed" in coe.out
    visit = ("--appointment", "2030-12-16 09:30", "--time-zone", "America/Chicago", "--visit", "surgery")
    assert coe("referral", "move", number, "scheduled", "--by-center", "Ines", *visit) == 0
    assert coe("referral", "history", number) == 0
    assert "surgery on Mon Dec 16, 2030 at 09:30 America/Chicago" in coe.out
    assert "(A-77)" in coe.out
    assert coe("referral", "move", number, "completed", "--by-center", "Ines", "--outcome", "not_appropriate") == 0
    assert coe("referral", "history", number, "--json") == 0
    assert [move["to"] for move in coe.json["moves"]] == ["requested", "accepted", "scheduled", "completed"]


def test_what_was_shown_is_shown_again_without_its_edition_and_byte_for_byte(
    coe: CommandLine, create: Callable[[], Any], tmp_path: Path
) -> None:
    number = create()["number"]
    assert not (tmp_path / "editions").exists()
    assert coe("referral", "offer", number, "--json") == 0
    digest = hashlib.sha256(coe.out.encode()).hexdigest()
    assert coe("referral", "offer", number) == 0
    said = " ".join(coe.out.split())
    assert digest in said
    assert "Marquette Lakes Orthopedic Hospital, id ccn-90z001, 4.0 miles <- chosen" in said
    assert "warranty:" in said
    assert "roster.csv" in said
    assert max(map(len, coe.out.splitlines())) <= 80 + len(digest)


def test_the_work_list_takes_over_and_waits(
    coe: CommandLine, create: Callable[[], Any], demonstration_edition: Path
) -> None:
    number = create()["number"]
    assert coe("referral", "worklist") == 0
    assert "fill in and send" in coe.out
    assert coe("referral", "worklist", "--section", "bill_risk", "--json") == 0
    assert (coe.json["counts"]["all"], coe.json["rows"]) == (1, [])
    assert coe("referral", "take", number, "--reason", "on leave") == 2
    assert coe("referral", "away") == 2
    assert coe("referral", "away", "--until", "2030-01-01") == 0
    assert coe("referral", "away", "--back") == 0
    assert coe("referral", "waits", "ccn-90z001") == 0
    assert "fewer than 5" in coe.out
    assert coe("referral", "check-edition", "--edition", str(demonstration_edition), "--json") == 0
    assert (coe.json["compared"], coe.json["worse"], coe.json["not_compared"]) == (1, [], [])


REFUSED: tuple[tuple[tuple[str, ...], str], ...] = (
    (("move", "{}", "lost"), "no state"),
    (("move", "{}", "on-hold"), "needs a reason"),
    (("move", "{}", "on-hold", "--reason-code", "died"), "does not lead"),
    (("move", "{}", "failed", "--reason", "x", "--on", "2030-01-01"), "in the future"),
    (("move", "{}", "scheduled", "--appointment", "soon"), "--appointment"),
    (("move", "{}", "scheduled", "--appointment", "2030-12-16 25:00"), "no time of the day"),
    (("move", "{}", "scheduled", "--appointment", "2030-12-16", "--time-zone", "Moon"), "no time zone"),
    (("task", "add", "{}", "nonsense"), "no kind of task"),
    (("task", "add", "{}", "records", "--due", "2020-01-02"), "is past"),
    (("task", "add", "{}", "records", "--release", "perhaps"), "--release"),
    (("worklist", "--section", "lost"), "no such section"),
    (("create", "--from", "nowhere.json"), "cannot be read"),
)


def test_what_cannot_be_done_is_refused_in_words(coe: CommandLine, create: Callable[[], Any]) -> None:
    number = create()["number"]
    for arguments, said in REFUSED:
        assert coe("referral", *(word.format(number) for word in arguments)) == 2
        assert said in coe.err
