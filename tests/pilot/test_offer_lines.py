"""What a line of the offer says of a center, and that it is one line (PRODUCT "The call")."""

from __future__ import annotations

from pilot_desk import NARROW, WIDE, center_list, desk, screen_text, settle, shown, to_offer
from rich.cells import cell_len

from navigator.widgets.offer_table import OfferTable
from provider_directory.testing import FakeDirectory, a_credential, a_shortlist


async def test_the_center_in_hand_shows_phone_and_wait_at_80_columns() -> None:
    app = desk()
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        assert "intake (414) 555-0142 · wait 18 days" in screen_text(app)
        await pilot.press("right", "right")
        await pilot.pause()
        assert "2.4 in 100 had a complication" in " ".join(screen_text(app).split())


async def test_an_unranked_center_says_why() -> None:
    app = desk()
    async with app.run_test(size=WIDE) as pilot:
        await to_offer(pilot)
        await pilot.press("end")
        await settle(pilot)
        text = screen_text(app)
        assert "Not ranked: below public check" in text


async def test_every_line_of_the_offer_is_one_line_of_the_screen_at_any_size() -> None:
    app = desk()
    async with app.run_test(size=NARROW) as pilot:
        await to_offer(pilot)
        for size in (NARROW, WIDE, (160, 50), (60, 20), (30, 8)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            lines = center_list(app)
            widths = {cell_len(str(lines.get_option_at_index(at).prompt)) for at in range(lines.option_count)}
            assert len(widths) == 1
            assert widths.pop() <= max(size[0] - 1, 60)
            assert "00:00" in screen_text(app).splitlines()[0]


async def test_the_lines_of_the_first_offer_do_not_wait_for_a_layout_of_the_empty_table() -> None:
    app = desk()
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        table = app.screen.query_one(OfferTable)
        assert table.size.width == 0
        table.show(a_shortlist(), paid=False)
        assert center_list(app).option_count == len(a_shortlist())


async def test_a_contract_that_may_not_serve_says_so_in_its_line() -> None:
    first, second, *rest = a_shortlist()
    early = a_credential(flags=("ends before the likely surgery date",))
    failing = a_credential(flags=("review: below public check: complications",))
    doubtful = [first.model_copy(update={"credential": early}), second.model_copy(update={"credential": failing})]
    app = desk(FakeDirectory(centers=[*doubtful, *rest]))
    async with app.run_test(size=(146, 40)) as pilot:
        await to_offer(pilot)
        lines = center_list(app)
        assert "ends 06/27 before surgery" in str(lines.get_option_at_index(0).prompt)
        assert "review" in str(lines.get_option_at_index(1).prompt)


async def test_a_general_score_never_stands_under_the_name_of_the_procedure() -> None:
    first, *rest = a_shortlist()
    assert first.score is not None
    general = first.model_copy(update={"score": first.score.model_copy(update={"evidence_class": "general"})})
    app = desk(FakeDirectory(centers=[general, *rest]))
    async with app.run_test(size=WIDE) as pilot:
        await to_offer(pilot)
        assert "general safety" in shown(app, "#offer-head")
        assert "quality" not in shown(app, "#offer-head")


async def test_prices_of_one_kind_never_stand_in_the_column_of_another() -> None:
    bundle, second, *rest = a_shortlist()
    posted = second.price.model_copy(update={"kind": "posted_negotiated", "amount_cents": 3_140_000})
    app = desk(FakeDirectory(centers=[bundle, second.model_copy(update={"price": posted}), *rest]))
    async with app.run_test(size=WIDE) as pilot:
        await to_offer(pilot)
        head = shown(app, "#offer-head")
        lines = screen_text(app).splitlines()
        all_in = next(text for text in lines if "Marquette" in text and "412" in text)
        other = next(text for text in lines if "St. Adalbert" in text)
        assert all_in.index("$24,100") + len("$24,100") == head.index("all-in") + len("all-in")
        assert other.index("$31,400 posted") + len("$31,400 posted") == head.index("hospital fee") + len("hospital fee")
