"""Who is overwhelmed and who is left in silence? What reached each cell, how long ago, and what
its observer says of it."""

from bisect import bisect_right, insort
from dataclasses import dataclass

from cyberex.facts.animation_events import StateReported
from cyberex.facts.exercise_events import DebexGiven, ExerciseAdvanced
from cyberex.facts.model import CellState, Recorded
from cyberex.facts.stimulus_events import DeliveryWithdrawn, StimulusDelivered
from cyberex.plan.model import Plan
from cyberex.views.fold import Fold
from cyberex.views.presence import Presence

RECENT_MS = 5 * 60_000
BUSY = 3
"""So many in `RECENT_MS` are many."""
SILENCE_MS = 12 * 60_000
"""A cell that nothing reached for so long (exercise time) is left alone."""


@dataclass(frozen=True, slots=True)
class Finished:
    """An observer says that the cell is done with it."""

    occurrence: str
    sim_ms: int


@dataclass(frozen=True, slots=True)
class CellLoad:
    """`recent`: how many reached it in the last five minutes. `silence_ms` counts from the last
    one, from DEBEX if none came yet, from where an advance landed; None before DEBEX.

    `state` is the last one reported, at `state_ms`; None if none was. `present` and `absent` are
    its roles.
    """

    cell: str
    last_ms: int | None
    recent: int
    total: int
    silence_ms: int | None
    state: CellState | None = None
    state_ms: int | None = None
    finished: tuple[Finished, ...] = ()
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()

    @property
    def busy(self) -> bool:
        """Three things or more in five minutes."""
        return self.recent >= BUSY

    @property
    def silent(self) -> bool:
        """Nothing for twelve minutes."""
        return self.silence_ms is not None and self.silence_ms >= SILENCE_MS


class Load(Fold):
    def __init__(self, plan: Plan, presence: Presence) -> None:
        super().__init__()
        self._presence = presence
        self._received: dict[str, list[int]] = {cell: [] for cell in plan.cells}
        self._counts_from_ms: int | None = None
        self._at: dict[tuple[str, str], int] = {}
        self._states: dict[str, tuple[CellState, int]] = {}
        self._finished: dict[str, list[Finished]] = {}
        self.on(StimulusDelivered, self._delivered)
        self.on(DeliveryWithdrawn, self._withdrawn)
        self.on(DebexGiven, self._debex)
        self.on(ExerciseAdvanced, self._advanced)
        self.on(StateReported, self._reported)

    def cells(self, sim_ms: int) -> tuple[CellLoad, ...]:
        """Every cell, in the author's order, as of `sim_ms`."""
        return tuple(self._cell(cell, sim_ms) for cell in self._received)

    def _cell(self, cell: str, sim_ms: int) -> CellLoad:
        received = self._received[cell]
        last_ms = received[-1] if received else None
        recent = len(received) - bisect_right(received, sim_ms - RECENT_MS)
        starts = [start for start in (last_ms, self._counts_from_ms) if start is not None]
        state, state_ms = self._states.get(cell, (None, None))
        absent = self._presence.absent_among(cell)
        return CellLoad(
            cell,
            last_ms,
            recent,
            len(received),
            max(0, sim_ms - max(starts)) if starts else None,
            state,
            state_ms,
            tuple(self._finished.get(cell, ())),
            tuple(role for role in self._presence.concerned(cell) if role not in absent),
            absent,
        )

    def _delivered(self, _: Recorded, event: StimulusDelivered) -> None:
        at_ms = self.now_ms if event.made_ms is None else min(event.made_ms, self.now_ms)
        insort(self._received.setdefault(event.cell, []), at_ms)
        self._at[event.occurrence, event.cell] = at_ms

    def _withdrawn(self, _: Recorded, event: DeliveryWithdrawn) -> None:
        at_ms = self._at.pop((event.occurrence, event.cell), None)
        if at_ms is not None:
            self._received[event.cell].remove(at_ms)

    def _debex(self, _: Recorded, __: DebexGiven) -> None:
        self._counts_from_ms = 0

    def _advanced(self, _: Recorded, event: ExerciseAdvanced) -> None:
        if self._counts_from_ms is not None:
            self._counts_from_ms = event.to_ms

    def _reported(self, _: Recorded, event: StateReported) -> None:
        self._states[event.cell] = (event.state, self.now_ms)
        if event.state is CellState.FINISHED and event.stimulus:
            said = self._finished.setdefault(event.cell, [])
            if all(item.occurrence != event.stimulus for item in said):
                said.append(Finished(event.stimulus, self.now_ms))
