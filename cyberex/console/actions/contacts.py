"""Calls in: recorded at once with two keys, told in detail if there is time, answered later."""

from collections.abc import Callable, Iterable

from cyberex.console.desk import Desk
from cyberex.console.dialogs.form import Answers, ChoiceField, Field, TextField
from cyberex.console.dialogs.pick import Option
from cyberex.console.entries import read_amount, wrong_with
from cyberex.console.stage import Stage
from cyberex.console.voices import voice_name, voices
from cyberex.facts.animation_commands import DetailContact
from cyberex.facts.commands import LogContact
from cyberex.facts.model import Recorded
from cyberex.facts.world_events import ContactLogged
from cyberex.i18n import _
from cyberex.times import format_t

STRANGER = ""


async def contact(stage: Stage) -> None:
    """Players reached an actor: in the journal as soon as the letter is pressed."""
    desk = stage.desk
    options = [Option(actor, desk.names.actor(actor)) for actor in desk.plan.actors]
    options.append(Option(STRANGER, _("somebody not in the directory"), "?"))
    actor = await stage.pick(_("Whom did the players reach?"), options, dense=True)
    if actor is None:
        return
    said = _("Call in recorded (u: undo): {actor}").format(actor=desk.names.actor(actor))
    recorded = await stage.ask(LogContact(actor=actor), said, more=True)
    logged = next((item.event for item in recorded if isinstance(item.event, ContactLogged)), None)
    if logged is not None:
        await _detail(stage, logged.contact, actor)


async def _detail(stage: Stage, contact: str, actor: str) -> None:
    """What else is known of it; Escape leaves it recorded as it is."""
    desk = stage.desk
    at = format_t(desk.sim_ms())
    title = _("Recorded {at}: {actor}").format(actor=desk.names.short_actor(actor), at=at)
    answers = await stage.form(
        title, _fields(desk), details=_what_to_say(desk, actor), escape=_("nothing more to say")
    )
    if answers is None:
        return
    command = _command(desk, contact, answers)
    if command == DetailContact(contact=contact):
        return
    recorded = await stage.ask(command, _("Call in completed: {actor}").format(actor=at))
    if is_refused(recorded):
        stage.tell(_("This line is down: say that it does not answer."), refused=True)


def is_refused(recorded: Iterable[Recorded]) -> bool:
    """Whether the line it came by turned out to be down in the fiction."""
    return any(item.event.name == "contact.refused" for item in recorded)


def _fields(desk: Desk) -> list[Field]:
    names, world = desk.names, desk.board.world
    milestones = [item for item in desk.plan.milestones if item not in world.milestones]
    cells = _some(_("not said"), desk.plan.cells, names.short_cell)
    return [
        ChoiceField("cell", _("Cell (digit)"), cells, digits=True),
        TextField("text", _said_label(desk)),
        ChoiceField("milestone", _("Milestone"), _some(_("none"), milestones, names.milestone)),
        ChoiceField("channel", _("Line"), _lines(desk)),
        TextField("promise", _("We ring back in … minutes"), check=_wrong_promise),
        ChoiceField(
            "voice",
            _("Handed to"),
            _some(_("its own voice"), voices(desk), lambda voice: voice_name(desk, voice)),
        ),
    ]


def _said_label(desk: Desk) -> str:
    if desk.plan.sector == "esms":
        return _("What was said – no real resident's data")
    return _("What was said – no real patient's data")


def _wrong_promise(text: str) -> str:
    if not text.strip():
        return ""
    return wrong_with(read_amount, text) or (
        _("Write minutes, like 10.") if read_amount(text) < 0 else ""
    )


def _what_to_say(desk: Desk, actor: str) -> str:
    """The refusal to say if the call comes by a dead line, then what the actor answers."""
    world = desk.board.world
    down = [
        desk.names.channel(channel)
        for channel in world.channels_down
        if desk.plan.channels[channel].kind in ("phone", "radio")
    ]
    said = []
    if down:
        said.append(
            _("✗ {lines} down. If they rang by it, say: “This number does not answer.”").format(
                lines=", ".join(down)
            )
        )
    known = desk.plan.actors.get(actor)
    if known is not None and known.reply is not None and known.reply.text:
        said.append(_("Answer prepared: it comes in what is to be done."))
    return "\n".join(said)


def _command(desk: Desk, contact: str, answers: Answers) -> DetailContact:
    promise = answers["promise"].strip()
    return DetailContact(
        contact=contact,
        cell=answers["cell"],
        channel=answers["channel"],
        text=desk.exercise.say(answers["text"].strip()),
        milestone=answers["milestone"],
        promise_ms=read_amount(promise) if promise else None,
        voice=answers["voice"],
    )


def _some(
    nothing: str, ids: Iterable[str], name_of: Callable[[str], str]
) -> tuple[tuple[str, str], ...]:
    """These, after the choice of none."""
    return (("", nothing), *((item, name_of(item)) for item in ids))


def _lines(desk: Desk) -> tuple[tuple[str, str], ...]:
    down = desk.board.world.channels_down
    return (
        ("", _("not said")),
        *(
            (channel.id, f"{desk.names.channel(channel.id)}{' ✗' if channel.id in down else ''}")
            for channel in desk.plan.channels.values()
        ),
    )
