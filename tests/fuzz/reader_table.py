"""Which module of the product takes in bytes from outside, and what tries it with bytes that nobody thought of."""

from __future__ import annotations

_TABLES = (
    *("provider_directory/sources/opening.py", "provider_directory/sources/reading.py"),
    "provider_directory/sources/recognise.py",
)
_WORKBOOKS = ("provider_directory/sources/workbook.py", "provider_directory/sources/workbook_markup.py")
_TOML = ("provider_directory/strict_toml.py", "provider_directory/bounded_files.py")
FUZZED: dict[str, tuple[str, ...]] = {
    "table": _TABLES,
    "price-file": (
        "provider_directory/sources/price_file/opening.py",
        "provider_directory/sources/price_file/table.py",
        "provider_directory/sources/price_file/checking.py",
    ),
    "program": (
        *_TOML,
        *("navigator/program/model.py", "navigator/program/opened_file.py", "navigator/program/rule_places.py"),
        *("navigator/program/tax_limits.py", "navigator/kiosk/site.py", "navigator/settings.py"),
    ),
    "message": (
        *("provider_directory/strict_json.py", "navigator/fhir/reading.py"),
        *("navigator/referral/from_file.py", "navigator/program/member_file.py"),
    ),
    "people": ("navigator/hr/people.py", "provider_directory/sources/reading.py"),
    "workbook": (*_WORKBOOKS, "navigator/program/workbook_program.py"),
    "words": ("navigator/cli/asking.py",),
    "notes": (
        *("provider_directory/edition/pointer.py", "provider_directory/edition/manifest.py"),
        *("provider_directory/edition/publish.py", "provider_directory/fetching/partial.py"),
        *("provider_directory/edition/unchanged.py", "provider_directory/demonstration_files.py"),
        *("provider_directory/sync/cache.py", "provider_directory/price_import/store.py"),
        *("navigator/gaps.py", "navigator/hr/usage.py", "navigator/case/desk_user.py"),
        *("navigator/ledger/keys.py", "navigator/ledger/key_file.py"),
    ),
    "edition": ("provider_directory/edition/reader.py", "provider_directory/edition/publish.py"),
    "answers": ("provider_directory/sync/inpatient_pages.py", "provider_directory/price_import/inputs.py"),
    "archive": ("provider_directory/sync/archive.py",),
    "pipe": ("navigator/web/packets.py", "navigator/locations.py"),
}
"""Target -> the modules that its seeds lead through; docs/fuzzing.md names the files behind each."""

TRIED_IN: dict[str, str] = {
    "navigator/cli/ask.py": "tests/line_mode/test_ask_command.py",
    "navigator/cli/referral_create.py": "tests/hostile/test_bombs.py",
    "navigator/cli/typed.py": "tests/ledger/test_ledger_cli.py",
    "navigator/ledger/passphrase.py": "tests/ledger/test_keys.py",
    "navigator/ledger/restoring.py": "tests/ledger/test_whole_ledger.py",
    "navigator/ledger/storage.py": "tests/ledger/test_ledger_trust.py",
    "navigator/ledger/verifying.py": "tests/ledger/test_whole_ledger.py",
    "navigator/web/terminal_files.py": "tests/web/test_terminal_files.py",
    "provider_directory/fetching/connection.py": "tests/sync/test_faults.py",
    "provider_directory/price_import/extracting.py": "tests/price_import/test_extracting.py",
    "provider_directory/sync/checking.py": "tests/sync/test_faults.py",
}
"""Modules that hand bytes on to a reader above, or read a database or a connection, and the test that tries them."""

NOT_FROM_OUTSIDE: dict[str, str] = {
    "navigator/case/stored.py": "sealed in the ledger",
    "navigator/cli/case.py": "sealed in the ledger",
    "navigator/cli/ledger.py": "of an audit whose chain holds",
    "navigator/cli/streams.py": "whether a variable is one word",
    "navigator/cli/web.py": "whether the key file begins with a word",
    "navigator/cli/web_session.py": "an argument that the server writes",
    "navigator/languages/translating.py": "of the package",
    "navigator/ledger/leaving.py": "sealed in the ledger",
    "navigator/ledger/member_copy.py": "sealed in the ledger",
    "navigator/ledger/sealing.py": "opened with the ledger's key",
    "navigator/letters/printing.py": "of the package",
    "navigator/opening.py": "whether the key file begins with a brace",
    "navigator/referral/snapshot.py": "sealed in the ledger",
    "navigator/screens/call_state.py": "sealed in the ledger",
    "navigator/tables/workbook.py": "a workbook that it makes",
    "navigator/watchdog.py": "nothing is read: it opens where nothing is kept",
    "navigator/web/pages.py": "of the package, or checked by its digest",
    "provider_directory/demo/programs.py": "of the package",
    "provider_directory/edition/build.py": "a database that it makes",
    "provider_directory/edition/by_hand.py": "a copy of an edition that was verified",
    "provider_directory/fetching/download.py": "a file that is hashed",
    "provider_directory/sources/zips.py": "what a program of ours writes",
}
"""Modules whose bytes are the program's own, and why."""
