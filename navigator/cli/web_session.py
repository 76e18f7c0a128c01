"""What a server for browsers starts for each of them: a confined process with one app in it."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from navigator.cli.output import FAULT_EXIT, print_error
from navigator.incidents import keep_values_out_of_reports, report_of
from navigator.web.confinement import confine
from provider_directory.errors import DirectoryError


@dataclass(frozen=True)
class Face:
    """What every session of one server opens; ``site`` is a kiosk's file."""

    mode: str
    program: str | None
    edition: str | None
    site: str | None

    def as_word(self, columns: int, rows: int, memory_bytes: int, server: int) -> str:
        """Write it as the one argument of this module, with the size of the screen, the bound and who started it."""
        bounds = {"columns": columns, "rows": rows, "memory_bytes": memory_bytes, "server": server}
        return json.dumps({**asdict(self), **bounds})


def main(word: str) -> int:
    """Run one session to its end; gives the exit code."""
    told = json.loads(word)
    confine(told.pop("memory_bytes"), told.pop("server"))
    keep_values_out_of_reports()
    # The first size, where Textual's driver looks for it.
    os.environ["COLUMNS"], os.environ["ROWS"] = str(told.pop("columns")), str(told.pop("rows"))
    try:
        return _opened(Face(**told))
    except DirectoryError as error:
        return print_error(error, as_json=False)
    except Exception as fault:
        print(report_of(fault), file=sys.stderr)
        return FAULT_EXIT


def _opened(face: Face) -> int:
    # Deferred: textual, after the memory is bounded.
    from navigator.kiosk.site import NO_SITE, read_site
    from navigator.mode import MODES
    from navigator.opening import open_screen
    from navigator.web.driver import BrowserDriver

    site = read_site(Path(face.site)) if face.site else NO_SITE
    # A session is left by its window; a staff key would let a visitor guess at PINs, five more with each new session.
    mode = replace(MODES[face.mode], staff_key=None)
    return open_screen(mode, face.program, face.edition, site, driver=BrowserDriver)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
