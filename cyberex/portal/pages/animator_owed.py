"""What is owed to players who rang or wrote: the answer to give as the actor, said or written."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from cyberex.facts.animation_commands import AnswerContact
from cyberex.facts.delivery_commands import ReplyToContact
from cyberex.facts.model import AccessKind
from cyberex.i18n import _
from cyberex.portal.audience import Topic
from cyberex.portal.page import Asked, FormError, shows
from cyberex.portal.pages.animator_seat import TO_DO, Seat, does, seat, show
from cyberex.portal.portal import Portal
from cyberex.times import format_duration
from cyberex.views.calls import ReplyTask
from cyberex.views.contacts import Contact
from cyberex.wording.clean import clean

WRITTEN = ("email", "sms", "media")
"""Kinds of channel by which one answers in writing."""
REPLY = "/animator/reply/"
LONGEST_ID = 200
LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Owed:
    """`due` False: at `hour` (room). `promise`: a call-back that somebody promised. `prepared` is
    what the actor answers, `said` what they were told, `plays` a stimulus that leaves by itself."""

    contact: str
    actor: str
    brief: str
    voice: str
    cell: str
    channel: str
    said: str
    prepared: str
    due: bool
    promise: bool
    plays: bool
    hour: str
    age: str
    age_s: int
    can_write: bool


def routes(portal: Portal) -> list[Route]:
    return [
        shows(portal, REPLY + "{contact}", _form, AccessKind.ANIMATOR),
        does(portal, REPLY + "{contact}", _reply),
        does(portal, "/animator/answered", _answered),
    ]


def reply_view(here: Seat, reply: ReplyTask) -> Owed:
    known = here.board.contacts.contact(reply.contact)
    late_ms = max(0, here.sim_ms - reply.due_ms)
    return Owed(
        contact=reply.contact,
        actor=here.names.actor(reply.actor),
        brief=_brief(here, reply.actor),
        voice=_voice(here, reply.voice),
        cell=here.names.cell(reply.cell) if reply.cell else _("the caller"),
        channel=here.names.channel(reply.channel) if reply.channel else "",
        said=here.text(reply.text) if reply.text else "",
        prepared="" if reply.promise else prepared(here, reply.actor),
        due=reply.due,
        promise=reply.promise,
        plays=bool(reply.plays),
        hour=here.room_hour(reply.due_ms),
        age=format_duration(late_ms),
        age_s=late_ms // 1000,
        can_write=bool(known and known.cell and channels(here, known.channel)),
    )


def message_view(here: Seat, contact: Contact) -> Owed:
    age_ms = max(0, here.sim_ms - contact.sim_ms)
    return Owed(
        contact=contact.contact,
        actor=here.names.actor(contact.actor) if contact.actor else _("the animation"),
        brief=_brief(here, contact.actor),
        voice=_voice(here, here.board.contacts.voice_of(contact.contact)),
        cell=here.names.cell(contact.cell) if contact.cell else _("somebody"),
        channel=here.names.channel(contact.channel) if contact.channel else "",
        said=here.text(contact.text),
        prepared=prepared(here, contact.actor),
        due=True,
        promise=False,
        plays=False,
        hour="",
        age=format_duration(age_ms),
        age_s=age_ms // 1000,
        can_write=bool(contact.cell and channels(here, contact.channel)),
    )


def _brief(here: Seat, actor: str) -> str:
    known = here.plan.actors.get(actor)
    return clean(known.brief).strip() if known else ""


def _voice(here: Seat, voice: str) -> str:
    """Whose it is, if not the one who looks."""
    return here.voice_name(voice) if voice not in (here.voice, "") else ""


def prepared(here: Seat, actor: str) -> str:
    """The author's answer of this actor, "" if they wrote none."""
    known = here.plan.actors.get(actor)
    return clean(known.reply.text).strip() if known and known.reply else ""


def channels(here: Seat, first: str) -> list[tuple[str, str]]:
    """By which one can write now: the one it came by, then the other live ones."""
    live = here.board.world.live_channels()
    found = [id for id in live if here.plan.channels[id].kind in WRITTEN]
    found.sort(key=lambda id: id != first)
    return [(id, here.names.channel(id)) for id in found]


# Answering


def _contact(here: Seat, name: str) -> Contact:
    found = here.board.contacts.contact(name)
    if found is None or found.withdrawn:
        raise HTTPException(404)
    return found


async def _form(asked: Asked) -> Response:
    here = seat(asked)
    contact = _contact(here, asked.request.path_params["contact"])
    if not contact.cell:
        raise HTTPException(404)
    who = here.names.actor(contact.actor) if contact.actor else ""
    senders = [(id, here.names.actor(id)) for id in here.plan.actors]
    # Theirs first: whoever answers lends a voice to some of them.
    senders.sort(key=lambda one: here.board.casting.voice_of(one[0]) != here.voice)
    return show(
        here,
        "animator_reply.html",
        _("Answer in writing"),
        contact=contact.contact,
        owed=message_view(here, contact),
        senders=() if contact.actor else senders,
        channels=channels(here, contact.channel),
        title_text=_("Answer from {actor}").format(actor=who.split(",")[0])
        if who
        else _("Answer to your message"),
        longest_title=LONGEST_TITLE,
        answered=contact.answered_ms is not None,
    )


async def _reply(asked: Asked) -> Response:
    here = seat(asked)
    contact = _contact(here, asked.request.path_params["contact"])
    via = asked.field("via", longest=LONGEST_ID)
    if via not in dict(channels(here, contact.channel)):
        raise FormError(_("This channel does not work now: choose another one."))
    sender = contact.actor or asked.field("sender", longest=LONGEST_ID)
    if sender not in here.plan.actors:
        raise HTTPException(404)
    command = ReplyToContact(
        contact=contact.contact,
        via=via,
        title=asked.say(asked.field("title", longest=LONGEST_TITLE)),
        text=asked.say(asked.field("text")),
        sender=sender,
    )
    await asked.submit(command)
    said = _("Answered in writing, to {cell}.").format(cell=here.names.cell(contact.cell))
    return asked.moved_on(TO_DO + here.query, said)


async def _answered(asked: Asked) -> Response:
    here = seat(asked)
    contact = _contact(here, asked.field("contact", longest=LONGEST_ID))
    await asked.submit(AnswerContact(contact=contact.contact))
    back = TO_DO + here.query
    return asked.done(back, _("Answer given."), Topic.CALLS, Topic.CONTACTS)
