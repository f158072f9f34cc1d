"""What was planned against what was played: the table of the report.

Pure functions of the other views; hours are exercise milliseconds.
"""

from dataclasses import dataclass

from cyberex.facts.model import PlannedBy, SkipReason, TextRef
from cyberex.plan.model import Importance, Plan
from cyberex.views.chronogram import Chronogram
from cyberex.views.expectations import ExpectationRow, Expectations, ExpectationStatus
from cyberex.views.rows import ChronogramRow, Status
from cyberex.views.world import World


@dataclass(frozen=True, slots=True)
class PlayedRow:
    """`title` is the plan's, `edited_title` what the director typed instead. `planned_ms` is the
    first hour it had (None if it came without one), `played_ms` when it really reached its first
    cell, `difference_ms` the second less the first. `late`: expectations met after their deadline
    or never."""

    stimulus: str
    occurrence: str
    title: str
    edited_title: TextRef
    importance: Importance
    status: Status
    reason: SkipReason | None
    why: PlannedBy | None
    planned_ms: int | None
    played_ms: int | None
    difference_ms: int | None
    expectations: tuple[ExpectationRow, ...]
    late: tuple[ExpectationRow, ...]


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """`observed_ms` None: never reached."""

    milestone: str
    title: str
    objective: str
    observed_ms: int | None


def played(
    plan: Plan, chronogram: Chronogram, expectations: Expectations, sim_ms: int
) -> tuple[PlayedRow, ...]:
    """A row an occurrence, in the order of the chronogram, as of `sim_ms`."""
    wanted: dict[str, list[ExpectationRow]] = {}
    for row in expectations.rows:
        wanted.setdefault(row.occurrence, []).append(row)
    return tuple(
        _row(plan, row, tuple(wanted.get(row.occurrence, ())))
        for row in chronogram.occurrences(sim_ms)
    )


def milestones(plan: Plan, world: World) -> tuple[MilestoneRow, ...]:
    """Every milestone of the plan, in the author's order."""
    found = []
    for item in plan.milestones.values():
        reached = world.milestones.get(item.id)
        observed_ms = reached.observed_ms if reached else None
        found.append(MilestoneRow(item.id, item.title, item.objective, observed_ms))
    return tuple(found)


def _row(plan: Plan, row: ChronogramRow, wanted: tuple[ExpectationRow, ...]) -> PlayedRow:
    planned = plan.stimuli.get(row.stimulus)
    reached = [leg.made_ms for leg in row.legs if leg.made_ms is not None]
    played_ms = min(reached, default=None)
    planned_ms = row.original_ms if row.why is None else None
    difference_ms = None
    if played_ms is not None and planned_ms is not None:
        difference_ms = played_ms - planned_ms
    return PlayedRow(
        stimulus=row.stimulus,
        occurrence=row.occurrence,
        title=planned.title if planned else "",
        edited_title=row.title,
        importance=row.importance,
        status=row.status,
        reason=row.reason,
        why=row.why,
        planned_ms=planned_ms,
        played_ms=played_ms,
        difference_ms=difference_ms,
        expectations=wanted,
        late=tuple(item for item in wanted if _is_late(item)),
    )


def _is_late(row: ExpectationRow) -> bool:
    missed = row.expired_ms is not None and row.status in (
        ExpectationStatus.EXPIRED,
        ExpectationStatus.NOT_SEEN,
    )
    return row.late or missed
