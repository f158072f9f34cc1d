"""What every page of a player has: its menu, who it is for, and the news of the exercise."""

from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from cyberex.i18n import _, ngettext
from cyberex.portal.page import Asked, NavItem
from cyberex.portal.pages.player_items import names_of, unread_count
from cyberex.portal.pages.player_testing import to_confirm
from cyberex.views.situation import State

INBOX, WRITE, LOG, DOCUMENTS, TEST = (
    "/player",
    "/player/write",
    "/player/log",
    "/player/documents",
    "/player/test",
)


@dataclass(frozen=True, slots=True)
class News:
    """`unread` is said on every page but the inbox; `phase` is what to know of the exercise now."""

    phase: tuple[str, ...]
    unread: int
    unread_said: str
    to_test: bool


def nav() -> list[NavItem]:
    return [
        NavItem(INBOX, _("Received")),
        NavItem(WRITE, _("Write")),
        NavItem(LOG, _("Log")),
        NavItem(DOCUMENTS, _("To read")),
    ]


def news(asked: Asked) -> News:
    unread = unread_count(asked)
    said = ngettext("{count} message to read", "{count} messages to read", unread)
    return News(
        phase=tuple(_phase(asked)),
        unread=unread,
        unread_said=said.format(count=unread) if unread else _("nothing new to read"),
        to_test=bool(to_confirm(asked)),
    )


def _phase(asked: Asked) -> list[str]:
    situation = asked.board.situation
    match situation.state:
        case State.READY:
            return [
                _("The exercise has not begun. Keep this page open: it follows by itself."),
                _("Meanwhile, read the rules and the game directory under “To read”."),
            ]
        case State.BRIEFING:
            return [_("Briefing: listen to the animation. What is for you will appear here.")]
        case State.DEBRIEF:
            return [
                _("FINEX: the exercise is over. Nothing more is sent or received."),
                _("You may read everything again for the debrief. Give its papers back."),
            ]
        case _:
            pass
    if situation.paused or situation.gap_ms is not None:
        return [_("The exercise is paused: nothing arrives for now. Stay where you are.")]
    return []


def can_act(asked: Asked) -> bool:
    """Whether messages and lines of the log are taken now."""
    situation = asked.board.situation
    return situation.state in (State.BRIEFING, State.PLAY) and not situation.real_stop


def who(asked: Asked) -> str:
    """For whom this page is: `Informatique – Cellule de crise`."""
    names = names_of(asked)
    cell = names.cell(asked.visitor.cell)
    return f"{names.role(asked.visitor.role)} – {cell}" if asked.visitor.role else cell


def show(
    asked: Asked, template: str, title: str, *, status: int = 200, wrong: str = "", **values: Any
) -> Response:
    """A page of a player. `wrong`: why what was sent was not taken; its draft is in `values`."""
    portal = asked.portal
    page = portal.render_page(
        template,
        title=title,
        nav=nav(),
        here=asked.request.url.path,
        notice=portal.notices.pop(asked.visitor.grant.grant, ""),
        visitor=asked.visitor,
        who=who(asked),
        news=news(asked),
        titled=False,
        wrong=wrong,
        can_act=can_act(asked),
        **values,
    )
    return portal.html(page, status)
