"""Wire the app to this machine: which edition, which program, which ledger; the app itself knows none of these."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from navigator import locations
from navigator.app import CoeApp, run
from navigator.editions import OpenDirectory, Progress, PublishedEdition
from navigator.gaps import Gap, record_gap
from navigator.keymap import settings_in_force
from navigator.kiosk.site import NO_SITE, KioskSite
from navigator.mode import Mode
from navigator.program.model import Program, load_program
from navigator.settings import SettingsRead
from provider_directory.demonstration_files import is_outdated_program
from provider_directory.edition.pointer import current_edition, is_demonstration, is_outdated_demonstration
from provider_directory.errors import BadInput, EditionProblem

if TYPE_CHECKING:
    from textual.driver import Driver

    from navigator.ledger.ledger import Ledger
    from provider_directory.directory import Directory

DEMONSTRATION_PROGRAM = "brewline-foods"


def open_screen(
    mode: Mode,
    program: str | None,
    edition: str | None,
    site: KioskSite = NO_SITE,
    driver: type[Driver] | None = None,
) -> int:
    """Open the app on the edition in use; gives the exit code. ``site``: where a kiosk stands.

    A fresh machine is asked first what it shall answer from, but not at a kiosk, nor where program or edition is named,
    nor by a browser, whose user has no say over this machine. ``driver``: what it draws by; default the terminal.
    """
    settings, problems = _settings()
    shelf = None if edition else MachineShelf(program, settings.program)
    known = Path(edition) if edition else current_edition(locations.editions())
    if known is not None and not known.is_file():
        raise EditionProblem(f"There is no edition at {known}.", "Check the path, or run `coe build`.")
    if mode.may_refer:
        _ask_passphrase()
    welcome = known is None and program is None and mode.may_quit and driver is None
    opened = PublishedEdition(_opener(known), None) if welcome else _with_program(known, program, settings.program)
    app = CoeApp(
        mode,
        opened.open_directory,
        opened.program,
        _open_ledger if mode.may_refer else None,
        settings=settings,
        setting_problems=problems,
        record_gap=_record_gap,
        shelf=shelf,
        welcome=welcome,
        taken_away=locations.taken_away(),
    )
    app.kiosk_site = site
    if locations.desk_people().exists():
        from navigator.case.desk_user import DeskUsers  # deferred: most desks set no PIN

        app.desk_users = DeskUsers(locations.desk_people())
    app.driver_class = driver or _driver_of_terminal() or app.driver_class
    return run(app)


def _driver_of_terminal() -> type[Driver] | None:
    """Give ours; None where Textual's own is taken."""
    if sys.platform == "win32":
        return None
    from navigator.terminal_driver import TerminalDriver  # deferred: POSIX has it

    return TerminalDriver


def _settings() -> SettingsRead:
    """Read the settings; a program that cannot be loaded is told as any other wrong value."""
    read = settings_in_force(locations.settings_file())
    try:
        if read.settings.program is not None:
            load_program(read.settings.program, locations.programs())
    except BadInput as problem:
        return SettingsRead(replace(read.settings, program=None), (*read.problems, problem))
    return read


class MachineShelf:
    """Implements ``EditionShelf`` over this user's folder of editions; a program that was named goes with each."""

    def __init__(self, program: str | None, usual_program: str | None) -> None:
        self._program = program
        self._usual_program = usual_program

    def name_in_use(self) -> str | None:
        """Name the edition that is published now, None while there is none."""
        try:
            path = current_edition(locations.editions())
        except EditionProblem:
            return None
        return path.stem if path else None

    def in_use(self) -> PublishedEdition:
        """Give the edition that is published now, or the demonstration."""
        return _with_program(current_edition(locations.editions()), self._program, self._usual_program)

    def demonstration(self) -> PublishedEdition:
        """Give the demonstration, which is made and published when it is opened."""
        return _with_program(None, self._program, self._usual_program)

    def put(self, file: Path, progress: Progress) -> PublishedEdition:
        """Verify an edition file, publish a copy of it, and give it; raises EditionProblem."""
        from navigator.first_run import publish_file  # deferred: as in the opener

        path = publish_file(file, progress)
        return _with_program(path, self._program, self._usual_program)


def _with_program(known: Path | None, program: str | None, usual: str | None) -> PublishedEdition:
    """Give an edition with the program that was named, or the usual one; None stands for the demonstration."""
    if known is not None and is_outdated_demonstration(known):
        known = None
    demonstration = known is None or is_demonstration(known)
    return PublishedEdition(_opener(known), _program(program or (None if demonstration else usual), demonstration))


def _opener(known: Path | None) -> OpenDirectory:
    def opened(progress: Progress) -> Directory:
        # Deferred: the directory and the build are opened in a worker, after the first frame.
        from navigator.first_run import edition_in_use
        from provider_directory.opening import open_directory

        return open_directory(known or edition_in_use(progress))

    return opened


def _program(name: str | None, demonstration: bool) -> Program | None:
    """Load the program that is named; a demonstration opens with one of its own, so that contracts are seen."""
    folder = locations.programs()
    own = folder / f"{DEMONSTRATION_PROGRAM}.toml"
    if demonstration and (not own.exists() or is_outdated_program(own)):
        from provider_directory.demo import write_programs  # deferred: needed once on a machine

        write_programs(folder)
    if name is None and not demonstration:
        return None
    return load_program(name or DEMONSTRATION_PROGRAM, folder)


def _record_gap(gap: Gap) -> None:
    record_gap(locations.gaps_file(), gap)


def _open_ledger() -> Ledger:
    from navigator.ledger.here import open_here  # deferred: SQLAlchemy, at the first referral

    return open_here()


def _ask_passphrase() -> None:
    """Ask for the passphrase of the ledger's key before the screen takes the terminal; raises LedgerProblem."""
    key_file = locations.ledger_key_file()
    if not key_file.exists() or not key_file.read_bytes().startswith(b"{"):
        return
    from navigator.ledger import keys  # deferred: cryptography, only where the key is not in the file itself

    keys.load(key_file)
