"""A draft that is gone on with: one form, what the ledger holds by now, and what is owed first (PRODUCT "intake")."""

from __future__ import annotations

from pathlib import Path

from pilot_desk import NARROW, center_list, desk, screen_text, settle, shown, to_offer
from textual.pilot import Pilot
from textual.widgets import Input

from navigator.ledger.ledger import Ledger
from navigator.screens.referral import ReferralScreen
from navigator.screens.referral_page import ReferralPage
from navigator.widgets.hanging_lines import HangingLines


async def press(pilot: Pilot[int], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)


async def test_going_on_with_a_draft_goes_back_to_its_form_and_keeps_what_was_said(tmp_path: Path) -> None:
    def open_ledger() -> Ledger:
        return Ledger.open(tmp_path / "referrals.db", tmp_path / "ledger.key")

    app = desk(ledger=open_ledger)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await press(pilot, "enter", "f2")
        form = app.screen_stack[-2]
        assert "state: draft" in screen_text(app)
        await press(pilot, "enter")
        assert app.screen is form
        assert app.focused is form.query_one("#field-member_name Input")
        language = form.query_one("#field-language Input", Input)
        language.focus()
        language.value = "English"
        await press(pilot, "enter", "ctrl+y")
        assert "Scripts are read in Spanish." in screen_text(app)
        form.query_one("#field-member_birth_date Input", Input).focus()
        await press(pilot, "y", "f2")
        assert app.screen is form
        assert '"y" is not a date' in screen_text(app)
        await press(pilot, "backspace", "f2", "enter")
        assert app.focused is form.query_one("#field-member_name Input")
        await press(pilot, "escape")
        assert app.focused is center_list(app)
        await press(pilot, "f6", "1", "enter", "enter")
        assert "Member's name" in screen_text(app)
        await press(pilot, "f2")
        assert isinstance(app.screen, ReferralPage)
        assert not [screen for screen in app.screen_stack if isinstance(screen, ReferralScreen)]
        assert '"Language"' not in shown(app, "#page-lines")
        with open_ledger() as ledger:
            (row,) = ledger.list()
            assert ledger.get(row.number).language == "en"
        await press(pilot, "enter")
        app.screen.query_one("#field-contact_method ChoiceLine").focus()
        await press(pilot, "p")
        assert "✓" in next(text for text in screen_text(app).splitlines() if "● Phone" in text)
        assert "A first letter or → takes a choice" in screen_text(app)
        language = app.screen.query_one("#field-language Input", Input)
        language.focus()
        language.value = "Spanish"
        await press(pilot, "enter", "f2")
        said = app.screen.query_one("#page-next", HangingLines).render().plain
        assert all(row.startswith(("next: ", "say: ", "     ")) for row in said.splitlines())  # a further line hangs
        assert said.split() == [word for text in screen_text(app).splitlines()[5:15] for word in text.split()]
