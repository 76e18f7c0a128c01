"""How a letter leaves the command line: as text, into a new file, or to a printer; nothing is written on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from navigator.cli.output import print_sentence
from provider_directory.errors import BadInput

if TYPE_CHECKING:
    from navigator.languages.translating import Language
    from navigator.letters.letter import Letter

AsText = Annotated[bool, typer.Option("--text", help="Plain text in place of the PDF; alone: print it here (default)")]
Out = Annotated[str | None, typer.Option("--out", metavar="FOLDER|FILE", help="Write a new file, for its owner alone")]
ToPrinter = Annotated[bool, typer.Option("--print", help="Print it, by the default printer or the print_command")]
Printer = Annotated[str | None, typer.Option("--printer", metavar="NAME", help="Print it by this printer")]
Lang = Annotated[str | None, typer.Option("--lang", metavar="en|es", help="English or Spanish")]


class Wished(NamedTuple):
    """What is to become of a letter."""

    as_text: bool
    out: str | None
    to_printer: bool
    printer: str | None

    @property
    def hands_out(self) -> bool:
        """Say whether it leaves the terminal."""
        return self.out is not None or self.prints

    @property
    def prints(self) -> bool:
        """Say whether it goes to a printer."""
        return self.to_printer or self.printer is not None


def language_asked(given: str | None) -> Language | None:
    """Read --lang; None where it was not given. Raises BadInput for any other language."""
    if given is None:
        return None
    from navigator.languages.translating import LANGUAGES

    for known in LANGUAGES:
        if given.strip().casefold() == known:
            return known
    raise BadInput(f'--lang: "{given}" is no language that is spoken here.', f"Choose one of {', '.join(LANGUAGES)}.")


def hand_out(letter: Letter, wished: Wished, note: Callable[[str], None]) -> None:
    """Print the letter's text, or save or print it; ``note`` is told "save" or "print" before it leaves.

    A printer gets plain text where no PDF can be made, and that is said. Raises BadInput.
    """
    if not wished.hands_out:
        print(letter.text(), end="")
        return
    if wished.out is not None:
        from navigator.files_out import save_as

        content = letter.text() if wished.as_text else letter.pdf()
        note("save")
        print(f"Saved: {save_as(wished.out, letter.file_stem, content, 'txt' if wished.as_text else 'pdf')}")
    if wished.prints:
        _print(letter, wished, note)
    for sentence in letter.handling:
        print_sentence(sentence)


def _print(letter: Letter, wished: Wished, note: Callable[[str], None]) -> None:
    from navigator import locations
    from navigator.files_out import print_out
    from navigator.letters.letter import to_print
    from navigator.settings import read_settings

    settings = read_settings(locations.settings_file()).settings
    content, why = to_print(letter, wished.as_text or settings.print_as == "text")
    note("print")
    by = print_out(settings.print_command, content, wished.printer)
    print(f"Sent to the printer by {by}." + (f" As plain text: {why}" if why else ""))
