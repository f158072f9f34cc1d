"""The cell's own log: facts, decisions, actions, situation reports; on screen and to be printed."""

import re
from dataclasses import dataclass

from starlette.responses import Response
from starlette.routing import Route

from cyberex.errors import UserError
from cyberex.exercise.running import Refused
from cyberex.facts.delivery_commands import WriteCellLine
from cyberex.facts.model import AccessKind, CellLineKind, TextRef
from cyberex.i18n import _, language
from cyberex.portal.audience import Topic
from cyberex.portal.page import Asked, FormError, acts, shows
from cyberex.portal.pages.player_frame import LOG, show, who
from cyberex.portal.pages.player_items import names_of, room_hour
from cyberex.portal.portal import Portal
from cyberex.times import format_fiction
from cyberex.views.cell_logs import CellLine
from cyberex.wording.clean import clean, clean_line

LONGEST_OWNER = 200
_HOUR = re.compile(r"([01]?\d|2[0-3])\s*[:hH.]\s*([0-5]\d)")
PRINTED = "/player/log/print"


@dataclass(frozen=True, slots=True)
class LineView:
    """`hour` is the fiction's, `room` the room's; `by` the function that wrote it. `owner` and
    `due` are an action's, "" if nobody said."""

    line: str
    kind: str
    kind_said: str
    hour: str
    room: str
    by: str
    text: str
    owner: str
    due: str


def routes(portal: Portal) -> list[Route]:
    return [
        shows(portal, LOG, _page, AccessKind.PLAYER),
        shows(portal, "/player/part/log", _part, AccessKind.PLAYER),
        shows(portal, PRINTED, _printed, AccessKind.PLAYER),
        acts(portal, LOG, _write, AccessKind.PLAYER),
    ]


def kinds() -> dict[str, str]:
    """The kinds of a line, in words."""
    return {
        CellLineKind.FACT.value: _("Fact"),
        CellLineKind.DECISION.value: _("Decision"),
        CellLineKind.ACTION.value: _("Action"),
        CellLineKind.SITUATION.value: _("Situation report"),
    }


def lines(asked: Asked) -> list[LineView]:
    """Those of the visitor's cell, as they were written."""
    return [_view(asked, line) for line in asked.board.cell_logs.lines(asked.visitor.cell)]


def _view(asked: Asked, line: CellLine) -> LineView:
    fiction = asked.board.situation.fiction(line.sim_ms)
    names = names_of(asked)
    return LineView(
        line=line.line,
        kind=line.kind.value,
        kind_said=kinds()[line.kind.value],
        hour=format_fiction(fiction, language=language()),
        room=room_hour(asked, line.wall_at),
        by=names.role(line.role) if line.role else names.asker(line.by),
        text=clean(asked.exercise.text(line.text)).strip(),
        owner=clean_line(asked.exercise.text(line.owner)),
        due=line.due,
    )


async def _page(asked: Asked) -> Response:
    return _show(asked)


def _show(asked: Asked, wrong: str = "", status: int = 200) -> Response:
    """With what was typed, when it was not taken."""
    draft = {name: asked.form.get(name, "") for name in ("kind", "text", "owner", "due", "role")}
    roles = asked.exercise.plan.roles.values()
    return show(
        asked,
        "player_log.html",
        _("Log of the cell"),
        status=status,
        wrong=wrong,
        draft={**draft, "kind": draft["kind"] or CellLineKind.FACT.value},
        kinds=kinds(),
        roles=[
            (role.id, clean_line(role.title))
            for role in roles
            if role.cell == asked.visitor.cell and not asked.visitor.role
        ],
        lines=lines(asked)[::-1],
        printed=PRINTED,
    )


async def _part(asked: Asked) -> Response:
    return asked.part("player_part_log.html", lines=lines(asked)[::-1], printed=PRINTED)


async def _printed(asked: Asked) -> Response:
    return show(
        asked,
        "player_log_print.html",
        _("Log – {who}").format(who=who(asked)),
        lines=lines(asked),
        back=LOG,
    )


async def _write(asked: Asked) -> Response:
    try:
        await asked.submit(_command(asked))
    except (FormError, Refused, UserError) as error:
        if asked.enhanced:
            raise
        if isinstance(error, FormError):
            return _show(asked, error.sentence, 422)
        if isinstance(error, Refused):
            return _show(asked, asked.portal.why_refused(error), 409)
        sentence = _("The exercise does not answer for now. Tell the animation by telephone.")
        return _show(asked, sentence, 503)
    return asked.done(LOG, _("Written in the log."), Topic.LOG)


def _command(asked: Asked) -> WriteCellLine:
    try:
        kind = CellLineKind(asked.field("kind", longest=20))
    except ValueError as error:
        raise FormError(_("Choose what it is: a fact, a decision, an action, a report.")) from error
    is_action = kind is CellLineKind.ACTION
    text = asked.field("text")
    owner = asked.field("owner", longest=LONGEST_OWNER, needed=False) if is_action else ""
    return WriteCellLine(
        cell=asked.visitor.cell,
        kind=kind,
        role=_role(asked),
        due=due_hour(asked.field("due", longest=20, needed=False)) if is_action else "",
        text=asked.say(text),
        owner=asked.say(owner) if owner else TextRef(""),
    )


def _role(asked: Asked) -> str:
    """Who writes: the role of the access, else one of the cell's, else the cell."""
    if asked.visitor.role:
        return asked.visitor.role
    chosen = asked.field("role", longest=200, needed=False)
    role = asked.exercise.plan.roles.get(chosen)
    return chosen if role is not None and role.cell == asked.visitor.cell else ""


def due_hour(said: str) -> str:
    """`9h05` and `9:05` are `09:05`. FormError for what is no hour."""
    if not said:
        return ""
    found = _HOUR.fullmatch(said)
    if found is None:
        raise FormError(_("“{said}” is not an hour: write it as 14:30.").format(said=said))
    return f"{int(found[1]):02}:{found[2]}"
