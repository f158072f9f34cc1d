"""Which visits and documents have to be prepared or set out with, and which messages answered?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cyberex.plan.model import MINUTE_MS, Importance, Plan
from cyberex.views.casting import Casting
from cyberex.views.checklists import Checklists
from cyberex.views.chronogram import Chronogram
from cyberex.views.contacts import Contact, Contacts
from cyberex.views.ring_backs import ReplyTask
from cyberex.views.rows import ChronogramRow, LegRow, Status

PREPARE_MS = 5 * MINUTE_MS
"""So long before somebody has to set out, what they carry is to be prepared."""


@dataclass(frozen=True, slots=True)
class Errand:
    """A visit or a document: to be prepared, then somebody sets out at `leave_ms` to be there at
    `due_ms`. `gone`: somebody said so."""

    occurrence: str
    stimulus: str
    cell: str
    roles: tuple[str, ...]
    channel: str
    sender: str
    voice: str
    importance: Importance
    leave_ms: int
    due_ms: int
    gone: bool
    leaves_now: bool

    @property
    def item(self) -> str:
        """The check-list item that is ticked on leaving."""
        return f"left/{self.occurrence}/{self.cell}"


def errands(
    chronogram: Chronogram, casting: Casting, checklists: Checklists, sim_ms: int
) -> tuple[Errand, ...]:
    """What is to be carried somewhere soon, soonest first, what is on its way last."""
    found = _errands(chronogram, casting, checklists, sim_ms)
    return tuple(sorted(found, key=lambda errand: (errand.gone, errand.leave_ms)))


def _errands(
    chronogram: Chronogram, casting: Casting, checklists: Checklists, sim_ms: int
) -> Iterator[Errand]:
    for row in chronogram.occurrences(sim_ms):
        if row.status is not Status.PLANNED or row.due_ms is None or row.gate:
            continue
        for leg in row.legs:
            if leg.leave_ms is not None and leg.leave_ms - PREPARE_MS <= sim_ms:
                gone = checklists.is_done(f"left/{row.occurrence}/{leg.cell}")
                voice = casting.voice_of(row.sender, row.occurrence)
                yield _errand(row, leg, voice, (leg.leave_ms, row.due_ms, sim_ms), gone=gone)


def _errand(
    row: ChronogramRow, leg: LegRow, voice: str, hours: tuple[int, int, int], *, gone: bool
) -> Errand:
    leave_ms, due_ms, sim_ms = hours
    return Errand(
        row.occurrence,
        row.stimulus,
        leg.cell,
        leg.roles,
        leg.channel or row.via,
        row.sender,
        voice,
        row.importance,
        leave_ms,
        due_ms,
        gone,
        leaves_now=sim_ms >= leave_ms and not gone,
    )


def unanswered(plan: Plan, contacts: Contacts, replies: Iterable[ReplyTask]) -> tuple[Contact, ...]:
    """What players wrote, nobody answered and nothing prepared answers, oldest first."""
    owed = {reply.contact for reply in replies}
    return tuple(
        item
        for item in contacts.all
        if item.written and item.contact not in owed and _waits(plan, item)
    )


def _waits(plan: Plan, item: Contact) -> bool:
    actor = plan.actors.get(item.actor)
    by_itself = actor is not None and actor.reply is not None and bool(actor.reply.play)
    return item.answered_ms is None and not item.refused and not by_itself
