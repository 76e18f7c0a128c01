"""The plot's arithmetic: every mark in the drawing, none covering another, kinds never on one axis."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from navigator.widgets.plot_drawing import MARGIN, columns_of, draw, price_span, row_of
from navigator.widgets.plot_panels import panels_of
from navigator.widgets.rank_reasons import why_here
from provider_directory.models import Center
from provider_directory.testing import a_center, a_price, a_public_credential, a_score, no_price

amounts = st.lists(st.integers(1, 10_000_000), min_size=1, max_size=10)


def centers_at(cents: list[int], **over: object) -> list[Center]:
    return [a_center(id=f"f-{at}", price=a_price(**{"amount_cents": each} | over)) for at, each in enumerate(cents)]


@given(amounts, st.integers(40, 200))
def test_marks_stay_in_the_drawing_in_the_order_of_their_prices_and_apart(cents: list[int], cells: int) -> None:
    (panel,), rest = panels_of(centers_at(cents))
    columns = columns_of(panel, cells)
    assert rest == ()
    assert all(0 <= column <= cells - 2 for column in columns)
    assert all(right - left >= 3 for left, right in pairwise(columns))
    assert [point.cents for point in panel.points] == sorted(cents)


@given(amounts, st.integers(60, 200), st.integers(10, 60))
def test_every_letter_is_drawn_once_and_no_line_is_too_wide(cents: list[int], width: int, height: int) -> None:
    (panel,), _ = panels_of(centers_at(cents))
    lines = draw(panel, width, height, "A")
    assert len(lines) == height
    assert max(cell_len(line.plain) for line in lines) <= width
    drawing = "".join(line.plain[MARGIN:] for line in lines[:-2])
    assert all(drawing.count(point.letter) == 1 for point in panel.points)


@given(st.integers(0, 100), st.integers(4, 60))
def test_better_scores_stand_higher(figure: int, height: int) -> None:
    assert 0 <= row_of(figure, height) < height
    assert row_of(figure, height) >= row_of(min(figure + 10, 100), height)


def test_one_price_alone_has_room_on_both_sides() -> None:
    (panel,), _ = panels_of(centers_at([2_410_000]))
    low, high = price_span(panel)
    assert low < 2_410_000 < high


def test_kinds_and_services_are_never_on_one_axis() -> None:
    posted = {"kind": "posted_negotiated", "included": ()}
    centers = [
        a_center(price=a_price()),
        a_center(price=a_price(**posted, setting="inpatient", code="470")),
        a_center(price=a_price(**posted, setting="outpatient", code="27447")),
        a_center(price=a_price(**posted, setting="inpatient", code="470", match="family")),
        a_center(price=a_price(kind="other_insurers", included=(), median_of="posted_negotiated")),
        a_center(price=a_price(kind="other_insurers", included=(), median_of="posted_average")),
        a_center(price=a_price(kind="cash", included=())),
    ]
    panels, rest = panels_of(centers)
    assert [len(panel.points) for panel in panels] == [1] * len(centers)
    assert len({panel.title for panel in panels}) == len(centers)
    assert rest == ()


def test_what_has_no_price_or_score_is_listed_with_the_reason_and_never_drawn() -> None:
    panels, rest = panels_of(
        [
            a_center(price=no_price()),
            a_center(score=None, score_reason="Not enough public data."),
            a_center(price=a_price(kind="cash", as_of=None)),
            a_center(price=a_price(kind="cash", comparable=False)),
        ]
    )
    assert panels == ()
    assert [entry.letter for entry in rest] == ["A", "B", "C", "D"]
    assert rest[0].reason == "No price available. Ask the CoE desk for a quote"
    assert rest[1].reason == "Not enough public data"
    assert all("too doubtful to place" in entry.reason for entry in rest[2:])


def test_a_range_is_drawn_across_and_up_and_down() -> None:
    price = a_price(kind="cash", included=(), amount_cents=2_000_000, low_cents=1_000_000, high_cents=3_000_000)
    (panel,), _ = panels_of([a_center(price=price, score=a_score(value=50, low=10, high=90))])
    text = "\n".join(line.plain for line in draw(panel, 80, 20, ""))
    assert "├─" in text
    assert "─┤" in text
    assert sum("│" in line.plain[MARGIN:] for line in draw(panel, 80, 20, "")) >= 13


def test_the_order_is_explained_also_for_the_near_and_cheap() -> None:
    first = a_center(id="a", rank=1, rank_range=(1, 1), miles=30.0, price=a_price(amount_cents=3_000_000))
    partly = a_public_credential("PROVISIONAL", "partly checked")
    low = a_center(id="b", rank=7, rank_range=(7, 7), miles=2.0, credential=partly, score=a_score(tier="C"))
    said = why_here(low, [first, low])
    assert said.startswith("Cheaper and nearer than some ranked higher, but ranked 7: partly checked")
    assert said.endswith("A price never changes the order.")
    assert why_here(first, [first, low]) == "Ranked 1: it is under contract, which comes first."
    for unlike in ({"comparable": False}, {"match": "family"}, {"included": ("hospital",)}, {"kind": "cash"}):
        other = low.model_copy(update={"price": low.price.model_copy(update=unlike)})
        assert why_here(other, [first, other]).startswith("Nearer than some ranked higher")
    below = a_public_credential("NOT_MET", "below public check: complications")
    unranked = a_center(rank=None, rank_range=None, credential=below)
    assert why_here(unranked, [first]) == "Not ranked: below public check: complications."
