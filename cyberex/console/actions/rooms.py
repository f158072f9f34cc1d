"""Open the screens of what leaves by itself: the participants' pages, the mail."""

from cyberex.console.actions.portal import portal_of
from cyberex.console.desk import NotDone
from cyberex.console.stage import Stage
from cyberex.i18n import _


async def portal(stage: Stage) -> None:
    from cyberex.console.portal_screen import PortalScreen

    if isinstance(stage.screen, PortalScreen):
        return
    found = portal_of(stage.desk)
    await stage.show(PortalScreen(stage.desk, found))
    stage.desk.portal_seen = found.problem


async def mail(stage: Stage) -> None:
    from cyberex.console.mail_screen import MailScreen

    if stage.desk.services.mail is None:
        raise NotDone(_("There is no mail here."))
    if not isinstance(stage.screen, MailScreen):
        await stage.show(MailScreen(stage.desk, stage.desk.services.mail))
