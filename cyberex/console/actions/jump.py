"""Make a jump of the fiction's hour: bulletin, what was not played, deadlines, then make."""

from cyberex.console.bulletins import bulletin_now
from cyberex.console.desk import Desk, NotDone
from cyberex.console.dialogs.jump import JumpAnswer, JumpDialog
from cyberex.console.dialogs.pick import Option
from cyberex.console.dialogs.tell import Tell
from cyberex.console.stage import Stage
from cyberex.facts.commands import MakeJump
from cyberex.i18n import _
from cyberex.views.rows import JumpRow, JumpStatus


def next_jump(desk: Desk) -> JumpRow | None:
    """The one prepared, else the next to come."""
    rows = [
        row
        for row in desk.board.chronogram.rows(desk.sim_ms())
        if isinstance(row, JumpRow) and row.status is not JumpStatus.MADE
    ]
    return next(
        (row for row in rows if row.status is JumpStatus.PREPARED), rows[0] if rows else None
    )


async def _early(stage: Stage) -> bool:
    """Whether to make it before its hour; the last bulletin may be read again instead."""
    options = [Option("make", _("make it early"), "j"), Option("wait", _("wait"), "w")]
    if stage.desk.board.bulletins.read:
        options.append(Option("read", _("read the last bulletin again"), "l"))
    chosen = await stage.pick(_("The jump is not due yet."), options, first=1)
    if chosen == "read":
        await _read_again(stage)
    return chosen == "make"


async def _read_again(stage: Stage) -> None:
    last = stage.desk.board.bulletins.read[0]
    await stage.show(
        Tell(_("TO READ OUT"), stage.desk.text(last.typed) if last.typed else last.written)
    )


async def make(stage: Stage) -> None:
    desk = stage.desk
    row = next_jump(desk)
    if row is None:
        if not desk.board.bulletins.read:
            raise NotDone(_("No jump is left to make."))
        await _read_again(stage)
        return
    if row.status is JumpStatus.PLANNED and not await _early(stage):
        return
    planned = desk.plan.jumps[row.jump]
    bulletin = bulletin_now(desk, planned)
    answer: JumpAnswer | None = await stage.show(JumpDialog(desk, planned, bulletin))
    if answer is None:
        return
    text = "" if answer.bulletin.strip() == bulletin.strip() else answer.bulletin
    await stage.ask(
        MakeJump(
            jump=row.jump,
            drop=answer.drop,
            deadlines=answer.deadlines,
            bulletin=desk.exercise.say(text),
        ),
        _("Jump made: {name}. Read the bulletin aloud.").format(name=desk.names.jump(row.jump)),
    )
    if answer.bulletin.strip():
        await stage.show(Tell(_("TO READ OUT"), answer.bulletin))
