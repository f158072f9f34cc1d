"""What players may look up: rules, game directory, their data, the sheets they were given."""

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from cyberex.documents.kit.markdown import nodes_of
from cyberex.documents.kit.nodes import Node
from cyberex.facts.model import AccessKind
from cyberex.i18n import _
from cyberex.portal.page import Asked, shows
from cyberex.portal.pages.player_frame import DOCUMENTS, show
from cyberex.portal.pages.player_people import directory
from cyberex.portal.pages.player_pieces import Piece, pieces
from cyberex.portal.portal import Portal
from cyberex.wording.clean import clean, clean_line


def routes(portal: Portal) -> list[Route]:
    return [
        shows(portal, DOCUMENTS, _page, AccessKind.PLAYER),
        shows(portal, DOCUMENTS + "/{number:int}", _document, AccessKind.PLAYER),
    ]


async def _page(asked: Asked) -> Response:
    held = asked.portal.for_players
    plan = asked.exercise.plan
    role = plan.roles.get(asked.visitor.role)
    return show(
        asked,
        "player_reading.html",
        _("To read"),
        rules=[clean_line(rule) for rule in plan.rules],
        brief=clean(role.brief).strip() if role else "",
        people=directory(asked),
        contact=clean_line(held.contact),
        data_notice=clean(held.notice).strip(),
        stop_words=clean_line(held.stop_words),
        documents=[
            (f"{DOCUMENTS}/{number}", clean_line(title))
            for number, (title, _body) in enumerate(held.documents, 1)
        ],
    )


async def _document(asked: Asked) -> Response:
    documents = asked.portal.for_players.documents
    number = asked.request.path_params["number"]
    if not 1 <= number <= len(documents):
        raise HTTPException(404)
    title, body = documents[number - 1]
    return show(
        asked,
        "player_document.html",
        clean_line(title),
        pieces=_pieces(body),
        back=DOCUMENTS,
    )


def _pieces(body: str | tuple[Node, ...]) -> list[Piece]:
    return pieces(nodes_of(body, {}, _no_blocks) if isinstance(body, str) else body)


def _no_blocks(_name: str) -> tuple[Node, ...]:
    return ()
