"""Who is let in: the right host and origin, and a cookie that was given for the token of the printed address."""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Protocol
from urllib.parse import urlsplit

from provider_directory.errors import BadInput

COOKIE = "coe"
PORT_OF = {"http": 80, "https": 443}


class Headers(Protocol):
    """The headers of a request."""

    def get_all(self, key: str) -> Sequence[str]:
        """Give every value of a header, in order."""


@dataclass(frozen=True)
class Refusal:
    """Why a request is not answered."""

    status: HTTPStatus
    words: str


@dataclass(frozen=True)
class Door:
    """One server's answer to the question who may come in; its two secrets live as long as the server.

    ``origins`` are scheme, host and port as a browser sends them: ``http://127.0.0.1:8901``.
    """

    origins: frozenset[str]
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    _cookie: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    @property
    def address(self) -> str:
        """The origin to open: a number before a name, which another program of this machine may answer."""
        return min(self.origins)

    @property
    def hosts(self) -> frozenset[str]:
        """The values of ``Host`` that are answered; any other name that leads here is a trick (DNS rebinding)."""
        return frozenset(urlsplit(origin).netloc for origin in self.origins)

    @property
    def cookie_header(self) -> str:
        """The cookie for who showed the token: no script reads it, no other site's page sends it."""
        secure = "; Secure" if all(origin.startswith("https:") for origin in self.origins) else ""
        return f"{COOKIE}={self._cookie}; Path=/; HttpOnly; SameSite=Strict{secure}"

    def refuse_page(self, headers: Headers) -> Refusal | None:
        """Say why a page is not given: it is asked for under a name that is not ours."""
        if _only(headers, "Host").lower() not in self.hosts:
            return Refusal(HTTPStatus.MISDIRECTED_REQUEST, "This server does not answer under that name.")
        return None

    def refuse_entry(self, headers: Headers) -> Refusal | None:
        """Say why no cookie is given: neither the token nor the cookie is shown."""
        if refusal := self.refuse_page(headers):
            return refusal
        kind, _, token = _only(headers, "Authorization").partition(" ")
        if kind == "Bearer" and _same(token.strip(), self.token):
            return None
        return self._refuse_cookie(headers)

    def refuse_session(self, headers: Headers) -> Refusal | None:
        """Say why no session is begun: another site's page asks, or one without the cookie."""
        if refusal := self.refuse_page(headers):
            return refusal
        if _only(headers, "Origin").lower() not in self.origins:
            return Refusal(HTTPStatus.FORBIDDEN, "Another site's page may not use this server.")
        return self._refuse_cookie(headers)

    def _refuse_cookie(self, headers: Headers) -> Refusal | None:
        # Not by http.cookies, which takes a quarter of a second for a quoted value of 8,000 backslashes.
        shown = (part.strip().partition("=") for part in _only(headers, "Cookie").split(";"))
        if any(name == COOKIE and _same(value, self._cookie) for name, _, value in shown):
            return None
        return Refusal(HTTPStatus.UNAUTHORIZED, "Open the whole address that was printed when the server was started.")


def _only(headers: Headers, name: str) -> str:
    """Give the value of a header that is sent once; one that is sent twice is none: proxies differ in which counts."""
    values = headers.get_all(name)
    return values[0] if len(values) == 1 else ""


def _same(shown: str, secret: str) -> bool:
    return hmac.compare_digest(shown.encode(errors="replace"), secret.encode())


def is_loopback(host: str) -> bool:
    """Say whether a host is this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def origin_of(address: str) -> str:
    """Give scheme, host and port of an address as a browser writes them; raises BadInput."""
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if parts.scheme not in PORT_OF or not host or parts.path.strip("/") or parts.query or parts.username:
        raise BadInput(f'"{address}" is not an address people can open.', "Write it as https://coe.example.org.")
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port and port != PORT_OF[parts.scheme] else "")


def own_origins(host: str, port: int) -> frozenset[str]:
    """Give the origins of a server on this machine that stands behind nothing."""
    names = {host, "localhost"} if is_loopback(host) else {host}
    return frozenset(origin_of(f"http://{f'[{name}]' if ':' in name else name}:{port}") for name in names)
