"""The kiosk's one screen: it draws the page of the session in hand and hands every press to the flow."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from navigator import lookups
from navigator.actions import KIOSK_ACTIONS, bindings
from navigator.case.safety import speaks_of_suicide
from navigator.kiosk import flow as flows
from navigator.kiosk.flow import Act, Flow
from navigator.kiosk.page import KEY_OF_START, KEY_OF_START_IN_A_BOX, KioskPage, TileWords
from navigator.kiosk.pages import other_language, out_of_order, page_of, pressed_by
from navigator.languages.demonstration import SHORT as DEMONSTRATION
from navigator.languages.translating import Language, translator
from navigator.messages import LookupFailed
from navigator.screens.desk_screen import DeskScreen
from navigator.screens.kiosk_body import BoxRow, CodePicture, Keys, TicketPicture, Tiles, lines_of
from navigator.text import line, rows, spread
from navigator.widgets.text_box import TextBox
from navigator.widgets.tile import Tile, nearest

if TYPE_CHECKING:
    from navigator.kiosk.site import KioskSite
    from navigator.program.model import Program

KEY_OF_MORE = "8"
_FIRST = ("Tiles Tile", "Tile.-leads", "Tile")
"""What has the keys on a page without a box."""
NARROW_FOOT = 70
"""Below, the foot has no room for both "More" and "Start over", whose key works all the same."""


class KioskScreen(DeskScreen[None]):
    """Shows one session; a wipe puts a fresh one in its place, and nothing of this one is left."""

    CSS_PATH = "../styles/kiosk.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(KIOSK_ACTIONS)
    ALLOW_SELECT = False
    AUTO_FOCUS = ""

    class Went(Message):
        """What was pending was looked up."""

        def __init__(self, flow: Flow) -> None:
            super().__init__()
            self.flow = flow

    def __init__(self, site: KioskSite) -> None:
        super().__init__()
        self._site = site
        self._flow = Flow(language=site.language)
        self._page = KioskPage("")
        self._drawing = 0
        self._is_out_of_order = False

    @property
    def language(self) -> Language:
        """Give the language that is spoken now."""
        return self._flow.language

    @property
    def holds_nothing(self) -> bool:
        """Say whether nobody has begun: there is nothing to clear."""
        return self._flow == Flow(language=self._site.language)

    def compose(self) -> ComposeResult:
        """Give the parts; the page fills them."""
        yield Static(id="kiosk-head")
        yield Static(id="kiosk-title")
        yield Static(id="kiosk-fault")
        yield VerticalScroll(id="kiosk-body", can_focus=False)
        yield Horizontal(id="kiosk-foot")

    async def on_mount(self) -> None:
        """Show the first page, and follow the edition: it opens after the first frame."""
        self.watch(self.desk, "directory", self._opened, init=False)
        await self._draw()

    def _has_gone(self) -> bool:
        """Say whether it was wiped: its parts go one by one, and what still comes for them comes for nobody."""
        return self not in self.desk.screen_stack

    async def _opened(self) -> None:
        if self._has_gone():
            return
        if self._is_out_of_order:
            self._is_out_of_order = False
            await self._draw()
        self._draw_head()
        if self._flow.pending:
            self._look_up()

    # -- presses ---------------------------------------------------------------------------------------------------

    @on(Tile.Pressed)
    async def _tile_pressed(self, event: Tile.Pressed) -> None:
        event.stop()
        if isinstance(event.does, Act) and event.tile.is_attached:  # not of a page that an earlier touch has left
            await self._press(event.does)

    def _forward_event(self, event: events.Event) -> None:
        """Take touches in the order in which they come: each tile would hear of its own in its own time."""
        if isinstance(event, events.Click) and isinstance(event.widget, Tile):
            event.widget.action_press_tile()
        else:
            super()._forward_event(event)

    async def action_kiosk_press(self, key: str) -> None:
        """Press the tile that has this key, or start over; where there is a box, a digit is typed."""
        if self._page.box and key.isdecimal():
            self._type(key)
            return
        for act in pressed_by(self._page, key):
            await self._press(act)
            return
        if key in (KEY_OF_START, KEY_OF_START_IN_A_BOX):
            await self._press(Act("again"))
        elif key == KEY_OF_MORE and self.query("#kiosk-more"):
            self._turn_over()
        elif key == self._other_language.key and self._flow.step != "attract":
            await self._press(self._other_language.act)

    @property
    def _other_language(self) -> TileWords:
        return other_language(translator(self._flow.language))

    async def own_help(self) -> None:
        """Say how this works."""
        await self._press(Act("help"))

    async def _press(self, act: Act) -> None:
        if self._is_out_of_order:
            return
        match act.kind:
            case "again":
                self.desk.wipe()
            case "more":
                self._turn_over()
            case "type":
                self._type(act.value)
            case "erase":
                self._erase()
            case "enter":
                box = self.query(Input)
                await self._entered(box.first().value if box else "")
            case "words" if self._flow.pending and speaks_of_suicide(act.value):
                self.workers.cancel_group(self, "kiosk")  # 988 waits for no answer
                await self._go(flows.pressed(replace(self._flow, pending=""), act, self._site))
            case "back" if self._flow.pending:
                self.workers.cancel_group(self, "kiosk")
                await self._go(flows.pressed(self._flow, act, self._site))
            case _ if not self._flow.pending:
                await self._go(flows.pressed(self._flow, act, self._site))

    @on(Input.Changed)
    async def _heed(self, event: Input.Changed) -> None:
        event.stop()
        if self._page.box == "words" and speaks_of_suicide(event.value):
            await self._press(Act("words", event.value))

    @on(TextBox.Full)
    def _left_out(self, event: TextBox.Full) -> None:
        event.stop()
        say = translator(self.language)
        fits = say("Only {count} characters fit here.", count=say.count(event.most))
        self._draw_fault(replace(self._page, fault=fits))

    @on(events.Click, "#kiosk-head")
    async def _head_touched(self) -> None:
        await self._press(Act("help"))

    @on(Input.Submitted)
    async def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        await self._entered(event.value)

    async def _entered(self, typed: str) -> None:
        if self._page.box == "words":
            await self._press(Act("words", typed))
        elif self._page.box == "zip":
            alone = not typed and self._site.place
            await self._press(Act("office") if alone else Act("zip", typed))

    def _type(self, letters: str) -> None:
        for box in self.query(Input):  # none, where two touches came together and the first one led on
            box.focus()
            box.insert_text_at_cursor(letters)

    def _erase(self) -> None:
        for box in self.query(Input):
            box.focus()
            box.action_delete_left()

    def on_key(self, event: events.Key) -> None:
        """Take letters that are typed while a tile has the focus for the box."""
        if self._page.box and event.is_printable and event.character and not isinstance(self.focused, Input):
            event.stop()
            event.prevent_default()
            self._type(event.character)

    def action_kiosk_move(self, across: int, down: int) -> None:
        """Move the focus to the next tile in a direction."""
        if self.focused is None:
            self.focus_next()
        elif ahead := nearest(self.focused, self.focus_chain, across, down):
            ahead.focus()

    # -- the session -----------------------------------------------------------------------------------------------

    async def _go(self, flow: Flow) -> None:
        if flow == self._flow:
            return
        self._flow = flow
        if flow.pending:
            self._look_up()
        await self._draw()

    def _look_up(self) -> None:
        directory, asked = self.desk.directory, self._flow
        if directory is None:
            return  # it is asked as soon as the edition is open
        site, settings = self._site, self.desk.settings
        # What `opening` gives the app is a Program; the app needs less of it.
        program = cast("Program | None", self.desk.program)
        on = self.desk.today()

        def found() -> Flow:
            from navigator.line_mode.answers import Answers  # deferred: the vocabulary, after the first frame

            if asked.pending == "print" and asked.answered is not None:
                from navigator.kiosk.paper import print_paper  # deferred: as above

                as_text = settings.print_as == "text"
                print_paper(asked.answered, asked.language, site.printer, settings.print_command, as_text)
                return flows.printed(asked)
            return flows.looked_up(asked, Answers(directory, (), on), site, program)

        async def question() -> Message:
            return self.Went(await asyncio.to_thread(found))

        lookups.ask(self, "kiosk", question)

    @on(Went)
    async def _went(self, event: Went) -> None:
        event.stop()
        if self._flow.pending:
            # The language may have been changed meanwhile.
            await self._go(flows.spoken_in(event.flow, self._flow.language))

    @on(LookupFailed)
    async def _failed(self, event: LookupFailed) -> None:
        event.stop()
        if event.about == "opening":
            self._flow = Flow(language=self._site.language)
            self._is_out_of_order = True
            await self._draw()
        elif self._flow.pending:
            await self._go(flows.failed(self._flow))

    # -- drawing ---------------------------------------------------------------------------------------------------

    async def on_resize(self) -> None:
        """Lay the page out for another size."""
        if self._page.title:
            await self._draw()

    async def _draw(self) -> None:
        if self._has_gone():
            return
        prints = bool(self._site.printer or self.desk.settings.print_command)
        page = (
            out_of_order(self._site)
            if self._is_out_of_order
            else page_of(self._flow, self._site, datetime.now(UTC), prints, _can_draw())
        )
        typed = self.query(Input)
        kept = typed.first().value if typed and page.box and page.box == self._page.box else None
        self._page = page
        self._drawing += 1
        mine = self._drawing
        self.set_class(self._flow.large, "-large")
        self.set_class(page.picture == "phone", "-code")
        body, foot = self.query_one("#kiosk-body"), self.query_one("#kiosk-foot")
        async with self.batch():
            self._draw_head()
            self.query_one("#kiosk-title", Static).update(
                rows([line((each, "bold")) for each in page.title.split("\n")])
            )
            self._draw_fault(page)
            await body.remove_children()
            await foot.remove_children()
            if mine != self._drawing or self._has_gone():
                return  # another page came while this one was being put up
            await body.mount_all(self._body(page, kept))
            if self._has_gone():
                return
            if page.picture != "phone":  # its tiles stand beside the code, which needs every line
                await foot.mount_all(map(_tile, page.foot))
        self._focus_first()
        self.call_after_refresh(self._offer_more)

    def _draw_head(self) -> None:
        say = translator(self._flow.language)
        program, edition = self.desk.program, self.desk.edition
        whose = self._site.name_in(self.language) or (program.employer if program else say("Centers of Excellence"))
        mark = (say(DEMONSTRATION), "bold $warning") if edition and edition.demonstration else ""
        chosen = self._flow.step != "attract"
        language = line(("  F2 ", "$accent"), *self._other_language.lines) if chosen else line("")
        keys = line(mark, "  ", ("F1 ", "$accent"), say("Help"), language)
        head = spread(line((whose, "bold")), keys, self.size.width - 4)
        self.query_one("#kiosk-head", Static).update(head)

    def _draw_fault(self, page: KioskPage) -> None:
        say, shown = translator(self._flow.language), self.query_one("#kiosk-fault", Static)
        waits = say("One moment.") if self._flow.pending else ""
        shown.update(line((f"! {page.fault}", "bold $warning")) if page.fault else line((waits, "$muted")))
        shown.set_class(bool(page.fault or waits), "-says")

    def _body(self, page: KioskPage, kept: str | None) -> list[Widget]:
        parts: list[Widget] = []
        if page.box:
            parts.append(BoxRow(page, page.typed if kept is None else kept))
        if page.picture == "phone" and self._flow.answered is not None:
            from navigator.kiosk.said import texts_for_phone  # deferred: the vocabulary, after the first frame

            texts = texts_for_phone(translator(self.language), self._flow.answered, self._site.desk)
            beside = (lines_of((page.title, *page.lines), self._flow.large), *map(_tile, page.foot))
            return [CodePicture(texts, self.size), Vertical(*beside, id="kiosk-beside")]
        if page.picture == "ticket" and self._flow.answered is not None:
            parts.append(TicketPicture(self._flow.answered.ticket(self.language) or "", self.size.width))
        if page.lines:
            parts.append(lines_of(page.lines, self._flow.large))
        if page.tiles:
            parts.append(Tiles(page, self._flow.large))
        if page.letters:
            parts.append(Keys(page))
        return parts

    def _focus_first(self) -> None:
        box = self.query(Input)
        first = next((found for each in _FIRST if (found := self.query(each))), None)
        if box:
            self.set_focus(box.first())  # at once: later the page may be another one, and this box on its way out
        elif first:
            self.set_focus(first.first())

    # -- a page that is longer than the screen -----------------------------------------------------------------------

    async def _offer_more(self) -> None:
        """Offer to read on where the page is longer than the screen."""
        if self._has_gone():
            return
        body, foot = self.query_one("#kiosk-body"), self.query_one("#kiosk-foot")
        more = foot.query("#kiosk-more")
        if body.max_scroll_y > 0 and not more and foot.children:
            say = translator(self._flow.language)
            if self.size.width < NARROW_FOOT:
                for each in foot.query(Tile).exclude(".-leads"):
                    each.display = each.does != Act("again")
            await foot.mount(_tile(TileWords(KEY_OF_MORE, Act("more"), (say("More"),)), "kiosk-more"), after=0)

    def _turn_over(self) -> None:
        body = self.query_one("#kiosk-body")
        if body.scroll_y >= body.max_scroll_y:
            body.scroll_home(animate=False)
        else:
            body.scroll_page_down(animate=False)


def _tile(words: TileWords, name: str | None = None) -> Tile[Act]:
    made = Tile(words.key, words.lines, words.act, words.leads)
    if name:
        made.id = name
    return made


def _can_draw() -> bool:
    from importlib.util import find_spec

    return find_spec("segno") is not None
