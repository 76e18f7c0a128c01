"""The app: one code path for desk, HR and kiosk; what differs is read from ``Mode`` (STYLE 0.5, TRUST B2)."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.actions import parse
from textual.binding import Binding, BindingType
from textual.reactive import var
from textual.screen import Screen

from navigator import actions, lookups, referral_lookups, signals, watchdog
from navigator.key_names import key_words
from navigator.kiosk.site import NO_SITE
from navigator.messages import DirectoryOpened, EditionSeen, LookupFailed, OpeningFailed, OpeningProgressed
from navigator.mode import refuse_debug_settings
from navigator.screens.call import CallScreen
from navigator.settings import Settings
from navigator.themes import THEMES, theme_named
from navigator.walled_app import WalledApp
from provider_directory.errors import BadInput, DirectoryError

if TYPE_CHECKING:
    from textual.command import Provider
    from textual.worker import Worker

    from navigator.editions import EditionShelf, OpenDirectory, PublishedEdition
    from navigator.gaps import Gap
    from navigator.ledger.ledger import Ledger
    from navigator.mode import Mode
    from navigator.program_in_use import ProgramInUse
    from provider_directory.directory import Directory
    from provider_directory.models import Center, EditionInfo

SECONDS_BETWEEN_LOOKS = 4.0
"""How often the shelf is asked for another edition."""
SECONDS_BETWEEN_TRIES = 60.0
"""How often a public screen takes another edition by itself, or tries again to open the one in use."""
KEYS_OF_A_VISITOR = 60
"""Nobody types so many ahead; what leans on a key does."""
_DEFAULTS = Settings()


def steady_seconds() -> float:
    """Give seconds of a clock that nobody can set, and that runs on while the machine sleeps, where it can."""
    asleep_too = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if asleep_too is None else time.clock_gettime(asleep_too)


def _nothing_in_hand() -> None:
    """Stand for a screen that holds nothing to save."""


def _commands() -> type[Provider]:
    from navigator.palette import CoeCommands  # deferred: not needed for the first frame

    return CoeCommands


class CoeApp(WalledApp):
    """Opens on an empty call at once; the directory is opened in a worker after the first frame.

    ``clock`` gives monotonic seconds, ``today`` the question's date; ``open_ledger`` is called once, in the ledger's
    thread, when the first referral is begun or looked up. ``settings.keys`` is a keymap that was checked;
    ``setting_problems`` are told on the empty call. ``shelf`` is asked for editions published while the app runs;
    without it the edition is fixed. ``welcome``: nothing is published yet, so the shelf's choices are offered first.
    What is copied is also written into the folder ``taken_away``, where there is one.
    """

    CSS_PATH = Path(__file__).parent / "styles" / "app.tcss"
    TITLE = "Center of Excellence Navigator"
    BINDINGS: ClassVar[list[BindingType]] = [
        *actions.bindings(actions.APP_ACTIONS),
        # Before the focused box sees it: letters that come in one go with it (a slow line) belong to the next box.
        Binding("tab", "app.focus_next", "Next box", show=False, priority=True, id="app.next_box"),
        Binding("shift+tab", "app.focus_previous", "Box before", show=False, priority=True, id="app.box_before"),
    ]
    COMMANDS: ClassVar[set[Callable[[], type[Provider]]]] = {_commands}  # type: ignore[assignment] # Textual takes both
    directory: var[Directory | None] = var(None, init=False)
    opening: var[tuple[str, float] | None] = var(None, init=False)
    another_edition: var[bool] = var(False, init=False)
    """An edition was published that the calls of this app do not answer from yet; the next new call takes it."""

    def __init__(
        self,
        mode: Mode,
        open_directory: OpenDirectory,
        program: ProgramInUse | None = None,
        open_ledger: Callable[[], Ledger] | None = None,
        clock: Callable[[], float] = steady_seconds,
        today: Callable[[], date] = date.today,
        settings: Settings = _DEFAULTS,
        setting_problems: Sequence[BadInput] = (),
        record_gap: Callable[[Gap], None] | None = None,
        shelf: EditionShelf | None = None,
        welcome: bool = False,
        taken_away: Path | None = None,
    ) -> None:
        super().__init__()
        self.mode = mode
        self.program = program
        self.clock = clock
        self.today = today
        self.settings = settings
        self.setting_problems = tuple(setting_problems)
        self.edition: EditionInfo | None = None
        self.hr_facts: dict[str, str] = {}
        """What was filled into the last question of the HR desk: about a plan, never about a person."""
        self._open_directory = open_directory
        self._open_ledger = open_ledger
        self._record_gap = record_gap
        self.taken_away = taken_away
        self.kiosk_site = NO_SITE
        self.printer: str | None = None
        """The one that was chosen last, where there are several."""
        self._shelf = shelf
        self.asks_first = welcome
        self._failed = False
        self._tried_again = clock()
        self._before: tuple[Directory, EditionInfo, ProgramInUse | None] | None = None
        self._ledger: Ledger | None = None
        self.checked_edition: str | None = None
        self._last_sign_of_life = clock()
        if not mode.may_quit:
            self.hear_the_last(KEYS_OF_A_VISITOR)
        self.use_command_palette = mode.has_palette
        self.ENABLE_COMMAND_PALETTE = mode.has_palette  # type: ignore[misc] # Textual reads it from the instance
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = theme_named(settings.theme or mode.theme, "NO_COLOR" in os.environ)
        self.set_keymap(dict(self.keymap))
        if mode.staff_key:
            self._bindings.key_to_bindings.setdefault(mode.staff_key, []).append(
                Binding(mode.staff_key, "staff_leave", "Staff", show=False, priority=True, id="app.staff")
            )

    # -- opening ---------------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Show the call, then open the directory; on a machine without an edition, ask where it shall come from."""
        if self._shelf and self.asks_first:
            from navigator.screens.welcome import WelcomeScreen  # deferred: once in the life of a machine

            self.push_screen(WelcomeScreen(self._shelf))
        else:
            self.push_screen(self._first_screen())
            self.open_cards()
            self.call_after_refresh(self._begin_opening)
        if self._shelf:
            self.set_interval(SECONDS_BETWEEN_LOOKS, self.look_for_edition)
        if self.mode.idle_seconds:
            self.set_interval(1.0, self.look_for_silence)
        self.begin_working()

    def _begin_opening(self) -> None:
        self._failed = False
        self.opening = ("Opening the edition", 0.0)
        # Not called here, as in lookups.ask: a worker may be cancelled before it began.
        _opening: Worker[None] = self.run_worker(self._opened, group="opening", exclusive=True, exit_on_error=False)

    async def _opened(self) -> None:
        try:
            directory = await asyncio.to_thread(self._open_directory, self._say_progress)
            self.post_message(DirectoryOpened(directory, await directory.about()))
        except Exception as error:  # the funnel: whatever is wrong with an edition, the screen says it in words
            self.post_message(LookupFailed("opening", lookups.as_words(error)))

    def _say_progress(self, words: str, done: float) -> None:
        self.post_message(OpeningProgressed(words, done))

    @on(OpeningProgressed)
    def _opening_went_on(self, event: OpeningProgressed) -> None:
        self.opening = (event.words if event.fraction < 1 else "Opening the edition", event.fraction)

    @on(DirectoryOpened)
    def _directory_opened(self, event: DirectoryOpened) -> None:
        changed, self._before = self._before is not None, None
        self.another_edition = False
        self.opening_fault = None
        self.edition = event.edition
        self.directory = event.directory
        if changed and self._ledger is not None:
            referral_lookups.check_edition(self)

    @on(referral_lookups.EditionChecked)
    def _edition_checked(self, event: referral_lookups.EditionChecked) -> None:
        if event.tasks_made:
            self.tell(f"A center stands worse in this edition: {event.tasks_made} tasks in the work list.")

    @on(LookupFailed)
    def _failed_somewhere(self, event: LookupFailed) -> None:
        """Take what no screen took: an edition that cannot be opened, or an answer to a box over the one that asked."""
        event.stop()
        if event.about == "opening":
            self._opening_failed(event)
        else:
            self.when_unlocked(lambda: self.tell_fault(event.error))  # it may name what was typed

    def _opening_failed(self, event: LookupFailed) -> None:
        if self._before:  # the edition before goes on answering
            directory, self.edition, self.program = self._before
            self.directory, self._before = directory, None
        self._failed = self.directory is None
        if self._failed:
            self.opening_fault = event.error
            if self.is_web:  # the terminal is the visitor's; who runs the server reads its log
                print(event.error, file=sys.__stderr__)
        for screen in self.screen_stack:  # who looks at another page is told, and the page below knows it too
            screen.post_message(OpeningFailed(event.about, event.error))

    # -- another edition -------------------------------------------------------------------------------------------

    def look_for_edition(self) -> None:
        """Ask the shelf, in a worker, which edition is published; called every few seconds."""
        if shelf := self._shelf:

            async def look() -> None:
                self.post_message(EditionSeen(await asyncio.to_thread(shelf.name_in_use)))

            self.run_worker(look(), group="shelf", exclusive=True, exit_on_error=False, description="shelf")

    @on(EditionSeen)
    def _edition_seen(self, event: EditionSeen) -> None:
        if self._shelf is None or event.name is None:
            return
        if self.edition is not None:
            self.another_edition = event.name != self.edition.name
        if self.mode.guides and (self.another_edition or self._failed) and getattr(self.screen, "holds_nothing", False):
            self._change_untouched()
        elif self.directory is None and self.opening is None and not self.locked:  # the welcome waits for it
            try:
                self.take_edition(self._shelf.in_use())
            except DirectoryError as error:  # it was taken away since it was seen
                self.post_message(LookupFailed("opening", error))

    def _change_untouched(self) -> None:
        """Take another edition while nobody stands there; once a minute, for it may be one that cannot be opened."""
        if self.clock() - self._tried_again >= SECONDS_BETWEEN_TRIES:
            self._tried_again = self.clock()
            self.begin_call()

    def take_edition(self, published: PublishedEdition) -> None:
        """Begin a call on another edition, which is opened in a worker; what is typed meanwhile is answered by it."""
        self._change_to(published)
        self._begin_empty_call()
        self.open_cards()

    def _change_to(self, published: PublishedEdition) -> None:
        if self.directory and self.edition:
            self._before = (self.directory, self.edition, self.program)
        self.directory, self.edition, self.program = None, None, published.program
        self._open_directory = published.open_directory
        self._begin_opening()

    # -- screens ---------------------------------------------------------------------------------------------------

    def begin_call(self) -> None:
        """Begin an empty call on a fresh screen, whatever screen is shown; on another edition if one is published."""
        if self.call:
            self.end_case(self.call)
        if self._shelf and (self.another_edition or self._failed):
            try:
                self._change_to(self._shelf.in_use())
            except DirectoryError as error:
                failure = LookupFailed("opening", error)
                self.call_after_refresh(lambda: self.post_message(failure))
        self._begin_empty_call()

    def _begin_empty_call(self) -> None:
        while len(self.screen_stack) > 2:
            self.pop_screen()
        self.switch_screen(self._first_screen())

    def _first_screen(self) -> Screen[Any]:
        if not self.mode.guides:
            return CallScreen()
        from navigator.screens.kiosk import KioskScreen  # deferred: one mode needs it

        return KioskScreen(self.kiosk_site)

    def open_cards(self) -> None:
        """Open the answer cards, where the mode has them; what was filled in is kept by the app."""
        if self.mode.answers_hr:
            from navigator.screens.hr_desk import HrScreen  # deferred: one mode needs it

            self.push_screen(HrScreen())

    def ledger(self) -> Ledger:
        """Give the ledger, opened at the first need; to be called in the ledger's thread only."""
        if self._ledger is None:
            if self._open_ledger is None:
                raise BadInput("No ledger is set up on this machine.", "Start the desk with a ledger.")
            self._ledger = self._open_ledger()
        self._ledger.sign_as(self.who_signs)
        return self._ledger

    def note_gap(self, gap: Gap) -> None:
        """Keep the record of a question without a center under contract in reach, where the mode keeps anything."""
        if self.mode.may_export and (record := self._record_gap):
            self.run_worker(asyncio.to_thread(record, gap), group="gap", exit_on_error=False, description="gap")

    def open_referral_form(self, call: CallScreen, center: Center) -> None:
        """Open the referral form for a center of the call's offer."""
        from navigator.screens.referral import ReferralScreen  # deferred: the record's models, after the first frame

        if call.state.shows(center.facility.id):
            self.push_screen(ReferralScreen(call, center))
        else:
            self.tell_fault(BadInput("This center is not among those found last.", "Go back, and choose again."))

    def open_referrals(self) -> None:
        """Open the list of referrals."""
        from navigator.screens.referrals import ReferralsScreen  # deferred: as above

        self.push_screen(ReferralsScreen())

    # -- keys ------------------------------------------------------------------------------------------------------

    def action_help(self) -> None:
        """Show every key in words; a kiosk says in its own how it works."""
        if own_help := getattr(self.screen, "own_help", None):
            self.screen.call_later(own_help)
            return
        from navigator.screens.help import HelpScreen  # deferred: not needed for the first frame

        if not isinstance(self.screen, HelpScreen):
            active = self.screen.active_bindings.values()
            own = getattr(self.screen, "keys_in_words", ())
            self.push_screen(HelpScreen(frozenset(each.binding.id for each in active if each.binding.id), own))

    async def action_leave(self) -> None:
        """Leave the app, where the mode lets its user; the field in hand is kept, and the call in hand has ended."""
        if self.mode.may_quit:
            await self.save_what_is_in_hand()
            if self.call:
                self.end_case(self.call)
                await lookups.answered(self)
            self.exit(0)

    async def save_what_is_in_hand(self) -> None:
        """Save the fields in hand, whatever lies over their screens, and wait until the ledger has them."""
        for _ in range(2):  # a draft whose number is being drawn takes its fields after that
            for screen in self.screen_stack:
                for leave in ("leave_field", "leave_for_good"):
                    getattr(screen, leave, _nothing_in_hand)()
            await lookups.answered(self)

    def action_next_theme(self) -> None:
        """Take the next of our themes."""
        names = [theme.name for theme in THEMES]
        self.theme = names[((names.index(self.theme) if self.theme in names else -1) + 1) % len(names)]

    @property
    def keymap(self) -> Mapping[str, str]:
        """Give the keys that differ from the registry's, by action id; none where nobody may leave."""
        return self.settings.keys if self.mode.may_quit else {}

    def get_key_display(self, binding: Binding) -> str:
        """Write a key as it stands on a keyboard."""
        return binding.key_display or key_words(binding.key)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse, and leave out of footer and help, what the mode does not have."""
        return action not in actions.refused(self.mode)

    async def run_action(self, action: Any, *arguments: Any, **named: Any) -> bool:
        """Run an action; where nobody may leave, only one of the list (TRUST B2 rule 2)."""
        if not self.mode.may_quit:
            name = actions.action_name(action, parse)
            if name not in actions.allowed_without_exit(self.mode):
                return False
        return await super().run_action(action, *arguments, **named)


def run(app: CoeApp) -> int:
    """Run the app until it is left; gives the exit code. Raises BadInput where the mode refuses to start."""
    refuse_debug_settings(app.mode)
    if not app.mode.may_quit:
        app.beat = watchdog.beat

    async def until_left() -> int | None:
        # Without handlers the terminal is left on the alternate screen, with a member's data on it (TRUST B2).
        with signals.ends_from_outside(app.save_what_is_in_hand, lambda: app.exit(0)):
            return await app.run_async()

    result = asyncio.run(until_left())
    return (app.return_code or 0) if result is None else result
