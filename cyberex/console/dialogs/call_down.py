"""Whom to ring when all stops or ends: each room and animator, number, tick, time told."""

from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from cyberex.console.desk import Desk, NotDone
from cyberex.console.dialogs.dialog import Dialog
from cyberex.console.line_list import LineList
from cyberex.console.palette import GREEN, GREY, WHITE
from cyberex.console.prose import Prose
from cyberex.console.stage import Stage
from cyberex.facts.commands import LiftRealStop, TickCallDown
from cyberex.i18n import _
from cyberex.views.situation import CallDownKind
from cyberex.wording import words
from cyberex.wording.clean import clean_line


@dataclass(frozen=True, slots=True)
class Place:
    who: str
    name: str
    contact: str


def places(desk: Desk) -> list[Place]:
    """Every cell, then every animator and observer, then whoever voices an actor."""
    found = [
        Place(cell.id, desk.names.cell(cell.id), _contact_in(desk, cell.id))
        for cell in desk.plan.cells.values()
    ]
    staff = [person for person in desk.people if person.task and person.task != "player"]
    found += [
        Place(person.id, desk.names.who(person.id), clean_line(f"{person.phone} {person.mobile}"))
        for person in staff
    ]
    voiced = {person.voice for person in staff} | {person.id for person in staff}
    voices = {actor.played_by for actor in desk.plan.actors.values()} - voiced - {""}
    found += [Place(voice, clean_line(voice), "") for voice in sorted(voices)]
    return found


def _contact_in(desk: Desk, cell: str) -> str:
    roles = {role.id for role in desk.plan.roles.values() if role.cell == cell}
    present = roles - set(desk.board.presence.absent)
    for person in desk.people:
        if person.cell == cell or person.role in present:
            number = person.mobile or person.phone
            return clean_line(f"{person.name or person.function} {number}")
    return clean_line(desk.plan.cells[cell].place)


class CallDownDialog(Dialog[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "tick", show=False),
        Binding("l", "lift", show=False),
    ]

    def __init__(self, stage: Stage) -> None:
        super().__init__(_("Call-down list"))
        self._stage = stage
        self._desk = stage.desk
        self._list: LineList[Place] = LineList(self._line, lambda place: place.who)

    def body(self) -> list[Widget]:
        self._places = places(self._desk)
        self._list.styles.height = max(1, min(len(self._places), 12))
        return [
            Prose(classes="details"),
            self._list,
            Prose(classes="wrong"),
        ]

    def keys_line(self) -> str:
        if self._desk.board.situation.real_stop:
            return _("Enter: told · l: lift the real stop · Escape: back (L opens it again)")
        return _("Enter: told · Escape: back (L opens it again)")

    def on_mount(self) -> None:
        self._redraw()
        self._list.focus()
        self.set_interval(0.5, self._redraw)

    def _redraw(self) -> None:
        situation = self._desk.board.situation
        downs = situation.call_downs
        what = words.call_down(downs[-1].kind).upper() if downs else ""
        if downs and downs[-1].kind is CallDownKind.REAL_STOP:
            what = _("{what}, “{words}”").format(what=what, words=self._desk.names.stop_words)
        told = len([place for place in self._places if place.who in situation.told])
        line = _("To say: {what}. Told: {told} of {count}.").format(
            what=what, told=told, count=len(self._places)
        )
        self.query_one(".details", Prose).say(line)
        self.query_one("#keys", Static).update(self.keys_line())
        self._list.show(self._places)

    def _line(self, place: Place, _width: int) -> Text:
        at = self._desk.board.situation.told.get(place.who, "")
        box = f"✓ {self._desk.room_of(at):%H:%M:%S}" if at else "□         "
        line = Text.assemble((f"{box}  ", GREEN if at else WHITE))
        line.append(f"{place.name}  ", WHITE)
        line.append(place.contact, GREY)
        return line

    def on_line_list_clicked(self, _: LineList.Clicked) -> None:
        self.action_tick()

    def action_tick(self) -> None:
        place = self._list.selected
        if place is not None:
            self.run_worker(self._tick(place))

    async def _tick(self, place: Place) -> None:
        await self._submit(TickCallDown(who=place.who))
        self._list.action_move(1)

    async def _submit(self, command: TickCallDown | LiftRealStop, said: str = "") -> bool:
        try:
            await self._stage.ask(command, said)
        except NotDone as refusal:
            self.query_one(".wrong", Prose).say(f"! {refusal}")
            return False
        self._redraw()
        return True

    def action_lift(self) -> None:
        if self._desk.board.situation.real_stop:
            self.run_worker(self._lift())

    async def _lift(self) -> None:
        word = _("LIFT")
        details = [_("Only on the director's word. The exercise comes back paused.")]
        if await self._stage.confirm(_("Lift the real stop?"), details, word=word):
            await self._submit(LiftRealStop(), _("Real stop lifted: paused, space resumes."))
