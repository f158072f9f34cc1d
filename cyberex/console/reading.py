"""Who has read what? What the portal shows each cell, who is connected, who may come in."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text

from cyberex.console.desk import Desk
from cyberex.console.palette import GREEN, GREY, ORANGE, SKY, VERMILLION, WHITE, YELLOW
from cyberex.console.services import Audience, Connected
from cyberex.console.voices import voice_name
from cyberex.facts.model import AccessKind, Outbox
from cyberex.i18n import _, ngettext
from cyberex.plan.model import Plan
from cyberex.times import format_duration
from cyberex.views.access import Grant
from cyberex.views.inboxes import InboxItem, ItemStatus
from cyberex.wording.clean import clean_line

WRITTEN = ("email", "sms", "media")
NO_BREAK = "\N{NO-BREAK SPACE}"


def written_kinds(plan: Plan) -> tuple[str, ...]:
    """The kinds of channel of this scenario whose messages the portal can show."""
    used = {channel.kind for channel in plan.channels.values()}
    return tuple(kind for kind in WRITTEN if kind in used)


def audience_words(desk: Desk, whom: Audience) -> str:
    """For whom an access is: `Crise`, `Crise, DSI`, `observer, Crise`."""
    where = desk.names.short_cell(whom.cell) if whom.cell else ""
    match whom.kind:
        case AccessKind.PLAYER:
            return f"{where}, {desk.names.role(whom.role)}" if whom.role else where
        case AccessKind.OBSERVER:
            return _("observer, {cell}").format(cell=where) if where else _("observer")
        case AccessKind.ANIMATOR:
            return _("animator, {voice}").format(voice=voice_name(desk, whom.voice))
        case AccessKind.WALL:
            return _("wall screen")


@dataclass(frozen=True, slots=True)
class Device:
    """An access and where it is open now; `at` () : nowhere."""

    grant: str
    words: str
    at: tuple[Connected, ...]


def devices(desk: Desk, connected: Sequence[Connected]) -> list[Device]:
    """Those that follow the game, then the other accesses that are still good."""
    open_at: dict[str, tuple[Connected, ...]] = {}
    for item in connected:
        open_at[item.grant] = (*open_at.get(item.grant, ()), item)
    found = [
        Device(grant.grant, _grant_words(desk, grant), open_at.get(grant.grant, ()))
        for grant in desk.board.access.grants
    ]
    return sorted(found, key=lambda device: not device.at)


def _grant_words(desk: Desk, grant: Grant) -> str:
    words = audience_words(desk, grant)
    return f"{words} – {desk.names.who(grant.person)}" if grant.person else words


def device_line(desk: Desk, device: Device, _width: int) -> Text:
    """`● Crise – M. Forestier  10.0.0.12  since 09:12`."""
    on = bool(device.at)
    line = Text.assemble(("● " if on else "○ ", f"bold {GREEN}" if on else GREY))
    line.append(device.words, WHITE if on else GREY)
    if not on:
        return line.append("  " + _("not connected"), GREY)
    first = device.at[0]
    since = first.since.astimezone(desk.room().tzinfo)
    line.append(f"  {clean_line(first.address)}", SKY)
    line.append("  " + _("since {hour:%H:%M}").format(hour=since), GREY)
    if len(device.at) > 1:
        pages = ngettext("{count} page", "{count} pages", len(device.at))
        line.append(" · " + pages.format(count=len(device.at)), GREY)
    return line


# Cells


@dataclass(frozen=True, slots=True)
class CellReading:
    """`unread`: what the portal shows this cell and nobody acknowledged, the oldest first."""

    cell: str
    players: int
    by_portal: bool
    by_mail: bool
    shown: int
    unread: tuple[InboxItem, ...]
    late: int


def reading(desk: Desk, cell: str, connected: Sequence[Connected] = ()) -> CellReading:
    board = desk.board
    shown = [item for item in board.inboxes.items(cell) if item.by_portal]
    unread = sorted((item for item in shown if item.unread), key=lambda item: item.delivered_ms)
    players = {
        item.grant for item in connected if item.kind is AccessKind.PLAYER and item.cell == cell
    }
    return CellReading(
        cell,
        len(players),
        board.outboxes.is_open(Outbox.PORTAL, cell),
        board.outboxes.is_open(Outbox.MAIL, cell),
        len(shown),
        tuple(unread),
        len(board.inboxes.late_of(cell, desk.sim_ms())),
    )


def unread_words(desk: Desk, found: CellReading) -> Text:
    """`3 unread (4:12)`, in red when late; nothing if all was read."""
    if not found.unread:
        return Text()
    count = len(found.unread)
    age = format_duration(max(0, desk.sim_ms() - found.unread[0].delivered_ms))
    said = ngettext("{count} unread", "{count} unread", count)
    words = f"{said.format(count=count)} ({age})".replace(" ", NO_BREAK)
    return Text(
        f"!{NO_BREAK}{words}" if found.late else words, f"bold {VERMILLION}" if found.late else SKY
    )


def cell_line(desk: Desk, found: CellReading, _width: int) -> Text:
    line = Text.assemble((f"{desk.names.short_cell(found.cell)}  ", f"bold {WHITE}"))
    players = ngettext("{count} connected", "{count} connected", found.players)
    line.append(players.format(count=found.players), GREEN if found.players else GREY)
    if not found.by_portal:
        return line.append(" · " + _("not by the portal (o)"), ORANGE)
    line.append(" · " + _("by the portal"), GREY)
    if found.by_mail:
        line.append(" · " + _("by mail"), GREY)
    if found.unread:
        return line.append(" · ").append_text(unread_words(desk, found))
    read = _("all read") if found.shown else _("nothing yet")
    return line.append(f" · {read}", GREEN if found.shown else GREY)


ITEM_STYLES = {
    ItemStatus.UNREAD: ("○", YELLOW),
    ItemStatus.ACKNOWLEDGED: ("✓", GREEN),
    ItemStatus.DEALT_WITH: ("✓✓", GREEN),
}


def item_words(desk: Desk, item: InboxItem) -> str:
    """What reached the cell, when, and who read it when: for the list of a cell. What an animator
    gave somebody is not to be acknowledged."""
    taken = item.outbox is None and item.unread
    symbol, _colour = ITEM_STYLES[ItemStatus.ACKNOWLEDGED if taken else item.status]
    hour = f"{desk.room_of(item.wall_at):%H:%M}"
    said = f"{symbol:<2} {hour} {desk.names.code(item.occurrence)} {desk.title(item.occurrence)}"
    for words, wall, by in (
        (_("read at {hour}"), item.acknowledged_wall, item.acknowledged_by),
        (_("dealt with at {hour}"), item.dealt_with_wall, item.dealt_with_by),
    ):
        if wall:
            said += " · " + words.format(hour=f"{desk.room_of(wall):%H:%M}")
            said += f", {desk.names.asker(by)}" if by else ""
    return said
