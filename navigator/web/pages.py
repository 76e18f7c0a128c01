"""What the server gives without a session: one page with its scripts, style and fonts, all from this machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files

KINDS = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".woff2": "font/woff2",
}
_NOWHERE = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"


@dataclass(frozen=True)
class Page:
    """A file that is given to everybody who may see it."""

    body: bytes
    kind: str


def pages(mode: str, terminal: Mapping[str, bytes]) -> Mapping[str, Page]:
    """Give every page by its path; ``mode`` is the name of one of ours, ``terminal`` its files by their names."""
    own = {file.name: file.read_bytes() for file in files(__package__).joinpath("static").iterdir()}
    found: dict[str, Page] = {}
    for name, content in {**terminal, **own}.items():
        kind = KINDS.get("." + name.rpartition(".")[2])
        if kind:
            found[f"/static/{name}"] = Page(content, kind)
    index = found.pop("/static/index.html")
    found["/"] = Page(index.body.replace(b"{mode}", mode.encode()), index.kind)
    return found


def guards(origins: Iterable[str]) -> dict[str, str]:
    """Give the headers of every answer: nothing from elsewhere, in no frame, no trace of where it came from.

    Styles may stand in the page: the terminal in it (xterm.js) writes the colors of its cells as such. Scripts may not.
    """
    sockets = " ".join(sorted("ws" + origin.removeprefix("http") for origin in origins))
    policy = {
        "default-src": "'self'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data:",
        "connect-src": f"'self' {sockets}",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "Cache-Control": "no-store",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": _NOWHERE,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
