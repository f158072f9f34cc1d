"""Which reactions are expected, seen, late or never seen?"""

from dataclasses import dataclass, field
from enum import StrEnum

from cyberex.facts.model import Recorded
from cyberex.facts.stimulus_events import (
    ExpectationExpired,
    ExpectationMoved,
    ExpectationOpened,
    ExpectationTicked,
    ExpectationWithdrawn,
)
from cyberex.plan.model import Plan
from cyberex.views.fold import Fold


class ExpectationStatus(StrEnum):
    OPEN = "open"
    EXPIRED = "expired"
    SEEN = "seen"
    PARTLY = "partly"
    NOT_SEEN = "not_seen"


TICKABLE = frozenset({ExpectationStatus.OPEN, ExpectationStatus.EXPIRED})
"""Nobody has said yet what was seen."""


@dataclass(frozen=True, slots=True)
class ExpectationRow:
    """`key` is `OCCURRENCE/EXPECTATION`, as commands take it. `text` is the plan's, `cell` "" is
    all that receive, `deadline_ms` None no limit."""

    key: str
    expectation: str
    stimulus: str
    occurrence: str
    text: str
    cell: str
    role: str
    objective: str
    opened_ms: int
    deadline_ms: int | None
    status: ExpectationStatus
    expired_ms: int | None
    observed_ms: int | None
    observer: str
    late: bool

    @property
    def tickable(self) -> bool:
        """Nobody has said yet what was seen."""
        return self.status in TICKABLE


@dataclass(slots=True)
class _State:
    expectation: str
    stimulus: str
    occurrence: str
    cell: str
    opened_ms: int
    deadline_ms: int | None = None
    expired_ms: int | None = None
    ticks: list[ExpectationTicked] = field(default_factory=list)

    @property
    def key(self) -> str:
        return f"{self.occurrence}/{self.expectation}"


class Expectations(Fold):
    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._plan = plan
        self._states: dict[str, _State] = {}
        self._rows: tuple[ExpectationRow, ...] = ()
        self._rows_version = -1
        self.on(ExpectationOpened, self._opened)
        self.on(ExpectationMoved, self._moved)
        self.on(ExpectationTicked, self._ticked)
        self.on(ExpectationExpired, self._expired)
        self.on(ExpectationWithdrawn, self._withdrawn)

    # What can be asked

    @property
    def rows(self) -> tuple[ExpectationRow, ...]:
        """Every expectation opened so far, in the order in which they opened."""
        if self._rows_version != self.version:
            self._rows = tuple(self._row(state) for state in self._states.values())
            self._rows_version = self.version
        return self._rows

    def row(self, key: str) -> ExpectationRow | None:
        """The row of `s01#1/s01-facts`."""
        state = self._states.get(key)
        return None if state is None else self._row(state)

    def of(self, occurrence: str) -> tuple[ExpectationRow, ...]:
        return tuple(row for row in self.rows if row.occurrence == occurrence)

    @property
    def open(self) -> tuple[ExpectationRow, ...]:
        """Not ticked and not expired, the nearest deadline first, without limit last."""
        still = (row for row in self.rows if row.status is ExpectationStatus.OPEN)
        return tuple(sorted(still, key=_by_deadline))

    @property
    def overdue(self) -> tuple[ExpectationRow, ...]:
        """Expired and never ticked, the longest overdue first."""
        past = (row for row in self.rows if row.status is ExpectationStatus.EXPIRED)
        return tuple(sorted(past, key=_by_deadline))

    def open_between(self, from_ms: int, to_ms: int) -> tuple[ExpectationRow, ...]:
        """Open with a deadline in [from_ms, to_ms], both included."""
        return tuple(
            row
            for row in self.open
            if row.deadline_ms is not None and from_ms <= row.deadline_ms <= to_ms
        )

    # What happened

    def _row(self, state: _State) -> ExpectationRow:
        _, planned = self._plan.expectations.get(state.expectation, (None, None))
        tick = state.ticks[-1] if state.ticks else None
        if tick is not None:
            status = ExpectationStatus(tick.result.value)
        else:
            expired = state.expired_ms is not None
            status = ExpectationStatus.EXPIRED if expired else ExpectationStatus.OPEN
        return ExpectationRow(
            key=state.key,
            expectation=state.expectation,
            stimulus=state.stimulus,
            occurrence=state.occurrence,
            text=planned.text if planned else "",
            cell=state.cell,
            role=planned.role if planned else "",
            objective=planned.objective if planned else "",
            opened_ms=state.opened_ms,
            deadline_ms=state.deadline_ms,
            status=status,
            expired_ms=state.expired_ms,
            observed_ms=tick.observed_ms if tick else None,
            observer=tick.observer if tick else "",
            late=tick.late if tick else False,
        )

    def _state(
        self,
        event: ExpectationTicked | ExpectationExpired | ExpectationMoved | ExpectationOpened,
        cell: str = "",
    ) -> _State:
        key = f"{event.occurrence}/{event.expectation}"
        state = self._states.get(key)
        if state is None:
            state = _State(event.expectation, event.stimulus, event.occurrence, cell, self.now_ms)
            self._states[key] = state
        return state

    def _opened(self, _: Recorded, event: ExpectationOpened) -> None:
        state = self._state(event, event.cell)
        state.cell, state.deadline_ms = event.cell, event.deadline_ms

    def _moved(self, _: Recorded, event: ExpectationMoved) -> None:
        self._state(event).deadline_ms = event.deadline_ms

    def _ticked(self, _: Recorded, event: ExpectationTicked) -> None:
        self._state(event).ticks.append(event)

    def _expired(self, _: Recorded, event: ExpectationExpired) -> None:
        self._state(event).expired_ms = self.now_ms

    def _withdrawn(self, _: Recorded, event: ExpectationWithdrawn) -> None:
        key = f"{event.occurrence}/{event.expectation}"
        if not event.reopened:
            self._states.pop(key, None)
            return
        state = self._states.get(key)
        if state is None:
            return
        # Ticking again replaces a tick: withdrawing it brings the one before back.
        del state.ticks[-1:]
        if event.deadline_ms is not None:
            state.deadline_ms = event.deadline_ms


def _by_deadline(row: ExpectationRow) -> tuple[bool, int, int]:
    return (row.deadline_ms is None, row.deadline_ms or 0, row.opened_ms)
