"""The `coe` command: options that open the app, the sub-commands, and the one place where faults are told."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer
from typer.exceptions import TyperException

from navigator.cli import asking, comparing, publishing
from navigator.cli.case import case_app
from navigator.cli.credential import credential_app
from navigator.cli.desk import desk_app
from navigator.cli.edition_changes import diff
from navigator.cli.expected_cost import expected_cost
from navigator.cli.gaps import gaps
from navigator.cli.ledger import ledger_app
from navigator.cli.member import member_app
from navigator.cli.members import members_app
from navigator.cli.output import FAULT_EXIT, print_error, report
from navigator.cli.price import price
from navigator.cli.price_file import price_file_app
from navigator.cli.program import program_app
from navigator.cli.referral import referral_app
from navigator.cli.rule import rule
from navigator.cli.schema import schema
from navigator.cli.settings import settings_app
from navigator.cli.sync import sync
from navigator.cli.template import template
from navigator.incidents import incident_of, keep_values_out_of_reports, report_of
from provider_directory import __version__
from provider_directory.errors import BadInput, DirectoryError

app = typer.Typer(
    name="coe",
    help="Center of Excellence Navigator: from a caller's words to credentialed centers, to a referral.",
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(asking.procedures)
app.command()(asking.find)
app.command()(asking.evidence)
app.command()(price)
app.command()(rule)
app.command()(comparing.compare)
app.command("build")(publishing.build)
app.command()(template)
app.command()(sync)
publishing.edition_app.command("diff")(diff)
app.add_typer(publishing.edition_app, name="edition")
app.add_typer(credential_app, name="credential")
app.add_typer(referral_app, name="referral")
app.add_typer(case_app, name="case")
app.add_typer(desk_app, name="desk")
app.add_typer(ledger_app, name="ledger")
app.add_typer(member_app, name="member")
app.add_typer(price_file_app, name="price-file")
app.add_typer(members_app, name="members")
app.command("expected-cost")(expected_cost)
app.add_typer(program_app, name="program")
app.command()(gaps)
app.command()(schema)
app.add_typer(settings_app, name="settings")


@app.callback(invoke_without_command=True)
def open_app(
    context: typer.Context,
    mode: Annotated[str, typer.Option(help="desk, hr or kiosk")] = "desk",
    program: Annotated[str | None, typer.Option(help="Program id or file")] = None,
    edition: Annotated[str | None, typer.Option(help="Edition file; default: the published one")] = None,
    version: Annotated[bool, typer.Option("--version", help="Say the version and stop")] = False,
) -> None:
    """Open the app when no command is given."""
    if version:
        print(f"coe-navigator {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is not None:
        return
    from navigator.mode import MODES

    if mode not in MODES:
        raise BadInput(f'There is no mode "{mode}".', f"Choose one of {', '.join(MODES)}.")
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise BadInput("The app needs a terminal.", "Without one ask `coe find` or `coe procedures`; --help lists all.")
    from navigator.opening import open_screen  # deferred: textual, 150 ms that no other command pays

    raise typer.Exit(open_screen(MODES[mode], program, edition))


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with the exit code of CONTRACT 6: 0 answered, 1 nothing, 2 bad input, 3 fault."""
    if arguments is None:  # this process is ours alone
        keep_values_out_of_reports()
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
