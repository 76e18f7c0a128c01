"""Wire the app to this machine: which edition, which program, which ledger; the app itself knows none of these."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from navigator import locations
from navigator.app import run
from navigator.gaps import Gap, record_gap
from navigator.keymap import settings_in_force
from navigator.mode import Mode
from navigator.program.model import Program, load_program
from provider_directory.edition.pointer import current_edition, is_demonstration, is_outdated_demonstration
from provider_directory.errors import EditionProblem

if TYPE_CHECKING:
    from navigator.referral.ledger import Ledger
    from provider_directory.directory import Directory

DEMONSTRATION_PROGRAM = "brewline-foods"


def open_screen(mode: Mode, program: str | None, edition: str | None) -> int:
    """Open the app on the edition in use, or on the demonstration where nothing is published; gives the exit code."""
    known = Path(edition) if edition else current_edition(locations.editions())
    if known is not None and edition is None and is_outdated_demonstration(known):
        known = None
    if known is not None and not known.is_file():
        raise EditionProblem(f"There is no edition at {known}.", "Check the path, or run `coe build`.")
    settings, problems = settings_in_force(locations.settings_file())
    return run(
        mode,
        _directory_opener(known),
        _program(program or settings.program, demonstration=known is None or is_demonstration(known)),
        _open_ledger if mode.may_refer else None,
        settings,
        problems,
        _record_gap,
    )


def _directory_opener(known: Path | None) -> Callable[[Callable[[str, float], None]], Directory]:
    def opened(progress: Callable[[str, float], None]) -> Directory:
        # Deferred: the directory and the build are opened in a worker, after the first frame.
        from navigator.first_run import edition_in_use
        from provider_directory.opening import open_directory

        return open_directory(known or edition_in_use(progress))

    return opened


def _program(name: str | None, demonstration: bool) -> Program | None:
    """Load the program that is named; a demonstration opens with one of its own, so that contracts are seen."""
    folder = locations.programs()
    if demonstration and not (folder / f"{DEMONSTRATION_PROGRAM}.toml").exists():
        from provider_directory.demo import write_programs  # deferred: needed once on a machine

        write_programs(folder)
    if name is None and not demonstration:
        return None
    return load_program(name or DEMONSTRATION_PROGRAM, folder)


def _record_gap(gap: Gap) -> None:
    record_gap(locations.gaps_file(), gap)


def _open_ledger() -> Ledger:
    from navigator.referral.ledger import Ledger  # deferred: SQLAlchemy, at the first referral

    return Ledger.open(locations.ledger_file(), locations.ledger_key_file())
