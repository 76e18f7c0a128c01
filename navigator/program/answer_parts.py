"""The parts of a rule's answer as sentences, in the order in which they are told, without a fact of the member."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from navigator.program.rule_answer import RuleAnswer


def parts_of(answer: RuleAnswer) -> Iterator[tuple[str, str | None]]:
    """Give each part with its clause: coverage, costs, travel, reward, duties, gates, exceptions, appeal."""
    yield answer.coverage.words, answer.coverage.explanation.clause
    yield f"Here: {answer.here.words}", answer.here.explanation.clause
    yield f"Elsewhere: {answer.elsewhere.words}", answer.elsewhere.explanation.clause
    if answer.hsa and answer.hsa.words:
        yield answer.hsa.words, answer.hsa.clause
    for each in (answer.travel, answer.reward, *answer.duties, answer.second_opinion):
        if each:
            yield each.words, each.explanation.clause
    for gate in answer.gates:
        yield f"The plan asks: {gate.ask}", gate.explanation.clause
    for exception in answer.exceptions:
        yield f"Exception: {exception.words}", exception.explanation.clause
    if answer.appeal:
        yield answer.appeal.words, answer.appeal.explanation.clause
