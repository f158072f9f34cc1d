"""The two lines that never leave the screen: state, clocks, what is left, what waits.

Pure: from the desk and a width to two lines. The first keeps what one must never lose.
"""

from datetime import timedelta

from rich.text import Text

from cyberex.console.desk import Desk
from cyberex.console.palette import GREEN, GREY, ORANGE, SKY, VERMILLION, WHITE, YELLOW
from cyberex.console.task_lines import task_line
from cyberex.console.tasks import LeaveTask, MessageTask, all_tasks, is_now
from cyberex.console.voices import voice_name
from cyberex.facts.model import Outbox
from cyberex.i18n import _, language
from cyberex.times import format_clock, format_duration, format_fiction
from cyberex.views.calls import CallSheet, ReplyTask
from cyberex.views.outboxes import Delivery
from cyberex.views.rows import ChronogramRow
from cyberex.views.situation import State
from cyberex.wording import words

WIDE = 120
SECOND = timedelta(seconds=1)
WAITS_LONG_MS = 3 * 60_000


def header_lines(desk: Desk, width: int) -> tuple[Text, Text]:
    """The header at this width; both lines fit it."""
    first = [_exercise(desk), _state(desk), *_clocks(desk), _left(desk)]
    tempo = [_voice(desk), _hard_end(desk), _next(desk)]
    outboxes = _outboxes(desk, brief=width < WIDE)
    waiting = _waiting(desk, brief=width < WIDE)
    if width >= WIDE:
        return _joined([*first, *tempo], width), _joined([outboxes, waiting], width)
    return _joined(first, width), _joined([*tempo, outboxes, waiting], width)


def _joined(parts: list[Text], width: int) -> Text:
    line = Text("  ").join([part for part in parts if part.plain])
    line = Text.assemble(" ", line)
    line.truncate(width, overflow="ellipsis")
    line.no_wrap = True
    return line


def _exercise(desk: Desk) -> Text:
    word = _("REHEARSAL") if desk.board.situation.rehearsal else _("EXERCISE")
    return Text(word, f"bold {YELLOW}")


def _voice(desk: Desk) -> Text:
    """Whose tasks alone are shown, if one animator's are."""
    if desk.voice is None:
        return Text()
    return Text(f"⧩ {voice_name(desk, desk.voice)}", f"bold reverse {YELLOW}")


def _state(desk: Desk) -> Text:
    situation = desk.board.situation
    symbol, word = words.state(situation)
    if situation.real_stop or situation.gap_ms is not None:
        return Text(f"{symbol} {word}", f"bold reverse {VERMILLION}")
    colour = GREEN if situation.running else YELLOW
    return Text(f"{symbol} {word}", f"bold {colour}")


def _clocks(desk: Desk) -> list[Text]:
    sim_ms = desk.sim_ms()
    fiction = desk.board.situation.fiction(sim_ms)
    return [
        Text(f"{desk.room():%H:%M:%S}", f"bold {WHITE}"),
        Text(format_clock(sim_ms), f"bold {SKY}"),
        Text(format_fiction(fiction, language=language()), WHITE),
    ]


def _left(desk: Desk) -> Text:
    situation = desk.board.situation
    debrief = situation.debrief_left(desk.wall())
    if debrief is not None:
        return _countdown(_("left"), _("over by"), debrief // timedelta(milliseconds=1))
    left_ms = situation.phase_left_ms(desk.sim_ms())
    if left_ms is None:
        return Text()
    if situation.state in (State.READY, State.BRIEFING):
        return Text(_("DEBEX in {time}").format(time=format_duration(max(0, left_ms))), WHITE)
    return _countdown(_("left"), _("over by"), left_ms)


def _countdown(label: str, over: str, left_ms: int) -> Text:
    if left_ms < 0:
        return Text(f"{over} {format_duration(-left_ms)}", f"bold {VERMILLION}")
    return Text(f"{label} {format_duration(left_ms)}", WHITE)


def _hard_end(desk: Desk) -> Text:
    situation = desk.board.situation
    left = situation.hard_end_left(desk.wall())
    if left is None or situation.hard_end is None:
        return Text(_("hard end – (F10)"), GREY)
    hour = situation.hard_end.astimezone(desk.room().tzinfo)
    minutes_ms = left // timedelta(minutes=1) * 60_000
    length = format_duration(minutes_ms, seconds=False)
    colour = WHITE if left > timedelta(minutes=15) else VERMILLION
    return Text(_("hard end {hour:%H:%M} ({left})").format(hour=hour, left=length), colour)


def _next(desk: Desk) -> Text:
    situation = desk.board.situation
    if situation.pending_jumps:
        return Text(_("▶ jump to make: j"), f"bold {ORANGE}")
    if situation.state in (State.DEBRIEF, State.CLOSED):
        return Text()
    sim_ms = desk.sim_ms()
    row = desk.board.next_due(sim_ms)
    if row is None or row.due_ms is None:
        return Text(_("next –"), GREY)
    left = format_duration(row.due_ms - sim_ms)
    planned = next(iter(situation.breaks(sim_ms)), None)
    if planned is not None and planned.at_ms <= row.due_ms:
        return Text(_("break in {left}").format(left=format_duration(planned.at_ms - sim_ms)), SKY)
    if isinstance(row, ChronogramRow):
        return Text(_("next {left}").format(left=left), SKY)
    return Text(_("jump in {left}").format(left=left), SKY)


def _outboxes(desk: Desk, *, brief: bool) -> Text:
    """The portal: how many are connected, or that it died; mail: leaving, or a dry run."""
    portal, mail = desk.services.portal, desk.services.mail
    line = Text()
    if portal is not None and portal.running:
        count = len({item.grant for item in portal.connected()})
        line.append("⌂" if brief else _("portal"), GREEN).append(f" ● {count}", f"bold {GREEN}")
    elif portal is not None and portal.problem:
        line.append("⌂ ✗" if brief else _("portal") + " ✗", f"bold {VERMILLION}")
    if mail is None or not mail.configured:
        return line
    line.append("  " if line.plain else "")
    word = "✉" if brief else _("mail")
    if mail.problem:
        return line.append(f"{word} ✗", f"bold {VERMILLION}")
    if not desk.board.outboxes.mail_confirmed:
        return line.append(f"{word} " + ("○" if brief else _("dry run")), YELLOW)
    leaves = desk.board.outboxes.is_open(Outbox.MAIL)
    return line.append(f"{word} {'●' if leaves else '‖'}", f"bold {GREEN if leaves else YELLOW}")


def _waiting(desk: Desk, *, brief: bool) -> Text:
    """The call that has waited longest and how many others wait."""
    sheet = desk.board.calls.oldest_waiting()
    count = len(desk.board.calls.waiting)
    if sheet is None:
        return _other_due(desk) or Text("" if count else _("no call waits"), GREY)
    return sheet_line(desk, sheet, more=count - 1, brief=brief)


def _other_due(desk: Desk) -> Text | None:
    """No call waits, but somebody must leave, ring back, answer, or say what did not leave."""
    for task in all_tasks(desk):
        if isinstance(task, LeaveTask | ReplyTask | MessageTask | Delivery) and is_now(task):
            return task_line(desk, task, 0)
    return None


def sheet_line(desk: Desk, sheet: CallSheet, more: int = 0, *, brief: bool = False) -> Text:
    """`☎ waits 1:12 +2 CERT Santé → Informatique Périmètre ?`; brief: without the verb."""
    names = desk.names
    age_ms = max(0, desk.sim_ms() - sheet.since_ms)
    style = f"bold {VERMILLION if age_ms >= WAITS_LONG_MS else ORANGE}"
    others = f"+{more} " if more > 0 else ""
    to = ", ".join(names.role(role) for role in sheet.roles) or names.short_cell(sheet.cell)
    line = Text.assemble((f"{names.channel_symbol(sheet.channel)} ", style))
    age = format_duration(age_ms)
    line.append(age if brief else _("waits {age}").format(age=age), style)
    line.append(f" {others}{names.short_actor(sheet.sender)} → {to}", style)
    line.append(f" {desk.title(sheet.occurrence)}", WHITE)
    return line
