"""What must not be missed: a journal that cannot be written, a real stop, a question open."""

from datetime import timedelta

from rich.text import Text
from textual.widgets import Static

from cyberex.console.desk import Desk
from cyberex.i18n import _
from cyberex.times import format_duration
from cyberex.views.situation import State
from cyberex.wording.clean import clean_line


class Banner(Static):
    """Not there when there is nothing to say."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(id="banner", markup=False)
        self._desk = desk
        self._said = ""
        self.bug = ""

    def redraw(self) -> None:
        said = self._words()
        if said == self._said:
            return
        self._said = said
        self.display = bool(said)
        self.update(Text(said, no_wrap=True, overflow="ellipsis"))

    def _words(self) -> str:
        desk = self._desk
        situation = desk.board.situation
        if desk.exercise.frozen is not None:
            reason = clean_line(desk.exercise.frozen)
            return _("✗ FROZEN, nothing leaves – F5: try again – {reason}").format(reason=reason)
        if self.bug:
            return _("✗ STOPPED by a fault: {what} – quit (Ctrl+Q) and resume").format(
                what=self.bug
            )
        if situation.real_stop:
            return _("■ REAL STOP – this is no exercise any more – L: call-down list, lift")
        if situation.gap_ms is not None:
            return _("? INTERRUPTED – space: say what the interruption was")
        if situation.on_break is not None:
            return _break_words(desk)
        if situation.state is State.BRIEFING and desk.sim_ms() >= 0:
            return _("○ The announced hour has come – D: give DEBEX")
        if situation.state is State.DEBRIEF:
            return _("◇ FINEX was given – D: hot debrief")
        if situation.state is State.CLOSED:
            return _("× The exercise is closed – Ctrl+Q: quit")
        return _portal_words(desk)


def _portal_words(desk: Desk) -> str:
    """Until the director has looked; the header goes on saying it."""
    portal = desk.services.portal
    if portal is None or portal.problem in ("", desk.portal_seen):
        return ""
    return _("✗ THE PORTAL STOPPED – unread messages are on the call sheets – Q: start again")


def _break_words(desk: Desk) -> str:
    left = desk.board.situation.break_left(desk.wall()) or timedelta()
    left_ms = left // timedelta(milliseconds=1)
    if left_ms < 0:
        return _("‖ PLANNED BREAK over since {time} – space: resume").format(
            time=format_duration(-left_ms)
        )
    return _("‖ PLANNED BREAK, {time} left – space: resume").format(time=format_duration(left_ms))
