"""Which addresses may be asked: https, of the hosts that were named, and http on this machine only (TRUST S11)."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection
from urllib.parse import quote, urljoin

from provider_directory.cleaning import clean
from provider_directory.errors import FetchProblem

# A form in which no two parsers can disagree about the host: no user, no backslash, no blank.
_ADDRESS = re.compile(r"(https?)://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(?::(\d{1,5}))?((?:[/?][!-\[\]-~]*)?)", re.ASCII)
_PORTS = {"http": 80, "https": 443}
_KEPT = "%/:=&?~#+!$,;'@()*[]"


def origin_of(url: str) -> str:
    """Give scheme, host and port of an address, e.g. "https://data.cms.gov:443".

    Raises FetchProblem for anything but https, or http on this machine, and for an address with a user in it.
    """
    match = _ADDRESS.fullmatch(written(url))
    if not match:
        raise FetchProblem(f"{clean(url, 200)} is no address that is fetched from.", _FORM)
    scheme, host = match[1].lower(), match[2].lower()
    if scheme == "http" and not _is_this_machine(host):
        raise FetchProblem(f"{clean(url, 200)} is not encrypted.", _FORM)
    return f"{scheme}://{host}:{int(match[3]) if match[3] else _PORTS[scheme]}"


_FORM = "Give an address that begins with https:// (http:// for a server on this machine only)."


def written(url: str) -> str:
    """Write an address as it is sent: blanks and letters beyond ASCII as percent signs and numbers."""
    return quote(url.strip(), safe=_KEPT)


def joined(base: str, address: str) -> str:
    """Give the address that ``address`` means at ``base``, as it is sent; raises FetchProblem for what is none."""
    try:
        return written(urljoin(base, address.strip()))
    except ValueError:
        raise FetchProblem(f"{clean(address, 200)} is no address that is fetched from.", _FORM) from None


def origins_of(hosts: Collection[str]) -> frozenset[str]:
    """Give the origins of hosts: "data.cms.gov" stands for https on its usual port; an address for its own origin."""
    return frozenset(origin_of(host if "://" in host else f"https://{host}") for host in hosts)


def check_allowed(url: str, origins: frozenset[str], asked_by: str) -> None:
    """Raise FetchProblem when an address lies outside the origins; ``asked_by`` says what named it."""
    origin = origin_of(url)
    if origin not in origins:
        named = ", ".join(sorted(map(_short, origins)))
        raise FetchProblem(
            f"{asked_by} leads to {clean(_short(origin), 100)}, which is not contacted (only {named}).",
            "Check where it leads; nothing was sent there.",
        )


def name_of(url: str) -> str:
    """Give what a person calls the file at an address: the last part of its path."""
    path = re.split("[?#]", written(url).partition("://")[2], maxsplit=1)[0].partition("/")[2]
    return clean(path.rstrip("/").rsplit("/", 1)[-1], 80) or "the answer"


def host_of(url: str) -> str:
    """Give the host of an address, to be shown."""
    return clean(_short(origin_of(url)), 100)


def _short(origin: str) -> str:
    return origin.removeprefix("https://").removesuffix(":443").removeprefix("http://")


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
