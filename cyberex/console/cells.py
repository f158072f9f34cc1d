"""How are the players and their means? Each cell's load and silence; what is up and down."""

from rich.text import Text

from cyberex.console.desk import Desk
from cyberex.console.palette import (
    DOWN,
    GREEN,
    GREY,
    ORANGE,
    SKY,
    UP,
    VERMILLION,
    WHITE,
    YELLOW,
)
from cyberex.console.reading import reading, unread_words
from cyberex.console.voices import load_lines
from cyberex.facts.model import CellState
from cyberex.i18n import _, ngettext
from cyberex.times import format_duration
from cyberex.views.load import CellLoad
from cyberex.wording.around import cell_state

BARS = " ▂▃▅▆█"


def cells_text(desk: Desk) -> Text:
    animators = Text("\n").join(load_lines(desk))
    blocks = [_cell_lines(desk), animators, _means(desk), _expected(desk), _facts(desk)]
    return Text("\n").join([block for block in blocks if block.plain])


def _cell_lines(desk: Desk) -> Text:
    waiting: dict[str, int] = {}
    for sheet in desk.board.calls.waiting:
        waiting[sheet.cell] = waiting.get(sheet.cell, 0) + 1
    lines = []
    for load in desk.board.load.cells(desk.sim_ms()):
        bar = BARS[min(load.recent, len(BARS) - 1)]
        style = f"bold {ORANGE}" if load.busy else WHITE
        line = Text.assemble((f"{desk.names.short_cell(load.cell)} ", f"bold {WHITE}"))
        line.append(f"{bar} ", SKY)
        mark = "! " if load.busy else ""
        line.append(mark + _("{count} in 5 min").format(count=load.recent), style)
        line.append(" · " + _("{count} in all").format(count=load.total), GREY)
        if waiting.get(load.cell):
            count = waiting[load.cell]
            line.append(" · ")
            line.append(
                ngettext("{count} call waits", "{count} calls wait", count).format(count=count),
                f"bold {ORANGE}",
            )
        line.append_text(_unread(desk, load.cell))
        line.append_text(_state(desk, load))
        if load.silent and load.silence_ms is not None:
            silence = _("silence {time}").format(time=format_duration(load.silence_ms))
            line.append(f" · ! {silence}", f"bold {VERMILLION}")
        lines.append(line)
    return Text("\n").join(lines)


def _unread(desk: Desk, cell: str) -> Text:
    """What the portal shows it and nobody acknowledged."""
    words = unread_words(desk, reading(desk, cell))
    return Text.assemble(" · ", words) if words.plain else words


def _state(desk: Desk, load: CellLoad) -> Text:
    """What its observer said last, and who was called away."""
    line = Text()
    if load.state is not None and load.state_ms is not None:
        ago = format_duration(max(0, desk.sim_ms() - load.state_ms), seconds=False)
        grave = load.state is CellState.OVERWHELMED
        symbol = {CellState.OVERWHELMED: "▲", CellState.WAITING: "▽"}.get(load.state, "=")
        style = f"bold {VERMILLION}" if grave else SKY
        line.append(f" · {symbol} {cell_state(load.state)} ({ago})", style)
    if load.absent:
        away = ", ".join(desk.names.role(role) for role in load.absent)
        line.append(" · " + _("away: {roles}").format(roles=away), f"bold {YELLOW}")
    return line


def _means(desk: Desk) -> Text:
    """Channels, then assets, each with its symbol; what is down comes first."""
    world, names = desk.board.world, desk.names
    channels = [(names.channel(item), item in world.channels_down) for item in desk.plan.channels]
    assets = [(names.asset(item), world.is_down(item)) for item in desk.plan.assets]
    lines = [
        Text(" · ").join([_one(name, down) for name, down in sorted(items, key=_is_up)])
        for items in (channels, assets)
        if items
    ]
    return Text("\n").join(lines)


def _is_up(item: tuple[str, bool]) -> bool:
    return not item[1]


def _one(name: str, down: bool) -> Text:
    # A name never breaks from its symbol at the end of a line.
    shown = name.replace(" ", "\N{NO-BREAK SPACE}")
    symbol = DOWN if down else UP
    return Text(f"{shown}\N{NO-BREAK SPACE}{symbol}", f"bold {VERMILLION}" if down else GREEN)


def _expected(desk: Desk) -> Text:
    rows = desk.board.expectations
    late = len(rows.overdue)
    line = Text(_("Expected reactions (t): {count} open").format(count=len(rows.open)), WHITE)
    if late:
        line.append(", " + _("! {count} late").format(count=late), f"bold {VERMILLION}")
    return line


def _facts(desk: Desk) -> Text:
    world, names = desk.board.world, desk.names
    said = [f"◆ {names.milestone(item)}" for item in world.milestones]
    said += [
        f"◆ {names.decision(item)} : {names.outcome(item, settled.outcome)}"
        for item, settled in world.decisions.items()
    ]
    said += [f"◆ {names.key(item)}" for item in world.keys]
    return Text("\n".join(said), GREY)
