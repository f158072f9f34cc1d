"""Facts that an observer notes, with their hour."""

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from cyberex.facts.commands import AddNote
from cyberex.facts.model import AccessKind, NoteKind
from cyberex.i18n import _
from cyberex.portal.audience import Topic
from cyberex.portal.page import Asked, acts, shows
from cyberex.portal.pages.noted import Noted, noted
from cyberex.portal.pages.observer_seat import NOTES, Watch, show, watch
from cyberex.portal.pages.ticking import wall_ago
from cyberex.portal.portal import Portal
from cyberex.wording import words


def routes(portal: Portal) -> list[Route]:
    return [
        shows(portal, NOTES, _page, AccessKind.OBSERVER),
        shows(portal, "/observer/part/notes", _part, AccessKind.OBSERVER),
        acts(portal, "/observer/note", _note, AccessKind.OBSERVER),
    ]


async def _page(asked: Asked) -> Response:
    here = watch(asked)
    kinds = [(kind.value, words.note_kind(kind)) for kind in NoteKind]
    return show(here, "observer_notes.html", _("Notes"), kinds=kinds, notes=_notes(here))


async def _part(asked: Asked) -> Response:
    return asked.part("part_notes.html", notes=_notes(watch(asked)))


def _notes(here: Watch) -> list[Noted]:
    """Their own, of this cell."""
    return noted(here.asked, here.names, by=here.asked.visitor.by, cell=here.cell)


async def _note(asked: Asked) -> Response:
    here = watch(asked)
    kind = asked.field("kind", longest=20)
    if kind not in list(NoteKind):
        raise HTTPException(404)
    command = AddNote(
        text=asked.say(asked.field("text")),
        kind=NoteKind(kind),
        cell=here.cell,
        about_wall=wall_ago(asked),
    )
    await asked.submit(command)
    return asked.done(NOTES + here.query, _("Noted."), Topic.NOTES)
