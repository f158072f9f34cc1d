"""How are the players and their means? Each cell's load and silence; what is up and down."""

from rich.text import Text

from cyberex.console.desk import Desk
from cyberex.console.palette import DOWN, GREEN, GREY, ORANGE, SKY, UP, VERMILLION, WHITE
from cyberex.i18n import _, ngettext
from cyberex.times import format_duration

SILENCE_MS = 12 * 60_000
BUSY = 3
BARS = " ▂▃▅▆█"


def cells_text(desk: Desk) -> Text:
    blocks = [_cell_lines(desk), _means(desk), _expected(desk), _facts(desk)]
    return Text("\n").join([block for block in blocks if block.plain])


def _cell_lines(desk: Desk) -> Text:
    waiting: dict[str, int] = {}
    for sheet in desk.board.calls.waiting:
        waiting[sheet.cell] = waiting.get(sheet.cell, 0) + 1
    lines = []
    for load in desk.board.load.cells(desk.sim_ms()):
        bar = BARS[min(load.recent, len(BARS) - 1)]
        style = f"bold {ORANGE}" if load.recent >= BUSY else WHITE
        line = Text.assemble((f"{desk.names.short_cell(load.cell)} ", f"bold {WHITE}"))
        line.append(f"{bar} ", SKY)
        line.append(_("{count} in 5 min").format(count=load.recent), style)
        line.append(" · " + _("{count} in all").format(count=load.total), GREY)
        if waiting.get(load.cell):
            count = waiting[load.cell]
            line.append(" · ")
            line.append(
                ngettext("{count} call waits", "{count} calls wait", count).format(count=count),
                f"bold {ORANGE}",
            )
        if load.silence_ms is not None and load.silence_ms >= SILENCE_MS:
            silence = _("silence {time}").format(time=format_duration(load.silence_ms))
            line.append(f" · ! {silence}", f"bold {VERMILLION}")
        lines.append(line)
    return Text("\n").join(lines)


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
