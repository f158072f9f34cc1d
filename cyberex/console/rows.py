"""A row of the chronogram as a line: what became of it, when, how, from whom to whom, what."""

from rich.text import Text

from cyberex.console.desk import Desk
from cyberex.console.palette import GREY, IMPORTANCE, JUMP, PURPLE, STATUS, WHITE
from cyberex.i18n import _, language
from cyberex.plan.model import Nature
from cyberex.times import MINUTE_MS, format_fiction, format_t
from cyberex.views.rows import ChronogramRow, JumpRow, Row, Status
from cyberex.wording import words
from cyberex.wording.clean import clean_line

WIDE = 60
PAST = frozenset(
    {
        Status.DELIVERED, Status.ACKNOWLEDGED, Status.DEALT_WITH, Status.REFUSED,
        Status.SKIPPED, Status.EXPIRED, Status.RESERVED,
    }
)  # fmt: skip
NOW = frozenset(
    {
        Status.DUE, Status.TO_PERFORM, Status.BLOCKED, Status.LEAVING, Status.UNSENT,
        Status.QUEUED,
    }
)  # fmt: skip
TOLD = frozenset(
    {Status.HELD, Status.QUEUED, Status.BLOCKED, Status.LEAVING, Status.UNSENT, Status.REFUSED,
     Status.SKIPPED, Status.RESERVED, Status.EXPIRED}
)  # fmt: skip
"""States that a row says in a word too: they are the exceptions."""


def identity(row: Row) -> str:
    return row.jump if isinstance(row, JumpRow) else row.occurrence


def row_line(desk: Desk, row: Row, width: int) -> Text:
    if isinstance(row, JumpRow):
        return _jump_line(desk, row, width)
    symbol, colour = STATUS[row.status]
    past, now = row.status in PAST, row.status in NOW
    body = GREY if past else (f"bold {WHITE}" if now else WHITE)
    line = Text.assemble((f"{symbol}{IMPORTANCE[row.importance]}", f"bold {colour}"))
    line.append(f"{_hour(row):<8}", body)
    if width >= WIDE:
        line.append(f"{_room(desk, row):<6}", GREY)
    names = desk.names
    line.append(f"{names.channel_symbol(row.via)} ", body)
    if width >= WIDE:
        line.append(f"{names.code(row.occurrence):<4} ", GREY)
    line.append(_pair(desk, row, width), body)
    line.append(_word(row), f"bold {colour}")
    line.append(desk.title_of(row), body)
    if past and row.withdrawn:
        line.stylize("strike")
    return line


def _hour(row: ChronogramRow) -> str:
    if row.due_ms is not None:
        return format_t(_whole_minute(row.due_ms))
    if row.projected_ms is not None:
        return f"~{format_t(_whole_minute(row.projected_ms))}"
    return "T+?"


def _whole_minute(sim_ms: int) -> int:
    """Columns have room for minutes; the seconds are in the log."""
    return sim_ms // MINUTE_MS * MINUTE_MS


def _room(desk: Desk, row: ChronogramRow) -> str:
    """The room's hour at which it is expected; nothing for what is over."""
    due_ms = row.due_ms if row.due_ms is not None else row.projected_ms
    if row.over or row.status in NOW or due_ms is None:
        return ""
    return f"{desk.room_at(max(due_ms, desk.sim_ms())):%H:%M}"


def _pair(desk: Desk, row: ChronogramRow, width: int) -> str:
    sender_width, receiver_width = (
        (18, 14) if width >= 90 else (12, 13) if width >= WIDE else (8, 7)
    )
    sender = fit(desk.names.short_actor(row.sender), sender_width)
    receiver = fit(desk.names.receivers(row.to), receiver_width)
    arrow = " → " if width >= WIDE else "→"
    return f"{sender}{arrow}{receiver}".ljust(sender_width + receiver_width + len(arrow)) + " "


def fit(text: str, width: int) -> str:
    """At most so many characters; what is cut ends by an ellipsis."""
    return text if len(text) <= width else text[: width - 1] + "…"


def _word(row: ChronogramRow) -> str:
    if row.status is Status.SKIPPED and row.reason is not None:
        status, reason = words.status(row.status), words.skip_reason(row.reason)
        return "[" + _("{status}: {reason}").format(status=status, reason=reason) + "] "
    if row.status in TOLD:
        return f"[{words.status(row.status)}] "
    parts = []
    if row.status is Status.WAITING or (row.conditional and row.status is Status.PLANNED):
        parts.append(_("if"))
    if row.nature is Nature.NUDGE:
        parts.append(_("nudge"))
    if row.ad_hoc:
        parts.append(_("ad hoc"))
    if row.proposed:
        parts.append(_("late"))
    return f"[{', '.join(parts)}] " if parts else ""


def _jump_line(desk: Desk, row: JumpRow, width: int) -> Text:
    symbol, colour = JUMP[row.status]
    hour = format_fiction(row.to, language=language())
    said = f"{symbol} {format_t(row.due_ms)} ══ {hour} ══ {desk.names.jump(row.jump)} "
    said += f"({words.jump_status(row.status)}) "
    return Text(
        clean_line(said).ljust(width, "═"), f"bold {colour if row.made_ms is None else PURPLE}"
    )
