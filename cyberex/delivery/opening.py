"""Makes the mail service of an exercise from its settings, and tries both servers beforehand."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime

from cyberex.delivery.allowed import AllowList
from cyberex.delivery.contact_tests import Links
from cyberex.delivery.game import Game
from cyberex.delivery.imap import ImapMailbox, MailboxError
from cyberex.delivery.service import MailService
from cyberex.delivery.settings import MailSettings
from cyberex.delivery.smtp import SmtpTransport
from cyberex.delivery.writing import Files
from cyberex.errors import UserError
from cyberex.exercise.clocks import Clocks
from cyberex.facts.people import Person
from cyberex.i18n import _


def mail_service(
    game: Game,
    people: Iterable[Person],
    settings: MailSettings,
    clocks: Clocks,
    *,
    files: Files = lambda _path: None,
    links: Links = lambda _person: "",
    report_bug: Callable[[Exception], object] = lambda _bug: None,
) -> MailService:
    """`people` is the directory of the exercise's own journal: nobody else can be written to.

    UserError if the certificate of one's own authority cannot be read.
    """
    persons = tuple(people)
    allowed = AllowList(persons)
    transport = _smtp(settings, allowed)
    mailbox = _mailbox(settings, datetime.fromisoformat(game.created.created_wall))
    return MailService(
        game,
        persons,
        settings,
        clocks,
        allowed,
        transport,
        mailbox,
        files=files,
        links=links,
        report_bug=report_bug,
    )


async def check_mail(settings: MailSettings, clocks: Clocks) -> None:
    """Connect to both servers, send nothing. UserError with what to mend."""
    transport = _smtp(settings, AllowList(()))
    if transport is not None:
        try:
            await transport.check()
        finally:
            await transport.close()
    mailbox = _mailbox(settings, clocks.wall())
    if mailbox is None:
        return
    try:
        await asyncio.to_thread(mailbox.new)
    except MailboxError as error:
        raise UserError(
            _("answers cannot be read on {host}: {reason}").format(
                host=mailbox.server.host, reason=mailbox_trouble(error.code)
            ),
            _("Check [imap] in cyberex.toml."),
        ) from None


def mailbox_trouble(code: str) -> str:
    """Why answers could not be read, in words."""
    return {
        "connect": _("nothing answers there"),
        "certificate": _("its certificate is not one that this machine trusts"),
        "login": _("it does not know this user or this password"),
        "folder": _("this mailbox has no such folder"),
        "read": _("it hangs up"),
    }.get(code, code)


def _smtp(settings: MailSettings, allowed: AllowList) -> SmtpTransport | None:
    if settings.smtp is None:
        return None
    return SmtpTransport(settings.smtp, settings.mailbox, allowed)


def _mailbox(settings: MailSettings, since: datetime) -> ImapMailbox | None:
    if settings.imap is None:
        return None
    return ImapMailbox(settings.imap, settings.folder, since)
