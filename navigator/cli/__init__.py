"""The command line: thin; each command asks the library and prints."""

from navigator.cli.main import main

__all__ = ["main"]
