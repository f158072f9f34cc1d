"""Several animators: whose tasks are shown, who takes what over, who was really called away."""

from cyberex.console.desk import NotDone
from cyberex.console.dialogs.pick import Option
from cyberex.console.stage import Stage
from cyberex.console.tasks import (
    JumpTask,
    LeaveTask,
    MessageTask,
    Task,
    all_tasks,
    voice_of,
)
from cyberex.console.voices import voice_name, voices
from cyberex.facts.animation_commands import AssignVoice, DetailContact, MarkAbsent
from cyberex.i18n import _
from cyberex.views.calls import CallSheet, ReplyTask
from cyberex.views.outboxes import Delivery
from cyberex.views.rows import ChronogramRow

ALL = "\0all"


async def filter_voice(stage: Stage) -> None:
    """Show one animator's tasks, or everybody's; the header keeps the oldest call of all."""
    desk = stage.desk
    waiting: dict[str, int] = {}
    for task in all_tasks(desk):
        waiting[voice_of(task)] = waiting.get(voice_of(task), 0) + 1
    options = [Option(ALL, _("every voice"), "0")]
    options += [
        Option(voice, f"{voice_name(desk, voice)} ({waiting.get(voice, 0)})")
        for voice in voices(desk)
    ]
    if len(options) == 1:
        raise NotDone(_("Nobody voices anybody in this scenario."))
    chosen = await stage.pick(_("Whose tasks?"), options, digits=True)
    if chosen is None:
        return
    desk.voice = None if chosen == ALL else chosen
    if desk.voice is None:
        stage.tell(_("Every voice is shown."))
    else:
        stage.tell(_("Only {voice}. w then 0: every voice.").format(voice=voice_name(desk, chosen)))


async def assign(stage: Stage) -> None:
    """Give this call, or its actor from now on, to another voice: a small letter or a capital."""
    desk = stage.desk
    found = _actor_and_call(stage)
    if found is None:
        raise NotDone(_("Choose a call or a row first (1 or 2)."))
    actor, occurrence, contact = found
    spoken = desk.board.casting.voice_of(actor, occurrence)
    others = [voice for voice in voices(desk) if voice != spoken]
    if not others:
        raise NotDone(_("There is no other voice to give it to."))
    options: list[Option[tuple[str, bool]]] = []
    letters = "abcdefghijklmnopqrstuvwxyz"
    for letter, voice in zip(letters, others, strict=False):
        said = _("{voice}: this call").format(voice=voice_name(desk, voice))
        options.append(Option((voice, True), said, letter))
    for letter, voice in zip(letters.upper(), others, strict=False):
        if not actor:
            break
        name = desk.names.short_actor(actor)
        said = _("{voice}: {actor}, from now on").format(voice=voice_name(desk, voice), actor=name)
        options.append(Option((voice, False), said, letter))
    now = _("Now: {voice}").format(voice=voice_name(desk, spoken))
    chosen = await stage.pick(_("Give to whom?"), options, details=now)
    if chosen is None:
        return
    voice, alone = chosen
    done = _("Given to {voice}.").format(voice=voice_name(desk, voice))
    if alone and contact:
        await stage.ask(DetailContact(contact=contact, voice=voice), done)
    elif alone:
        await stage.ask(AssignVoice(voice=voice, stimulus=occurrence), done + " " + _("u: undo."))
    else:
        await stage.ask(AssignVoice(voice=voice, actor=actor), done + " " + _("u: undo."))


def _actor_and_call(stage: Stage) -> tuple[str, str, str] | None:
    """Actor, occurrence and contact of what is under the cursor, else of the only task."""
    row = stage.screen.selected_row()
    if isinstance(row, ChronogramRow):
        return row.sender, row.occurrence, ""
    task = stage.screen.selected_task()
    if task is None:
        found: list[Task] = [
            item for item in all_tasks(stage.desk) if not isinstance(item, JumpTask | Delivery)
        ]
        task = found[0] if len(found) == 1 else None
    match task:
        case CallSheet() | LeaveTask():
            return task.sender, task.occurrence, ""
        case ReplyTask() | MessageTask():
            return task.actor, "", task.contact
        case _:
            return None


async def absent(stage: Stage) -> None:
    """A player really left, or is back; those of the selected sheet come first."""
    desk = stage.desk
    task = stage.screen.selected_task()
    near = task.roles if isinstance(task, CallSheet | LeaveTask) else ()
    gone = desk.board.presence.absent
    roles = sorted(desk.plan.roles, key=lambda role: role not in near)
    options = [Option(role, _role_line(stage, role)) for role in roles]
    if not options:
        raise NotDone(_("This scenario has no role."))
    role = await stage.pick(_("Who was really called away, or is back?"), options, dense=True)
    if role is None:
        return
    away = role not in gone
    name = desk.names.role(role)
    done = (
        _("Called away for real (u: undo): {role}. Play goes on.").format(role=name)
        if away
        else _("Back (u: undo): {role}").format(role=name)
    )
    await stage.ask(MarkAbsent(role=role, absent=away), done)


def _role_line(stage: Stage, role: str) -> str:
    desk = stage.desk
    away = role in desk.board.presence.absent
    cell = desk.names.short_cell(desk.plan.roles[role].cell)
    who = [desk.names.person(person) for person in desk.people if person.role == role]
    said = f"{'✗' if away else '✓'} {desk.names.role(role)}, {cell}"
    return f"{said} – {who[0]}" if who else said
