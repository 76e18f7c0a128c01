"""Which edition answers on this machine: the published one, a file that is published now, or the demonstration."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from navigator import locations
from provider_directory.cleaning import clean
from provider_directory.demonstration_files import is_outdated_program
from provider_directory.edition.pointer import is_demonstration, is_outdated_demonstration, sidecar_of
from provider_directory.edition.publish import Shelf, verify
from provider_directory.errors import EditionProblem

Progress = Callable[[str, float], None]


def edition_in_use(progress: Progress) -> Path:
    """Give the edition file to answer from; where nothing is published, make and publish the demonstration.

    A demonstration that another version of the program made is made anew, and so are its employers' programs.
    ``progress`` is told what is being done and how much of it is done, 0 to 1.
    """
    shelf = Shelf(locations.editions())
    current = shelf.current()
    if current is None or is_outdated_demonstration(current):
        return publish_demonstration(shelf, progress)
    if is_demonstration(current) and any(map(is_outdated_program, locations.programs().glob("*.toml"))):
        from provider_directory.demo import write_programs  # deferred: needed once on a machine

        write_programs(locations.programs())
    return current


def publish_file(file: Path, progress: Progress) -> Path:
    """Verify an edition file, see that it can be opened, and publish a copy; gives its place on the shelf.

    Raises EditionProblem; then what was published stays in use.
    """
    # Deferred: needed once on a machine.
    from provider_directory.edition.reader import EditionReader

    if not file.is_file():
        raise EditionProblem(f"There is no file {clean(str(file), 200)}.", "Give the path of a file NAME.sqlite.")
    shelf = Shelf(locations.editions())
    progress("Verifying the edition", 0.1)
    verify(file)
    EditionReader(file).close()
    if file.resolve().parent == shelf.folder.resolve():
        shelf.use(file)
        return file
    progress("Copying the edition to the shelf", 0.6)
    part = shelf.part_file()
    shutil.copyfile(file, part)
    shutil.copyfile(sidecar_of(file), sidecar_of(part))
    return shelf.put(part)


def publish_demonstration(shelf: Shelf, progress: Progress) -> Path:
    """Make the fictional demonstration data, build its edition as any other, and publish it with its programs."""
    # Deferred: a machine with an edition never needs the generator or the build.
    from provider_directory.demo import write_demonstration, write_programs
    from provider_directory.edition.build import BuildOptions, build_edition

    with tempfile.TemporaryDirectory(prefix="coe-demonstration-") as folder:
        write_demonstration(Path(folder), lambda words, done: progress(words, done * 0.3))
        part = shelf.part_file()
        options = BuildOptions(release="2026-01", demonstration=True)
        build_edition(Path(folder), part, options, lambda words, done: progress(words, 0.3 + done * 0.7))
    write_programs(locations.programs())
    return shelf.put(part)
