"""What is owed to players who rang: prepared replies and promised call-backs.

Each stays until somebody says that it was given, or until FINEX.
"""

from dataclasses import dataclass

from cyberex.facts.animation_events import (
    ContactAnswered,
    ContactPromised,
    ContactRefused,
    PromiseDue,
)
from cyberex.facts.exercise_events import ExerciseAdvanced, FinexGiven, GapAnswered
from cyberex.facts.model import Recorded, TextRef
from cyberex.facts.world_events import ContactWithdrawn, ReplyDue, ReplyPlanned
from cyberex.plan.model import Plan
from cyberex.views.casting import Casting
from cyberex.views.contacts import Contacts
from cyberex.views.fold import Fold

NO_TEXT = TextRef("")


@dataclass(frozen=True, slots=True)
class ReplyTask:
    """`promise`: a call-back that somebody promised; else the actor's prepared reply.

    `due` False: planned for `due_ms`. `plays` is the stimulus that such a reply is: it leaves by
    itself.
    """

    contact: str
    actor: str
    voice: str
    cell: str
    channel: str
    text: TextRef
    due_ms: int
    due: bool
    promise: bool = False
    plays: str = ""


@dataclass(slots=True)
class _Owed:
    contact: str
    actor: str
    cell: str
    due_ms: int
    due: bool
    promise: bool


class RingBacks(Fold):
    """`contacts` must have seen an event before this does."""

    def __init__(self, plan: Plan, contacts: Contacts, casting: Casting) -> None:
        super().__init__()
        self._plan = plan
        self._contacts = contacts
        self._casting = casting
        self._owed: dict[tuple[str, bool], _Owed] = {}
        self._gap = ""
        self.on(ReplyPlanned, self._reply_planned)
        self.on(ReplyDue, self._reply_due)
        self.on(ContactPromised, self._promised)
        self.on(PromiseDue, self._promise_due)
        self.on(ContactAnswered, self._over)
        self.on(ContactRefused, self._over)
        self.on(ContactWithdrawn, self._over)
        self.on(GapAnswered, self._gap_answered)
        self.on(ExerciseAdvanced, self._advanced)
        self.on(FinexGiven, self._finex)

    # What can be asked

    def all(self, sim_ms: int) -> tuple[ReplyTask, ...]:
        """What is owed now, the longest owed first, then what is still to come."""
        tasks = (self._task(owed) for owed in self._owed.values())
        shown = (task for task in tasks if not (task.plays and sim_ms >= task.due_ms))
        return tuple(sorted(shown, key=lambda task: (not task.due, task.due_ms)))

    def due(self, sim_ms: int) -> tuple[ReplyTask, ...]:
        """To be given now, the longest owed first."""
        return tuple(task for task in self.all(sim_ms) if task.due)

    def upcoming(self, sim_ms: int) -> tuple[ReplyTask, ...]:
        """Promised or prepared for later, soonest first."""
        return tuple(task for task in self.all(sim_ms) if not task.due)

    def _task(self, owed: _Owed) -> ReplyTask:
        known = self._contacts.contact(owed.contact)
        actor = self._plan.actors.get(owed.actor)
        plays = actor.reply.play if actor and actor.reply and not owed.promise else ""
        return ReplyTask(
            owed.contact,
            owed.actor,
            self._contacts.voice_of(owed.contact) or self._casting.voice_of(owed.actor),
            (known.cell if known else "") or owed.cell,
            known.channel if known else "",
            known.text if known else NO_TEXT,
            owed.due_ms,
            owed.due,
            owed.promise,
            plays,
        )

    # What happened

    def _owe(self, contact: str, actor: str, due_ms: int, *, promise: bool) -> None:
        self._owed[contact, promise] = _Owed(contact, actor, "", due_ms, False, promise)

    def _reply_planned(self, _: Recorded, event: ReplyPlanned) -> None:
        self._owe(event.contact, event.actor, event.due_ms, promise=False)

    def _promised(self, _: Recorded, event: ContactPromised) -> None:
        self._owe(event.contact, event.actor, event.due_ms, promise=True)

    def _reply_due(self, _: Recorded, event: ReplyDue) -> None:
        self._come_due(event, promise=False)

    def _promise_due(self, _: Recorded, event: PromiseDue) -> None:
        self._come_due(event, promise=True)

    def _come_due(self, event: ReplyDue | PromiseDue, *, promise: bool) -> None:
        known = self._owed.get((event.contact, promise))
        if known is None:
            self._owed[event.contact, promise] = _Owed(
                event.contact, event.actor, event.cell, self.now_ms, True, promise
            )
        elif known.due_ms <= self.now_ms:  # Else promised again since, for later.
            known.due, known.cell = True, event.cell

    def _over(
        self, _: Recorded, event: ContactAnswered | ContactRefused | ContactWithdrawn
    ) -> None:
        for promise in (False, True):
            self._owed.pop((event.contact, promise), None)

    def _gap_answered(self, recorded: Recorded, _: GapAnswered) -> None:
        self._gap = recorded.cause

    def _advanced(self, recorded: Recorded, event: ExerciseAdvanced) -> None:
        """An advance keeps the time left to ring back; time that a sleeping machine played ran."""
        for owed in self._owed.values():
            if owed.due:
                continue
            if recorded.cause == self._gap:
                owed.due = owed.due_ms <= event.to_ms
            else:
                owed.due_ms += event.to_ms - event.from_ms

    def _finex(self, _: Recorded, __: FinexGiven) -> None:
        self._owed.clear()
