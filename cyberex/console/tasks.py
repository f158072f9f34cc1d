"""What the animation has to do now, in the order in which to do it, and each one's sheet."""

from dataclasses import dataclass

from rich.text import Text

from cyberex.console.desk import Desk
from cyberex.console.palette import GREEN, GREY, IMPORTANCE, ORANGE, SKY, VERMILLION, WHITE, YELLOW
from cyberex.facts.people import Person
from cyberex.i18n import _
from cyberex.times import format_duration, format_t
from cyberex.views.calls import CallSheet, ReplyTask
from cyberex.wording import words
from cyberex.wording.clean import clean, clean_line

VOICE_KINDS = ("phone", "radio")


@dataclass(frozen=True, slots=True)
class JumpTask:
    """A fiction jump that is due."""

    jump: str


Task = CallSheet | ReplyTask | JumpTask


def tasks(desk: Desk) -> tuple[Task, ...]:
    """Calls to make by importance and age, answers to give, a jump, then what comes later."""
    calls = desk.board.calls
    replies = calls.replies(desk.sim_ms())
    return (
        *(JumpTask(jump) for jump in desk.board.situation.pending_jumps[:1]),
        *calls.waiting,
        *(reply for reply in replies if reply.due),
        *calls.blocked,
        *calls.coming_back,
        *(reply for reply in replies if not reply.due),
    )


def identity(task: Task) -> object:
    match task:
        case CallSheet():
            return (task.occurrence, task.cell)
        case ReplyTask():
            return ("reply", task.contact)
        case JumpTask():
            return ("jump", task.jump)


def is_now(task: Task) -> bool:
    """To be done now; not later, not when a channel comes back."""
    match task:
        case CallSheet():
            return task.back_ms is None and not task.blocked
        case ReplyTask():
            return task.due
        case JumpTask():
            return True


def receivers(desk: Desk, sheet: CallSheet) -> str:
    roles = ", ".join(desk.names.role(role) for role in sheet.roles)
    return roles or desk.names.short_cell(sheet.cell)


def task_line(desk: Desk, task: Task, _width: int) -> Text:
    """One line of the list: how urgent, since when, how, from whom to whom."""
    match task:
        case CallSheet():
            return _sheet_line(desk, task)
        case ReplyTask():
            return _reply_line(desk, task)
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
    line.append(desk.title(sheet.occurrence), GREY)
    return line


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
    line.append(f"{_('reply')} {desk.names.short_actor(reply.actor)} → {to}", WHITE)
    return line


# The sheet


def sheet_text(desk: Desk, task: Task) -> Text:
    """Everything needed to do it: who you are, whom to reach and how, what to say."""
    match task:
        case CallSheet():
            return _call_sheet(desk, task)
        case ReplyTask():
            return _reply_sheet(desk, task)
        case JumpTask():
            jump = desk.plan.jumps.get(task.jump)
            return _block(_("TO READ OUT"), clean(jump.bulletin if jump else ""), WHITE)


def _block(label: str, body: str, style: str) -> Text:
    return Text.assemble((f"{label} ", f"bold {SKY}"), (body, style))


def _call_sheet(desk: Desk, sheet: CallSheet) -> Text:
    planned = desk.plan.stimuli.get(sheet.stimulus)
    blocks = [
        _block(_("YOU ARE"), desk.names.actor(sheet.sender), f"bold {WHITE}"),
        _how(desk, sheet),
        *_attempts(sheet),
        Text(desk.script_of(sheet.occurrence).strip(), WHITE),
    ]
    if planned is not None and planned.handout:
        blocks.append(_block(_("DOCUMENT"), clean_line(planned.handout), WHITE))
    if planned is not None and planned.if_stuck:
        blocks.append(_block(_("if stuck:"), clean(planned.if_stuck).strip(), YELLOW))
    if planned is not None and planned.remarks:
        blocks.append(_block(_("remark:"), clean(planned.remarks).strip(), GREY))
    blocks.extend(_expected(desk, sheet))
    return Text("\n").join(blocks)


def _how(desk: Desk, sheet: CallSheet) -> Text:
    channel = desk.plan.channels.get(sheet.channel)
    kind = channel.kind if channel else ""
    verb = {"visit": _("VISIT"), "document": _("HAND OVER TO")}.get(
        kind, _("CALL") if kind in VOICE_KINDS else _("SEND TO")
    )
    cell = desk.plan.cells.get(sheet.cell)
    place = clean_line(cell.place) if cell and cell.place else ""
    line = _block(verb, receivers(desk, sheet), f"bold {WHITE}")
    if sheet.roles:
        line.append(f", {desk.names.short_cell(sheet.cell)}", WHITE)
    if place and kind in ("visit", "document"):
        line.append(f", {place}", WHITE)
    line.append(
        f"  {desk.names.channel_symbol(sheet.channel)} {desk.names.channel(sheet.channel)}", GREY
    )
    if sheet.instead_of:
        down = _("({channel} is down)").format(channel=desk.names.channel(sheet.instead_of))
        line.append(f" {down}", f"bold {VERMILLION}")
    if sheet.blocked:
        said = _("no live channel: Enter chooses one") if sheet.ask else _("waits for its channel")
        line.append(f"\n⊘ {said}", f"bold {VERMILLION}")
    for person in people_of(desk, sheet):
        line.append(f"\n   {contact_of(person, kind, mobile_first=bool(sheet.instead_of))}", GREEN)
        stand_in = next((item for item in desk.people if item.id == person.stand_in), None)
        if stand_in is not None:
            contact = contact_of(stand_in, kind, mobile_first=bool(sheet.instead_of))
            instead = _("or")
            line.append(f"\n   {instead} {contact}", GREY)
    return line


def people_of(desk: Desk, sheet: CallSheet) -> list[Person]:
    """Who holds these roles, else who sits in the cell and stands in for nobody."""
    stand_ins = {person.stand_in for person in desk.people}
    roles = sheet.roles or tuple(
        role.id for role in desk.plan.roles.values() if role.cell == sheet.cell
    )
    found = [
        person
        for person in desk.people
        if (person.role in roles or (not person.role and person.cell == sheet.cell))
        and person.id not in stand_ins
    ]
    return found[:4]


def contact_of(person: Person, kind: str, *, mobile_first: bool) -> str:
    """The numbers or the address that this channel needs, then the name."""
    if kind == "email":
        reach = [person.email]
    else:
        reach = [person.mobile, person.phone] if mobile_first else [person.phone, person.mobile]
    numbers = " · ".join(item for item in reach if item)
    who = person.name or person.function or person.id
    return clean_line(f"{numbers} – {who}" if numbers else who)


def _attempts(sheet: CallSheet) -> list[Text]:
    return [
        Text(f"{format_t(item.sim_ms)} {words.call_outcome(item.outcome)}", YELLOW)
        for item in sheet.attempts
    ]


def _expected(desk: Desk, sheet: CallSheet) -> list[Text]:
    planned = desk.plan.stimuli.get(sheet.stimulus)
    if planned is None or not planned.expectations:
        return []
    lines = [Text(_("EXPECTED"), f"bold {SKY}")]
    for item in planned.expectations:
        within = f" ({format_duration(item.within_ms)})" if item.within_ms is not None else ""
        lines.append(Text(f"□ {clean_line(item.text)}{within}", GREY))
    return lines


def _reply_sheet(desk: Desk, reply: ReplyTask) -> Text:
    actor = desk.plan.actors.get(reply.actor)
    blocks = [_block(_("YOU ARE"), desk.names.actor(reply.actor), f"bold {WHITE}")]
    to = desk.names.short_cell(reply.cell) if reply.cell else _("the caller")
    blocks.append(_block(_("REPLY TO"), to, f"bold {WHITE}"))
    if reply.text:
        blocks.append(_block(_("they said:"), clean_line(desk.text(reply.text)), GREY))
    if actor is not None and actor.reply is not None and actor.reply.text:
        blocks.append(Text(clean(actor.reply.text).strip(), WHITE))
    if actor is not None and actor.brief:
        blocks.append(_block(_("role:"), clean(actor.brief).strip(), GREY))
    return Text("\n").join(blocks)
