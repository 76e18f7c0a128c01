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
WIDE, WIDEST = 110, 140
YOU_PAY_CELLS = 8
SHORTER_PAY = {"whole bill": "the bill"}
"""What a column of YOU_PAY_CELLS says instead."""
LEAST_NAME, LONGEST_NAME = 24, 64
"""What is left beside the longest name here, held between these, goes to further columns: names are cut last."""
LEAST_CREDENTIAL = 10


class Column(NamedTuple):
    """One column: its heading, its width in cells, how it is aligned and what it says of a center."""

    title: str
    cells: int
    cell: Callable[[Center, int], Content]
    right: bool = False


def columns_for(cells: int, centers: Sequence[Center], paid: bool) -> tuple[Column, ...]:
    """Give the columns that fit ``cells``, the name taking what is left (PRODUCT: 80x24, 120x40, wider).

    ``paid``: there are rules that say what the member pays, or whom to ask.
    """
    wanted = max(_longest(centers, _name, LONGEST_NAME), LEAST_NAME)
    for tried in _FITS:
        fixed = _fixed_columns(cells, centers, paid, tried)
        left = cells - sum(column.cells + tried.gap for column in fixed)
        if left >= wanted:
            break
    more = []
    for column in _MORE:
        if left - column.cells - tried.gap >= wanted:
            more.append(column)
            left -= column.cells + tried.gap
    return (fixed[0], Column("center", max(min(left, wanted), 8), _name), *fixed[1:], *more)


class _Fit(NamedTuple):
    """What gives way before a name is cut."""

    gap: int
    dated: bool
    credential: int
    miles: int


_FITS = (
    _Fit(2, True, 36, 8),
    _Fit(2, False, 28, 8),
    _Fit(1, True, 28, 8),
    _Fit(1, False, 28, 8),
    _Fit(1, False, 21, 8),
    _Fit(1, False, 21, 5),
)


def _fixed_columns(cells: int, centers: Sequence[Center], paid: bool, fit_in: _Fit) -> list[Column]:
    """Give every column but the name, each as wide as what stands in it."""
    wide = cells >= WIDE
    two_places = any(center.recover_miles is not None for center in centers)
    others = any(center.price.kind not in ("contract_bundle", "none") for center in centers)
    fixed = [
        Column("rank", 4, _rank) if wide or not paid else Column("#", _longest(centers, _rank, 4), _rank),
        *_miles_columns(wide, two_places, centers, fit_in.miles),
        Column("credential", max(_longest(centers, _credential, fit_in.credential), LEAST_CREDENTIAL), _credential),
        _quality_column(wide, centers),
        *_price_columns(cells, others, paid),
    ]
    if paid:
        fixed.append(
            Column("you pay", _longest(centers, _you_pay, 12) if wide else YOU_PAY_CELLS, _you_pay, right=True)
        )
    if fit_in.dated and wide:
        fixed.append(Column("data to", 8, _as_of))
    return fixed


def _quality_column(wide: bool, centers: Sequence[Center]) -> Column:
    # A score of class general is shown under its own name only (CONTRACT 2).
    general = any(center.score and center.score.evidence_class == "general" for center in centers)
    if wide:
        return Column("general safety" if general else "quality and range", 20, _quality_bar)
    return Column("safety" if general else "quality", 9, _quality)


def _longest(centers: Sequence[Center], cell: Callable[[Center, int], Content], most: int) -> int:
    return min(max((cell(center, most).cell_length for center in centers), default=0), most)


def _price_columns(cells: int, others: bool, paid: bool) -> tuple[Column, ...]:
    """Give cases and prices; an all-in price and a hospital's fee share a column only beside the word for each."""
    if cells < SMALLEST_WITH_PRICE:
        return ()
    if cells < WIDE and others:
        return (Column("price", 13 if paid else 14, _price_and_kind, right=True),)
    cases = Column("/yr", 4, _cases, True) if cells < WIDE or (others and cells < WIDEST) else _CASES
    bundle = Column("all-in", 8, _bundle, right=True)
    return (cases, bundle, Column("hospital fee", 14, _other_price, right=True)) if others else (cases, bundle)


def heading(columns: Sequence[Column], cells: int) -> Content:
    """Give the head line of the table."""
    parts = [fit(safe(column.title, "$muted"), column.cells, column.right) for column in columns]
    return _row(parts, _gap(columns, cells))


def center_line(center: Center, columns: Sequence[Column], cells: int) -> Content:
    """Give the line of one center."""
    parts = [fit(column.cell(center, column.cells), column.cells, column.right) for column in columns]
    return _row(parts, _gap(columns, cells))


def _row(parts: Sequence[Content], blanks: int) -> Content:
    gap = safe("") + line(" " * blanks)
    content = parts[0]
    for part in parts[1:]:
        content = content + gap + part
    return content


def _gap(columns: Sequence[Column], cells: int) -> int:
    """Give two blanks between columns where they fit."""
    return 2 if cells >= WIDE and sum(column.cells + 2 for column in columns) <= cells else 1


def _weight(center: Center) -> str:
    return "$foreground" if center.rank is not None else "$muted"


def _rank(center: Center, cells: int) -> Content:
    return safe(phrases.rank_words(center), "$muted")


def _name(center: Center, cells: int) -> Content:
    return safe(center.facility.name, _weight(center))


def _miles_columns(wide: bool, two_places: bool, centers: Sequence[Center], miles: int) -> tuple[Column, ...]:
    if not two_places:
        return (
            Column("miles", max(_longest(centers, lambda each, _cells: _miles(each, miles), miles), 5), _miles, True),
        )
    if wide:
        return (Column("miles", 10, _miles, right=True), Column("recovery", 10, _recover_miles, right=True))
    return (Column("miles, +", 9, _nearer_miles, right=True),)


def _whole(miles: str, cells: int) -> str:
    """Write a distance so that none of its digits is cut: "about 2771" is "~2771" where it does not fit."""
    return miles if len(miles) <= cells else miles.replace("about ", "~").replace("under ", "<")


def _miles(center: Center, cells: int) -> Content:
    return safe(_whole(phrases.miles_of(center), cells), _weight(center))


def _recover_miles(center: Center, cells: int) -> Content:
    return safe(_whole(phrases.recover_miles_of(center), cells), _weight(center))


def _nearer_miles(center: Center, cells: int) -> Content:
    """Give the miles from the nearer place; "+" marks those from where the member will recover."""
    if center.recover_miles is None or center.miles <= center.recover_miles:
        return _miles(center, cells)
    return line("+", _recover_miles(center, cells - 1))


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


def _no_price(center: Center) -> str:
    """Tell a price that a contract names, and that is not for who hears, from none."""
    return "not said" if "Contract" in center.price.label else "no price"


def _bundle(center: Center, cells: int) -> Content:
    cents = center.price.amount_cents
    if not phrases.is_bundle(center.price) or cents is None:
        return safe(_no_price(center) if center.price.kind == "none" else "–", "$muted")
    whole = phrases.dollars(cents)
    return safe(whole if len(whole) <= cells else phrases.dollars_short(cents), "$foreground")


def _other_price(center: Center, cells: int) -> Content:
    if phrases.is_bundle(center.price) or center.price.amount_cents is None:
        return safe("–", "$muted")
    return _price_and_kind(center, cells)


def _price_and_kind(center: Center, cells: int) -> Content:
    cents = center.price.amount_cents
    if cents is None:
        return safe(_no_price(center), "$muted")
    kind = phrases.price_kind_short(center.price)
    amount = phrases.dollars(cents)
    if len(amount) + 1 + len(kind) > cells:
        amount = phrases.dollars_short(cents)
    return line((amount, "$foreground"), (f" {kind}", "$muted"))


def _you_pay(center: Center, cells: int) -> Content:
    words = center.you_pay or "ask"
    if len(words) > cells:
        words = SHORTER_PAY.get(words, words)
    return safe(words, "$accent" if center.you_pay else "$muted")


def _city(center: Center, cells: int) -> Content:
    # The address ends with "City, ST 12345".
    parts = (center.facility.address or "").split(", ")
    return safe(", ".join((parts[-2], parts[-1][:2])) if len(parts) > 1 else "–", "$muted")


def _intake(center: Center, cells: int) -> Content:
    return safe(center.facility.phone_to_call or "–", "$muted")


def _wait(center: Center, cells: int) -> Content:
    return safe(phrases.wait_words(center), "$muted")


def _medicare(center: Center, cells: int) -> Content:
    return safe("–" if center.benchmark is None else phrases.dollars(center.benchmark.amount_cents), "$muted")


def _as_of(center: Center, cells: int) -> Content:
    return safe("–" if center.as_of is None else phrases.month(center.as_of), "$muted")


_CASES = Column("cases/yr", 8, _cases, True)
_MORE = (
    Column("city", 22, _city),
    Column("intake phone", 14, _intake),
    Column("wait", 9, _wait, True),
    Column("Medicare pays", 13, _medicare, True),
)
"""What a still wider table says besides, in the order in which it is added."""
