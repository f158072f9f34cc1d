"""How long does a call really take here? Measured from calls begun and done, in exercise time."""

from statistics import fmean

from cyberex.facts.exercise_events import ExerciseAdvanced
from cyberex.facts.model import Recorded
from cyberex.facts.stimulus_events import (
    CallFailed,
    CallStarted,
    DeliveryWithdrawn,
    StimulusDelivered,
)
from cyberex.plan.model import MINUTE_MS, Plan
from cyberex.views.fold import Fold

CALL_MS = 3 * MINUTE_MS
"""A call, visit or handing over as long as none was measured."""

MESSAGE_MS = MINUTE_MS
"""A message that an animator sends as long as none was measured."""

SHORTEST_MS, LONGEST_MS = 15_000, 20 * MINUTE_MS
"""Outside these somebody pressed both keys at once, or forgot the second: not a length."""

_Leg = tuple[str, str]


def is_call(plan: Plan, channel: str) -> bool:
    """Takes a person's voice or legs until it is done, unlike a message."""
    known = plan.channels.get(channel)
    return known is None or known.is_done_when_delivered


class Lengths(Fold):
    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._plan = plan
        self._begun: dict[_Leg, int] = {}
        self._measured: dict[_Leg, tuple[bool, int]] = {}
        self.on(CallStarted, self._started)
        self.on(CallFailed, self._failed)
        self.on(StimulusDelivered, self._delivered)
        self.on(DeliveryWithdrawn, self._withdrawn)
        self.on(ExerciseAdvanced, self._advanced)

    @property
    def measured(self) -> int:
        """How many were measured so far, messages included."""
        return len(self._measured)

    def of(self, channel: str) -> int:
        """Mean length by such a channel, ms."""
        wanted = is_call(self._plan, channel)
        found = [length for call, length in self._measured.values() if call == wanted]
        if found:
            return round(fmean(found))
        return CALL_MS if wanted else MESSAGE_MS

    def _started(self, _: Recorded, event: CallStarted) -> None:
        self._begun[event.occurrence, event.cell] = self.now_ms

    def _failed(self, _: Recorded, event: CallFailed) -> None:
        self._begun.pop((event.occurrence, event.cell), None)

    def _delivered(self, _: Recorded, event: StimulusDelivered) -> None:
        leg = (event.occurrence, event.cell)
        begun_ms = self._begun.pop(leg, None)
        if begun_ms is None or event.made_ms is not None:
            return  # Recorded after the fact: when it ended is not known.
        length = self.now_ms - begun_ms
        if SHORTEST_MS <= length <= LONGEST_MS:
            self._measured[leg] = (is_call(self._plan, event.channel), length)

    def _withdrawn(self, _: Recorded, event: DeliveryWithdrawn) -> None:
        self._measured.pop((event.occurrence, event.cell), None)

    def _advanced(self, _: Recorded, __: ExerciseAdvanced) -> None:
        """The clock jumped over part of what is under way."""
        self._begun.clear()
