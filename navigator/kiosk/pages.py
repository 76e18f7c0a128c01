"""Each step of a session as a page: a title, lines, tiles with their keys, and the foot; pure, in two languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from navigator.case.safety import red_flags
from navigator.kiosk.flow import Act, Fault, Flow, Step
from navigator.kiosk.page import KEY_OF_START_IN_A_BOX, KioskPage, TileWords, go_on, to_back, to_start
from navigator.kiosk.take_away_pages import phone_page, printed_page, take_page, ticket_page
from navigator.kiosk.topics import TOPICS
from navigator.languages.procedure_names import procedure_name
from navigator.languages.translating import Translator, to_say, translator
from navigator.mode import COUNTDOWN_SECONDS, KIOSK

if TYPE_CHECKING:
    from navigator.kiosk.site import KioskSite

SECONDS_BEFORE_IT_ASKS = (KIOSK.idle_seconds or 0) - COUNTDOWN_SECONDS
FAULTS: dict[Fault, str] = {
    "words": to_say("I found nothing for these words. Please say it another way."),
    "place": to_say("This ZIP is not known here. Please check it."),
    "zip": to_say("A ZIP has 5 digits."),
    "printer": to_say("The printer does not answer. Take the ticket or your phone instead."),
    "other": to_say("This cannot be answered now. Please ask the people here."),
}
ENGLISH_LAYOUT = ("qwertyuiop", "asdfghjkl'", "zxcvbnm")
SPANISH_LAYOUT = ("qwertyuiop", "asdfghjklñ", "zxcvbnm")
DIGIT_LAYOUT = ("12345", "67890")
_HOW = {True: to_say("Touch, or press {key}."), False: to_say("Press {key}.")}
"""How a tile is pressed, with letters on the screen and without."""


def page_of(flow: Flow, site: KioskSite, now: datetime, prints: bool, draws: bool) -> KioskPage:
    """Give the page of a session. ``now`` is aware; ``prints``: there is a printer, ``draws``: codes can be drawn."""
    say = translator(flow.language)
    if flow.step == "attract":
        return _attract(flow, site)
    page = take_page(say, prints, draws) if flow.step == "take" else _PAGES[flow.step](say, flow, site, now)
    return page if not flow.fault else replace(page, fault=say(FAULTS[flow.fault]))


# -- the first page: before a language is chosen it speaks both --------------------------------------------------------


def _attract(flow: Flow, site: KioskSite) -> KioskPage:
    order = ("es", "en") if site.language == "es" else ("en", "es")
    says = [translator("es" if each == "es" else "en") for each in order]
    size = {True: to_say("Normal text"), False: to_say("Larger text")}[flow.large]
    starts = [
        TileWords(
            str(number),
            Act("language", say.language),
            (say("Start in English"), say(_HOW[site.touch], key=str(number))),
            leads=True,
        )
        for number, say in enumerate(says, 1)
    ]
    larger = TileWords("3", Act("large"), (" · ".join(say(size) for say in says),))
    return KioskPage(
        title="\n".join(say("Find a good center for your care") for say in says),
        lines=tuple(say("Two minutes. Nothing you type is kept.") for say in says),
        tiles=(*starts, larger),
        columns=2,
    )


def out_of_order(site: KioskSite) -> KioskPage:
    """Give the page of a screen that can answer nothing: whom to ask, in both languages; why is told to staff alone."""
    from navigator.kiosk import said

    says = [translator(each) for each in (("es", "en") if site.language == "es" else ("en", "es"))]
    return KioskPage(
        title="\n".join(say("This screen is out of order.") for say in says),
        lines=tuple(said.whom_to_ask(say, site.desk) or say("Please ask the people here.") for say in says),
    )


# -- what is planned ---------------------------------------------------------------------------------------------------


def _topics(say: Translator, _flow: Flow, _site: KioskSite, _now: datetime) -> KioskPage:
    tiles = [
        TileWords(str(number), Act("topic", str(number - 1)), (say(topic.words),))
        for number, topic in enumerate(TOPICS, 1)
    ]
    search = TileWords(str(len(TOPICS) + 1), Act("search"), (say("Something else"),), leads=True)
    return KioskPage(
        title=say("What is planned? Press a number."),
        tiles=(*tiles, search),
        foot=(to_back(say), other_language(say)),
        columns=3,
    )


def other_language(say: Translator) -> TileWords:
    """Give the tile that changes the language; its key does so on every page but the first."""
    return TileWords("F2", Act("language", "en" if say.language == "es" else "es"), (say("En español"),))


def _words(say: Translator, flow: Flow, site: KioskSite, _now: datetime) -> KioskPage:
    rows = SPANISH_LAYOUT if say.language == "es" else ENGLISH_LAYOUT
    return KioskPage(
        title=say("Say in your own words what is planned."),
        box="words",
        typed=flow.words,
        hint=say("for example: new knee"),
        letters=rows if site.touch else (),
        foot=(to_back(say), to_start(say, key=KEY_OF_START_IN_A_BOX), go_on(say)),
    )


def _which(say: Translator, flow: Flow, _site: KioskSite, _now: datetime) -> KioskPage:
    names = [(key, procedure_name(say.language, key, name or _english_name(key))) for key, name in flow.choices]
    tiles = [TileWords(str(number), Act("choice", key), (name,)) for number, (key, name) in enumerate(names, 1)]
    none = TileWords(str(len(tiles) + 1), Act("search"), (say("None of these"),))
    return KioskPage(
        title=say("Which one is it?"),
        tiles=(*tiles, none),
        foot=(to_back(say), to_start(say)),
        columns=2,
    )


def _english_name(key: str) -> str:
    from provider_directory.catalog import load  # deferred: the vocabulary, after the first frame

    return load().get(key).name


# -- safety ------------------------------------------------------------------------------------------------------------


def _safety(say: Translator, _flow: Flow, _site: KioskSite, _now: datetime) -> KioskPage:
    return KioskPage(
        title=say("Is any of this true right now?"),
        lines=tuple(f"! {flag}" for flag in red_flags(None, say)),
        tiles=(
            TileWords("1", Act("stop"), (say("Yes, one is true"),), leads=True),
            TileWords("2", Act("safe"), (say("No, go on"),)),
        ),
        foot=(to_back(say), to_start(say)),
        columns=2,
    )


def _stop(say: Translator, _flow: Flow, _site: KioskSite, _now: datetime) -> KioskPage:
    return KioskPage(
        title=say("Please call 911 now."),
        lines=(
            say("Or ask anybody near you to call for you."),
            say("If it is not that bad, call your own doctor today."),
        ),
        foot=(to_start(say, leads=True),),
    )


def _crisis(say: Translator, _flow: Flow, _site: KioskSite, _now: datetime) -> KioskPage:
    return KioskPage(
        title=say("You are not alone."),
        lines=(
            say("You can call or text 988 at any hour, free."),
            say("If you are in danger now, call 911."),
            say("What you typed was looked up nowhere, and is gone."),
        ),
        foot=(to_start(say, leads=True),),
    )


# -- where, and which plan ---------------------------------------------------------------------------------------------


def _place(say: Translator, flow: Flow, site: KioskSite, _now: datetime) -> KioskPage:
    # It is named where it was found by words; who pressed its tile knows.
    heard = flow.procedure if not flow.chosen else None
    name = procedure_name(say.language, heard.id, heard.name) if heard else ""
    office: tuple[TileWords, ...] = ()
    if site.place:
        called = ": ".join(filter(None, (say("Near this office"), site.name_in(say.language))))
        office = (TileWords("F4", Act("office"), (called,), leads=True),)
    return KioskPage(
        title=say("Near which ZIP? Type 5 digits."),
        lines=(say("For: {procedure}.", procedure=name),) if name else (),
        tiles=office,
        box="zip",
        typed=flow.zip,
        hint="53202" if site.place is None else "",
        letters=DIGIT_LAYOUT if site.touch else (),
        foot=(to_back(say), to_start(say, key=KEY_OF_START_IN_A_BOX), go_on(say)),
    )


def _plan(say: Translator, flow: Flow, _site: KioskSite, _now: datetime) -> KioskPage:
    tiles = [
        TileWords(str(number), Act("option", option.id), (option.name_in(say.language),))
        for number, option in enumerate(flow.options, 1)
    ]
    unsure = TileWords(str(len(tiles) + 1), Act("option"), (say("Not sure"),))
    return KioskPage(
        title=say("Which plan do you have?"),
        lines=(say("See your card."),),
        tiles=(*tiles, unsure),
        foot=(to_back(say), to_start(say)),
        columns=2 if len(tiles) > 3 else 1,
    )


# -- the answer --------------------------------------------------------------------------------------------------------


def _centers(say: Translator, flow: Flow, site: KioskSite, now: datetime) -> KioskPage:
    from navigator.kiosk import said

    if flow.answered is None:
        return _topics(say, flow, site, now)
    shown = flow.answered.offer.centers
    procedure = flow.answered.asked.procedure
    name = procedure_name(say.language, procedure.id, procedure.name)
    tiles = [
        TileWords(str(at + 1), Act("center", str(at)), said.center_lines(say, flow.answered, at))
        for at in range(len(shown))
    ]
    return KioskPage(
        title=say("{procedure}: press one to see why.", procedure=name),
        lines=tuple(said.note_lines(say, flow.answered)),
        tiles=tuple(tiles),
        foot=(to_back(say), to_start(say), TileWords("4", Act("take"), (say("Take it with me"),), leads=True)),
    )


def _why(say: Translator, flow: Flow, site: KioskSite, now: datetime) -> KioskPage:
    from navigator.kiosk import said

    if flow.answered is None:
        return _topics(say, flow, site, now)
    center = flow.answered.offer.centers[flow.center]
    reasons = said.why_lines(say, flow.answered, flow.center)
    return KioskPage(
        title=say("Why {name}?", name=center.facility.name),
        lines=(*(f"• {reason}" for reason in reasons), *said.contact_lines(say, center)),
        foot=(to_back(say), to_start(say), TileWords("4", Act("take"), (say("Take it with me"),), leads=True)),
    )


def _help(say: Translator, _flow: Flow, _site: KioskSite, _now: datetime) -> KioskPage:
    return KioskPage(
        title=say("How this works"),
        lines=(
            say("Touch a box, or press the number in it."),
            say("The arrows move, Enter takes, Esc goes back."),
            say("0, or {key} where digits are typed, starts over and clears everything.", key=KEY_OF_START_IN_A_BOX),
            say(
                "When nobody touches anything for {count} seconds, it asks, and then clears everything.",
                count=SECONDS_BEFORE_IT_ASKS,
            ),
            say("It gives information, not medical advice. An emergency? Call 911."),
        ),
        foot=(to_back(say), other_language(say)),
    )


_PAGES: dict[Step, Callable[[Translator, Flow, KioskSite, datetime], KioskPage]] = {
    "topics": _topics,
    "words": _words,
    "which": _which,
    "safety": _safety,
    "stop": _stop,
    "crisis": _crisis,
    "place": _place,
    "plan": _plan,
    "centers": _centers,
    "why": _why,
    "phone": phone_page,
    "ticket": ticket_page,
    "printed": printed_page,
    "help": _help,
}


def pressed_by(page: KioskPage, key: str) -> Iterator[Act]:
    """Give the act of the tile that a key presses, if there is one."""
    yield from (tile.act for tile in (*page.tiles, *page.foot) if tile.key == key)
