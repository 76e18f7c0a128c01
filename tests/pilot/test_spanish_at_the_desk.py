"""A switch to Spanish in mid-call: what is read aloud changes, with the English below, and everything else stays."""

from __future__ import annotations

from pathlib import Path

from pilot_desk import NARROW, call_of, desk, enter, screen_text, settle, to_offer
from textual.pilot import Pilot
from textual.widgets import Input

from navigator.ledger.ledger import Ledger
from navigator.program.model import load_program
from navigator.screens.referral import ReferralScreen
from navigator.screens.rule import RuleScreen
from navigator.screens.safety import SafetyScreen
from navigator.widgets.center_cards import CenterCards
from navigator.widgets.offer_table import OfferTable


async def press(pilot: Pilot[int], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def flat(text: str) -> str:
    return " ".join(text.split())


async def test_a_switch_in_mid_call_keeps_everything_and_says_it_in_spanish(
    tmp_path: Path, demonstration_programs: Path
) -> None:
    app = desk(ledger=lambda: Ledger.open(tmp_path / "r.db", tmp_path / "k.key"))
    app.program = load_program("brewline-foods", demonstration_programs)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await press(pilot, "x", "right")
        call, cards, table = call_of(app), app.screen.query_one(CenterCards), app.screen.query_one(OfferTable)
        before = (cards.open_card, table.marked, table.in_hand, call.state.procedure, call.state.question)
        typed = [each.value for each in app.screen.query(Input)]
        await press(pilot, "ctrl+y")
        assert before == (cards.open_card, table.marked, table.in_hand, call.state.procedure, call.state.question)
        assert typed == [each.value for each in app.screen.query(Input)]
        cards.open_card = "say"
        await settle(pilot)
        assert "“Bajo contrato con su plan hasta" in flat(screen_text(app))
        await press(pilot, "r", "end")
        assert isinstance(app.screen, RuleScreen)
        assert "“El plan le da $500 como recompensa" in flat(screen_text(app))
        assert "lo que usted paga puede subir o bajar.”" in flat(screen_text(app))
        await press(pilot, "escape", "g")
        await enter(pilot, "#field-answer-bmi Input", "31.5")
        assert "¿" in screen_text(app)
        await press(pilot, "ctrl+y")
        assert "¿" not in screen_text(app)
        await press(pilot, "ctrl+y")
        assert app.screen.query_one("#field-answer-bmi Input", Input).value == "31.5"
        await press(pilot, "escape", "s")
        assert isinstance(app.screen, SafetyScreen)
        assert "Antes de seguir" in screen_text(app)
        assert "in English: Before we go on" in flat(screen_text(app))
        await press(pilot, "escape", "enter")
        assert isinstance(app.screen, ReferralScreen)
        app.screen.query_one("#field-consent ChoiceLine").focus()
        await settle(pilot)
        assert "¿Podemos compartir" in flat(screen_text(app))
        assert "in English: May we share your name" in flat(screen_text(app))
        await press(pilot, "ctrl+y")
        assert "¿Podemos" not in screen_text(app)
        assert call.case is not None
        assert (call.case.language, call.case.draft is None) == ("en", False)
