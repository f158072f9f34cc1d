"""Mail that really leaves: the contact test, who has not answered, the confirmation, failures."""

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from cyberex.console.actions import mail as acts
from cyberex.console.actions.clock import pause
from cyberex.console.actions.writing import settle
from cyberex.console.desk import Desk
from cyberex.console.line_list import LineList
from cyberex.console.mail_lines import Tested, failed, mail_line, mails, tested, tested_line
from cyberex.console.paged_screen import PagedScreen
from cyberex.console.palette import GREEN, GREY, ORANGE, VERMILLION, WHITE, YELLOW
from cyberex.console.services import MailDesk
from cyberex.console.stage import Action, Stage
from cyberex.facts.model import Outbox
from cyberex.i18n import _, ngettext
from cyberex.views.outboxes import Delivery
from cyberex.wording.clean import clean_line

ACTIONS: dict[str, Action] = {
    "test": acts.test,
    "confirm": acts.confirm,
    "switch": acts.switch,
    "pause": pause,
}


class MailScreen(PagedScreen):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("T", "do('test')", show=False),
        Binding("C", "do('confirm')", show=False),
        Binding("S", "do('switch')", show=False),
        Binding("space", "do('pause')", show=False),
        Binding("M", "back", show=False),
    ]

    def __init__(self, desk: Desk, mail: MailDesk) -> None:
        super().__init__(desk, "mail")
        self._mail = mail
        self._people: LineList[Tested] = LineList(
            lambda item, width: tested_line(desk, item, width),
            lambda item: item.person.id,
            empty=lambda: _("nobody in the directory"),
            id="tested",
        )
        self._mails: LineList[Delivery] = LineList(
            lambda item, width: mail_line(desk, item, width),
            lambda item: (item.occurrence, item.cell),
            empty=lambda: _("no mail has left yet"),
            id="mails",
        )

    @property
    def pages(self) -> Sequence[LineList[Any]]:
        return (self._people, self._mails)

    def titles(self) -> Sequence[str]:
        reached = sum(item.reached for item in self._people.items)
        waiting = sum(item.for_director for item in self._mails.items)
        left = _("Mail of the game, ! {count} to settle").format(count=waiting)
        return (
            _("Contact test ({reached}/{all})").format(
                reached=reached, all=len(self._people.items)
            ),
            left if waiting else _("Mail of the game"),
        )

    def keys_words(self) -> str:
        return _(" T contact test  ⏎ received/settle  C really leave  S stop/start  Esc back")

    def status(self) -> Text:
        """What really leaves, and what is still to be done before it does."""
        mail, outboxes = self._mail, self.desk.board.outboxes
        line = Text(" ", no_wrap=True, overflow="ellipsis")
        if mail.problem:
            line.append(f"✗ {clean_line(mail.problem)}  ", f"bold {VERMILLION}")
        if not mail.configured:
            line.append(_("No mail server is set (cyberex.toml): nothing leaves by mail."), YELLOW)
            return line.append(f"  {clean_line(mail.folder)}", GREY)
        if not outboxes.mail_confirmed:
            dry = _("DRY RUN (into a folder), except the contact test, which really leaves.")
            line.append(f"○ {dry}", f"bold {YELLOW}")
            return line.append(f"\n   {self._todo()}", ORANGE).append(
                f"  {clean_line(mail.folder)}", GREY
            )
        if outboxes.is_open(Outbox.MAIL):
            names = self.desk.names
            cells = {item.cell: 0 for item in outboxes.open if item.outbox is Outbox.MAIL}
            line.append("● " + _("MAIL REALLY LEAVES"), f"bold {GREEN}")
            return line.append(f"  {', '.join(map(names.short_cell, cells))}", WHITE)
        return line.append("‖ " + _("Mail is stopped: call sheets. S: let it leave."), ORANGE)

    def _todo(self) -> str:
        """What comes before mail really leaves."""
        if not self.desk.board.contact_test.started_wall:
            return _("T: contact test first.")
        count = len(failed(tested(self.desk)))
        if not count:
            return _("C: let them really leave.")
        return ngettext(
            "{count} failure: look at it (⏎) before C: let them really leave.",
            "{count} failures: look at them (⏎) before C: let them really leave.",
            count,
        ).format(count=count)

    def version(self) -> object:
        return (super().version(), self._mail.problem)

    def refill(self) -> None:
        self._people.show(tested(self.desk))
        self._mails.show(mails(self.desk))

    def chosen(self) -> Action | None:
        item, mail = self._people.selected, self._mails.selected
        if self.page == 0 and item is not None:
            return lambda stage: self._tick(stage, item)
        if self.page == 1 and mail is not None and mail.for_director:
            return lambda stage: settle(stage, mail)
        return None

    async def _tick(self, stage: Stage, item: Tested) -> None:
        """Whoever answered goes below; the next one comes under the cursor."""
        place = self._people.cursor
        await acts.tick(stage, item)
        self.redraw()
        if not item.reached and self.desk.board.contact_test.is_reached(item.person.id):
            self._people.select(place)

    def action_do(self, name: str) -> None:
        self.start(ACTIONS[name])
