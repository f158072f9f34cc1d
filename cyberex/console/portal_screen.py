"""The participants' pages: how to come in, who is there, who has read what; start, stop, revoke."""

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from cyberex.console.actions import portal as acts
from cyberex.console.actions.clock import pause
from cyberex.console.actions.log import undo
from cyberex.console.desk import Desk
from cyberex.console.line_list import LineList
from cyberex.console.paged_screen import PagedScreen
from cyberex.console.palette import GREEN, GREY, ORANGE, SKY, VERMILLION, WHITE, YELLOW
from cyberex.console.reading import (
    CellReading,
    Device,
    audience_words,
    cell_line,
    device_line,
    devices,
    reading,
)
from cyberex.console.services import Connected, Door, PortalDesk
from cyberex.console.stage import Action
from cyberex.facts.model import AccessKind
from cyberex.i18n import _
from cyberex.wording.clean import clean_line

QR = "#000000 on #FFFFFF"
CODE_LINES = 3


class PortalScreen(PagedScreen):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "door(1)", show=False),
        Binding("p", "door(-1)", show=False),
        Binding("S", "do('switch')", show=False),
        Binding("a", "do('elsewhere')", show=False),
        Binding("i", "do('details')", show=False),
        Binding("w", "do('wall')", show=False),
        Binding("r", "revoke", show=False),
        Binding("X", "do('revoke_all')", show=False),
        Binding("o", "outbox", show=False),
        Binding("space", "do('pause')", show=False),
        Binding("u", "do('undo')", show=False),
        Binding("Q", "back", show=False),
    ]

    def __init__(self, desk: Desk, portal: PortalDesk) -> None:
        super().__init__(desk, "portal")
        self._portal = portal
        self._connected: Sequence[Connected] = ()
        self._doors: LineList[Door] = LineList(
            self._door_line,
            lambda door: (door.kind, door.cell, door.role, door.voice),
            empty=lambda: _("the portal is not started: S"),
            id="doors",
        )
        self._devices: LineList[Device] = LineList(
            lambda device, width: device_line(desk, device, width),
            lambda device: device.grant,
            empty=lambda: _("nobody has joined yet"),
            id="devices",
        )
        self._cells: LineList[CellReading] = LineList(
            lambda found, width: cell_line(desk, found, width), lambda found: found.cell, id="rooms"
        )
        self._code = Static(id="code", markup=False)
        self._qr = Static(id="qr", markup=False)

    @property
    def pages(self) -> Sequence[LineList[Any]]:
        return (self._doors, self._devices, self._cells)

    def beside(self) -> Sequence[Widget]:
        return (Vertical(self._code, self._qr, id="door"),)

    def titles(self) -> Sequence[str]:
        on = sum(bool(device.at) for device in self._devices.items)
        late = sum(found.late for found in self._cells.items)
        read = _("Reading, ! {count} late").format(count=late) if late else _("Reading")
        return (_("Codes"), _("Connected ({count})").format(count=on), read)

    def keys_words(self) -> str:
        return _(" S start/stop n/p code w wall r revoke X all o cell ⏎ read i about Esc back")

    def status(self) -> Text:
        """Where it is served, and what is to be known of that."""
        portal = self._portal
        line = Text(" ", no_wrap=True, overflow="ellipsis")
        if portal.problem:
            line.append(
                "✗ " + _("The portal stopped: {why}").format(why=clean_line(portal.problem)),
                f"bold {VERMILLION}",
            )
            return line.append("  " + _("S: start it again"), ORANGE)
        if not portal.running:
            return line.append("○ " + _("The portal is not started. S: start it."), ORANGE)
        line.append("● ", f"bold {GREEN}")
        line.append("  ".join(clean_line(item) for item in portal.addresses), f"bold {WHITE}")
        if portal.warnings:
            line.append("  ! " + clean_line(portal.warnings[0]), YELLOW)
        if portal.refusals:
            refused = _("{count} refused").format(count=portal.refusals)
            line.append(f"  ✗ {refused}", ORANGE)
        return line

    def version(self) -> object:
        portal = self._portal
        return (super().version(), portal.running, portal.problem, self.desk.wall_shown)

    def refill(self) -> None:
        desk, portal = self.desk, self._portal
        running = portal.running
        self._connected = portal.connected() if running else ()
        self._doors.show(portal.doors() if running else ())
        self._devices.show(devices(desk, self._connected))
        self._cells.show([reading(desk, cell, self._connected) for cell in desk.plan.cells])
        self._show_door()

    def _door_line(self, door: Door, _width: int) -> Text:
        words = audience_words(self.desk, door)
        shown = self._is_shown(door)
        code = _spaced(door.code) if shown else "w"
        line = Text.assemble((f"{code:<9} ", f"bold {SKY}" if shown else ORANGE))
        return line.append(words, WHITE)

    def _is_shown(self, door: Door) -> bool:
        """The wall's, only after its warning."""
        return door.kind is not AccessKind.WALL or self.desk.wall_shown

    def _show_door(self) -> None:
        """The code and its QR; where that does not fit, the code alone: half a QR reads nothing."""
        door = self._doors.selected
        shown = door is not None and self._is_shown(door)
        self._code.update(self._door_words(door) if door else "")
        rows = door.qr if door is not None and shown else ()
        beside = 0 if self.has_class("narrow") else CODE_LINES
        fits = bool(rows) and len(rows) + beside <= self._body.size.height
        self._code.display = not (fits and self.has_class("narrow"))
        self._qr.display = fits
        self._qr.update(Text("\n").join([Text(row, QR, no_wrap=True) for row in rows]))

    def _door_words(self, door: Door) -> Text:
        if not self._is_shown(door):
            return Text(_("w: what to know before the wall screen is opened"), ORANGE)
        words = Text.assemble((audience_words(self.desk, door), f"bold {WHITE}"), "\n")
        words.append(_spaced(door.code), f"bold {SKY}")
        return words.append(f"\n{door.url}", GREY)

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self.call_after_refresh(self._show_door)

    def on_line_list_moved(self, _: LineList.Moved) -> None:
        self._show_door()

    # Keys

    def chosen(self) -> Action | None:
        cell = self._cells.selected
        if self.page == 2 and cell is not None:
            return lambda stage: acts.who_read(stage, cell.cell)
        door = self._doors.selected
        if self.page == 0 and door is not None and door.kind is AccessKind.WALL:
            return acts.wall
        return None

    def action_do(self, name: str) -> None:
        self.start({**ACTIONS, "pause": pause, "undo": undo}[name])

    def action_door(self, by: int) -> None:
        """The next code, round; from any page."""
        if self.page != 0:
            self.action_page(0)
        count = len(self._doors.items)
        if count:
            self._doors.select((self._doors.cursor + by) % count)
            self._show_door()

    def action_revoke(self) -> None:
        device = self._devices.selected
        if self.page != 1:
            self.action_page(1)
        elif device is not None:
            self.start(lambda stage: acts.revoke(stage, device))

    def action_outbox(self) -> None:
        cell = self._cells.selected
        if self.page != 2:
            self.action_page(2)
        elif cell is not None:
            self.start(lambda stage: acts.switch_cell(stage, cell.cell))


ACTIONS: dict[str, Action] = {
    "switch": acts.switch,
    "elsewhere": acts.start_elsewhere,
    "details": acts.details,
    "wall": acts.wall,
    "revoke_all": acts.revoke_all,
}


def _spaced(code: str) -> str:
    """As it is said: in two halves."""
    half = (len(code) + 1) // 2
    return f"{code[:half]} {code[half:]}"
