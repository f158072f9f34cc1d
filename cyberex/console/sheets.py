"""The sheet of one task: who you are, whom to reach and how, what to say or carry."""

from rich.text import Text

from cyberex.console.bulletins import bulletin_now
from cyberex.console.desk import Desk
from cyberex.console.palette import GREEN, GREY, ORANGE, SKY, VERMILLION, WHITE, YELLOW
from cyberex.console.reach import contact_words, people_of, receivers, roles_or_cell
from cyberex.console.task_lines import unsent_words
from cyberex.console.tasks import JumpTask, LeaveTask, MessageTask, Task
from cyberex.console.voices import voice_name
from cyberex.i18n import _, ngettext
from cyberex.times import format_duration, format_t
from cyberex.views.calls import CallSheet, ReplyTask
from cyberex.views.outboxes import Delivery
from cyberex.wording import words
from cyberex.wording.clean import clean, clean_line
from cyberex.wording.leaving import failure

VOICE_KINDS = ("phone", "radio")
CARRIED_KINDS = ("visit", "document", "media")
"""What is brought or shown in the room: a place and names, no number."""


def sheet_text(desk: Desk, task: Task) -> Text:
    """Everything needed to do it."""
    match task:
        case CallSheet():
            return _call_sheet(desk, task)
        case ReplyTask():
            return _reply_sheet(desk, task)
        case LeaveTask():
            return _leave_sheet(desk, task)
        case MessageTask():
            return _message_sheet(desk, task)
        case Delivery():
            return _unsent_sheet(desk, task)
        case JumpTask():
            jump = desk.plan.jumps.get(task.jump)
            return _block(_("TO READ OUT"), clean(bulletin_now(desk, jump) if jump else ""), WHITE)


def _block(label: str, body: str, style: str) -> Text:
    return Text.assemble((f"{label} ", f"bold {SKY}"), (body, style))


def _you_are(desk: Desk, actor: str, voice: str) -> Text:
    """And whose voice it is, when several animators share the work."""
    line = _block(_("YOU ARE"), desk.names.actor(actor), f"bold {WHITE}")
    if len(desk.board.casting.voices) > 1:
        line.append(f"  ({voice_name(desk, voice)})", GREY)
    return line


def _call_sheet(desk: Desk, sheet: CallSheet) -> Text:
    planned = desk.plan.stimuli.get(sheet.stimulus)
    blocks = [
        _you_are(desk, sheet.sender, sheet.voice),
        _how(desk, sheet),
        *_attempts(sheet),
        *_document(desk, sheet.stimulus),
        Text(desk.said_of(sheet.occurrence).strip(), WHITE),
    ]
    if planned is not None and planned.if_stuck:
        blocks.append(_block(_("if stuck:"), clean(planned.if_stuck).strip(), YELLOW))
    blocks.extend(_remark(desk, sheet.stimulus))
    blocks.extend(_expected(desk, sheet.stimulus))
    return Text("\n").join(blocks)


def _remark(desk: Desk, stimulus: str) -> list[Text]:
    """How to play it, and what to hold in one's hand: read before setting out too."""
    planned = desk.plan.stimuli.get(stimulus)
    if planned is None or not planned.remarks:
        return []
    return [_block(_("remark:"), clean(planned.remarks).strip(), GREY)]


def _document(desk: Desk, stimulus: str) -> list[Text]:
    """What is handed over, by its number, and what is attached."""
    planned = desk.plan.stimuli.get(stimulus)
    if planned is None:
        return []
    found = []
    if planned.handout:
        number = _("no. {number}").format(number=clean_line(planned.handout))
        found.append(_block(_("DOCUMENT"), number, f"bold {WHITE}"))
    found += [
        _block(_("ATTACHED"), clean_line(name), WHITE) for name, _content in planned.attachments
    ]
    return found


def _how(desk: Desk, sheet: CallSheet) -> Text:
    channel = desk.plan.channels.get(sheet.channel)
    kind = channel.kind if channel else ""
    to, cell = receivers(desk, sheet), desk.names.short_cell(sheet.cell)
    line = _block(_verb(kind), to, f"bold {WHITE}")
    if to.casefold() != cell.casefold():
        line.append(f", {cell}", WHITE)
    if kind in CARRIED_KINDS:
        line.append(_place(desk, sheet.cell), WHITE)
    line.append(
        f"  {desk.names.channel_symbol(sheet.channel)} {desk.names.channel(sheet.channel)}", GREY
    )
    if sheet.instead_of:
        down = _("({channel} is down)").format(channel=desk.names.channel(sheet.instead_of))
        line.append(f" {down}", f"bold {VERMILLION}")
    if sheet.blocked:
        said = _("no live channel: Enter chooses one") if sheet.ask else _("waits for its channel")
        line.append(f"\n⊘ {said}", f"bold {VERMILLION}")
    if sheet.claimed_by:
        who = voice_name(desk, sheet.claimed_by)
        line.append(
            "\n⊙ " + _("taken by {voice} on the portal (U: take back)").format(voice=who),
            f"bold {SKY}",
        )
    if sheet.nobody:
        line.append("\n! " + _("all of them were called away for real"), f"bold {VERMILLION}")
    asked = _who(desk, sheet) if kind in CARRIED_KINDS else _whom(desk, sheet)
    return line.append_text(asked)


def _verb(kind: str) -> str:
    found = {
        "visit": _("VISIT"),
        "document": _("HAND OVER TO"),
        "media": _("SHOW TO"),
    }.get(kind)
    return found or (_("CALL") if kind in VOICE_KINDS else _("SEND TO"))


def _place(desk: Desk, cell: str) -> str:
    known = desk.plan.cells.get(cell)
    return f", {clean_line(known.place)}" if known and known.place else ""


def _whom(desk: Desk, sheet: CallSheet) -> Text:
    """A line each person, what is usable now first; stand-ins below, instead of who is away."""
    lines = Text()
    for receiver in people_of(desk, sheet):
        contact = contact_words(desk, receiver.person, sheet.channel)
        if receiver.away:
            who = clean_line(receiver.person.name or receiver.person.function)
            lines.append("\n   " + _("called away: {who}").format(who=who), VERMILLION)
        else:
            lines.append(f"\n   {contact}", GREEN)
        for person in receiver.instead:
            instead = _("stand-in") if receiver.away else _("or")
            style = f"bold {GREEN}" if receiver.away else GREY
            lines.append(f"\n   {instead} {contact_words(desk, person, sheet.channel)}", style)
    return lines


def _who(desk: Desk, sheet: CallSheet) -> Text:
    """Whom to ask for in the room, each with who stands in; nobody rings them."""
    names = []
    for receiver in people_of(desk, sheet):
        person = receiver.person
        there = [clean_line(person.name or person.function or person.id)]
        others = [clean_line(item.name or item.function or item.id) for item in receiver.instead]
        known = others if receiver.away and others else [*there, *others]
        names.append(_(" or ").join(known))
    return Text(f"\n   {', '.join(names)}" if names else "", GREEN)


def _attempts(sheet: CallSheet) -> list[Text]:
    return [
        Text(f"{format_t(item.sim_ms)} {words.call_outcome(item.outcome)}", YELLOW)
        for item in sheet.attempts
    ]


def _expected(desk: Desk, stimulus: str) -> list[Text]:
    planned = desk.plan.stimuli.get(stimulus)
    if planned is None or not planned.expectations:
        return []
    lines = [Text(_("EXPECTED"), f"bold {SKY}")]
    for item in planned.expectations:
        within = f" ({format_duration(item.within_ms)})" if item.within_ms is not None else ""
        lines.append(Text(f"□ {clean_line(item.text)}{within}", GREY))
    return lines


def _reply_sheet(desk: Desk, reply: ReplyTask) -> Text:
    actor = desk.plan.actors.get(reply.actor)
    to = desk.names.short_cell(reply.cell) if reply.cell else _("the caller")
    blocks = [
        _you_are(desk, reply.actor, reply.voice),
        _block(_("CALL BACK") if reply.promise else _("REPLY TO"), to, f"bold {WHITE}"),
    ]
    if reply.text:
        blocks.append(_block(_("they said:"), desk.text(reply.text).strip(), GREY))
    if actor is not None and actor.reply is not None and actor.reply.text and not reply.promise:
        blocks.append(Text(clean(actor.reply.text).strip(), WHITE))
    if actor is not None and actor.brief:
        blocks.append(_block(_("role:"), clean(actor.brief).strip(), GREY))
    known = desk.board.contacts.contact(reply.contact)
    if known is not None and known.written:
        blocks.append(_how_to_answer())
    else:
        blocks.append(Text(_("Enter: the answer was given · y: answer in writing"), GREY))
    return Text("\n").join(blocks)


def _how_to_answer() -> Text:
    """What players wrote: Enter asks how it is answered."""
    return Text(_("Enter: answer · y: answer in writing"), GREY)


def _message_sheet(desk: Desk, task: MessageTask) -> Text:
    """What players wrote, and to whom."""
    known = desk.board.contacts.contact(task.contact)
    actor = desk.plan.actors.get(task.actor)
    who = desk.names.cell(task.cell) if task.cell else _("somebody")
    by = f"  ({desk.names.channel(known.channel)})" if known and known.channel else ""
    blocks = [
        _you_are(desk, task.actor, task.voice)
        if task.actor
        else _block(_("TO THE ANIMATION"), _("nobody of the directory"), WHITE),
        _block(_("CALL BACK") if task.ring else _("MESSAGE FROM"), who + by, f"bold {WHITE}"),
        Text(desk.text(known.text).strip() if known else "", WHITE),
    ]
    if actor is not None and actor.brief:
        blocks.append(_block(_("role:"), clean(actor.brief).strip(), GREY))
    blocks.append(_how_to_answer())
    return Text("\n").join(blocks)


def _unsent_sheet(desk: Desk, task: Delivery) -> Text:
    """What did not leave, why, and what may be done."""
    to = roles_or_cell(desk, task.roles, task.cell)
    why = f" ({failure(task.code)})" if task.code else ""
    attempts = ngettext("{count} attempt", "{count} attempts", task.attempt)
    blocks = [
        Text(unsent_words(task).capitalize() + why, f"bold {VERMILLION}"),
        _block(_("FROM"), desk.names.actor(task.sender), f"bold {WHITE}"),
        _block(_("SEND TO"), f"{to}  {desk.names.channel(task.channel)}", f"bold {WHITE}"),
        Text(attempts.format(count=task.attempt), GREY),
        Text(_("Enter: send again, by another channel, or hand over"), GREY),
        Text(desk.script_of(task.occurrence).strip(), WHITE),
    ]
    return Text("\n").join(blocks)


def _leave_sheet(desk: Desk, task: LeaveTask) -> Text:
    """What to carry, where to, and by when to set out."""
    kind = desk.plan.channels[task.channel].kind if task.channel in desk.plan.channels else ""
    to = roles_or_cell(desk, task.roles, task.cell)
    travel = format_duration(task.due_ms - task.leave_ms, seconds=False)
    hours = _("leave at {leave:%H:%M} ({travel} on foot), there at {due:%H:%M}").format(
        leave=desk.room_at(task.leave_ms), travel=travel, due=desk.room_at(task.due_ms)
    )
    way = _("Enter: undo “on the way”") if task.gone else _("Enter: I am on my way")
    blocks = [
        _you_are(desk, task.sender, task.voice),
        _block(_verb(kind), f"{to}{_place(desk, task.cell)}", f"bold {WHITE}"),
        Text(hours, f"bold {ORANGE}" if task.leaves_now else WHITE),
        *_document(desk, task.stimulus),
        Text(way, GREY),
        *_remark(desk, task.stimulus),
        Text(desk.said_of(task.occurrence).strip(), WHITE),
    ]
    return Text("\n").join(blocks)


def read_aloud(desk: Desk, task: Task) -> Text:
    """The sheet of whoever sits among the players: only what may be read or handed over."""
    match task:
        case JumpTask():
            return sheet_text(desk, task)
        case ReplyTask():
            actor = desk.plan.actors.get(task.actor)
            prepared = clean(actor.reply.text).strip() if actor and actor.reply else ""
            return _spaced(desk.names.actor(task.actor), "", prepared)
        case CallSheet():
            to = f"→ {receivers(desk, task)}"
            body = [line.plain for line in _document(desk, task.stimulus)]
            said = desk.said_of(task.occurrence).strip()
            return _spaced(desk.names.actor(task.sender), to, "\n".join([*body, said]))
        case MessageTask():
            known = desk.board.contacts.contact(task.contact)
            who = desk.names.short_cell(task.cell) if task.cell else _("somebody")
            return _spaced(who, "", desk.text(known.text) if known else "")
        case LeaveTask() | Delivery():
            return Text()


def _spaced(who: str, to: str, body: str) -> Text:
    """Large, as far as a terminal can: bold, with air between the paragraphs."""
    title = Text(f"{who} {to}".strip(), f"bold {ORANGE}", justify="left")
    paragraphs = [part.strip() for part in body.splitlines() if part.strip()]
    return Text("\n\n").join([title, *(Text(part, f"bold {WHITE}") for part in paragraphs)])
