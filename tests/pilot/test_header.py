"""The line that is always there holds what must be seen at every width (PRODUCT "Always visible")."""

from __future__ import annotations

from datetime import date

import pytest
from pilot_desk import NARROW, PUBLIC, desk, screen_text, settle, to_offer
from rich.cells import cell_len

from navigator.languages.demonstration import SHORT as DEMONSTRATION
from navigator.mode import DESK, HR, Mode
from navigator.widgets.call_header import CallHeader, quality_figures_to
from provider_directory.testing import an_edition

TODAY = date(2026, 11, 22)


def header(**facts: object) -> CallHeader:
    made = CallHeader(lambda: 0.0, lambda: TODAY)
    known = {
        "title": "Brewline Foods",
        "plan": 2026,
        "demonstration": True,
        "edition": "1a2b3c4d5e6f",
        "release": "2026-01",
        "figures_to": date(2025, 3, 31),
    }
    for name, value in {**known, **facts}.items():
        made.set_reactive(getattr(CallHeader, name), value)
    return made


@pytest.mark.parametrize("cells", [60, 70, 110, 190])
@pytest.mark.parametrize("member", ["", "June Stellgate", "Maximiliana Featherstonehaugh-Wołodkiewicz"])
@pytest.mark.parametrize("newer", ["", "F5"])
def test_what_must_be_seen_is_seen_at_every_width(cells: int, member: str, newer: str) -> None:
    line = header(member=member, newer=newer).facts_in(cells).plain
    assert DEMONSTRATION in line
    assert "you pay" in line
    assert (member[:8] or "no member") in line
    assert "Brewlin" in line
    assert newer in line
    assert cell_len(line) <= cells or cells == 60


def test_the_edition_and_the_plan_year_leave_first() -> None:
    assert "edition 1a2b3c4d" in header().facts_in(190).plain
    assert "plan year 2026" in header().facts_in(190).plain
    at_110 = header().facts_in(110).plain
    assert "edition" not in at_110
    assert "you pay: not known, ask the plan" in at_110
    assert "data to Mar 2025" in at_110
    at_70 = header().facts_in(70).plain
    assert "2026" not in at_70
    assert "to Mar 2025" in at_70


def test_a_long_title_is_cut_with_a_mark_and_nothing_else_is() -> None:
    line = header(title="The United Brewers' and Maltsters' Health and Welfare Fund").facts_in(70).plain
    assert "…" in line.split(" · ")[0]
    assert line.split(" · ")[1:] == ["no member", "you pay ?", DEMONSTRATION, "to 03/25"]


def test_old_figures_are_called_old() -> None:
    assert "data to Oct 2024, old" in header(figures_to=date(2024, 10, 31)).facts_in(190).plain
    assert "old" not in header(figures_to=date(2024, 11, 30)).facts_in(190).plain


def test_without_periods_the_release_says_how_old() -> None:
    assert "2026-01" in header(figures_to=None).facts_in(70).plain


def test_a_price_file_does_not_make_the_quality_figures_newer() -> None:
    edition = an_edition()
    source = edition.sources[0]
    prices = source.model_copy(update={"dataset": "price_file", "period_end": date(2026, 6, 15)})
    results = source.model_copy(update={"dataset": "hai", "period_end": date(2025, 3, 31)})
    assert quality_figures_to(edition.model_copy(update={"sources": (prices, results)})) == date(2025, 3, 31)
    assert quality_figures_to(edition.model_copy(update={"sources": (prices,)})) is None


def test_a_name_says_whether_eligibility_was_checked() -> None:
    assert "June Stellgate, eligibility not checked" in header(member="June Stellgate").facts_in(190).plain
    checked = header(member="June Stellgate", eligibility="eligible, file of Nov 1").facts_in(190).plain
    assert "June Stellgate, eligible, file of Nov 1" in checked


def test_what_is_paid_here_and_elsewhere_shortens_to_what_is_paid_here() -> None:
    paid = ("$0 here, $3,000 elsewhere", "$0 here", "$0")
    assert "you pay $0 here, $3,000 elsewhere" in header(you_pay=paid, rule="voluntary").facts_in(115).plain
    at_70 = header(you_pay=paid, rule="voluntary").facts_in(70).plain
    assert "you pay $0 · " in at_70
    assert header(you_pay=paid, rule="mandatory", demonstration=False).facts_in(70).plain.count("mandatory") == 1


def test_the_rule_leaves_before_the_title_is_cut_beyond_reading() -> None:
    line = header(you_pay=("≤$10,000",), rule="voluntary", member="June Stellgate").facts_in(70).plain
    assert "voluntary" not in line
    assert line.startswith("Brewlin")


@pytest.mark.parametrize("name", ["June Stellgate", "Maximiliana Featherstonehaugh"])
@pytest.mark.parametrize("demonstration", [True, False])
def test_a_narrow_line_keeps_who_is_eligible_by_which_file_and_what_they_pay(name: str, demonstration: bool) -> None:
    facts = {"member": name, "eligibility": "eligible, file of Nov 1", "demonstration": demonstration}
    line = header(**facts, you_pay=("$0",), rule="voluntary").facts_in(72).plain
    assert "eligible, file of Nov 1 · you pay $0" in line
    assert "June Stellgate" in line or "Maximil" in line
    assert line.startswith("Brewlin") is not demonstration
    assert ("…" in line) is (name != "June Stellgate")


def test_a_long_price_leaves_out_the_file_and_never_the_word_that_all_is_invented() -> None:
    facts = {"member": "Nobody Here", "eligibility": "not found, employer asked, file of Nov 1"}
    line = header(**facts, title="Harborlight Schools", you_pay=("≤$12,000 inside",)).facts_in(72).plain
    assert line == "Nobody Here, not found · you pay ≤$12,000 inside · DEMONSTRATION"


@pytest.mark.parametrize(("mode", "shown"), [(DESK, True), (HR, False), (PUBLIC, False)], ids=lambda each: str(each))
async def test_only_a_desk_speaks_of_a_member(mode: Mode, shown: bool) -> None:
    app = desk(mode=mode)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await settle(pilot)
        await pilot.pause()
        first = next(line for line in screen_text(app).splitlines() if line.strip())
        assert ("no member" in first) is shown
        assert "you pay ?" in first or "you pay: ask the plan" in first
        assert first.rstrip().endswith("00:00")
