"""One class per thing that a person can act on: a title, what was found, and the next step."""

from __future__ import annotations

from typing import NamedTuple


class Choice(NamedTuple):
    """One of several answers between which a person decides."""

    id: str
    name: str


class DirectoryError(Exception):
    """A fault that a person can act on.

    ``code`` is the stable word of CONTRACT 6, ``title`` the heading on screen, ``message`` says what was found and
    ``next_step`` what to do; ``choices`` is filled when the answer is one of several.
    """

    code = "directory_error"
    title = "The directory cannot answer"
    exit_code = 2

    def __init__(self, message: str, next_step: str = "", choices: tuple[Choice, ...] = ()) -> None:
        super().__init__(f"{message} {next_step}".strip())
        self.message = message
        self.next_step = next_step
        self.choices = choices


class AmbiguousProcedure(DirectoryError):
    """The words fit several procedures; the person chooses."""

    code = "ambiguous_procedure"
    title = "Which procedure is it?"


class UnknownProcedure(DirectoryError):
    """Nothing in the catalogue fits the words."""

    code = "unknown_procedure"
    title = "No procedure fits these words"


class AmbiguousPlace(DirectoryError):
    """Several places bear the name; the person chooses."""

    code = "ambiguous_place"
    title = "Which place is it?"


class UnknownPlace(DirectoryError):
    """No ZIP, city or point fits the text."""

    code = "unknown_place"
    title = "This place is not known"


class UnknownFacility(DirectoryError):
    """No facility has this id or CCN in the edition in use."""

    code = "unknown_facility"
    title = "This facility is not known"


class AmbiguousFacility(DirectoryError):
    """Several facilities share the CCN; the id decides."""

    code = "ambiguous_facility"
    title = "Which facility is it?"


class BadInput(DirectoryError):
    """An option, a file or a value is not of the form that is asked."""

    code = "bad_input"
    title = "This input cannot be used"


class SourceProblem(DirectoryError):
    """A source file cannot be used as a whole; what is stored stays as it is."""

    code = "source_problem"
    title = "A source file cannot be used"


class EditionProblem(DirectoryError):
    """An edition is missing, damaged or of another schema version."""

    code = "edition_problem"
    title = "The edition cannot be opened"


class NothingFound(DirectoryError):
    """The question was understood and the answer is empty."""

    code = "nothing_found"
    title = "Nothing found"
    exit_code = 1


class FetchProblem(DirectoryError):
    """A file cannot be had from its server; what is stored stays as it is."""

    code = "fetch_problem"
    title = "A file cannot be fetched"


class SyncRefused(DirectoryError):
    """The files came, or need not come, but no edition is made of them; the one in use stays."""

    code = "sync_refused"
    title = "No edition was published"
