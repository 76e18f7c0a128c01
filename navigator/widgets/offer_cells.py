"""One center as one line of the offer: which columns there are at a width, and what stands in each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from navigator.text import fit, line, safe
from navigator.widgets import phrases

if TYPE_CHECKING:
    from provider_directory.models import Center, Score

BAR_CELLS = 9
SMALLEST_WITH_PRICE = 70
"""Below this the cases and the price stand on the cards only."""


class Column(NamedTuple):
    """One column: its heading, its width in cells, how it is aligned and what it says of a center."""

    title: str
    cells: int
    cell: Callable[[Center, int], Content]
    right: bool = False


def columns_for(cells: int, centers: Sequence[Center]) -> tuple[Column, ...]:
    """Give the columns that fit ``cells``, the name taking what is left (PRODUCT: 80x24, 120x40, wider)."""
    wide, widest = cells >= 110, cells >= 140
    others = any(center.price.kind not in ("contract_bundle", "none") for center in centers)
    bar = widest or (wide and not others)
    # A score of class general is shown under its own name only (CONTRACT 2).
    general = any(center.score and center.score.evidence_class == "general" for center in centers)
    fixed = [
        Column("rank", 5 if wide else 4, _rank),
        *_miles_columns(wide, any(center.recover_miles is not None for center in centers)),
        Column("credential", 44 if widest else 28 if wide else 21, _credential),
        Column("general safety" if general else "quality and range", 20, _quality_bar)
        if bar
        else Column("safety" if general else "quality", 9, _quality),
    ]
    if cells >= SMALLEST_WITH_PRICE:
        fixed += [Column("cases/yr", 8, _cases, True) if wide else Column("/yr", 4, _cases, True)]
        fixed += [Column("all-in", 8, _bundle, right=True)]
    if others and cells >= SMALLEST_WITH_PRICE:
        fixed += [Column("other price", 22, _other_price) if wide else Column("other", 7, _other_price, True)]
    if bar:
        fixed += [Column("data to", 8, _as_of)]
    name = max(cells - sum(column.cells + _gap(cells) for column in fixed), 8)
    return (fixed[0], Column("center", name, _name), *fixed[1:])


def heading(columns: Sequence[Column], cells: int) -> Content:
    """Give the head line of the table."""
    return _row([fit(safe(column.title, "$muted"), column.cells, column.right) for column in columns], cells)


def center_line(center: Center, columns: Sequence[Column], cells: int) -> Content:
    """Give the line of one center."""
    return _row([fit(column.cell(center, column.cells), column.cells, column.right) for column in columns], cells)


def _row(parts: Sequence[Content], cells: int) -> Content:
    gap = safe("") + line(" " * _gap(cells))
    content = parts[0]
    for part in parts[1:]:
        content = content + gap + part
    return content


def _gap(cells: int) -> int:
    return 2 if cells >= 140 else 1


def _weight(center: Center) -> str:
    return "$foreground" if center.rank is not None else "$muted"


def _rank(center: Center, cells: int) -> Content:
    return safe(phrases.rank_words(center), "$muted")


def _name(center: Center, cells: int) -> Content:
    return safe(center.facility.name, _weight(center))


def _miles_columns(wide: bool, two_places: bool) -> tuple[Column, ...]:
    if not two_places:
        return (Column("miles", 8, _miles, right=True),)
    if wide:
        return (Column("miles", 10, _miles, right=True), Column("recovery", 10, _recover_miles, right=True))
    return (Column("miles, +", 9, _nearer_miles, right=True),)


def _miles(center: Center, cells: int) -> Content:
    return safe(phrases.miles_of(center), _weight(center))


def _recover_miles(center: Center, cells: int) -> Content:
    return safe(phrases.recover_miles_of(center), _weight(center))


def _nearer_miles(center: Center, cells: int) -> Content:
    """Give the miles from the nearer place; "+" marks those from where the member will recover."""
    if center.recover_miles is None or center.miles <= center.recover_miles:
        return _miles(center, cells)
    return line("+", _recover_miles(center, cells))


def _credential(center: Center, cells: int) -> Content:
    mark, color = phrases.credential_mark(center.credential)
    return line((mark, color), " ", (phrases.credential_words(center.credential, cells - 2), _weight(center)))


def _range_words(score: Score) -> str:
    return f"{score.low}–{score.high}"


def _quality(center: Center, cells: int) -> Content:
    if center.score is None:
        return safe("no score", "$muted")
    return line((f"{center.score.value:>2}", f"bold {_weight(center)}"), " ", (_range_words(center.score), "$muted"))


def _quality_bar(center: Center, cells: int) -> Content:
    if center.score is None:
        reason = (center.score_reason or "no score").rstrip(".")
        return safe(reason if len(reason) <= cells else "no score", "$muted")
    value = (f"{center.score.value:>3}", f"bold {_weight(center)}")
    return line(_bar(center.score), value, " ", (_range_words(center.score), "$muted"))


def _bar(score: Score) -> Content:
    """Draw the range on a line from 0 to 100, the score as a dot; half cells are not pretended."""
    at = [min(figure * BAR_CELLS // 101, BAR_CELLS - 1) for figure in (score.low, score.value, score.high)]
    parts = []
    for cell in range(BAR_CELLS):
        if cell == at[1]:
            parts.append(("●", "$foreground"))
        else:
            parts.append(("━", "$accent") if at[0] <= cell <= at[2] else ("─", "$rule"))
    return line(*parts)


def _cases(center: Center, cells: int) -> Content:
    return safe("–" if center.cases is None else f"{center.cases.per_year:,}", _weight(center))


def _bundle(center: Center, cells: int) -> Content:
    cents = center.price.amount_cents
    if not phrases.is_bundle(center.price) or cents is None:
        return safe("no price" if center.price.kind == "none" else "–", "$muted")
    whole = phrases.dollars(cents)
    return safe(whole if len(whole) <= cells else phrases.dollars_short(cents), "$foreground")


def _other_price(center: Center, cells: int) -> Content:
    cents = center.price.amount_cents
    if phrases.is_bundle(center.price) or cents is None:
        return safe("–", "$muted")
    words = f"{phrases.dollars(cents)} {phrases.price_kind_words(center.price)}"
    return safe(words if len(words) <= cells else phrases.dollars_short(cents))


def _as_of(center: Center, cells: int) -> Content:
    return safe("–" if center.as_of is None else phrases.month(center.as_of), "$muted")
