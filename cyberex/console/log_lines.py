"""A line of the log as it is shown: room time, T+, cell, kind, what happened, its mark."""

from rich.text import Text

from cyberex.console.desk import Desk
from cyberex.console.palette import GREY, MARK, ORANGE, PURPLE, SKY, VERMILLION, WHITE
from cyberex.console.rows import fit
from cyberex.facts.world_events import AssetDown, ChannelDown
from cyberex.times import format_t
from cyberex.views.log_lines import Category, LogLine
from cyberex.wording import words

CELL_WIDTH, KIND_WIDTH = 9, 9
SHORT_TITLE = 12

COLOURS = {
    Category.LIFE: SKY,
    Category.STIMULUS: WHITE,
    Category.CALL: ORANGE,
    Category.EXPECTATION: WHITE,
    Category.WORLD: PURPLE,
    Category.JUMP: PURPLE,
    Category.CONTACT: ORANGE,
    Category.NOTE: WHITE,
    Category.CELL_LOG: WHITE,
    Category.ROOM: ORANGE,
    Category.UNDO: GREY,
}


def log_text(desk: Desk, line: LogLine, width: int) -> Text:
    symbol, mark_colour = MARK[line.mark]
    colour = (
        VERMILLION if isinstance(line.event, AssetDown | ChannelDown) else COLOURS[line.category]
    )
    shown = Text.assemble((symbol, f"bold {mark_colour}"))
    shown.append(f"{hour_of(desk, line)} ", GREY)
    if width >= 70:
        shown.append(f"{format_t(line.sim_ms // 60_000 * 60_000):<6}", GREY)
    shown.append(f"{_cell(desk, line):<{CELL_WIDTH}} ", WHITE)
    shown.append(f"{fit(words.category(line.category), KIND_WIDTH):<{KIND_WIDTH}} ", GREY)
    start = len(shown)
    shown.append(_sentence(desk, line, width - start), colour)
    if line.withdrawn:
        shown.stylize(f"strike {GREY}", start)
    return shown


def _sentence(desk: Desk, line: LogLine, width: int) -> str:
    """What became of a stimulus follows its title: a long title is cut, not what is said of it."""
    said = desk.sentence(line)
    over = len(said) - width
    if over <= 0:
        return said

    def cut(occurrence: str) -> str:
        title = desk.title(occurrence)
        return fit(title, max(SHORT_TITLE, len(title) - over))

    return desk.sentence(line, cut)


def hour_of(desk: Desk, line: LogLine) -> str:
    """The hour it speaks of; a back-dated one is marked."""
    if line.about_wall:
        return f"{desk.room_of(line.about_wall):%H:%M}<<"[:8].ljust(8)
    return f"{desk.room_of(line.wall_at):%H:%M:%S}"


def _cell(desk: Desk, line: LogLine) -> str:
    return fit(desk.names.short_cell(line.cell), CELL_WIDTH) if line.cell else ""


def plain(desk: Desk, line: LogLine) -> str:
    """All its words, to search in."""
    parts = (
        hour_of(desk, line),
        _cell(desk, line),
        words.category(line.category),
        desk.sentence(line),
    )
    return " ".join(parts)
