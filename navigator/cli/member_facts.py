"""What is known of the member of a question: the facts of a file, and miles by road from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from navigator import locations
from navigator.roles import check_member_facts
from navigator.settings import read_settings
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput
from provider_directory.pricing.amounts import amount_of

# The vocabulary is pydantic, 100 ms: `--help` does without, so it is imported where it is needed.
if TYPE_CHECKING:
    from navigator.program.member import MemberFacts

_MOST_MILES = 13_000


def facts_of(file: str | None, center: str, road_miles: str | None = None) -> MemberFacts:
    """Give the facts of a member file, none without one; miles of the command line come before the file's."""
    from navigator.program.member import MemberFacts, RoadMiles
    from navigator.program.member_file import read_member

    if file is not None:
        check_member_facts(read_settings(locations.settings_file()).settings)
    facts = read_member(file) if file is not None else MemberFacts()
    if road_miles is None:
        return facts
    miles = amount_of(road_miles)
    if miles is None or not 0 <= miles <= _MOST_MILES:
        raise BadInput(
            f'--road-miles: "{clean(road_miles, 40)}" are no miles.', "Give miles by road, one way, e.g. 61.5."
        )
    given = RoadMiles(facility=center, miles=miles, source="given with the question")
    return facts.model_copy(update={"road_miles": (*facts.road_miles, given)})
