"""What leaves the screen by copying or printing: plain text of a center or an offer, with nothing about a person.

The text names no place and no member; how it is written and printed safely is in ``navigator.files_out``.
"""

from __future__ import annotations

import asyncio
import textwrap
from typing import TYPE_CHECKING, Any

from textual.message import Message

from navigator import files_out, lookups
from navigator.languages.demonstration import LONG as DEMONSTRATION
from navigator.messages import TakenAway
from navigator.program.answer_parts import parts_of
from navigator.tables.values import defused
from navigator.widgets import card_words, phrases

if TYPE_CHECKING:
    from navigator.program.rule_answer import RuleAnswer
    from navigator.screens.desk_screen import DeskScreen
    from provider_directory.models import Center, Offer

COLUMNS = 76
FOOT = (
    "Information, not medical advice. It approves nothing and promises no payment: ask the plan.",
    "Scores rest on Medicare patients, 65 and over.",
)


def center_text(center: Center, offer: Offer, procedure: str, employer: str | None) -> str:
    """Give one center as a text for a message or a letter: who, where, credential, quality, price, edition, date."""
    return _sheet([*_head(offer.demonstration, procedure, employer), "", *_center_lines(center)], offer)


def offer_text(offer: Offer, procedure: str, employer: str | None) -> str:
    """Give all centers of an offer as one text, in the order in which they are shown."""
    found = [*_head(offer.demonstration, procedure, employer)]
    if offer.note:
        found += ["", offer.note]
    for center in offer.centers:
        found += ["", f"{phrases.rank_words(center)}.  {center.facility.name}", *_center_lines(center)[1:]]
    return _sheet(found, offer)


def rule_text(answer: RuleAnswer, procedure: str, demonstration: bool) -> str:
    """Give what the program's rule says of one center as text: no fact of the member, no answer to a gate."""
    found = _head(demonstration, procedure, answer.program.employer)
    found += [answer.facility_name, "", f"The rule, plan year {answer.program.plan_year}:"]
    found += [f"  {words}{f' ({clause})' if clause else ''}" for words, clause in parts_of(answer)]
    found += ["", *answer.notes, *FOOT]
    return "\n".join(piece for line in found for piece in _wrapped(line)) + "\n"


def _head(demonstration: bool, procedure: str, employer: str | None) -> list[str]:
    said = f"{procedure}, for members of {employer}" if employer else procedure
    return [DEMONSTRATION, "", said] if demonstration else [said]


def _center_lines(center: Center) -> list[str]:
    facility, credential = center.facility, center.credential
    reached = [f"intake {facility.intake_phone}"] if facility.intake_phone else []
    reached += [f"phone {facility.phone}"] if facility.phone else []
    found = [
        facility.name,
        facility.address or "address not known",
        ", ".join(reached) or "phone not known",
        f"{phrases.miles_of(center)} miles from the place that was asked for",
        f"Credential: {credential.label} ({credential.basis})",
        *(f"  but: {flag}" for flag in credential.flags),
        f"Quality: {center.score.label}" if center.score else f"Quality: {center.score_reason or 'no score'}",
    ]
    if center.cases:
        found.append(f"Cases: {center.cases.per_year:,} a year, {center.cases.label}")
    prices = [content.plain for content in card_words.price_lines(center)]
    found += [f"Price: {prices[0]}", *(f"  {each}" for each in prices[1:])]
    found.append(f"You pay: {center.you_pay or 'not known; ask the plan'}")
    return found


def _sheet(lines: list[str], offer: Offer) -> str:
    care = phrases.day_words(offer.care_day)
    answered = f"Answer of {phrases.day_words(offer.on)}, for care about {care}; edition {offer.edition[:12]}."
    return "\n".join(piece for line in (*lines, "", answered, *FOOT) for piece in _wrapped(line)) + "\n"


def _wrapped(line: str) -> list[str]:
    # Data was cleaned when it was read; a directory may be remote, and what is pasted may be pasted into a shell.
    line = "".join(letter for letter in line if letter.isprintable())
    indent = " " * (len(line) - len(line.lstrip()) + 2)
    pieces = textwrap.wrap(line, COLUMNS, subsequent_indent=indent, break_long_words=False)
    # Or into a spreadsheet, which takes each line for a cell; a dash and a blank begin no formula.
    return [piece if piece.lstrip()[1:2] == " " else defused(piece) for piece in pieces] or [""]


def copy(screen: DeskScreen[Any], name: str, text: str) -> None:
    """Copy as the settings say, to the clipboard, to a file, or both; posts TakenAway or LookupFailed."""
    desk = screen.desk
    if not desk.mode.may_export:
        return
    folder = desk.taken_away if desk.settings.copy_by != "osc52" else None
    asked = desk.settings.copy_by != "file"
    if asked:
        desk.copy_to_clipboard(text)

    async def question() -> Message:
        path = await asyncio.to_thread(files_out.save, folder, name, text) if folder else None
        # Nothing tells whether a terminal lets a program write to the clipboard (macOS Terminal does not).
        copied = "Copied, if this terminal allows it" if asked else "Copied to a file"
        return TakenAway(f"{copied}; saved as {path}" if path else copied)

    lookups.ask(screen, "take away", question, exclusive=False)


def send_to_printer(screen: DeskScreen[Any], text: str) -> None:
    """Print where the mode may export; posts TakenAway or LookupFailed."""
    command = screen.desk.settings.print_command
    if not screen.desk.mode.may_export:
        return

    async def question() -> Message:
        return TakenAway(f"Sent to the printer by {await asyncio.to_thread(files_out.print_out, command, text)}")

    lookups.ask(screen, "take away", question, exclusive=False)
