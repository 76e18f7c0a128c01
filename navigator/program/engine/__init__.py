"""The rule engine: program rules x member x care to an explained answer, as pure functions (METHOD 3.4, 3.5)."""

from navigator.program.engine.answering import answer_rule

__all__ = ["answer_rule"]
