"""How much of what was planned was played, by importance?

An observation, never a target. Pure functions of the chronogram.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cyberex.facts.model import PlannedBy
from cyberex.plan.model import Importance
from cyberex.views.chronogram import Chronogram
from cyberex.views.rows import REACHED, ChronogramRow


@dataclass(frozen=True, slots=True)
class Rate:
    planned: int
    delivered: int

    @property
    def rate(self) -> float | None:
        """Between 0 and 1; None when nothing was planned."""
        return self.delivered / self.planned if self.planned else None


@dataclass(frozen=True, slots=True)
class Score:
    """`rates` leave out conditional stimuli that never came (`not_triggered`), the reserve that
    was injected (`reserve`), what was made up (`ad_hoc`) and what answers, returns or was played
    again (`added`): those are counted apart, delivered only."""

    rates: Mapping[Importance, Rate]
    total: Rate
    not_triggered: int
    reserve: int
    ad_hoc: int
    added: int


def score(chronogram: Chronogram, sim_ms: int) -> Score:
    """As of `sim_ms`; what is still to come counts as planned."""
    rows = tuple(chronogram.occurrences(sim_ms))
    counted = [row for row in rows if _is_planned(row) and _triggered(row)]
    apart = [row for row in rows if not _is_planned(row) and row.status in REACHED]
    return Score(
        rates={
            importance: _rate([row for row in counted if row.importance is importance])
            for importance in Importance
        },
        total=_rate(counted),
        not_triggered=sum(_is_planned(row) and not _triggered(row) for row in rows),
        reserve=sum(row.why is PlannedBy.RESERVE for row in apart),
        ad_hoc=sum(row.ad_hoc for row in apart),
        added=sum(not row.ad_hoc and row.why is not PlannedBy.RESERVE for row in apart),
    )


def _is_planned(row: ChronogramRow) -> bool:
    """The author put it in the chronogram: no reserve, nothing made up or played again."""
    return row.number == 1 and row.why is None and not row.ad_hoc


def _triggered(row: ChronogramRow) -> bool:
    """What waits for a condition or a cause counts once that came, not before."""
    uncertain = row.conditional or row.original_ms is None
    return not uncertain or row.came_ms is not None or row.status in REACHED


def _rate(rows: list[ChronogramRow]) -> Rate:
    return Rate(len(rows), sum(row.status in REACHED for row in rows))
