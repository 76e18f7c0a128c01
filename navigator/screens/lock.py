"""The locked desk: nothing of the call is shown, its clock runs on; Enter or a PIN opens it again."""

from __future__ import annotations

import asyncio

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from navigator.case.desk_user import DeskUsers, PinTries
from navigator.lookups import as_words
from navigator.screens.desk_screen import DeskModal
from navigator.text import line, rows
from navigator.widgets.notice import Notice
from navigator.widgets.text_box import TextBox
from provider_directory.errors import BadInput


class PinScreen(DeskModal[str | None]):
    """Gives the name of whose PIN was typed; None where nobody has one and Enter was enough."""

    leaves = ""
    """How it is left without a PIN; "" = it is not."""

    def __init__(self, users: DeskUsers | None, tries: PinTries) -> None:
        super().__init__()
        self._users = users
        self._tries = tries
        self._needs_pin = False
        self._looks = False
        """A PIN is being looked at; another one is not taken meanwhile."""

    @property
    def _how(self) -> str:
        return "Type your PIN and press Enter." if self._needs_pin else "Press Enter."

    def words(self, how: str) -> list[Content]:
        """Give the lines above the box; ``how`` says what to type."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Give the words and the box."""
        with Vertical(classes="overlay"):
            yield Static(id="lock-words")
            yield TextBox(compact=True, password=True, max_length=12, id="pin")
            yield Notice(classes="overlay-notice")

    def on_mount(self) -> None:
        """Ask for a PIN where somebody has one."""
        try:
            self._needs_pin = bool(self._users and self._users.people())
        except BadInput as problem:
            self._needs_pin = True  # a file that cannot be read opens no desk
            self.query_one(Notice).fail(problem)
        self.query_one("#lock-words", Static).update(rows(self.words(self._how)))
        self.query_one(Input).focus()

    def own_help(self) -> None:
        """Say what opens it: under a page of help the desk would no longer count as locked."""
        self.query_one(Notice).tell(f"{self._how} {self.leaves}".strip())

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if not self._needs_pin:
            self.dismiss(None)
            return
        pin, notice = event.value, self.query_one(Notice)
        event.input.value = ""
        if self._looks:
            return
        if (seconds := self._tries.seconds_to_wait()) > 0:
            notice.tell(f"Too many wrong PINs: wait {int(seconds) + 1} seconds.")
            return
        self._looks = True
        notice.wait("Looking whose PIN this is")
        self.run_worker(self._look_whose(pin), group="pin", exit_on_error=False, description="pin")

    async def _look_whose(self, pin: str) -> None:
        """Look beside the app: a hash takes its time by design, and everybody's is tried."""
        notice = self.query_one(Notice)
        try:
            name = await asyncio.to_thread(self._users.whose, pin) if self._users else None
        except Exception as error:  # the funnel, as in ``lookups.ask``
            notice.fail(as_words(error))
            return
        finally:
            self._looks = False
        if name is None:
            self._tries.was_wrong()
            notice.tell("This PIN is nobody's.")
            return
        self._tries.was_right()
        self.dismiss(name)


class LockScreen(PinScreen):
    """The locked desk."""

    def __init__(self, users: DeskUsers | None, tries: PinTries, why: str, has_call: bool = True) -> None:
        super().__init__(users, tries)
        self._why = why
        self._has_call = has_call

    def words(self, how: str) -> list[Content]:
        """Say why it is locked."""
        runs_on = [line(("The call's clock runs on.", "$muted"))] if self._has_call else []
        return [line(("Locked", "bold"), (f"  {self._why}", "$muted")), line(how), *runs_on]
