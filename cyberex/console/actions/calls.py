"""How a performed call ended: done and who answered, no answer, busy, refused; being dialled."""

from cyberex.console.actions.jump import make
from cyberex.console.desk import NotDone
from cyberex.console.dialogs.pick import Option
from cyberex.console.stage import Stage
from cyberex.console.tasks import JumpTask, people_of, receivers
from cyberex.facts.commands import ChooseChannel, EndCall, StartCall
from cyberex.facts.model import CallOutcome
from cyberex.i18n import _
from cyberex.views.calls import CallSheet, ReplyTask


async def _sheet(stage: Stage) -> CallSheet | None:
    """The sheet under the cursor; elsewhere the only one, or one chosen from the list."""
    task = stage.screen.selected_task()
    if isinstance(task, CallSheet):
        return task
    if isinstance(task, ReplyTask):
        raise NotDone(_("A reply is only to be said: nothing to record."))
    sheets = stage.desk.board.calls.sheets
    if not sheets:
        raise NotDone(_("There is no call to make now."))
    if len(sheets) == 1:
        return sheets[0]
    return await stage.pick(
        _("Which call?"), [Option(sheet, _label(stage, sheet)) for sheet in sheets]
    )


def _label(stage: Stage, sheet: CallSheet) -> str:
    names = stage.desk.names
    title = stage.desk.title(sheet.occurrence)
    code = names.code(sheet.occurrence)
    return f"{code} {names.short_actor(sheet.sender)} → {receivers(stage.desk, sheet)} {title}"


async def done(stage: Stage) -> None:
    """Who answered: the one expected comes first, Enter takes it."""
    if isinstance(stage.screen.selected_task(), JumpTask):
        await make(stage)
        return
    sheet = await _sheet(stage)
    if sheet is None:
        return
    if sheet.blocked:
        await _choose_channel(stage, sheet)
        return
    who = await stage.pick(
        _("Who answered?"),
        _answering(stage, sheet),
        digits=True,
        details=_label(stage, sheet),
    )
    if who is None:
        return
    command = EndCall(
        stimulus=sheet.occurrence, outcome=CallOutcome.DONE, cell=sheet.cell, answered_by=who
    )
    done_text = _("Done (u: undo): {call}").format(call=_label(stage, sheet))
    await stage.ask(command, done_text)


def _answering(stage: Stage, sheet: CallSheet) -> list[Option[str]]:
    desk = stage.desk
    cell_roles = [role.id for role in desk.plan.roles.values() if role.cell == sheet.cell]
    roles = [*sheet.roles, *(role for role in cell_roles if role not in sheet.roles)]
    found = [Option(role, desk.names.role(role)) for role in roles]
    found += [
        Option(person.id, desk.names.who(person.id))
        for person in people_of(desk, sheet)
        if not person.role
    ]
    return [*found, Option("", _("somebody else, or nobody in particular"), "0")]


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
