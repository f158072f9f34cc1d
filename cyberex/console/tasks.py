"""What the animation has to do now, in the order in which to do it; a line for each."""

from dataclasses import dataclass

from rich.text import Text

from cyberex.console.desk import Desk
from cyberex.console.palette import GREY, IMPORTANCE, ORANGE, SKY, VERMILLION, WHITE, YELLOW
from cyberex.console.reach import receivers, roles_or_cell
from cyberex.console.voices import collision_of, is_mine
from cyberex.i18n import _
from cyberex.plan.model import Importance
from cyberex.times import MINUTE_MS, format_duration
from cyberex.views.calls import CallSheet, ReplyTask
from cyberex.views.rows import ChronogramRow, LegRow, Status

PREPARE_MS = 5 * MINUTE_MS
"""So long before somebody has to set out, what they carry is to be prepared."""

RANK = {Importance.ESSENTIAL: 0, Importance.NORMAL: 1, Importance.OPTIONAL: 2}


@dataclass(frozen=True, slots=True)
class JumpTask:
    """A fiction jump that is due."""

    jump: str


@dataclass(frozen=True, slots=True)
class LeaveTask:
    """A visit or a document: to be prepared, then somebody sets out at `leave_ms` to be there at
    `due_ms`. `gone`: somebody said so."""

    occurrence: str
    stimulus: str
    cell: str
    roles: tuple[str, ...]
    channel: str
    sender: str
    voice: str
    importance: Importance
    leave_ms: int
    due_ms: int
    gone: bool
    leaves_now: bool

    @property
    def item(self) -> str:
        """The check-list item that is ticked on leaving."""
        return f"left/{self.occurrence}/{self.cell}"


Task = CallSheet | ReplyTask | JumpTask | LeaveTask


def tasks(desk: Desk) -> tuple[Task, ...]:
    """A jump, then what is due by importance and age, replies, then what comes later.

    Only the filtered voice's, and what nobody voices.
    """
    return tuple(task for task in all_tasks(desk) if is_mine(desk, voice_of(task)))


def all_tasks(desk: Desk) -> tuple[Task, ...]:
    """Of every animator."""
    calls = desk.board.calls
    replies = calls.replies(desk.sim_ms())
    leaving = [] if desk.services.tabletop else _leaving(desk)
    due: list[CallSheet | LeaveTask] = [
        *calls.waiting, *(task for task in leaving if task.leaves_now)
    ]  # fmt: skip
    return (
        *(JumpTask(jump) for jump in desk.board.situation.pending_jumps[:1]),
        *sorted(due, key=_urgency),
        *(reply for reply in replies if reply.due),
        *(task for task in leaving if not task.leaves_now),
        *calls.blocked,
        *calls.coming_back,
        *(reply for reply in replies if not reply.due),
    )


def _urgency(task: CallSheet | LeaveTask) -> tuple[int, int]:
    since_ms = task.leave_ms if isinstance(task, LeaveTask) else task.since_ms
    return (RANK[task.importance], since_ms)


def voice_of(task: Task) -> str:
    return "" if isinstance(task, JumpTask) else task.voice


def _leaving(desk: Desk) -> list[LeaveTask]:
    """What is to be carried somewhere soon, soonest first."""
    sim_ms = desk.sim_ms()
    found = []
    for row in desk.board.chronogram.occurrences(sim_ms):
        if row.status is not Status.PLANNED or row.due_ms is None or row.gate:
            continue
        for leg in row.legs:
            if leg.leave_ms is not None and leg.leave_ms - PREPARE_MS <= sim_ms:
                found.append(_leave(desk, row, leg, leg.leave_ms, row.due_ms, sim_ms))
    return sorted(found, key=lambda task: (task.gone, task.leave_ms))


def _leave(
    desk: Desk, row: ChronogramRow, leg: LegRow, leave_ms: int, due_ms: int, sim_ms: int
) -> LeaveTask:
    gone = desk.board.checklists.is_done(f"left/{row.occurrence}/{leg.cell}")
    return LeaveTask(
        row.occurrence,
        row.stimulus,
        leg.cell,
        leg.roles,
        leg.channel or row.via,
        row.sender,
        desk.board.casting.voice_of(row.sender, row.occurrence),
        row.importance,
        leave_ms,
        due_ms,
        gone,
        leaves_now=sim_ms >= leave_ms and not gone,
    )


def identity(task: Task) -> object:
    match task:
        case CallSheet():
            return (task.occurrence, task.cell)
        case ReplyTask():
            return ("reply", task.contact, task.promise)
        case JumpTask():
            return ("jump", task.jump)
        case LeaveTask():
            return ("leave", task.occurrence, task.cell)


def is_now(task: Task) -> bool:
    """To be done now; not later, not when a channel comes back."""
    match task:
        case CallSheet():
            return task.back_ms is None and not task.blocked
        case ReplyTask():
            return task.due
        case JumpTask():
            return True
        case LeaveTask():
            return task.leaves_now


# Lines


def task_line(desk: Desk, task: Task, _width: int) -> Text:
    """One line of the list: how urgent, since when, how, from whom to whom."""
    match task:
        case CallSheet():
            return _sheet_line(desk, task)
        case ReplyTask():
            return _reply_line(desk, task)
        case LeaveTask():
            return _leave_line(desk, task)
        case JumpTask():
            said = _("jump to make: j")
            return Text(f"▶ {said} – {desk.names.jump(task.jump)}", f"bold {ORANGE}")


def _sheet_line(desk: Desk, sheet: CallSheet) -> Text:
    sim_ms = desk.sim_ms()
    if sheet.blocked:
        mark, when, style = "⊘", _("no channel"), VERMILLION
    elif sheet.back_ms is not None:
        left = format_duration(max(0, sheet.back_ms - sim_ms))
        mark, when, style = "↺", _("back in {left}").format(left=left), GREY
    elif sheet.started_ms is not None:
        mark, when, style = "◉", format_duration(sim_ms - sheet.started_ms), SKY
    else:
        mark, when, style = "▶", format_duration(sim_ms - sheet.since_ms), ORANGE
    names = desk.names
    line = Text.assemble((f"{mark}{IMPORTANCE[sheet.importance]}{when:>5} ", f"bold {style}"))
    line.append(f"{names.channel_symbol(sheet.channel)} {names.short_actor(sheet.sender)}", WHITE)
    line.append(f" → {receivers(desk, sheet)}  ", WHITE)
    line.append_text(_clash(desk, occurrence=sheet.occurrence))
    line.append(desk.title(sheet.occurrence), GREY)
    return line


def _clash(desk: Desk, *, occurrence: str = "", contact: str = "") -> Text:
    """A mark if its voice has another call to make at the same time."""
    found = collision_of(desk, occurrence, contact)
    return Text() if found is None else Text("‼ ", f"bold {YELLOW}")


def _reply_line(desk: Desk, reply: ReplyTask) -> Text:
    left_ms = reply.due_ms - desk.sim_ms()
    when = (
        format_duration(-left_ms)
        if reply.due
        else _("in {left}").format(left=format_duration(max(0, left_ms)))
    )
    line = Text.assemble(
        (f"{'▶' if reply.due else '·'} {when:>5} ", f"bold {ORANGE if reply.due else GREY}")
    )
    to = desk.names.short_cell(reply.cell) if reply.cell else _("the caller")
    what = _("call back") if reply.promise else _("reply")
    line.append(f"{what} {desk.names.short_actor(reply.actor)} → {to} ", WHITE)
    return line.append_text(_clash(desk, contact=reply.contact))


def _leave_line(desk: Desk, task: LeaveTask) -> Text:
    sim_ms = desk.sim_ms()
    if task.gone:
        left = format_duration(max(0, task.due_ms - sim_ms))
        mark, said, style = "→", _("on the way, there in {left}").format(left=left), GREY
    elif task.leaves_now:
        mark, said, style = "▶", _("LEAVE NOW"), ORANGE
    else:
        left = format_duration(task.leave_ms - sim_ms)
        mark, said, style = "·", _("prepare, leave in {left}").format(left=left), SKY
    line = Text.assemble((f"{mark}{IMPORTANCE[task.importance]}{said} ", f"bold {style}"))
    symbol = desk.names.channel_symbol(task.channel)
    line.append(f"{symbol} {roles_or_cell(desk, task.roles, task.cell)}  ", WHITE)
    planned = desk.plan.stimuli.get(task.stimulus)
    if planned is not None and planned.handout:
        line.append(_("no. {number}").format(number=planned.handout) + " ", f"bold {WHITE}")
    return line.append(desk.title(task.occurrence), GREY)
