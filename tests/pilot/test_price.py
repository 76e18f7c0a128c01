"""The price ladder on screen: from the offer to any price's source row in two keys (PRODUCT "Price provenance")."""

from __future__ import annotations

import pytest
from pilot_desk import NARROW, PUBLIC, WIDE, call_of, desk, screen_text, settle, to_offer

from navigator.screens.price import PriceScreen
from provider_directory.models import PostedCell, PriceLadder, Question
from provider_directory.testing import HOSTILE_NAMES, FakeDirectory, a_price_candidate, a_price_ladder


async def test_p_opens_the_price_with_its_reason_and_a_digit_the_row_as_posted() -> None:
    app = desk()
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await pilot.press("p")
        await settle(pilot)
        assert isinstance(app.screen, PriceScreen)
        assert "names a bundle price" in screen_text(app)
        await pilot.press("2")
        await settle(pilot)
        text = screen_text(app)
        assert "marquette_prices.csv · row 812" in text
        assert "0.4 times what Medicare pays" in text
        assert "dollar “1.89”" in text
        await pilot.press("p")
        await settle(pilot)
        assert call_of(app).state.offer


async def test_a_kiosk_opens_no_contract_price() -> None:
    app = desk(mode=PUBLIC)
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        await pilot.press("p")
        await settle(pilot)
        assert isinstance(app.screen, PriceScreen)
        assert "24,100" not in screen_text(app)
        assert "ask the CoE desk" in screen_text(app)


class HostilePrices(FakeDirectory):
    """Posts prices whose every text is hostile."""

    async def price(self, facility: str, question: Question) -> PriceLadder:
        """Give a candidate for each hostile name."""
        candidates = tuple(
            a_price_candidate(
                payer=name, plan=name, words=name, code=name, posted=(PostedCell(column=name, text=name),)
            )
            for name in HOSTILE_NAMES
        )
        return a_price_ladder(candidates=candidates, reason=HOSTILE_NAMES[0])


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_hostile_payers_are_shown_and_do_nothing(size: tuple[int, int]) -> None:
    app = desk(HostilePrices())
    async with app.run_test(size=size) as pilot:
        await to_offer(pilot)
        await pilot.press("p")
        await settle(pilot)
        for _ in HOSTILE_NAMES:
            await pilot.press("down")
        await settle(pilot)
        assert isinstance(app.screen, PriceScreen)
        assert all(letter.isprintable() or letter in "\n\u200d" for letter in screen_text(app))
