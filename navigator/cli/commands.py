"""The table of commands: each is loaded when it is called, so that `coe --help` and `coe find` pay for nothing else.

To add a command write it in a module of its own, a function or a `typer.Typer` of several, and add its line here: its
name, ``module:object``, and the beginning of its docstring (of its help, for a Typer) in at most 59 characters.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup


class Command(NamedTuple):
    """One line of the table."""

    name: str
    place: str
    """The module below navigator.cli and the object in it: ``asking:find``."""
    line: str
    """What `coe --help` says of it: what its own help begins with."""


COMMANDS = (
    Command("ask", "ask:ask", "Ask in plain lines: one sentence a line, numbered choices."),
    Command("ticket", "ask:ticket", "Open the question that a claim ticket holds."),
    Command("web", "web:web", "Open the app in a browser."),
    Command("procedures", "asking:procedures", "Find the procedures that fit a caller's words."),
    Command("find", "asking:find", "Find the centers for a procedure near a place."),
    Command("evidence", "asking:evidence", "Open the ladder under a label."),
    Command("price", "price:price", "Show the price of a procedure at a facility."),
    Command("rule", "rule:rule", "Say what a program's rules mean for a member at a center."),
    Command("compare", "comparing:compare", "Put two or three centers side by side."),
    Command("offer-sheet", "offer_sheet:offer_sheet", "Put two or three centers on one page to think about."),
    Command("build", "publishing:build", "Build an edition from a folder of source files."),
    Command("template", "template:template", "Write a workbook to fill in."),
    Command("sync", "sync:sync", "Fetch the current public data of CMS."),
    Command("expected-cost", "expected_cost:expected_cost", "Reckon what a program costs for a group."),
    Command("gaps", "gaps:gaps", "Count the questions that found no center under contract."),
    Command("hr", "hr:hr", "Answer a question of the HR desk on one card."),
    Command("kiosk", "kiosk:kiosk", "Open the public screen of an office."),
    Command("usage", "usage:usage", "Count a program's referrals for the HR desk."),
    Command("schema", "schema:schema", "Print the JSON Schema of an answer."),
    Command("edition", "publishing:edition_app", "The shelf of editions."),
    Command("credential", "credential:credential_app", "Suspend or reinstate a center, and read its history."),
    Command("referral", "referral:referral_app", "The referrals of this machine."),
    Command("case", "case:case_app", "The calls of this ledger."),
    Command("desk", "desk:desk_app", "Who works at this desk."),
    Command("ledger", "ledger:ledger_app", "Back up, restore and verify what this desk keeps."),
    Command("member", "member:member_app", "What is kept about one person."),
    Command("price-file", "price_file:price_file_app", "Price files of hospitals (CMS price transparency)."),
    Command("members", "members:members_app", "The eligibility files of programs."),
    Command("program", "program:program_app", "Program files of employers: check, show, convert."),
    Command("settings", "settings:settings_app", "What is set on this machine."),
)


class CommandTable(TyperGroup):
    """The commands by their lines; one that is called is loaded."""

    def __init__(self, **settings: Any) -> None:
        lines = {command.name: TyperCommand(command.name, help=command.line) for command in COMMANDS}
        super().__init__(**{**settings, "commands": lines})

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Give the command that was called, whole."""
        name, line, rest = super().resolve_command(ctx, args)
        return name, loaded(name) if name and line else None, rest


def loaded(name: str) -> Any:
    """Give a command of the table with its options and sub-commands."""
    module, attribute = next(command.place for command in COMMANDS if command.name == name).split(":")
    written = getattr(import_module(f"navigator.cli.{module}"), attribute)
    holder = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    if isinstance(written, typer.Typer):
        holder.add_typer(written, name=name)
    else:
        holder.command(name)(written)
    return typer.main.get_group(holder).commands[name]
