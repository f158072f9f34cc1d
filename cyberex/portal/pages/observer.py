"""The pages of an observer: they see and note what one cell does, and speak to no player."""

from starlette.routing import Route

from cyberex.portal.pages import (
    observer_notes,
    observer_received,
    observer_sheet,
    observer_watch,
)
from cyberex.portal.portal import Portal


def routes(portal: Portal) -> list[Route]:
    return [
        *observer_watch.routes(portal),
        *observer_received.routes(portal),
        *observer_notes.routes(portal),
        *observer_sheet.routes(portal),
    ]
