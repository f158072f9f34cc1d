"""The pages of an animator: a voice on a phone or a laptop, who sees all that is to be played."""

from starlette.routing import Route

from cyberex.portal.pages import (
    animator_calls,
    animator_calls_in,
    animator_coming,
    animator_expected,
    animator_notes,
    animator_owed,
)
from cyberex.portal.portal import Portal


def routes(portal: Portal) -> list[Route]:
    return [
        *animator_calls.routes(portal),
        *animator_owed.routes(portal),
        *animator_expected.routes(portal),
        *animator_coming.routes(portal),
        *animator_calls_in.routes(portal),
        *animator_notes.routes(portal),
    ]
