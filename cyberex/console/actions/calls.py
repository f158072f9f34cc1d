"""How a performed call ended: done and who answered, no answer, busy, refused; being dialled."""

from collections.abc import Iterable

from cyberex.console.actions.jump import make
from cyberex.console.actions.writing import answered, settle
from cyberex.console.desk import Desk, NotDone
from cyberex.console.dialogs.pick import Option
from cyberex.console.reach import answering, receivers
from cyberex.console.sheets import VOICE_KINDS
from cyberex.console.stage import Stage
from cyberex.console.task_lines import task_line
from cyberex.console.tasks import JumpTask, LeaveTask, MessageTask, Task, all_tasks, is_now
from cyberex.facts.animation_commands import TickItem
from cyberex.facts.commands import ChooseChannel, EndCall, StartCall
from cyberex.facts.model import CallOutcome
from cyberex.i18n import _
from cyberex.views.calls import CallSheet, ReplyTask
from cyberex.views.outboxes import Delivery


async def _sheet(stage: Stage) -> CallSheet | None:
    """The sheet under the cursor; elsewhere the only one, or one chosen from the list."""
    task = stage.screen.selected_task()
    if isinstance(task, CallSheet):
        return task
    if isinstance(task, ReplyTask | MessageTask):
        raise NotDone(_("A call back is only to be given: Enter says that it was."))
    if isinstance(task, Delivery):
        raise NotDone(_("It leaves without an animator: Enter says how."))
    if isinstance(task, LeaveTask):
        raise NotDone(_("It is not there yet: Enter says that somebody is on the way."))
    calls = stage.desk.board.calls
    found = await _task(stage, _begun(calls.waiting) or [*(calls.waiting or calls.sheets)])
    return found if isinstance(found, CallSheet) else None


def _begun(tasks: Iterable[Task]) -> list[Task]:
    """The only call somebody is on, if there is one: what is said of a call is said of that one."""
    begun: list[Task] = [
        task for task in tasks if isinstance(task, CallSheet) and task.started_ms is not None
    ]
    return begun if len(begun) == 1 else []


async def _task(stage: Stage, found: list[Task]) -> Task | None:
    if not found:
        raise NotDone(_("There is no call to make now."))
    if len(found) == 1:
        return found[0]
    return await stage.pick(_("Which call?"), [Option(task, _label(stage, task)) for task in found])


def _label(stage: Stage, task: Task) -> str:
    desk = stage.desk
    if not isinstance(task, CallSheet):
        return task_line(desk, task, 80).plain
    title = desk.title(task.occurrence)
    code = desk.names.code(task.occurrence)
    return f"{code} {desk.names.short_actor(task.sender)} → {receivers(desk, task)} {title}"


async def done(stage: Stage) -> None:
    """Whatever is under the cursor was done; a call: by whom it was answered."""
    task = stage.screen.selected_task()
    if task is None:
        due = [item for item in all_tasks(stage.desk) if is_now(item)]
        task = await _task(stage, _begun(due) or due or [*stage.desk.board.calls.sheets])
    match task:
        case JumpTask():
            await make(stage)
        case ReplyTask() | MessageTask():
            await answered(stage, task)
        case Delivery():
            await settle(stage, task)
        case LeaveTask():
            await _leave(stage, task)
        case CallSheet(blocked=True):
            await _choose_channel(stage, task)
        case CallSheet():
            await _done(stage, task)


async def _leave(stage: Stage, task: LeaveTask) -> None:
    """Somebody set out, or has not after all."""
    what = f"{stage.desk.names.code(task.occurrence)} {stage.desk.title(task.occurrence)}"
    said = _("Not left: {what}") if task.gone else _("On the way (u: undo): {what}")
    await stage.ask(TickItem(item=task.item, done=not task.gone), said.format(what=what))


async def _done(stage: Stage, sheet: CallSheet) -> None:
    """The one expected comes first, Enter takes it. Among the players nobody answers, and nobody
    answers what is written: one key."""
    who: str | None = ""
    if not stage.desk.services.tabletop and _is_spoken(stage.desk, sheet):
        options = [Option(id, name) for id, name in answering(stage.desk, sheet)]
        options.append(Option("", _("somebody else, or nobody in particular"), "0"))
        who = await stage.pick(
            _("Who answered?"), options, digits=True, details=_label(stage, sheet)
        )
    if who is None:
        return
    command = EndCall(
        stimulus=sheet.occurrence, outcome=CallOutcome.DONE, cell=sheet.cell, answered_by=who
    )
    done_text = _("Done (u: undo): {call}").format(call=_label(stage, sheet))
    await stage.ask(command, done_text)


def _is_spoken(desk: Desk, sheet: CallSheet) -> bool:
    channel = desk.plan.channels.get(sheet.channel)
    return channel is None or channel.kind in (*VOICE_KINDS, "visit")


async def _choose_channel(stage: Stage, sheet: CallSheet) -> None:
    desk = stage.desk
    live = desk.board.world.live_channels()
    if not live:
        raise NotDone(_("Every channel is down: it waits."))
    channel = await stage.pick(
        _("By what channel?"), [Option(item, desk.names.channel(item)) for item in live]
    )
    if channel is not None:
        await stage.ask(
            ChooseChannel(stimulus=sheet.occurrence, channel=channel, cell=sheet.cell),
            _("It leaves by {channel}.").format(channel=desk.names.channel(channel)),
        )


async def _end(stage: Stage, outcome: CallOutcome, said: str) -> None:
    sheet = await _sheet(stage)
    if sheet is not None:
        command = EndCall(stimulus=sheet.occurrence, outcome=outcome, cell=sheet.cell)
        await stage.ask(command, said.format(call=_label(stage, sheet)))


async def no_answer(stage: Stage) -> None:
    await _end(stage, CallOutcome.NO_ANSWER, _("No answer, back in 2 minutes (u: undo): {call}"))


async def busy(stage: Stage) -> None:
    await _end(stage, CallOutcome.BUSY, _("Busy, back in 2 minutes (u: undo): {call}"))


async def refused(stage: Stage) -> None:
    await _end(stage, CallOutcome.REFUSED, _("Refused (u: undo): {call}"))


async def start_call(stage: Stage) -> None:
    sheet = await _sheet(stage)
    if sheet is not None:
        command = StartCall(stimulus=sheet.occurrence, cell=sheet.cell)
        await stage.ask(command, _("Under way: {call}.").format(call=_label(stage, sheet)))
