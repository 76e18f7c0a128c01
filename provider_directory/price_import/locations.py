"""What a price file's head says of each of its locations: names, ZIP, state, street number."""

from __future__ import annotations

import re
from typing import NamedTuple

from provider_directory.facts import PriceFileHead
from provider_directory.states import state_of

_ZIP = re.compile(r"\b(\d{5})(?:-?\d{4})?\W*$", re.ASCII)
_STREET_NUMBER = re.compile(r"\W*(\d+)\b", re.ASCII)


class Location(NamedTuple):
    """One location of a price file; "" = not said."""

    names: tuple[str, ...]
    """Its own name first; at the first location the hospital's name too."""
    address: str
    zip: str
    state: str
    """Of the address, else that of the licence."""
    number: str
    """Of the house in its street."""


def locations_of(head: PriceFileHead) -> list[Location]:
    """Give the locations of a price file in its order, at least one; names and addresses stand in pairs."""
    found = []
    for index in range(max(len(head.locations), len(head.addresses), 1)):
        own = head.locations[index] if index < len(head.locations) else ""
        address = head.addresses[index] if index < len(head.addresses) else ""
        names = (own, head.hospital) if index == 0 else (own or head.hospital,)
        found.append(
            Location(
                names=tuple(dict.fromkeys(name for name in names if name)) or ("",),
                address=address,
                zip=_first_group(_ZIP, address),
                state=_state(address) or head.license_state.upper(),
                number=street_number(address),
            )
        )
    return found


def street_number(address: str) -> str:
    """Give the number that an address begins with; "" where it begins otherwise."""
    found = _STREET_NUMBER.match(address)
    return found[1] if found else ""


def _state(address: str) -> str:
    """Read the state at the end of an address, before its ZIP: two letters or one to three words."""
    words = re.sub(_ZIP, "", address).replace(",", " ").split()
    for count in (3, 2, 1):
        if len(words) >= count and (state := state_of(" ".join(words[-count:]))):
            return state
    return ""


def _first_group(form: re.Pattern[str], text: str) -> str:
    found = form.search(text)
    return found[1] if found else ""
