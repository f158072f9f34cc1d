"""What remains to be played, with hours: all that somebody needs to go on from paper."""

from dataclasses import dataclass

from cyberex.views.casting import Casting
from cyberex.views.chronogram import Chronogram
from cyberex.views.rows import REACHED, ChronogramRow, JumpRow, JumpStatus, LegRow, Row, Status

_NOW = frozenset(
    {
        Status.DUE,
        Status.TO_PERFORM,
        Status.BLOCKED,
        Status.LEAVING,
        Status.UNSENT,
        Status.QUEUED,
    }
)


@dataclass(frozen=True, slots=True)
class Remaining:
    """A row that is not over. `hour_ms` (exercise ms) is when it is to be played, None if nobody
    knows; `guess`: it follows something else and that hour is only likely. `legs` are the cells
    that it has not reached. `now`: it is to be performed, or a jump to be made, at once."""

    row: Row
    hour_ms: int | None
    guess: bool
    voice: str
    legs: tuple[LegRow, ...]
    now: bool


def what_remains(chronogram: Chronogram, casting: Casting, sim_ms: int) -> tuple[Remaining, ...]:
    """As of `sim_ms`, what is to be done at once first, then in the order of the chronogram.

    What waits behind a jump that is due is later by as much as that jump is now.
    """
    rows = chronogram.rows(sim_ms)
    late = {
        row.jump: max(0, sim_ms - row.due_ms)
        for row in rows
        if isinstance(row, JumpRow) and row.status is JumpStatus.PREPARED
    }
    found = [
        _jump(row) if isinstance(row, JumpRow) else _stimulus(row, casting, late)
        for row in rows
        if not _is_over(row)
    ]
    return tuple(sorted(found, key=lambda item: not item.now))


def _is_over(row: Row) -> bool:
    return row.status is JumpStatus.MADE if isinstance(row, JumpRow) else row.over


def _jump(row: JumpRow) -> Remaining:
    return Remaining(row, row.due_ms, False, "", (), row.status is JumpStatus.PREPARED)


def _stimulus(row: ChronogramRow, casting: Casting, late: dict[str, int]) -> Remaining:
    hour_ms = row.due_ms if row.due_ms is not None else row.projected_ms
    if hour_ms is not None:
        hour_ms += late.get(row.gate, 0)
    return Remaining(
        row,
        hour_ms,
        guess=row.due_ms is None,
        voice=casting.voice_of(row.sender, row.occurrence),
        legs=tuple(leg for leg in row.legs if leg.status not in REACHED),
        now=row.status in _NOW,
    )
