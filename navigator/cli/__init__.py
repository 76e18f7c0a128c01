"""The command line: thin; each command asks the library and prints."""

import os

# Pydantic looks through every installed package for plugins, 45 ms; we have none.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from navigator.cli.main import main

__all__ = ["main"]
