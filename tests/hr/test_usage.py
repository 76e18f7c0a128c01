"""What was used is counted without a person, the same whenever it is counted, and a saving is a range."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command_line import CommandLine
from hypothesis import example, given
from hypothesis import strategies as st

from navigator.gaps import FEWEST_SHOWN
from navigator.hr.usage import (
    ENDINGS,
    IN_ALL,
    OTHERS,
    CaseSaving,
    SavedRange,
    Usage,
    Used,
    counted,
    differs_by_few,
    read_usage,
    saved,
)
from navigator.ledger.here import open_here
from navigator.ledger.ledger import Ledger
from navigator.ledger.tallies import tallies
from navigator.referral.moves import Move
from navigator.referral.outcome import Outcome
from provider_directory.catalog import load
from provider_directory.errors import BadInput

USED = st.builds(Used, st.sampled_from(["joint", "spine", "cardiac-surgery"]), st.sampled_from([*ENDINGS]))


@given(st.lists(USED, max_size=120))
def test_the_counts_are_true_or_hidden_whatever_the_order(used: list[Used]) -> None:
    rows = counted(used)
    assert rows == counted(reversed(used))
    own = {row.service_line for row in rows[:-2]}
    lines = [each.service_line for each in used]
    assert own == {line for line in lines if lines.count(line) >= FEWEST_SHOWN}, (
        "a row of few tells that they are there"
    )
    assert [row.service_line for row in rows[-2:]] == [OTHERS, IN_ALL], "nobody has the same rows as few"
    for row in rows[:-1]:
        mine = [
            each for each in used if (each.service_line if each.service_line in own else OTHERS) == row.service_line
        ]
        for count, ending in zip(row.counts, ENDINGS, strict=False):
            assert count is None or count == [each.ending for each in mine].count(ending) >= FEWEST_SHOWN
    assert rows[-1].counts[-1] in (None, len(used))


def test_nobody_and_a_few_cannot_be_told_apart() -> None:
    assert counted([]) == counted([Used("transplant", "surgery")]) == counted([Used("joint", "avoided")] * 10)


SPAN = st.tuples(st.integers(-(10**7), 10**7), st.integers(0, 10**7)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@example([CaseSaving(FEWEST_SHOWN - 1, (0, 100)), CaseSaving(20, None)])
@given(st.lists(st.builds(CaseSaving, st.integers(1, 30), st.none() | SPAN), max_size=6))
def test_a_saving_is_a_range_and_never_of_few(savings: list[CaseSaving]) -> None:
    operated = sum(each.operations for each in savings)
    assert saved(savings, None).low_cents is None, "a sum would give the hidden count away"
    found = saved(savings, operated)
    known = [each for each in savings if each.span]
    if found.low_cents is None or found.high_cents is None:
        assert found.words.startswith("No figure")
        return
    assert sum(each.operations for each in known) >= FEWEST_SHOWN
    assert found.low_cents <= found.high_cents
    assert ("No clear saving" in found.words) == (found.low_cents <= 0 <= found.high_cents)
    assert found.low_cents <= sum(each.operations * each.span[0] for each in known if each.span)
    assert found.high_cents >= sum(each.operations * each.span[1] for each in known if each.span)


def test_a_saving_does_not_tell_how_many_each_center_operated_on() -> None:
    spans = ((3_000_00, 5_000_00), (2_000_00, 4_000_00))

    def told(first: int, second: int) -> SavedRange:
        return saved(
            [CaseSaving(count, span) for count, span in zip((first, second), spans, strict=True)], first + second
        )

    assert len({(told(a, 40 - a).low_cents, told(a, 40 - a).high_cents) for a in range(8, 13)}) < 5


def test_two_counts_that_differ_by_few_are_told_to_who_hands_them_over() -> None:
    def usage(sent: int) -> Usage:
        about = {"program": "p", "year": 2026, "counted_on": "2026-11-22", "edition": "e", "demonstration": True}
        rows = counted([Used("joint", "surgery")] * sent)
        return Usage.model_validate({**about, "ledger_head": "1:a", "rows": rows, "saved": saved([], None)})

    assert [differs_by_few(usage(20), usage(sent)) for sent in (20, 21, 30, 31, 19, 9)] == [
        False,
        True,
        True,
        False,
        True,
        False,
    ]


def put(ledger: Ledger, program: str, ending: str | None, name: str) -> str:
    """Keep a referral that was sent, and ended so; None = on the way."""
    procedure = next(each for each in load().procedures if each.id == "total-knee-replacement")
    draft = ledger.start(edition="e1", demonstration=True, program=program, procedure=procedure)
    ledger.save_field(draft.number, "member_name", name)
    steps: list[tuple[str, str, Outcome | None]] = [("draft", "requested", None)]
    if ending:
        day = datetime(2026, 5, 1).date() if ending == "surgery" else None
        steps.append(("requested", "completed", Outcome.model_validate({"kind": ending, "done_on": day})))
    for before, after, outcome in steps:
        fields = {"from_state": before, "to": after, "actor": "navigator", "trigger": "t", "by": "desk"}
        at = datetime(2026, 4, 1, tzinfo=UTC)
        ledger.moves.record(
            draft.number, Move.model_validate({**fields, "at": at, "on": at.date(), "outcome": outcome})
        )
    return draft.number


def test_the_command_counts_a_ledger_without_naming_anybody(
    coe: CommandLine, demonstration_edition: Path, tmp_path: Path
) -> None:
    with open_here() as ledger:
        for number in range(14):
            put(ledger, "brewline-foods", "surgery" if number < 12 else "not_appropriate", f"Canaria Quill{number}")
        put(ledger, "brewline-foods", None, "Canaria Quillon")
        put(ledger, "copperline-rail", "surgery", "Canaria Quillother")
        ledger.start(edition="e1", demonstration=True, program="brewline-foods")
        assert len(tallies(ledger, "brewline-foods", 2026)) == 15
        assert tallies(ledger, "brewline-foods", 2025) == ()
    arguments = ("usage", "--program", "brewline-foods", "--edition", str(demonstration_edition), "--json")
    assert coe(*arguments) == 0
    first = coe.json
    assert [row["service_line"] for row in first["rows"]] == ["joint", "other service lines", "in all"]
    assert first["rows"][-1]["counts"] == [None, None, None, None, 15]
    file = tmp_path / "usage" / "brewline-foods.json"
    assert "Quill" not in file.read_text(encoding="utf-8")
    assert coe("hr", "usage", "--program", "brewline-foods", "--edition", str(demonstration_edition)) == 0
    assert "15 referrals were sent; how many of them avoided surgery is hidden" in " ".join(coe.out.split())
    assert coe(*arguments) == 0
    assert (coe.json, coe.err) == (first, ""), "the same ledger gives the same counts"
    with open_here() as ledger:
        put(ledger, "brewline-foods", "surgery", "Canaria Quillast")
    assert coe(*arguments) == 0
    assert "who had both could tell those few" in coe.err
    assert json.loads(file.read_text(encoding="utf-8")) == first, "what HR may have already stays"
    with open_here() as ledger:
        for number in range(11):
            put(ledger, "brewline-foods", "surgery", f"Canaria Quillmore{number}")
    assert coe(*arguments) == 0
    assert json.loads(file.read_text(encoding="utf-8"))["rows"][-1]["counts"][-1] == 27


def test_a_file_that_holds_no_counts_of_ours_is_refused(tmp_path: Path) -> None:
    assert read_usage(None) is None
    assert read_usage(tmp_path / "none.json") is None
    for text in ("{}", "[]", "rubbish", '{"program": 7}'):
        (tmp_path / "x.json").write_text(text, encoding="utf-8")
        with pytest.raises(BadInput, match="holds no counts"):
            read_usage(tmp_path / "x.json")
