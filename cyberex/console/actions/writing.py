"""What is written to players and by them: answers as an actor, what did not leave, claims."""

from collections.abc import Sequence

from cyberex.console.desk import Desk, NotDone
from cyberex.console.dialogs.form import ChoiceField, Field, TextField
from cyberex.console.dialogs.pick import Option
from cyberex.console.stage import Stage
from cyberex.console.task_lines import task_line
from cyberex.console.tasks import MessageTask, Task, all_tasks, asks_for_call
from cyberex.console.voices import voice_name
from cyberex.facts.animation_commands import AnswerContact
from cyberex.facts.commands import ChooseChannel
from cyberex.facts.delivery_commands import ReleaseClaim, ReplyToContact, ReportSent, Resend
from cyberex.i18n import _
from cyberex.views.calls import CallSheet, ReplyTask
from cyberex.views.contacts import Contact
from cyberex.views.outboxes import Delivery, DeliveryState
from cyberex.wording.clean import clean

WRITTEN = ("email", "sms", "media")
"""Kinds of channel by which one answers in writing."""

Owed = ReplyTask | MessageTask


async def answered(stage: Stage, task: Owed) -> None:
    """What players wrote may be answered in writing; a call was rung back, and is said so."""
    known = stage.desk.board.contacts.contact(task.contact)
    if known is None or not known.written:
        await stage.ask(AnswerContact(contact=task.contact), _("Call back given."))
        return
    options = [
        Option("write", _("answer in writing, as the actor"), "y"),
        Option("told", _("answered by telephone, or nothing to answer"), "t"),
    ]
    how = await stage.pick(
        task_line(stage.desk, task, 80).plain,
        options[::-1] if asks_for_call(stage.desk, known) else options,
        details=clean(stage.desk.text(known.text)).strip(),
    )
    if how == "write":
        await _write(stage, known)
    elif how == "told":
        await stage.ask(AnswerContact(contact=task.contact), _("Answered."))


async def reply_in_writing(stage: Stage) -> None:
    """To the message or the call under the cursor; elsewhere to one of those that wait."""
    task = stage.screen.selected_task()
    if not isinstance(task, ReplyTask | MessageTask):
        task = await _owed(stage)
    if task is None:
        return
    known = stage.desk.board.contacts.contact(task.contact)
    if known is not None:
        await _write(stage, known)


async def _owed(stage: Stage) -> Owed | None:
    found = [task for task in all_tasks(stage.desk) if isinstance(task, ReplyTask | MessageTask)]
    if not found:
        raise NotDone(_("Nobody waits for an answer."))
    if len(found) == 1:
        return found[0]
    return await stage.pick(
        _("Answer whom?"),
        [Option(task, task_line(stage.desk, task, 80).plain) for task in found],
    )


async def _write(stage: Stage, known: Contact) -> None:
    """A message of the actor that was reached; of whoever is chosen if nobody was."""
    desk = stage.desk
    if not known.cell:
        raise NotDone(_("Nobody knows from which cell it came: answer by telephone."))
    channels = written_channels(desk, known.channel)
    if not channels:
        raise NotDone(_("There is no channel to write by in this scenario."))
    answers = await stage.form(
        _("Answer in writing to {cell}").format(cell=desk.names.short_cell(known.cell)),
        _fields(desk, known, channels),
        details=clean(desk.text(known.text)).strip(),
    )
    if answers is None:
        return
    say = desk.exercise.say
    await stage.ask(
        ReplyToContact(
            contact=known.contact,
            via=answers["via"],
            title=say(answers["title"].strip()),
            text=say(answers["text"].strip()),
            sender=answers.get("sender", ""),
        ),
        _("Answered in writing: {title}.").format(title=answers["title"].strip()),
    )


def _fields(desk: Desk, known: Contact, channels: Sequence[tuple[str, str]]) -> list[Field]:
    actor = desk.plan.actors.get(known.actor)
    prepared = actor.reply.text if actor is not None and actor.reply is not None else ""
    title = (
        _("Answer from {actor}").format(actor=desk.names.short_actor(known.actor))
        if actor is not None
        else _("Answer from the animation")
    )
    fields: list[Field] = [
        TextField("text", _("Text"), clean(prepared).strip(), lines=5, required=True),
        TextField("title", _("Title"), title, required=True),
        ChoiceField("via", _("By"), tuple(channels)),
    ]
    if actor is None:
        senders = tuple((item, desk.names.actor(item)) for item in desk.plan.actors)
        fields.insert(1, ChoiceField("sender", _("From"), senders))
    return fields


def written_channels(desk: Desk, first: str) -> list[tuple[str, str]]:
    """By which one can write: the one it came by, the live ones, then those that are down."""
    down = desk.board.world.channels_down
    found = [item.id for item in desk.plan.channels.values() if item.kind in WRITTEN]
    found.sort(key=lambda item: (item in down, item != first))
    return [(item, f"{desk.names.channel(item)}{' ✗' if item in down else ''}") for item in found]


# What did not leave by itself


async def settle(stage: Stage, task: Delivery) -> None:
    """Send it again, by another way, or by an animator; or it had arrived after all."""
    uncertain = task.state is DeliveryState.UNCERTAIN
    options = [Option("again", _("send again"), "r")]
    if uncertain:
        options.append(Option("sent", _("it arrived: they say so"), "a"))
    options += [
        Option("other", _("by another channel"), "c"),
        Option("hand", _("hand over to an animator"), "h"),
    ]
    title = _("Nobody knows whether it left") if uncertain else _("It did not leave")
    details = f"{stage.desk.names.code(task.occurrence)} {stage.desk.title(task.occurrence)}"
    chosen = await stage.pick(title, options, details=details)
    what, cell = task.occurrence, task.cell
    match chosen:
        case "again":
            await stage.ask(Resend(stimulus=what, cell=cell), _("It leaves again."))
        case "sent":
            await stage.ask(ReportSent(stimulus=what, cell=cell), _("Noted: it arrived."))
        case "hand":
            by_hand = ChooseChannel(stimulus=what, channel=task.channel, cell=cell)
            await stage.ask(by_hand, _("It is on the call sheets."))
        case "other":
            await _by_another(stage, task)


async def _by_another(stage: Stage, task: Delivery) -> None:
    desk = stage.desk
    live = [item for item in desk.board.world.live_channels() if item != task.channel]
    if not live:
        raise NotDone(_("Every other channel is down."))
    options = [Option(item, desk.names.channel(item)) for item in live]
    channel = await stage.pick(_("By what channel?"), options)
    if channel is not None:
        await stage.ask(
            ChooseChannel(stimulus=task.occurrence, channel=channel, cell=task.cell),
            _("It leaves by {channel}.").format(channel=desk.names.channel(channel)),
        )


# Claims


async def take_back(stage: Stage) -> None:
    """A call sheet that an animator took on the portal is anybody's again."""
    desk = stage.desk
    task: Task | None = stage.screen.selected_task()
    if not (isinstance(task, CallSheet) and task.claimed_by):
        task = await _claimed(stage)
    if not isinstance(task, CallSheet):
        return
    who = voice_name(desk, task.claimed_by)
    await stage.ask(
        ReleaseClaim(stimulus=task.occurrence, cell=task.cell),
        _("Taken back from {voice}.").format(voice=who),
    )


async def _claimed(stage: Stage) -> CallSheet | None:
    found = [sheet for sheet in stage.desk.board.calls.sheets if sheet.claimed_by]
    if not found:
        raise NotDone(_("No animator has taken a call on the portal."))
    if len(found) == 1:
        return found[0]
    options = [Option(sheet, task_line(stage.desk, sheet, 80).plain) for sheet in found]
    return await stage.pick(_("Take back which call?"), options)
