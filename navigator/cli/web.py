"""`coe web`: the app in a browser, behind a server that lets in who has its address (docs/web.md)."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from navigator import locations, signals
from navigator.cli.asking import EditionFile, ProgramName, edition_path, program_of
from navigator.cli.kiosk import check_site
from navigator.cli.web_session import Face
from navigator.mode import MODES, Mode, refuse_debug_settings
from navigator.roles import mode_of
from navigator.settings import read_settings
from provider_directory.errors import BadInput

if TYPE_CHECKING:
    from navigator.web.door import Door

LOOPBACK = "127.0.0.1"
_INSTALL_HELP = "Once: have npm fetch the terminal that stands in the page"
_FROM_HELP = "The same from packages that lie in a folder, without a network"
_MODE_HELP = "kiosk, hr, or desk on this machine alone; default: desk, or the role in settings"


def web(
    mode: Annotated[str | None, typer.Option(help=_MODE_HELP)] = None,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen")] = LOOPBACK,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 = any that is free")] = 0,
    origin: Annotated[str | None, typer.Option(metavar="URL", help="What people open, if another address")] = None,
    sessions: Annotated[int | None, typer.Option(min=1, max=200, help="At one time; default: two a core")] = None,
    address_file: Annotated[Path | None, typer.Option(metavar="FILE", help="Also write the address there")] = None,
    program: ProgramName = None,
    site: Annotated[Path | None, typer.Option(metavar="FILE", help="A kiosk's site file (docs/kiosk.md)")] = None,
    edition: EditionFile = None,
    install_terminal: Annotated[bool, typer.Option("--install-terminal", help=_INSTALL_HELP)] = False,
    terminal_from: Annotated[Path | None, typer.Option(metavar="FOLDER", help=_FROM_HELP)] = None,
) -> None:
    """Open the app in a browser.

    Prints the address that lets in, and serves it until it is ended by Ctrl+C.
    """
    if install_terminal or terminal_from is not None:
        _install(terminal_from)
        return
    chosen = _mode(mode)
    try:
        from navigator.web.server import BrowserServer, serve_until_told  # deferred: 70 ms
    except ImportError:
        raise BadInput(
            "The server for browsers is not here.", "Install it: pip install 'coe-navigator[web]'."
        ) from None
    from navigator.web.limits import Limits, usual_sessions
    from navigator.web.pages import pages
    from navigator.web.terminal_files import installed

    face = _face(chosen, program, site, edition)
    door, listening = _door(chosen, host, port, origin)
    given = pages(chosen.name, installed(locations.web_terminal()))
    limits = Limits(sessions or usual_sessions())
    if chosen.may_refer:
        limits = replace(limits, seconds_to_save=signals.SECONDS_TO_END + 2)

    def command(columns: int, rows: int) -> list[str]:
        # No shell, and no module from the folder that the server was started in.
        words = [sys.executable, "-P", "-m", "navigator.cli.web_session"]
        return [*words, face.as_word(columns, rows, limits.memory_bytes, os.getpid())]

    browsers = BrowserServer(given, command, door, limits)
    asyncio.run(serve_until_told(browsers, listening, lambda: _tell(door, address_file)))


def _install(source: Path | None) -> None:
    from navigator.web.terminal_files import install

    folder = locations.web_terminal()
    install(folder, source)
    print(f"The terminal for the page is in {folder}.")


def _mode(given: str | None) -> Mode:
    name = mode_of(given, read_settings(locations.settings_file()).settings)
    if name not in MODES:
        raise BadInput(f'There is no mode "{name}".', f"Choose one of {', '.join(MODES)}.")
    refuse_debug_settings(MODES[name])
    return MODES[name]


def _face(mode: Mode, program: str | None, site: Path | None, edition: str | None) -> Face:
    """Check what every session will open, so that what is wrong is told here and not to a visitor; raises BadInput."""
    if site is not None and not mode.guides:
        raise BadInput("A site file is of a kiosk.", "Add --mode kiosk.")
    if not edition_path(edition).is_file():
        raise BadInput(f"There is no edition at {edition}.", "Check the path, or run `coe build`.")
    if site is not None:
        from navigator.kiosk.site import read_site

        told = read_site(site)
        program = program or told.program
        check_site(replace(told, program=program), edition)
    program_of(program)
    return Face(mode.name, program, edition, str(site) if site else None)


def _door(mode: Mode, host: str, port: int, origin: str | None) -> tuple[Door, socket.socket]:
    """Bind the port and give who is let in; raises BadInput where persons would be shown beyond this machine."""
    from navigator.web.door import Door, is_loopback, origin_of, own_origins

    alone = is_loopback(host) and origin is None
    if mode.shows_member_data:
        _refuse_desk(alone)
    if not is_loopback(host) and origin is None:
        raise BadInput(f"{host} can be reached from other machines.", "Say with --origin what address people open.")
    outside = frozenset({origin_of(origin)}) if origin else None
    if outside and not alone and next(iter(outside)).startswith("http:"):
        print("Not encrypted: who listens on the way reads along. Put a proxy with TLS in front.", file=sys.stderr)
    try:
        listening = socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=128
        )
    except OSError as fault:
        raise BadInput(f"{host} port {port}: {fault.strerror}.", "Choose another --port, or 0 for any.") from None
    return Door(outside or own_origins(host, listening.getsockname()[1])), listening


def _refuse_desk(alone: bool) -> None:
    """Keep what is known of persons on this machine, and a passphrase to where a terminal asks for it."""
    if not alone:
        step = "Leave out --host and --origin, or choose --mode hr or kiosk."
        raise BadInput("The navigator's desk shows persons: it is opened on this machine alone.", step)
    key = locations.ledger_key_file()
    if key.exists() and b'"passphrase"' in key.read_bytes():
        raise BadInput("A passphrase keeps the key of this desk; a browser cannot ask for it.", "Open `coe` instead.")


def _tell(door: Door, address_file: Path | None) -> None:
    """Print the address, and write it where only this user reads it: it lets in."""
    address = f"{door.address}/#{door.token}"
    if address_file is not None:
        descriptor = os.open(address_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file:
            os.chmod(address_file, 0o600)
            file.write(address + "\n")
    print(f"Open this address in a browser; it lets in:\n{address}", flush=True)
