"""The room around the game: check-lists, what remains on paper, a screen that shows nothing."""

import asyncio

from cyberex.console.desk import NotDone
from cyberex.console.dialogs.tell import Tell
from cyberex.console.stage import Stage
from cyberex.errors import UserError
from cyberex.i18n import _
from cyberex.views.situation import State
from cyberex.wording.clean import clean_line


async def checklist(stage: Stage) -> None:
    """Before FINEX that of the briefing, after it that of the end."""
    from cyberex.console.checklist_screen import BriefingScreen, ChecklistScreen, FinexScreen

    if isinstance(stage.screen, ChecklistScreen):
        return
    if stage.desk.board.situation.state not in (State.DEBRIEF, State.CLOSED):
        await stage.show(BriefingScreen(stage.desk))
        return
    screen = FinexScreen(stage.desk)
    await stage.show(screen)
    if screen.debrief_wanted:
        await open_debrief(stage)


async def open_debrief(stage: Stage) -> None:
    from cyberex.console.debrief_screen import DebriefScreen

    if not isinstance(stage.screen, DebriefScreen):
        await stage.show(DebriefScreen(stage.desk))


async def paper(stage: Stage) -> None:
    """What remains, with hours, on one page to print; in a thread, and whatever the state."""
    stage.tell(_("Writing what remains…"))
    try:
        path = await asyncio.to_thread(stage.desk.services.rest_on_paper)
    except (OSError, UserError) as error:
        said = _("What remains could not be written: {why}").format(why=clean_line(str(error)))
        raise NotDone(said) from error
    stage.tell(_("To print: {path}").format(path=path.name))
    await stage.show(Tell(_("What remains, to be printed"), str(path)))
