"""Who is overwhelmed and who is left in silence? What reached each cell, and how long ago."""

from bisect import bisect_right
from dataclasses import dataclass

from cyberex.facts.exercise_events import DebexGiven
from cyberex.facts.model import Recorded
from cyberex.facts.stimulus_events import DeliveryWithdrawn, StimulusDelivered
from cyberex.plan.model import Plan
from cyberex.views.fold import Fold

RECENT_MS = 5 * 60_000


@dataclass(frozen=True, slots=True)
class CellLoad:
    """`recent`: how many reached it in the last five minutes. `silence_ms` counts from the last
    one, from DEBEX if none came yet; None before DEBEX."""

    cell: str
    last_ms: int | None
    recent: int
    total: int
    silence_ms: int | None


class Load(Fold):
    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._received: dict[str, list[int]] = {cell: [] for cell in plan.cells}
        self._playing = False
        self._at: dict[tuple[str, str], int] = {}
        self.on(StimulusDelivered, self._delivered)
        self.on(DeliveryWithdrawn, self._withdrawn)
        self.on(DebexGiven, self._debex)

    def cells(self, sim_ms: int) -> tuple[CellLoad, ...]:
        """Every cell, in the author's order, as of `sim_ms`."""
        return tuple(self._cell(cell, sim_ms) for cell in self._received)

    def _cell(self, cell: str, sim_ms: int) -> CellLoad:
        received = self._received[cell]
        last_ms = received[-1] if received else None
        recent = len(received) - bisect_right(received, sim_ms - RECENT_MS)
        since_ms = last_ms if last_ms is not None else (0 if self._playing else None)
        silence_ms = None if since_ms is None else max(0, sim_ms - since_ms)
        return CellLoad(cell, last_ms, recent, len(received), silence_ms)

    def _delivered(self, _: Recorded, event: StimulusDelivered) -> None:
        self._received.setdefault(event.cell, []).append(self.now_ms)
        self._at[event.occurrence, event.cell] = self.now_ms

    def _withdrawn(self, _: Recorded, event: DeliveryWithdrawn) -> None:
        at_ms = self._at.pop((event.occurrence, event.cell), None)
        if at_ms is not None:
            self._received[event.cell].remove(at_ms)

    def _debex(self, _: Recorded, __: DebexGiven) -> None:
        self._playing = True
