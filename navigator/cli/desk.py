"""`coe desk`: who works at this desk, by a PIN that is typed to open it."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from navigator import locations
from provider_directory.errors import BadInput

desk_app = typer.Typer(help="Who works at this desk.", no_args_is_help=True, rich_markup_mode=None)
Name = Annotated[str, typer.Argument(help="The person's name, as it shall stand in notes and records")]


@desk_app.command("pin")
def set_pin(
    name: Name, remove: Annotated[bool, typer.Option("--remove", help="Take the person's PIN away")] = False
) -> None:
    """Set a person's PIN, asked twice and never shown; with one the desk asks who works, and locks after 10 minutes."""
    from navigator.case.desk_user import DeskUsers

    users = DeskUsers(locations.desk_people())
    if remove:
        users.remove(name)
        print(f"{name} has no PIN here any more.")
        return
    if not sys.stdin.isatty():
        raise BadInput("A PIN is typed, not piped: a pipe would leave it in a history.", "Run it in a terminal.")
    pin = typer.prompt("PIN, 4 to 12 digits", hide_input=True, confirmation_prompt=True)
    users.set_pin(name, pin)
    print(f"{name} opens this desk with this PIN from the next start on.")


@desk_app.command("who")
def who() -> None:
    """List who has a PIN at this desk."""
    from navigator.case.desk_user import DeskUsers

    people = DeskUsers(locations.desk_people()).people()
    if not people:
        print("Nobody has a PIN: the user of the operating system works here.")
    for person in people:
        print(person.name)
