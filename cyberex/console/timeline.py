"""The played timeline: planned against played, in the order in which it came; pure."""

from dataclasses import dataclass

from rich.text import Text

from cyberex.console.desk import Desk
from cyberex.console.palette import GREEN, GREY, JUMP, PURPLE, STATUS, VERMILLION, WHITE
from cyberex.i18n import _
from cyberex.times import format_duration, format_t
from cyberex.views.rows import ChronogramRow, Row
from cyberex.wording import words

LATE_MS = 120_000


@dataclass(frozen=True, slots=True)
class Moment:
    """A milestone or a decision among the rows."""

    key: str
    label: str
    sim_ms: int


Item = Row | Moment


def timeline(desk: Desk) -> tuple[Item, ...]:
    world = desk.board.world
    moments = [
        Moment(f"milestone:{key}", desk.names.milestone(key), reached.observed_ms)
        for key, reached in world.milestones.items()
    ]
    moments += [
        Moment(
            f"decision:{key}",
            _("{outcome} ({decision})").format(
                decision=desk.names.decision(key), outcome=desk.names.outcome(key, settled.outcome)
            ),
            settled.sim_ms,
        )
        for key, settled in world.decisions.items()
    ]
    items: list[Item] = [*desk.board.chronogram.rows(desk.sim_ms()), *moments]
    return tuple(sorted(items, key=_instant))


def _instant(item: Item) -> int:
    if isinstance(item, Moment):
        return item.sim_ms
    if isinstance(item, ChronogramRow):
        for hour in (item.delivered_ms, item.due_ms, item.projected_ms):
            if hour is not None:
                return hour
        return 2**53
    return item.made_ms if item.made_ms is not None else item.due_ms


def key_of(item: Item) -> str:
    if isinstance(item, Moment):
        return item.key
    return item.occurrence if isinstance(item, ChronogramRow) else item.jump


def timeline_line(desk: Desk, item: Item, _width: int) -> Text:
    """`✓ T+12 → T+14 (+2:00) S03 …`: planned, played, late by."""
    if isinstance(item, Moment):
        return Text(f"◆ {format_t(item.sim_ms // 1000 * 1000):<10} {item.label}", f"bold {PURPLE}")
    if not isinstance(item, ChronogramRow):
        symbol, colour = JUMP[item.status]
        hour = item.made_ms if item.made_ms is not None else item.due_ms
        return Text(
            f"{symbol} {format_t(hour // 1000 * 1000):<10} ══ {desk.names.jump(item.jump)}", colour
        )
    return _row(desk, item)


def _row(desk: Desk, row: ChronogramRow) -> Text:
    symbol, colour = STATUS[row.status]
    planned = format_t(row.original_ms) if row.original_ms is not None else "T+?"
    line = Text.assemble((f"{symbol} {planned:<7}", colour))
    if row.delivered_ms is not None:
        line.append(f"→ {format_t(row.delivered_ms // 1000 * 1000)} ", GREEN)
        late_ms = row.delivered_ms - row.original_ms if row.original_ms is not None else 0
        if late_ms >= LATE_MS:
            late = _("late {time}").format(time=format_duration(late_ms))
            line.append(f"({late}) ", VERMILLION)
    else:
        why = words.skip_reason(row.reason)
        status = words.status(row.status)
        said = _("{status}: {reason}").format(status=status, reason=why) if why else status
        line.append(f"[{said}] ", GREY)
    line.append(f"{desk.names.code(row.occurrence)} {desk.title_of(row)}", WHITE)
    return line
