"""A flyer about an employer's program in English or Spanish: general words for everybody, no price and no promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from navigator.hr.card import AnswerCard, CardTable
from navigator.hr.desk import Facts, HrDesk, card
from navigator.hr.questions import HrQuestion
from navigator.languages.translating import Language, Translator, translator

if TYPE_CHECKING:
    from navigator.program.model import Program
    from navigator.program.rules import ProgramRules

_SPANISH = ("es", "spanish", "español", "espanol")
_ENGLISH = ("en", "english", "inglés", "ingles")


async def flyer_card(desk: HrDesk, question: HrQuestion, facts: Facts) -> AnswerCard:
    """Give the flyer, ready to copy; Spanish where no language is said, for that is what was asked."""
    program, rules = desk.ruled()
    language: Language = "en" if facts.text("language").casefold() in _ENGLISH else "es"
    say = translator(language)
    known = facts.text("language").casefold() in (*_SPANISH, *_ENGLISH, "")
    return card(
        desk,
        question._replace(ask=f"A flyer in {_name(language)}?"),
        "Yes: copy the flyer below as it stands; it names no price and no person.",
        tables=(CardTable(head=("",), rows=tuple((words,) for words in flyer_words(say, program, rules))),),
        caveats=(
            "" if known else f"There is no flyer in that language yet: this one is in {_name(language)}.",
            "Have somebody of your own read it before it hangs: the plan document decides, not the flyer.",
        ),
        about=f"Flyer in {_name(language)}",
    )


def flyer_words(say: Translator, program: Program, rules: ProgramRules) -> tuple[str, ...]:
    """Give the flyer's sentences; what the program does not do is not said."""
    mandatory = any(rule.mode == "mandatory" for rule in rules.rules)
    travel = any(rule.travel for rule in rules.rules)
    said = [
        say("{employer}: the Centers of Excellence program, {year}", employer=program.employer, year=program.plan_year),
        say("Are you, or is somebody in your family, facing a planned operation? Call us first."),
        say("Centers of Excellence are hospitals and surgery centers under contract with your plan."),
    ]
    if mandatory:
        said.append(say("For some operations your plan pays at these centers only. Ask us about the exceptions."))
    else:
        said.append(say("The choice is yours. At these centers you may pay less than elsewhere."))
    if travel:
        said.append(say("Your plan may also pay for your trip there, and for somebody who goes with you."))
    said.append(say("We tell you which centers are near you, how good their results are, and what you may pay."))
    if rules.ask:
        said.append(say("Call: {phone}", phone=rules.ask))
    said.append(say("What you tell us stays with us. Your employer does not see who calls."))
    said.append(say("An emergency? Call 911 or go to the nearest hospital."))
    said.append(say("This is information, not medical advice and not a promise of payment. The plan document decides."))
    return tuple(said)


def _name(language: Language) -> str:
    return "Spanish" if language == "es" else "English"
