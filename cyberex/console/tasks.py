"""What the animation has to do now, in the order in which to do it."""

from dataclasses import dataclass

from cyberex.console.desk import Desk
from cyberex.console.voices import is_mine
from cyberex.plan.model import Importance
from cyberex.views.calls import CallSheet, ReplyTask
from cyberex.views.contacts import Contact
from cyberex.views.errands import Errand, errands, unanswered
from cyberex.views.outboxes import Delivery
from cyberex.views.situation import State

RANK = {Importance.ESSENTIAL: 0, Importance.NORMAL: 1, Importance.OPTIONAL: 2}


@dataclass(frozen=True, slots=True)
class JumpTask:
    """A fiction jump that is due."""

    jump: str


LeaveTask = Errand
"""A visit or a document, to be prepared or set out with."""


@dataclass(frozen=True, slots=True)
class MessageTask:
    """Players wrote it, on the portal or by mail, and nothing prepared answers it. `ring`: they ask
    to be rung back."""

    contact: str
    actor: str
    voice: str
    cell: str
    since_ms: int
    ring: bool


Task = CallSheet | ReplyTask | JumpTask | LeaveTask | MessageTask | Delivery
"""A `Delivery` is a message that did not leave, or of which nobody knows."""


def tasks(desk: Desk) -> tuple[Task, ...]:
    """A jump, what did not leave by itself, then what is due by importance and age, replies and
    messages, then what comes later.

    Only the filtered voice's, and what nobody voices.
    """
    return tuple(task for task in all_tasks(desk) if is_mine(desk, voice_of(task)))


def all_tasks(desk: Desk) -> tuple[Task, ...]:
    """Of every animator."""
    calls = desk.board.calls
    replies = calls.replies(desk.sim_ms())
    leaving = () if desk.services.tabletop else _leaving(desk)
    due: list[CallSheet | LeaveTask] = [
        *calls.waiting, *(task for task in leaving if task.leaves_now)
    ]  # fmt: skip
    return (
        *(JumpTask(jump) for jump in desk.board.situation.pending_jumps[:1]),
        *(() if desk.services.tabletop else desk.board.outboxes.for_director),
        *sorted(due, key=_urgency),
        *(reply for reply in replies if reply.due),
        *_messages(desk, replies),
        *(task for task in leaving if not task.leaves_now),
        *calls.blocked,
        *calls.coming_back,
        *(reply for reply in replies if not reply.due),
    )


def _urgency(task: CallSheet | LeaveTask) -> tuple[int, int]:
    since_ms = task.leave_ms if isinstance(task, LeaveTask) else task.since_ms
    return (RANK[task.importance], since_ms)


def voice_of(task: Task) -> str:
    return "" if isinstance(task, JumpTask | Delivery) else task.voice


def _messages(desk: Desk, replies: tuple[ReplyTask, ...]) -> list[MessageTask]:
    """What players wrote and nobody answered, oldest first."""
    if desk.board.situation.state not in (State.BRIEFING, State.PLAY):
        return []
    return [
        MessageTask(
            item.contact,
            item.actor,
            desk.board.contacts.voice_of(item.contact),
            item.cell,
            item.sim_ms,
            asks_for_call(desk, item),
        )
        for item in unanswered(desk.plan, desk.board.contacts, replies)
    ]


def asks_for_call(desk: Desk, item: Contact) -> bool:
    """On their page, by a line: they wait for the telephone to ring."""
    channel = desk.plan.channels.get(item.channel)
    return item.written and channel is not None and channel.kind in ("phone", "radio")


def _leaving(desk: Desk) -> tuple[LeaveTask, ...]:
    """What is to be carried somewhere soon, soonest first."""
    board = desk.board
    return errands(board.chronogram, board.casting, board.checklists, desk.sim_ms())


def identity(task: Task) -> object:
    match task:
        case CallSheet():
            return (task.occurrence, task.cell)
        case ReplyTask():
            return ("reply", task.contact, task.promise)
        case JumpTask():
            return ("jump", task.jump)
        case LeaveTask():
            return ("leave", task.occurrence, task.cell)
        case MessageTask():
            return ("message", task.contact)
        case Delivery():
            return ("unsent", task.occurrence, task.cell)


def is_now(task: Task) -> bool:
    """To be done now; not later, not when a channel comes back."""
    match task:
        case CallSheet():
            return task.back_ms is None and not task.blocked
        case ReplyTask():
            return task.due
        case JumpTask() | MessageTask() | Delivery():
            return True
        case LeaveTask():
            return task.leaves_now
