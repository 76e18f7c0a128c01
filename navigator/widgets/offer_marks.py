"""Which centers of an offer are marked for comparing, and which are compared when fewer than two are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provider_directory.models import Center

MOST_MARKED = 3
MARK = "◆"
FULL = "Three are marked, which is the most; {key} unmarks the center in hand."
ALONE = "There is only one center here; {key} looks farther."


def toggled(marked: tuple[str, ...], facility: str) -> tuple[str, ...] | None:
    """Mark or unmark a facility; None when three others are marked already."""
    if facility in marked:
        return tuple(key for key in marked if key != facility)
    return None if len(marked) >= MOST_MARKED else (*marked, facility)


def to_compare(
    centers: Sequence[Center], marked: Sequence[str], in_hand: Center, key: str
) -> tuple[tuple[Center, ...], str]:
    """Give the centers to compare, in the offer's order, and a sentence where the marks alone did not say which.

    Two or three marked: these. One other than the one in hand: these two. Else the one in hand and the next one.
    ``key`` marks.
    """
    chosen = [center for center in centers if center.facility.id in marked]
    if len(chosen) >= 2:
        return tuple(chosen), ""
    if len(chosen) == 1 and chosen[0] != in_hand:
        pair = sorted((chosen[0], in_hand), key=centers.index)
        return tuple(pair), f"One was marked ({key} marks): it and the center in hand."
    at = centers.index(in_hand)
    pair = list(centers[at : at + 2] if at + 1 < len(centers) else centers[max(at - 1, 0) : at + 1])
    other = "next" if at + 1 < len(centers) else "one before"
    many = "Only it was" if chosen else "None was"
    return tuple(pair), f"{many} marked ({key} marks): the center in hand and the {other}."
