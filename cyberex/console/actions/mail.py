"""What the director does with mail: test it, tick who answered, let it really leave, stop it."""

from cyberex.console.desk import Desk, NotDone
from cyberex.console.dialogs.pick import Option
from cyberex.console.mail_lines import Tested, failed, failures, tested, way_words, ways_of
from cyberex.console.services import MailDesk
from cyberex.console.stage import Stage
from cyberex.facts.delivery_commands import CloseOutbox, ConfirmMail, ReportTestReceived
from cyberex.facts.model import Outbox
from cyberex.i18n import _, ngettext

MOST = 8
"""So many people are named in a question; the others are counted."""


def mail_of(desk: Desk) -> MailDesk:
    """NotDone where there is none."""
    if desk.services.mail is None:
        raise NotDone(_("There is no mail here."))
    return desk.services.mail


async def test(stage: Stage) -> None:
    """Everybody, or those who have not answered."""
    desk = stage.desk
    mail = mail_of(desk)
    people = tested(desk)
    missing = [item for item in people if not item.reached]
    if not people:
        raise NotDone(_("Nobody in the directory: there is nobody to test."))
    chosen = people
    if desk.board.contact_test.started_wall and missing:
        everybody = _("everybody again ({count})").format(count=len(people))
        some = _("those who have not answered ({count})").format(count=len(missing))
        whom = await stage.pick(
            _("Contact test: whom?"), [Option(missing, some, "m"), Option(people, everybody, "a")]
        )
        if whom is None:
            return
        chosen = whom
    if await stage.confirm(_("Send the contact test?"), _said(mail, chosen)):
        await desk.wait_for(mail.start_test([item.person.id for item in chosen]))
        stage.tell(_("The contact test leaves. Enter ticks who says that they got it."))


def _said(mail: MailDesk, chosen: list[Tested]) -> list[str]:
    """What a contact test does, in a few lines."""
    written = [item for item in chosen if item.person.email]
    by_mail = ngettext(
        "{count} person gets two mails for real, one with an attachment.",
        "{count} people get two mails each for real, one with an attachment.",
        len(written),
    )
    lines = [by_mail.format(count=len(written))] if mail.configured else []
    without = [item.person for item in chosen if not item.person.email]
    if without:
        said = ngettext(
            "{count} person has no address: ring them.",
            "{count} people have no address: ring them.",
            len(without),
        )
        lines.append(said.format(count=len(without)))
    if not mail.configured:
        lines.append(_("No mail server is set: nothing leaves, tick by telephone."))
    return lines


async def tick(stage: Stage, item: Tested) -> None:
    """They say that they got it: by one of their ways, or were reached by telephone."""
    if not stage.desk.board.contact_test.started_wall:
        raise NotDone(_("The contact test was not started. T: start it."))
    ways = [way for way in ways_of(item.person) if not item.received(way)]
    if not ways:
        raise NotDone(_("They got everything."))
    name = stage.desk.names.person(item.person)
    way = await stage.pick(
        _("{name} got:").format(name=name),
        [Option(way, way_words(way)) for way in ways],
        details="\n".join(failures(item)),
    )
    if way is not None:
        await stage.ask(
            ReportTestReceived(person=item.person.id, way=way),
            _("Received: {name}, {way}").format(name=name, way=way_words(way)),
        )


async def confirm(stage: Stage) -> None:
    """From now on mail really leaves: typed, with the names of those who have not answered."""
    desk = stage.desk
    mail = mail_of(desk)
    if not mail.configured:
        raise NotDone(_("No mail server is set: nothing can leave."))
    if desk.board.outboxes.mail_confirmed:
        raise NotDone(_("That is confirmed: mail really leaves. S: stop it."))
    if not desk.board.contact_test.started_wall:
        raise NotDone(_("The contact test comes first: T."))
    details = [_("Messages by mail leave by themselves, to the people of the directory only.")]
    unsent = [desk.names.who(item.person.id) for item in failed(tested(desk))]
    if unsent:
        said = ngettext(
            "The contact test failed for {count} person: {names}",
            "The contact test failed for {count} people: {names}",
            len(unsent),
        )
        details.append(said.format(count=len(unsent), names=_named(unsent)))
    missing = [desk.names.who(person) for person in desk.board.contact_test.missing]
    if missing:
        said = ngettext(
            "{count} person has not answered: {names}",
            "{count} people have not answered: {names}",
            len(missing),
        )
        details.append(said.format(count=len(missing), names=_named(missing)))
    if await stage.confirm(_("Let mail really leave?"), details, word=_("MAIL")):
        await stage.ask(ConfirmMail(), _("Mail really leaves from now on. S: stop it."))


def _named(names: list[str]) -> str:
    return ", ".join(names[:MOST]) + (" …" if len(names) > MOST else "")


async def switch(stage: Stage) -> None:
    """Stop mail: what was to leave goes to the call sheets; or let it leave again."""
    desk = stage.desk
    outboxes = desk.board.outboxes
    if not outboxes.mail_confirmed:
        raise NotDone(_("Nothing leaves yet: contact test (T), then confirmation (C)."))
    if outboxes.is_open(Outbox.MAIL):
        details = [_("What was to leave by mail goes to the call sheets.")]
        if await stage.confirm(_("Stop mail?"), details):
            await stage.ask(CloseOutbox(outbox=Outbox.MAIL), _("Mail is stopped. S: start again."))
        return
    await desk.wait_for(mail_of(desk).let_leave())
    if not outboxes.is_open(Outbox.MAIL):
        raise NotDone(_("Nobody can be written to: no server, or no address."))
    stage.tell(_("Mail leaves again."))
