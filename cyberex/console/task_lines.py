"""A line for each thing to be done: how urgent, since when, how, from whom to whom."""

from rich.text import Text

from cyberex.console.desk import Desk
from cyberex.console.palette import GREY, IMPORTANCE, ORANGE, SKY, VERMILLION, WHITE, YELLOW
from cyberex.console.reach import receivers, roles_or_cell
from cyberex.console.tasks import JumpTask, LeaveTask, MessageTask, Task
from cyberex.console.voices import collision_of, voice_name
from cyberex.i18n import _
from cyberex.times import format_duration
from cyberex.views.calls import CallSheet, ReplyTask
from cyberex.views.outboxes import Delivery, DeliveryState
from cyberex.wording.clean import clean_line


def task_line(desk: Desk, task: Task, _width: int) -> Text:
    """One line of the list: how urgent, since when, how, from whom to whom."""
    match task:
        case CallSheet():
            return _sheet_line(desk, task)
        case ReplyTask():
            return _reply_line(desk, task)
        case LeaveTask():
            return _leave_line(desk, task)
        case MessageTask():
            return _message_line(desk, task)
        case Delivery():
            return _unsent_line(desk, task)
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
    if sheet.claimed_by:
        line.append(f"⊙ {voice_name(desk, sheet.claimed_by)} ", f"bold {SKY}")
    line.append(desk.title(sheet.occurrence), GREY)
    return line


def unsent_words(task: Delivery) -> str:
    """What became of it, and what may be done."""
    if task.state is DeliveryState.UNCERTAIN:
        return _("uncertain: send again?")
    return _("failed: send again, other channel, hand over")


def _unsent_line(desk: Desk, task: Delivery) -> Text:
    mark = "?" if task.state is DeliveryState.UNCERTAIN else "✗"
    line = Text.assemble((f"{mark} {unsent_words(task)} ", f"bold {VERMILLION}"))
    symbol = desk.names.channel_symbol(task.channel)
    line.append(f"{symbol} → {roles_or_cell(desk, task.roles, task.cell)}  ", WHITE)
    return line.append(desk.title(task.occurrence), GREY)


def _message_line(desk: Desk, task: MessageTask) -> Text:
    age = format_duration(max(0, desk.sim_ms() - task.since_ms))
    who = desk.names.short_cell(task.cell) if task.cell else _("somebody")
    line = Text.assemble((f"▶ {age:>5} ", f"bold {ORANGE}"))
    actor = desk.names.short_actor(task.actor) if task.actor else _("the animation")
    said = _("call back {who} as {actor}") if task.ring else _("message {who} → {actor}")
    line.append(said.format(who=who, actor=actor) + "  ", WHITE)
    line.append_text(_clash(desk, contact=task.contact))
    known = desk.board.contacts.contact(task.contact)
    return line.append(clean_line(desk.text(known.text)) if known else "", GREY)


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
    line.append_text(_clash(desk, occurrence=task.occurrence))
    return line.append(desk.title(task.occurrence), GREY)
