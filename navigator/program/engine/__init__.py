"""The rule engine: program rules x member x care to an explained answer, as pure functions (METHOD 3.4, 3.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from navigator.program.engine.answering import answer_rule

__all__ = ["answer_rule"]


def __getattr__(name: str) -> object:
    # Deferred: `coe find` needs the cost alone, and the other rooms would cost it 20 ms.
    if name == "answer_rule":
        from navigator.program.engine.answering import answer_rule

        return answer_rule
    raise AttributeError(name)
