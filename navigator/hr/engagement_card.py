"""How far an employer is, from awareness to value purchasing: by its program file's word and by what stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from navigator.hr.card import AnswerCard, CardTable
from navigator.hr.desk import NO_PROGRAM_STEP, Facts, HrDesk, NoProgram, card
from navigator.hr.questions import HrQuestion
from navigator.program.engagement import not_done_yet
from provider_directory.spoken import listed

if TYPE_CHECKING:
    from navigator.program.model import Program
    from navigator.program.rules import Engagement, ProgramRules


class Level(NamedTuple):
    """One level: what it means, and the step that leads to it."""

    name: Engagement
    means: str
    step: str

    @property
    def words(self) -> str:
        """Give the name as it is said."""
        return self.name.replace("_", " ")


class Signs(NamedTuple):
    """What of a level stands in a program file, and what does not."""

    found: tuple[str, ...]
    lacking: tuple[str, ...] = ()
    beyond: str = ""
    """What no program file can say, and whom to ask."""

    @property
    def words(self) -> str:
        """Give both in words."""
        parts = [listed(self.found)] if self.found else []
        parts += [f"lacking: {listed(self.lacking)}"] if self.lacking else []
        return "; ".join([*parts, *([self.beyond] if self.beyond else [])])


LEVELS = (
    Level(
        "awareness",
        "people know that quality and prices differ",
        "show public evidence; measure who has no center near",
    ),
    Level(
        "participation",
        "the employer is in an alliance",
        "load the alliance's contracts; tell people of the centers",
    ),
    Level("navigation", "a desk helps people to a center", "open the care desk; follow every referral to its end"),
    Level(
        "benefit_design",
        "the plan pays more at a center",
        "waive the cost share; pay travel; second opinion first",
    ),
    Level(
        "value_purchasing",
        "contracts pay for outcomes",
        "review outcomes every year; mandatory only with exceptions",
    ),
)


async def engagement(desk: HrDesk, question: HrQuestion, _facts: Facts) -> AnswerCard:
    """Say how far the employer is, what its file shows of each level, and the next step with what it needs."""
    program, rules = desk.program, desk.rules
    if program is None:
        raise NoProgram("This question is about an employer.", NO_PROGRAM_STEP)
    signs = [signs_of(level, program, rules) for level in LEVELS]
    said = rules.engagement if rules else None
    at = next((number for number, level in enumerate(LEVELS) if level.name == said), _shown(signs))
    following = LEVELS[min(at + 1, len(LEVELS) - 1)]
    comes = "the next step" if following is not LEVELS[at] else "what remains"
    rows = tuple(
        (_mark(number, at), f"{level.words}: {level.means}", signs[number].words, level.step)
        for number, level in enumerate(LEVELS)
    )
    lacking = not_done_yet(program, rules) if rules else (f"{program.employer}'s program file has no rules.",)
    return card(
        desk,
        question,
        f"{_here(program, LEVELS[at], said)}; {comes}: {following.step}.",
        more=(*_behind(signs[: at + 1]), _needs(following, signs[LEVELS.index(following)]), *lacking),
        tables=(CardTable(head=("", "level", "in the program file", "step to it"), rows=rows),),
        sources=(
            "the program file's own word: engagement" if said else "what stands in the program file, and nothing else",
        ),
        caveats=("Each level pays by itself: an employer that is only curious is shown public evidence and prices.",),
    )


def signs_of(level: Level, program: Program, rules: ProgramRules | None) -> Signs:
    """Give what of a level stands in a program file; whether a contract pays for outcomes no program file says."""
    match level.name:
        case "awareness":
            return Signs(("public evidence needs nothing",))
        case "participation":
            return Signs(program.alliances, () if program.alliances else ("an alliance",))
        case "navigation":
            ask = rules.ask if rules else None
            return Signs((ask,) if ask else (), () if ask else ("a desk to call",))
        case "benefit_design":
            return _design(rules)
        case _:
            return Signs((), beyond="no file says it: ask the alliance which contracts pay for outcomes")


def _design(rules: ProgramRules | None) -> Signs:
    listed_rules = rules.rules if rules else ()
    has = {
        "a better cost share at a center": any(
            rule.tiers or any(share.kind != "normal" for share in rule.inside) for rule in listed_rules
        ),
        "travel": any(rule.travel for rule in listed_rules),
        "second opinion": any(rule.second_opinion for rule in listed_rules),
    }
    return Signs(
        tuple(name for name, found in has.items() if found), tuple(name for name, found in has.items() if not found)
    )


def _shown(signs: list[Signs]) -> int:
    """Give the last level up to which the file shows something of each."""
    number = 0
    while number + 1 < len(signs) and signs[number + 1].found:
        number += 1
    return number


def _here(program: Program, level: Level, said: Engagement | None) -> str:
    if said:
        return f"{program.employer} is at “{level.words}”"
    return f"The program file does not say how far {program.employer} is; by what stands in it, at “{level.words}”"


def _behind(signs: list[Signs]) -> tuple[str, ...]:
    """Say what the levels up to this one still lack."""
    open_ones = [
        f"{level.words} ({listed(each.lacking)})" for level, each in zip(LEVELS, signs, strict=False) if each.lacking
    ]
    return (f"Not in the program file yet: {'; '.join(open_ones)}.",) if open_ones else ()


def _needs(level: Level, signs: Signs) -> str:
    if level.name == "value_purchasing":
        return "It needs outcomes by center, and contracts that pay for them: ask the alliance."
    return f"It needs: {listed(signs.lacking)}." if signs.lacking else ""


def _mark(number: int, at: int) -> str:
    return "here" if number == at else "done" if number < at else ""
