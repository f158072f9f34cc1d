"""All that can be seen of one exercise, kept up to date by one call an event.

Can be thrown away: `Board(plan).apply_all(journal)` gives it back.
"""

from collections.abc import Iterable

from cyberex.facts.model import Event, Recorded
from cyberex.plan.model import Plan
from cyberex.views.access import Access
from cyberex.views.bulletins import Bulletins
from cyberex.views.calls import Calls
from cyberex.views.casting import Casting
from cyberex.views.cell_logs import CellLogs
from cyberex.views.checklists import Checklists
from cyberex.views.chronogram import Chronogram
from cyberex.views.contact_test import ContactTest
from cyberex.views.contacts import Contacts
from cyberex.views.debrief import Debrief
from cyberex.views.expectations import Expectations
from cyberex.views.fold import Fold
from cyberex.views.inboxes import Inboxes
from cyberex.views.lengths import Lengths
from cyberex.views.load import Load
from cyberex.views.log import Log
from cyberex.views.outboxes import Outboxes
from cyberex.views.presence import Presence
from cyberex.views.remaining import Remaining, what_remains
from cyberex.views.ring_backs import RingBacks
from cyberex.views.rows import Row
from cyberex.views.situation import Situation
from cyberex.views.tempo import Proposal, propose_catch_up
from cyberex.views.workload import Workload
from cyberex.views.world import World


class Board:
    """`seq` is the last event applied; what came before is ignored: applying twice is harmless."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.seq = 0
        self.situation = Situation(plan)
        self.chronogram = Chronogram(plan)
        self.casting = Casting(plan)
        self.presence = Presence(plan)
        self.lengths = Lengths(plan)
        self.contacts = Contacts(plan, self.casting)
        self.ring_backs = RingBacks(plan, self.contacts, self.casting)
        self.calls = Calls(plan, self.casting, self.presence, self.ring_backs)
        self.expectations = Expectations(plan)
        self.world = World(plan)
        self.log = Log()
        self.load = Load(plan, self.presence)
        self.checklists = Checklists(plan)
        self.debrief = Debrief(plan)
        self.bulletins = Bulletins(plan)
        self.inboxes = Inboxes(plan, self.chronogram)
        self.outboxes = Outboxes(plan, self.chronogram)
        self.cell_logs = CellLogs(plan)
        self.access = Access(plan)
        self.contact_test = ContactTest(plan)
        self.workload = Workload(
            plan,
            self.calls,
            self.ring_backs,
            self.chronogram,
            self.casting,
            self.lengths,
            self.outboxes,
        )
        self._folds: tuple[Fold, ...] = (
            self.situation,
            self.chronogram,
            self.casting,
            self.presence,
            self.lengths,
            self.contacts,
            self.ring_backs,
            self.calls,
            self.expectations,
            self.world,
            self.load,
            self.checklists,
            self.debrief,
            self.bulletins,
            self.inboxes,
            self.outboxes,
            self.cell_logs,
            self.access,
            self.contact_test,
        )
        self._concerned: dict[type[Event], tuple[Fold, ...]] = {}

    def apply(self, recorded: Recorded) -> None:
        if recorded.seq <= self.seq:
            return
        self.seq = recorded.seq
        kind = type(recorded.event)
        folds = self._concerned.get(kind)
        if folds is None:
            folds = tuple(fold for fold in self._folds if fold.concerns(kind))
            self._concerned[kind] = folds
        for fold in folds:
            fold.apply(recorded)
        self.log.apply(recorded)

    def apply_all(self, events: Iterable[Recorded]) -> "Board":
        for recorded in events:
            self.apply(recorded)
        return self

    def next_due(self, sim_ms: int) -> Row | None:
        """The next occurrence or jump to come by its own hour."""
        return self.chronogram.next_due(sim_ms)

    def catch_up(self, sim_ms: int, end_ms: int | None = None) -> Proposal:
        """How to fit in before `end_ms` (None: the planned end)."""
        end_ms = self.situation.end_ms if end_ms is None else end_ms
        return propose_catch_up(
            self.plan,
            self.chronogram,
            self.calls,
            self.casting,
            self.lengths,
            self.outboxes,
            sim_ms,
            end_ms,
        )

    def what_remains(self, sim_ms: int) -> tuple[Remaining, ...]:
        """All that is not over, with hours, to go on from paper."""
        return what_remains(self.chronogram, self.casting, sim_ms)
