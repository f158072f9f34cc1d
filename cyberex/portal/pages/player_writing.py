"""Write to a simulated actor, ask one to ring back, or tell the animation."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from cyberex.errors import UserError
from cyberex.exercise.running import Refused
from cyberex.facts.commands import LogContact
from cyberex.facts.model import AccessKind
from cyberex.i18n import _
from cyberex.portal.audience import Topic
from cyberex.portal.page import Asked, FormError, acts, shows
from cyberex.portal.pages.player_channels import to_be_rung_by, to_write_by
from cyberex.portal.pages.player_frame import WRITE, show
from cyberex.portal.pages.player_items import names_of
from cyberex.portal.pages.player_people import ANIMATION, Reachable, directory, find
from cyberex.portal.pages.player_sent import sent
from cyberex.portal.portal import Portal

RING = "ring"
"""What a form says instead of a channel when it asks to be rung back."""
LONGEST_SOUGHT = 100


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach somebody: a channel's id, or RING. `works` as the game stands."""

    id: str
    label: str
    works: bool


def routes(portal: Portal) -> list[Route]:
    return [
        shows(portal, WRITE, _directory, AccessKind.PLAYER),
        shows(portal, "/player/part/sent", _sent_part, AccessKind.PLAYER),
        shows(portal, "/player/part/ways/{key}", _ways_part, AccessKind.PLAYER),
        shows(portal, WRITE + "/{key}", _form, AccessKind.PLAYER),
        acts(portal, WRITE + "/{key}", _write, AccessKind.PLAYER),
    ]


async def _directory(asked: Asked) -> Response:
    sought = asked.request.query_params.get("q", "")[:LONGEST_SOUGHT].strip()
    return show(
        asked,
        "player_write.html",
        _("Write"),
        sought=sought,
        people=directory(asked, sought),
        nobody=not directory(asked),
        sent=sent(asked),
        animation=ANIMATION,
        contact=asked.portal.for_players.contact,
    )


async def _sent_part(asked: Asked) -> Response:
    return asked.part("player_part_sent.html", sent=sent(asked))


async def _form(asked: Asked) -> Response:
    return _page(asked, _to(asked))


async def _ways_part(asked: Asked) -> Response:
    return asked.part("player_part_ways.html", ways=ways(asked, _to(asked)))


def _to(asked: Asked) -> Reachable:
    """Who the address names. 404 for anybody who is not to be reached."""
    key = asked.request.path_params["key"]
    if key == ANIMATION:
        return Reachable(ANIMATION, "", _("The animation"), "", "", "")
    found = find(asked, key)
    if found is None:
        raise HTTPException(404)
    return found


def ways(asked: Asked, to: Reachable) -> tuple[Way, ...]:
    """How they can be reached; the animation is reached whatever is down."""
    if not to.actor:
        return ()
    names = names_of(asked)
    found = [Way(channel.id, names.channel(channel.id), up) for channel, up in to_write_by(asked)]
    rings = any(channel.kind == "phone" for channel in asked.exercise.plan.channels.values())
    if rings:
        found.append(Way(RING, _("Ask them to ring back"), to_be_rung_by(asked) is not None))
    return tuple(found)


def _page(asked: Asked, to: Reachable, wrong: str = "", status: int = 200) -> Response:
    """With what was typed, when it was not taken."""
    all_ways = ways(asked, to)
    first = next((way.id for way in all_ways if way.works), "")
    chosen = asked.form.get("way", first)
    return show(
        asked,
        "player_letter.html",
        _("Write to {who}").format(who=to.name) if to.actor else _("Tell the animation"),
        status=status,
        wrong=wrong,
        to=to,
        ways=all_ways,
        chosen=chosen,
        text=asked.form.get("text", ""),
        sent=tuple(item for item in sent(asked)),
        contact=asked.portal.for_players.contact,
        code_word=asked.portal.for_players.code_word,
    )


async def _write(asked: Asked) -> Response:
    to = _to(asked)
    try:
        await _log(asked, to)
    except (FormError, Refused, UserError) as error:
        if asked.enhanced:
            raise
        return _page(asked, to, *_why(asked, error))
    said = _("Sent to {who}.").format(who=to.name)
    return asked.done(f"{WRITE}/{to.key}", said, Topic.CONTACTS)


def _why(asked: Asked, error: FormError | Refused | UserError) -> tuple[str, int]:
    match error:
        case FormError():
            return error.sentence, 422
        case Refused():
            return asked.portal.why_refused(error), 409
    return _("The exercise does not answer for now. Tell the animation by telephone."), 503


async def _log(asked: Asked, to: Reachable) -> None:
    channel = _channel(asked, to)
    text = asked.field("text")
    await asked.submit(
        LogContact(actor=to.actor, cell=asked.visitor.cell, channel=channel, text=asked.say(text))
    )


def _channel(asked: Asked, to: Reachable) -> str:
    """The channel that the form chose. FormError when it does not work (any more)."""
    if not to.actor:
        return ""
    chosen = asked.field("way", longest=200)
    way = next((way for way in ways(asked, to) if way.id == chosen), None)
    if way is None:
        raise HTTPException(404)
    if not way.works:
        raise FormError(_("This does not work in the game now: choose another way. Nothing left."))
    rung_by = to_be_rung_by(asked)
    return rung_by.id if chosen == RING and rung_by else chosen
