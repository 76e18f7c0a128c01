"""Why: the clause with its version and words, the facts used, and what would change the answer."""

from __future__ import annotations

from navigator.program.engine.asked import Asked
from navigator.program.rule_answer import Explanation, UsedFact
from navigator.program.rules import Cited


def because(
    asked: Asked, cited: Cited, words: str, used: tuple[UsedFact, ...] = (), counterfactual: str | None = None
) -> Explanation:
    """Explain by a clause: in the plan's own words where the file gives them, else in ours."""
    return Explanation(
        clause=cited.clause,
        version=cited.version or asked.rules.version,
        words=cited.words or words,
        used=used,
        counterfactual=counterfactual,
    )
