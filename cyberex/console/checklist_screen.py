"""Check-lists on a screen: before DEBEX, with the text to read out; after FINEX, what to put back.

What is not ticked is said before DEBEX and forbids nothing.
"""

from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.widgets import Static

from cyberex.console.acting import ActingScreen
from cyberex.console.actions import clock, contacts, log
from cyberex.console.desk import Desk
from cyberex.console.line_list import LineList
from cyberex.console.main_screen import REDRAW_S, WIDE
from cyberex.console.palette import GREEN, GREY, SKY, WHITE
from cyberex.console.panels.banner import Banner
from cyberex.console.panels.header import Header
from cyberex.console.prose import Prose
from cyberex.console.ready import briefing_list, finex_list
from cyberex.console.stage import Action, Stage
from cyberex.facts.animation_commands import TickItem
from cyberex.facts.commands import TickCallDown
from cyberex.i18n import _
from cyberex.views.checklists import ChecklistItem, ItemKind
from cyberex.views.situation import CallDownKind, State
from cyberex.wording.clean import clean
from cyberex.wording.items import item_words

ACTIONS: dict[str, Action] = {
    "debex": clock.debex,
    "hard_end": clock.hard_end,
    "call_down": clock.call_down,
    "contact": contacts.contact,
    "note": log.note,
    "undo": log.undo,
    "pause": clock.pause,
}


class ChecklistScreen(ActingScreen):
    """Enter or space ticks; what was ticked keeps its hour."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "tick", show=False),
        Binding("n", "do('note')", show=False),
        Binding("u", "do('undo')", show=False),
        Binding("escape,B", "back", show=False),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._header = Header(desk)
        self._banner = Banner(desk)
        self._list: LineList[ChecklistItem] = LineList(
            self._line, lambda item: item.code, id="items"
        )
        self._seq = -1

    def items(self) -> tuple[ChecklistItem, ...]:
        return ()

    def title_words(self) -> str:
        return ""

    def keys_words(self) -> str:
        return ""

    def text(self) -> Text:
        """What stands beside the list."""
        return Text()

    def compose(self) -> ComposeResult:
        yield self._header
        yield self._banner
        text = self.text()
        with Container(id="checklist", classes="" if text.plain else "alone"):
            yield self._list
            if text.plain:
                yield VerticalScroll(Prose(text), id="to_read")
        yield self.message
        keys = Static(id="footer", markup=False)
        keys.update(self.keys_words())
        yield keys

    def on_mount(self) -> None:
        self._banner.display = False
        self.set_class(self.size.width < WIDE, "narrow")
        self._list.focus()
        self.redraw()
        self.set_interval(REDRAW_S, self.redraw)

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < WIDE, "narrow")

    def redraw(self) -> None:
        self._header.redraw()
        self._banner.redraw()
        if self.desk.board.seq == self._seq:
            return
        self._seq = self.desk.board.seq
        items = self.items()
        left = len(self.desk.board.checklists.left(items))
        self._list.border_title = f"{self.title_words()} ({len(items) - left}/{len(items)})"
        self._list.show(items)

    def _line(self, item: ChecklistItem, _width: int) -> Text:
        ticked = self.desk.board.checklists.ticked.get(item.code)
        box = f"✓ {self.desk.room_of(ticked.wall_at):%H:%M}" if ticked else "□      "
        line = Text.assemble((f"{box} ", f"bold {GREEN}" if ticked else WHITE))
        return line.append(item_words(item.code, self.desk.names), GREY if ticked else WHITE)

    def action_tick(self) -> None:
        item = self._list.selected
        if item is not None:
            self.start(lambda stage: self._tick(stage, item))

    def on_line_list_clicked(self, _: LineList.Clicked) -> None:
        self.action_tick()

    async def _tick(self, stage: Stage, item: ChecklistItem) -> None:
        done = not self.desk.board.checklists.is_done(item.code)
        self._list.action_move(1)
        await stage.ask(TickItem(item=item.code, done=done))

    def action_do(self, name: str) -> None:
        self.start(ACTIONS[name])

    def action_back(self) -> None:
        self.dismiss(None)


class BriefingScreen(ChecklistScreen):
    """Attendance, rules, code word, telephones, go; then DEBEX on the DIREX's order."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("D", "do('debex')", show=False),
        Binding("f10", "do('hard_end')", show=False),
        Binding("a", "do('contact')", show=False),
    ]

    def items(self) -> tuple[ChecklistItem, ...]:
        return briefing_list(self.desk)

    def title_words(self) -> str:
        return _("Before DEBEX")

    def keys_words(self) -> str:
        return _(" ⏎ tick  Tab text  F10 hard end  n note  u undo  D DEBEX  Esc back")

    def text(self) -> Text:
        plan = self.desk.plan
        text = Text()
        if plan.briefing_text:
            text.append(_("TO READ OUT") + "\n", f"bold {SKY}")
            text.append(clean(plan.briefing_text).strip() + "\n\n", WHITE)
        if plan.rules:
            text.append(_("RULES") + "\n", f"bold {SKY}")
            text.append("\n".join(f"– {clean(rule).strip()}" for rule in plan.rules), WHITE)
        return text

    def redraw(self) -> None:
        """Once DEBEX is given, the game is what is to be seen."""
        super().redraw()
        situation = self.desk.board.situation
        begun = situation.state is State.PLAY and self._began_before_play
        if begun and self.app.screen is self:
            self.dismiss(None)

    def on_mount(self) -> None:
        state = self.desk.board.situation.state
        self._began_before_play = state in (State.READY, State.BRIEFING)
        super().on_mount()


class FinexScreen(ChecklistScreen):
    """Every room told, handouts back, devices plugged again, switchboard, scheduled messages."""

    debrief_wanted = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("L", "do('call_down')", show=False),
        Binding("D", "debrief", show=False),
    ]

    def items(self) -> tuple[ChecklistItem, ...]:
        return finex_list(self.desk)

    def title_words(self) -> str:
        return _("After FINEX")

    def keys_words(self) -> str:
        return _(" ⏎ tick  L call-down list  n note  u undo  D hot debrief  Esc back")

    async def _tick(self, stage: Stage, item: ChecklistItem) -> None:
        """A room told here is told on the call-down list of FINEX too."""
        await super()._tick(stage, item)
        situation = self.desk.board.situation
        downs = situation.call_downs
        told = item.kind in (ItemKind.TOLD, ItemKind.TOLD_REMOTE)
        of_finex = bool(downs) and downs[-1].kind is CallDownKind.FINEX
        ticked = self.desk.board.checklists.is_done(item.code)
        if told and of_finex and ticked and item.subject not in situation.told:
            await stage.ask(TickCallDown(who=item.subject))

    def action_debrief(self) -> None:
        """Whoever opened this screen goes on with it."""
        self.debrief_wanted = True
        self.dismiss(None)
