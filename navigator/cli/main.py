"""The `coe` command: options that open the app, and the one place where faults are told; its table: `commands.py`."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer
from typer.exceptions import TyperException

from navigator import locations
from navigator.cli.commands import CommandTable
from navigator.cli.output import FAULT_EXIT, print_error, report
from navigator.cli.streams import check_terminal, make_streams_safe
from navigator.incidents import incident_of, keep_values_out_of_reports, report_of
from navigator.roles import check_command, mode_of
from navigator.settings import read_settings
from provider_directory import __version__
from provider_directory.errors import BadInput, DirectoryError

app = typer.Typer(
    name="coe",
    cls=CommandTable,
    help="Center of Excellence Navigator: from a caller's words to credentialed centers, to a referral.",
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def open_app(
    context: typer.Context,
    mode: Annotated[str | None, typer.Option(help="desk, hr or kiosk; default: desk, or the role in settings")] = None,
    program: Annotated[str | None, typer.Option(help="Program id or file")] = None,
    edition: Annotated[str | None, typer.Option(help="Edition file; default: the published one")] = None,
    version: Annotated[bool, typer.Option("--version", help="Say the version and stop")] = False,
) -> None:
    """Open the app when no command is given."""
    if version:
        print(f"coe-navigator {__version__}")
        raise typer.Exit
    settings = read_settings(locations.settings_file()).settings
    if context.invoked_subcommand is not None:
        check_command(context.invoked_subcommand, settings)
        return
    from navigator.mode import MODES

    mode = mode_of(mode, settings)
    if mode not in MODES:
        raise BadInput(f'There is no mode "{mode}".', f"Choose one of {', '.join(MODES)}.")
    check_terminal("The app", "Without one ask `coe find` or `coe procedures`; --help lists all.")
    from navigator.opening import open_screen  # deferred: textual, 150 ms that no other command pays

    raise typer.Exit(open_screen(MODES[mode], program, edition))


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with the exit code of CONTRACT 6: 0 answered, 1 nothing, 2 bad input, 3 fault."""
    if arguments is None:  # this process is ours alone
        keep_values_out_of_reports()
        make_streams_safe()
    try:
        code = _run(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (head, less) has left: not a fault. Stdout is closed quietly.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    as_json = "--json" in arguments
    try:
        code = typer.main.get_command(app).main(arguments, prog_name="coe", standalone_mode=False)
    except BrokenPipeError:
        raise
    except SystemExit as left:
        if left.code != 1:
            raise
        # So typer leaves where the reader has left; 1 would say that nothing was found.
        raise BrokenPipeError from None
    except DirectoryError as error:
        code = print_error(error, as_json)
    except TyperException as error:
        asked = getattr(error, "ctx", None)
        hint = f"See `{asked.command_path} --help`." if asked else ""
        code = report("bad_input", "", f"{error.format_message()} {hint}".strip(), (), 2, as_json)
    except (typer.Abort, KeyboardInterrupt):
        code = 130
    except Exception as fault:
        code = _tell_fault(fault, as_json)
    return code if isinstance(code, int) else 0


def _tell_fault(fault: Exception, as_json: bool) -> int:
    """Tell a fault of ours in one sentence with an incident id; frames only, no values: they may hold a person's."""
    print(report_of(fault), file=sys.stderr)
    incident = incident_of(fault)
    return report("fault", "A fault of ours", f"{type(fault).__name__}, incident {incident}.", (), FAULT_EXIT, as_json)
