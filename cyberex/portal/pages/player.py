"""The pages of a visitor of kind player: where they are, and what stands above each of them."""

from starlette.routing import Route

from cyberex.portal.pages import (
    player_contact_test,
    player_inbox,
    player_log,
    player_reading,
    player_writing,
)
from cyberex.portal.portal import Portal


def routes(portal: Portal) -> list[Route]:
    return [
        *player_inbox.routes(portal),
        *player_writing.routes(portal),
        *player_log.routes(portal),
        *player_reading.routes(portal),
        *player_contact_test.routes(portal),
    ]
