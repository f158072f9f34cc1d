"""Write in the log, put lines in the debrief basket, undo; find and come back to the present."""

from cyberex.console.desk import NotDone
from cyberex.console.dialogs.note import NoteDialog
from cyberex.console.dialogs.pick import Option
from cyberex.console.entries import read_note
from cyberex.console.stage import Stage
from cyberex.facts.commands import AddNote, MarkLine, Undo
from cyberex.facts.model import Mark, Request
from cyberex.i18n import _


async def note(stage: Stage) -> None:
    desk = stage.desk
    answer = await stage.show(NoteDialog(desk))
    if answer is None:
        return
    about, text = read_note(answer.text, desk.room())
    if not text:
        return
    await stage.ask(
        AddNote(
            text=desk.exercise.say(text),
            kind=answer.kind,
            cell=answer.cell,
            about_wall=desk.wall_of_hour(about) if about else "",
        ),
        _("Noted for {hour}.").format(hour=f"{about:%H:%M}") if about else _("Noted."),
    )


async def _mark(stage: Stage, mark: Mark) -> None:
    line = stage.screen.selected_line()
    if line is None:
        lines = stage.desk.board.log.lines
        if not lines:
            raise NotDone(_("The log is empty."))
        line = lines[-1]
    mark = Mark.NONE if line.mark is mark else mark
    said = {
        Mark.PLUS: _("In the basket, strong point."),
        Mark.MINUS: _("In the basket, weak point."),
        Mark.NONE: _("Out of the basket."),
    }[mark]
    await stage.ask(MarkLine(line=line.seq, mark=mark), said)


async def mark_plus(stage: Stage) -> None:
    await _mark(stage, Mark.PLUS)


async def mark_minus(stage: Stage) -> None:
    await _mark(stage, Mark.MINUS)


async def undo(stage: Stage) -> None:
    """The last command that still can be."""
    request = next(iter(stage.desk.undoing.undoable()), None)
    if request is None:
        raise NotDone(_("There is nothing to undo."))
    await withdraw(stage, request)


async def withdraw(stage: Stage, request: Request) -> bool:
    """Name it and undo it; with effects on assets, ask whether they are undone too. False if the
    director left."""
    title = _("Undo: {what}").format(what=stage.desk.described(request))
    with_effects: bool | None = False
    if stage.desk.undoing.changed_assets(request.id):
        with_effects = await stage.pick(
            title,
            [
                Option(True, _("undo, and put assets back as they were"), "a"),
                Option(False, _("undo, and leave assets as they are"), "l"),
            ],
        )
    elif not await stage.confirm(title):
        return False
    if with_effects is None:
        return False
    done = _("Undone: {what}.").format(what=stage.desk.described(request))
    try:
        await stage.ask(Undo(undoes=request.id, with_effects=with_effects), done)
    except NotDone as refusal:
        if refusal.code == "not-undoable":
            stage.desk.undoing.refused(request.id)
        raise
    return True


async def search(stage: Stage) -> None:
    await stage.screen.search()


async def present(stage: Stage) -> None:
    stage.screen.to_present()
