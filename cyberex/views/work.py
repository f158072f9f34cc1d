"""What is left to be made, as work: on which voice, for which cells, how long, between what hours.

Read from the chronogram and the calls; nothing is decided here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from cyberex.plan.model import MINUTE_MS, Importance, Plan
from cyberex.views.calls import Calls
from cyberex.views.casting import Casting
from cyberex.views.causes import causes_of
from cyberex.views.chronogram import Chronogram
from cyberex.views.lengths import Lengths
from cyberex.views.needs import needed_for
from cyberex.views.outboxes import Outboxes
from cyberex.views.rows import REACHED, ChronogramRow, JumpRow, JumpStatus, LegRow, Status

WITH_AN_OUTBOX = frozenset({Status.LEAVING, Status.UNSENT})
IN_HAND = WITH_AN_OUTBOX | {Status.TO_PERFORM, Status.BLOCKED, Status.DUE, Status.QUEUED}
OVER_FOR_A_CELL = REACHED | {Status.REFUSED, Status.SKIPPED, Status.EXPIRED, Status.RESERVED}


@dataclass(frozen=True, slots=True)
class Work:
    """One occurrence still to be made, wholly or for some of its cells.

    `hour_ms` is its hour, or a guess. It may begin from `first_ms` to `last_ms` (when that is
    earlier, there is no time for it); a new hour is at most `bound_ms`. `movable`: it can be given
    another hour; `droppable`: nothing that must be played needs it. `cause` is the stimulus that
    brings it `delay_ms` later, "" if it has its hour.
    """

    occurrence: str
    stimulus: str
    importance: Importance
    hour_ms: int
    due_ms: int | None
    voice: str
    cells: tuple[str, ...]
    length_ms: int
    first_ms: int
    last_ms: int
    bound_ms: int
    movable: bool
    droppable: bool
    cause: str = ""
    delay_ms: int = 0


class Backlog:
    """Works out what is left at `sim_ms` for an exercise that ends at `end_ms`."""

    def __init__(
        self,
        plan: Plan,
        calls: Calls,
        casting: Casting,
        lengths: Lengths,
        outboxes: Outboxes,
        sim_ms: int,
        end_ms: int,
    ) -> None:
        self._plan = plan
        self._outboxes = outboxes
        self._calls = calls
        self._casting = casting
        self._lengths = lengths
        self._now_ms = sim_ms
        self._end_ms = max(end_ms, sim_ms)
        self._causes = causes_of(plan)
        self._gates: list[int] = []
        self._needed: frozenset[str] = frozenset()

    def works(self, chronogram: Chronogram) -> tuple[Work, ...]:
        """In the order of the chronogram."""
        rows = chronogram.rows(self._now_ms)
        self._gates = [
            row.due_ms
            for row in rows
            if isinstance(row, JumpRow)
            and row.status is JumpStatus.PLANNED
            and row.due_ms > self._now_ms
        ]
        open_rows = [row for row in rows if isinstance(row, ChronogramRow) and not row.over]
        essential = (row.stimulus for row in open_rows if row.importance is Importance.ESSENTIAL)
        self._needed = needed_for(self._plan, essential)
        return tuple(self._work(row, hour) for row, hour in self._placed(open_rows))

    def _placed(self, rows: list[ChronogramRow]) -> Iterator[tuple[ChronogramRow, int]]:
        """Rows that will take time, with their hour. What waits for conditions that may never
        come, or for a cause that nobody can place, is left out."""
        for row in rows:
            hour = row.due_ms if row.due_ms is not None else row.projected_ms
            waits_for_facts = row.status is Status.WAITING and row.due_ms is not None
            if hour is not None and not waits_for_facts:
                yield row, hour

    def _work(self, row: ChronogramRow, hour_ms: int) -> Work:
        legs = [leg for leg in row.legs if leg.status not in OVER_FOR_A_CELL]
        length_ms = sum(self._length_ms(leg, row.via) for leg in legs)
        first_ms, over_ms = self._bounds(row)
        bound_ms = over_ms if over_ms >= self._end_ms else max(first_ms, over_ms - MINUTE_MS)
        last_ms = over_ms - length_ms
        if row.due_ms is not None and row.due_ms == row.original_ms and row.due_ms <= over_ms:
            last_ms = max(last_ms, row.due_ms)  # The author wanted it that late.
        cause, delay_ms = ("", 0)
        if row.due_ms is None:
            cause, delay_ms = self._causes.get(row.stimulus, ("", 0))
        has_own_hour = row.status is Status.PLANNED and row.due_ms is not None and not row.gate
        return Work(
            row.occurrence,
            row.stimulus,
            row.importance,
            hour_ms,
            row.due_ms,
            self._casting.voice_of(row.sender, row.occurrence) or row.sender,
            tuple(leg.cell for leg in legs),
            length_ms,
            first_ms,
            last_ms,
            bound_ms,
            movable=has_own_hour and first_ms <= self._end_ms,
            droppable=self._can_be_dropped(row),
            cause=cause,
            delay_ms=delay_ms,
        )

    def _length_ms(self, leg: LegRow, via: str) -> int:
        """What leaves without an animator takes no time of theirs."""
        if leg.status in WITH_AN_OUTBOX:
            return 0
        by_itself = leg.status not in IN_HAND and self._outboxes.takes(leg, via)
        return 0 if by_itself else self._lengths.of(leg.channel or via)

    def _bounds(self, row: ChronogramRow) -> tuple[int, int]:
        """From when, and until when it must be over: what is before a gate stays before it, what
        is behind stays behind."""
        if row.due_ms is None or row.gate or row.status in IN_HAND:
            return self._now_ms, self._end_ms
        behind = [gate for gate in self._gates if gate <= row.due_ms]
        before = [gate for gate in self._gates if gate > row.due_ms]
        return max([self._now_ms, *behind]), min([self._end_ms, *before])

    def _can_be_dropped(self, row: ChronogramRow) -> bool:
        if row.importance is Importance.ESSENTIAL or row.stimulus in self._needed:
            return False
        if row.why is not None or row.status is Status.QUEUED:
            return False  # Somebody asked for it.
        if any(leg.status in REACHED or leg.status in WITH_AN_OUTBOX for leg in row.legs):
            return False
        sheets = [self._calls.sheet(row.occurrence, leg.cell) for leg in row.legs]
        return all(sheet is None or sheet.started_ms is None for sheet in sheets)
