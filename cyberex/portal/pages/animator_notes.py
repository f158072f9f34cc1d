"""A note for the log, from the animation room."""

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from cyberex.facts.commands import AddNote
from cyberex.facts.model import AccessKind, NoteKind
from cyberex.i18n import _
from cyberex.portal.audience import Topic
from cyberex.portal.page import Asked, shows
from cyberex.portal.pages.animator_seat import NOTE, Seat, does, seat, show
from cyberex.portal.pages.noted import noted
from cyberex.portal.pages.ticking import wall_ago
from cyberex.portal.portal import Portal
from cyberex.wording import words

LONGEST_ID = 200


def routes(portal: Portal) -> list[Route]:
    return [
        shows(portal, NOTE, _page, AccessKind.ANIMATOR),
        shows(portal, "/animator/part/notes", _part, AccessKind.ANIMATOR),
        does(portal, NOTE, _note),
    ]


async def _page(asked: Asked) -> Response:
    here = seat(asked)
    return show(
        here,
        "animator_note.html",
        _("Note for the log"),
        kinds=[(kind.value, words.note_kind(kind)) for kind in NoteKind],
        cells=[(id, here.names.cell(id)) for id in here.plan.cells],
        notes=_notes(here),
    )


async def _part(asked: Asked) -> Response:
    here = seat(asked)
    return asked.part("part_notes.html", notes=_notes(here))


def _notes(here: Seat) -> object:
    return noted(here.asked, here.names, by=here.asked.visitor.by)


async def _note(asked: Asked) -> Response:
    here = seat(asked)
    kind = asked.field("kind", longest=20)
    cell = asked.field("cell", longest=LONGEST_ID, needed=False)
    if kind not in list(NoteKind) or (cell and cell not in here.plan.cells):
        raise HTTPException(404)
    command = AddNote(
        text=asked.say(asked.field("text")),
        kind=NoteKind(kind),
        cell=cell,
        about_wall=wall_ago(asked),
    )
    await asked.submit(command)
    return asked.done(NOTE + here.query, _("Noted."), Topic.NOTES)
