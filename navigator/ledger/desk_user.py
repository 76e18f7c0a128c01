"""Who works at this machine, as the system says."""

from __future__ import annotations

import os
import sys

from provider_directory.cleaning import clean


def os_user() -> str:
    """Give the user's name by the system's list of users, not by LOGNAME, which anybody can set."""
    if sys.platform == "win32":
        import getpass

        return clean(getpass.getuser(), 120)
    import pwd  # deferred: Windows has none

    try:
        return clean(pwd.getpwuid(os.getuid()).pw_name, 120)
    except KeyError:  # a container without an entry for this user
        return f"user {os.getuid()}"
