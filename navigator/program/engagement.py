"""What an employer's program does not do yet, said instead of left blank (PRODUCT "Program rules", engagement)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from navigator.program.rules import ProgramRules


class Engages(Protocol):
    """What is asked of a program here."""

    @property
    def employer(self) -> str: ...
    @property
    def alliances(self) -> tuple[str, ...]: ...


def not_done_yet(program: Engages, rules: ProgramRules) -> tuple[str, ...]:
    """Say, a sentence each, that a program has no contracts, or no rules; nothing where it has both."""
    said = []
    if not program.alliances:
        said.append(
            f"{program.employer} has no contracts with centers yet: no contract counts, and the quality and the prices"
            " that are shown are public ones."
        )
    if not rules.rules:
        ask = rules.ask or "the plan"
        said.append(f"{program.employer}'s program file has no rules: what a member pays is not known; ask {ask}.")
    return tuple(said)
