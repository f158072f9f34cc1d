"""Calls in: players rang an actor. Recorded with what was said; answered later if promised."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from cyberex.exercise.feed import Transaction
from cyberex.facts.animation_commands import DetailContact
from cyberex.facts.commands import LogContact
from cyberex.facts.model import AccessKind
from cyberex.facts.world_events import ContactLogged
from cyberex.i18n import _
from cyberex.portal.audience import Topic
from cyberex.portal.page import Asked, FormError, shows
from cyberex.portal.pages.animator_owed import prepared
from cyberex.portal.pages.animator_seat import CALLS_IN, Seat, does, seat, show
from cyberex.portal.pages.noted import room_hour
from cyberex.portal.portal import Portal
from cyberex.times import MINUTE_MS
from cyberex.views.contacts import Contact
from cyberex.wording.words import no_real_data

STRANGER = "?"
"""What the form says of somebody who is not in the directory."""
LONGEST_ID = 200
LONGEST_PROMISE_MIN = 240
LATEST = 20


@dataclass(frozen=True, slots=True)
class CallIn:
    """One of the latest. `state_said`: what became of it."""

    contact: str
    hour: str
    actor: str
    cell: str
    channel: str
    text: str
    written: bool
    state_said: str
    waits: bool


def routes(portal: Portal) -> list[Route]:
    return [
        shows(portal, CALLS_IN, _page, AccessKind.ANIMATOR),
        shows(portal, "/animator/part/calls-in", _part, AccessKind.ANIMATOR),
        does(portal, CALLS_IN, _record),
    ]


async def _page(asked: Asked) -> Response:
    here = seat(asked)
    down = here.board.world.channels_down
    lines = [
        (id, here.names.channel(id) + (" ✗" if id in down else ""))
        for id, channel in here.plan.channels.items()
        if channel.kind in ("phone", "radio", "visit")
    ]
    return show(
        here,
        "animator_calls_in.html",
        _("Calls in"),
        actors=_actors(here),
        cells=[(id, here.names.cell(id)) for id in here.plan.cells],
        lines=lines,
        lines_down=[here.names.channel(id) for id in down if id in dict(lines)],
        latest=_latest(here),
        stranger=STRANGER,
        no_real_data=no_real_data(here.plan.sector),
    )


async def _part(asked: Asked) -> Response:
    here = seat(asked)
    return asked.part("animator_part_calls_in.html", seat=here, latest=_latest(here))


def _actors(here: Seat) -> list[tuple[str, str]]:
    """Theirs first, and with what they answer."""
    casting = here.board.casting
    ids = sorted(here.plan.actors, key=lambda id: casting.voice_of(id) != here.voice)
    return [(id, here.names.actor(id)) for id in ids]


def _latest(here: Seat) -> list[CallIn]:
    """Those of this animator's actors, and of nobody's; the newest first."""
    contacts = here.board.contacts
    mine = [item for item in contacts.all if here.is_mine(contacts.voice_of(item.contact))]
    return [_call_in(here, item) for item in reversed(mine[-LATEST:])]


def _call_in(here: Seat, item: Contact) -> CallIn:
    return CallIn(
        item.contact,
        room_hour(here.asked, item.wall_at),
        here.names.actor(item.actor),
        here.names.cell(item.cell) if item.cell else _("cell not said"),
        here.names.channel(item.channel) if item.channel else "",
        here.text(item.text),
        item.written,
        _became(here, item),
        item.answered_ms is None and not item.refused and (item.promised_ms is not None),
    )


def _became(here: Seat, item: Contact) -> str:
    if item.refused:
        return _("refused: this line is down")
    if item.answered_ms is not None:
        return _("answered")
    if item.promised_ms is not None:
        return _("to be rung back at {hour}").format(hour=here.room_hour(item.promised_ms))
    return ""


# Recording


async def _record(asked: Asked) -> Response:
    here = seat(asked)
    actor = asked.field("actor", longest=LONGEST_ID)
    command = LogContact(
        actor="" if actor == STRANGER else _known(actor, here.plan.actors),
        cell=_known(asked.field("cell", longest=LONGEST_ID, needed=False), here.plan.cells),
        channel=_known(asked.field("line", longest=LONGEST_ID, needed=False), here.plan.channels),
        text=asked.say(asked.field("text", needed=False)),
    )
    promise_ms = _promise_ms(asked)
    recorded = await asked.submit(command)
    if _refused(recorded):
        said = _("Recorded. This line is down: say “This number does not answer.”")
        return asked.done(CALLS_IN + here.query, said, Topic.CONTACTS)
    contact = _contact(recorded)
    if promise_ms is not None and contact:
        await asked.submit(DetailContact(contact=contact, promise_ms=promise_ms, voice=here.voice))
    said = _("Call in recorded: {actor}.").format(actor=here.names.actor(command.actor))
    answer = prepared(here, command.actor)
    if answer:
        said += " " + _("The answer prepared comes in what is to be done.")
    return asked.done(CALLS_IN + here.query, said, Topic.CONTACTS, Topic.CALLS)


def _known(id: str, known: Mapping[str, object]) -> str:
    if id and id not in known:
        raise HTTPException(404)
    return id


def _promise_ms(asked: Asked) -> int | None:
    typed = asked.field("promise", longest=10, needed=False)
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit()) or int(typed) > LONGEST_PROMISE_MIN:
        raise FormError(_("Write in how many minutes you ring back, like 10."))
    return int(typed) * MINUTE_MS


def _contact(recorded: Transaction) -> str:
    found = (item.event.contact for item in recorded if isinstance(item.event, ContactLogged))
    return next(found, "")


def _refused(recorded: Transaction) -> bool:
    return any(isinstance(item.event, ContactLogged) and item.event.refused for item in recorded)
