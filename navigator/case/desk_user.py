"""Who works at the desk: the user of the operating system, or the person whose PIN was typed.

PINs are kept as Argon2id hashes in a file that only this user may read; the PIN itself is nowhere.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from provider_directory.cleaning import clean
from provider_directory.errors import BadInput
from provider_directory.strict_json import read_json

SHORTEST_PIN = 4
LONGEST_PIN = 12
WRONG_BEFORE_A_WAIT = 5
SECONDS_OF_THE_WAIT = 30.0


@dataclass(frozen=True)
class Person:
    """One person who works here, with the hash of their PIN."""

    name: str
    pin_hash: str


class DeskUsers:
    """The people who have a PIN on this machine; without any the user of the operating system works."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def people(self) -> tuple[Person, ...]:
        """Read them; raises BadInput where the file cannot be read or others may read it."""
        try:
            if os.name == "posix" and self._file.stat().st_mode & 0o077:
                raise BadInput(
                    f"Others may read {self._file}, in which the PINs are kept.", f"Run: chmod 600 {self._file}"
                )
            found = read_json(self._file)
            return tuple(Person(clean(each["name"], 60), each["pin_hash"]) for each in found)
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, TypeError, KeyError):
            raise BadInput(
                f"{self._file} cannot be read.", "Delete it and set the PINs again: `coe desk pin NAME`."
            ) from None

    def has_any(self) -> bool:
        """Say whether anybody has a PIN; a file that cannot be read counts as one, for it opens no desk."""
        try:
            return bool(self.people())
        except BadInput:
            return True

    def set_pin(self, name: str, pin: str) -> None:
        """Keep a person's PIN; raises BadInput for a PIN that is too short, not digits, or another person's."""
        kept = clean(name, 60)
        if not kept:
            raise BadInput("A person needs a name.", "Give the name that stands in notes and records.")
        _check_form(pin)
        others = tuple(person for person in self.people() if person.name != kept)
        if any(_fits(person, pin) for person in others):
            raise BadInput("Another person has this PIN.", "Choose another one: a PIN says who works.")
        from argon2 import PasswordHasher  # deferred: 18 ms, and most desks set no PIN

        self._write((*others, Person(kept, PasswordHasher().hash(pin))))

    def remove(self, name: str) -> None:
        """Forget a person's PIN; raises BadInput where nobody has this name."""
        kept = clean(name, 60)
        people = self.people()
        left = tuple(person for person in people if person.name != kept)
        if len(left) == len(people):
            raise BadInput(f'Nobody named "{kept}" has a PIN.', "`coe desk who` lists them.")
        self._write(left)

    def whose(self, pin: str) -> str | None:
        """Give the name of the person with this PIN, None for a wrong one."""
        return next((person.name for person in self.people() if _fits(person, pin)), None)

    def _write(self, people: tuple[Person, ...]) -> None:
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = self._file.with_suffix(".part")
        text = json.dumps([{"name": each.name, "pin_hash": each.pin_hash} for each in people], indent=2)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as written:
            written.write(text)
            written.flush()
            os.fsync(written.fileno())
        part.replace(self._file)


@dataclass
class PinTries:
    """Lets nobody guess: after five wrong PINs the next try waits half a minute, on a clock that cannot be set."""

    clock: Callable[[], float]
    wrong: int = 0
    _waits_until: float = field(default=0.0, repr=False)

    def seconds_to_wait(self) -> float:
        """Give the seconds until another PIN is looked at, 0 = now."""
        return max(self._waits_until - self.clock(), 0.0)

    def was_wrong(self) -> None:
        """Count a wrong PIN."""
        self.wrong += 1
        if self.wrong % WRONG_BEFORE_A_WAIT == 0:
            self._waits_until = self.clock() + SECONDS_OF_THE_WAIT

    def was_right(self) -> None:
        """Begin again."""
        self.wrong = 0


def _check_form(pin: str) -> None:
    if not (pin.isascii() and pin.isdigit() and SHORTEST_PIN <= len(pin) <= LONGEST_PIN):
        raise BadInput(f"A PIN has {SHORTEST_PIN} to {LONGEST_PIN} digits.", "Choose another one.")
    if len(set(pin)) == 1 or pin in "0123456789012" or pin in "9876543210987":
        raise BadInput("This PIN is the first that anybody would try.", "Choose one that is no row of digits.")


def _fits(person: Person, pin: str) -> bool:
    from argon2 import PasswordHasher  # deferred: as above
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(person.pin_hash, pin)
    except (VerificationError, InvalidHashError):
        return False
