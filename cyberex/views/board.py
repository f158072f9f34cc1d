"""All that can be seen of one exercise, kept up to date by one call an event.

Can be thrown away: `Board(plan).apply_all(journal)` gives it back.
"""

from collections.abc import Iterable

from cyberex.facts.model import Recorded
from cyberex.plan.model import Plan
from cyberex.views.calls import Calls
from cyberex.views.casting import Casting
from cyberex.views.checklists import Checklists
from cyberex.views.chronogram import Chronogram
from cyberex.views.contacts import Contacts
from cyberex.views.debrief import Debrief
from cyberex.views.expectations import Expectations
from cyberex.views.lengths import Lengths
from cyberex.views.load import Load
from cyberex.views.log import Log
from cyberex.views.presence import Presence
from cyberex.views.ring_backs import RingBacks
from cyberex.views.rows import Row
from cyberex.views.situation import Situation
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
        self._views = (
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
            self.log,
            self.load,
            self.checklists,
            self.debrief,
        )

    def apply(self, recorded: Recorded) -> None:
        if recorded.seq <= self.seq:
            return
        self.seq = recorded.seq
        for view in self._views:
            view.apply(recorded)

    def apply_all(self, events: Iterable[Recorded]) -> "Board":
        for recorded in events:
            self.apply(recorded)
        return self

    def next_due(self, sim_ms: int) -> Row | None:
        """The next occurrence or jump to come by its own hour."""
        return self.chronogram.next_due(sim_ms)
