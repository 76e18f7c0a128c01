"""A claim ticket that is typed at the desk opens the question of its holder, in the holder's language."""

from __future__ import annotations

from pathlib import Path

from pilot_desk import NARROW, Employer, call_of, center_list, desk, enter, settle
from textual.widgets import Input

from navigator import ticket
from navigator.ledger.ledger import Ledger
from navigator.ticket import Ticket


async def test_the_look_up_box_takes_a_ticket_however_it_was_heard(tmp_path: Path) -> None:
    code = ticket.grouped(ticket.written(Ticket(1, "53202", "es", 1)))
    app = desk(ledger=lambda: Ledger.open(tmp_path / "referrals.db", tmp_path / "ledger.key"))
    app.program = Employer(file=tmp_path / "brewline-foods.toml")
    (tmp_path / "brewline-foods.sites.csv").write_text("site,zip\nOak Creek works,53202\n", encoding="utf-8")
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await pilot.press("f2")
        await settle(pilot)
        await enter(pilot, "#look-up", code.lower().replace("0", "o").replace("1", "l"))
        call = call_of(app)
        assert call.query_one("#words", Input).value == "Total knee replacement"
        assert call.query_one("#place", Input).value.startswith("Oak Creek works"), "the office that it was given in"
        assert center_list(app).option_count > 0
        assert call.case is not None
        assert call.case.language == "es"
