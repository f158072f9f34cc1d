"""What the director does with the participants' pages: start, stop, revoke, by cell."""

from cyberex.console.desk import Desk, NotDone
from cyberex.console.dialogs.tell import Tell
from cyberex.console.reading import Device, item_words, reading, written_kinds
from cyberex.console.services import PortalDesk
from cyberex.console.stage import Stage
from cyberex.facts.delivery_commands import CloseOutbox, OpenOutbox
from cyberex.facts.model import AccessKind, Outbox
from cyberex.i18n import _, ngettext
from cyberex.wording.clean import clean, clean_line


def portal_of(desk: Desk) -> PortalDesk:
    """NotDone where the program was started without one."""
    if desk.services.portal is None:
        raise NotDone(_("There is no portal here."))
    return desk.services.portal


async def switch(stage: Stage) -> None:
    portal = portal_of(stage.desk)
    if not portal.running:
        await _start(stage, portal, "")
        return
    unread = sum(len(reading(stage.desk, cell).unread) for cell in stage.desk.plan.cells)
    back = ngettext(
        "{count} message that nobody has read goes back to the call sheets.",
        "{count} messages that nobody has read go back to the call sheets.",
        unread,
    )
    details = [_("Every page closes; accesses stay good for when it is started again.")]
    if unread:
        details.append(back.format(count=unread))
    if await stage.confirm(_("Stop the portal?"), details):
        await stage.desk.wait_for(portal.stop())
        stage.tell(_("The portal is stopped. Go on with calls and paper."))


async def start_elsewhere(stage: Stage) -> None:
    """On another address or port than the usual one."""
    portal = portal_of(stage.desk)
    if portal.running:
        raise NotDone(_("It is started. S: stop it first."))
    address = await stage.line(
        _("On which address?"), placeholder=_("8765, or 192.168.1.10:8765; nothing: the usual one")
    )
    if address is not None:
        await _start(stage, portal, address.strip())


async def _start(stage: Stage, portal: PortalDesk, address: str) -> None:
    await stage.desk.wait_for(portal.start(address))
    stage.tell(_("The portal is started."))


async def details(stage: Stage) -> None:
    """Every address and every warning, in full."""
    portal = portal_of(stage.desk)
    lines = [clean_line(item) for item in portal.addresses]
    lines += [f"! {clean_line(item)}" for item in portal.warnings]
    if portal.problem:
        lines.insert(0, f"✗ {clean_line(portal.problem)}")
    if portal.refusals:
        refused = _("{count} requests refused: wrong codes, forms from elsewhere, too many at once")
        lines.append(refused.format(count=portal.refusals))
    lines.append(_("Without the portal the exercise goes on: by telephone and on paper."))
    await stage.show(Tell(_("The portal"), "\n".join(lines)))


async def wall(stage: Stage) -> None:
    """The wall's code is shown once what a mirrored screen gives away was read."""
    portal = portal_of(stage.desk)
    if not portal.running:
        raise NotDone(_("The portal is not started. S: start it."))
    door = next((item for item in portal.doors() if item.kind is AccessKind.WALL), None)
    if door is None:
        raise NotDone(_("This portal has no wall screen."))
    warning = [
        _("Best: another computer, plugged to the projector, opens the wall screen by its code."),
        _("If it is this computer: EXTEND the screen, never mirror it. A mirrored screen shows"
          " this console: what is to come, names, telephone numbers."),
        _("F9 hides the console at once."),
    ]  # fmt: skip
    if await stage.confirm(_("Show the wall screen's code?"), warning):
        stage.desk.wall_shown = True
        stage.tell(_("Wall screen: {url}").format(url=door.url))


async def revoke(stage: Stage, device: Device) -> None:
    words = [device.words, _("Its pages close now. It needs a new code to come back.")]
    if await stage.confirm(_("Take this access back?"), words):
        await stage.desk.wait_for(portal_of(stage.desk).revoke(device.grant))
        stage.tell(_("Taken back: {who}.").format(who=device.words))


async def revoke_all(stage: Stage) -> None:
    count = len(stage.desk.board.access.grants)
    if not count:
        raise NotDone(_("Nobody has joined yet."))
    said = ngettext("{count} access.", "{count} accesses.", count).format(count=count)
    details = [said, _("Every page closes now. Everybody needs a new code to come back.")]
    if await stage.confirm(_("Take every access back?"), details):
        await stage.desk.wait_for(portal_of(stage.desk).revoke())
        stage.tell(_("Every access is taken back."))


async def switch_cell(stage: Stage, cell: str) -> None:
    """What is written to this cell leaves by the portal, or is an animator's again."""
    desk = stage.desk
    found = reading(desk, cell)
    name = desk.names.short_cell(cell)
    if not found.by_portal and not portal_of(desk).running:
        raise NotDone(_("The portal is not started. S: start it."))
    if not found.by_portal:
        kinds = written_kinds(desk.plan)
        if not kinds:
            raise NotDone(_("Nothing is written in this scenario: calls, visits, documents only."))
        await stage.ask(
            OpenOutbox(outbox=Outbox.PORTAL, cell=cell, kinds=kinds),
            _("{cell}: what is written is on its pages.").format(cell=name),
        )
        return
    back = ngettext(
        "{count} message that nobody has read goes back to the call sheets.",
        "{count} messages that nobody has read go back to the call sheets.",
        len(found.unread),
    )
    details = [_("An animator takes over what is written to it, from now on.")]
    details += [back.format(count=len(found.unread))] if found.unread else []
    if await stage.confirm(_("{cell}: no more by the portal?").format(cell=name), details):
        await stage.ask(
            CloseOutbox(outbox=Outbox.PORTAL, cell=cell),
            _("{cell}: no more by the portal.").format(cell=name),
        )


async def who_read(stage: Stage, cell: str) -> None:
    """Everything that reached the cell, and who read it when."""
    desk = stage.desk
    items = desk.board.inboxes.items(cell)
    lines = [item_words(desk, item) for item in items] or [_("Nothing has reached this cell yet.")]
    title = _("What {cell} got").format(cell=desk.names.short_cell(cell))
    await stage.show(Tell(title, clean("\n".join(lines))))
