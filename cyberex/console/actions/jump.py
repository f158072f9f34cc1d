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


async def make(stage: Stage) -> None:
    desk = stage.desk
    row = next_jump(desk)
    if row is None:
        raise NotDone(_("No jump is left to make."))
    if row.status is JumpStatus.PLANNED:
        early = await stage.pick(
            _("The jump is not due yet."),
            [Option(True, _("make it early"), "j"), Option(False, _("wait"), "w")],
            first=1,
        )
        if not early:
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
