"""`coe gaps`: where members had no center under contract in reach, for the program manager (CONTRACT 7)."""

from __future__ import annotations

from navigator import locations
from navigator.cli.asking import AsJson
from navigator.cli.output import print_json, print_table


def gaps(as_json: AsJson = False) -> None:
    """Count the questions that found no center under contract in reach, by program, criteria set and ZIP3."""
    from navigator.gaps import FEWEST_SHOWN, count_gaps

    counted = count_gaps(locations.gaps_file())
    if as_json:
        from navigator.cli.json_answers import GapCounts, GapEntry

        entries = tuple(GapEntry.model_validate(count._asdict()) for count in counted)
        print_json(GapCounts(fewest_shown=FEWEST_SHOWN, gaps=entries))
        return
    if not counted:
        print("No question at this desk was without a center under contract in reach.")
        return
    print_table(
        ("program", "criteria set", "ZIP3", "asked", "last"),
        [
            (
                *(count.program, count.criteria_set, count.zip3 or "not known"),
                *(f"fewer than {FEWEST_SHOWN}" if count.asked is None else f"{count.asked:,}", count.last_month),
            )
            for count in counted
        ],
        right=frozenset({3}),
    )
