"""Where does each fiction jump stand? Shared by the views that show gates."""

from dataclasses import dataclass

from cyberex.facts.exercise_events import ExerciseAdvanced, JumpMade, JumpPrepared, JumpShifted
from cyberex.facts.model import Recorded
from cyberex.plan.model import Plan, PlannedJump
from cyberex.views.fold import Fold
from cyberex.views.rows import JumpRow, JumpStatus


@dataclass(slots=True)
class JumpState:
    planned: PlannedJump
    due_ms: int
    status: JumpStatus = JumpStatus.PLANNED
    was_prepared: bool = False
    made_ms: int | None = None
    late_ms: int = 0

    @property
    def id(self) -> str:
        return self.planned.id

    def row(self) -> JumpRow:
        return JumpRow(
            self.planned.id,
            self.planned.index,
            self.planned.to,
            self.status,
            self.due_ms,
            self.planned.at_ms,
            self.made_ms,
            self.late_ms,
        )


class Jumps:
    """The jumps of a plan, kept up to date by the view that has them listen."""

    def __init__(self, plan: Plan) -> None:
        self._states = {jump.id: JumpState(jump, jump.at_ms) for jump in plan.jumps.values()}

    def listen(self, fold: Fold) -> None:
        """Have `fold` hand over the events that concern jumps."""

        def made(_: Recorded, event: JumpMade) -> None:
            self._made(event, fold.now_ms)

        fold.on(JumpPrepared, self._prepared)
        fold.on(JumpMade, made)
        fold.on(JumpShifted, self._shifted)
        fold.on(ExerciseAdvanced, self._advanced)

    def rows(self) -> tuple[JumpRow, ...]:
        return tuple(state.row() for state in self._states.values())

    @property
    def prepared(self) -> tuple[JumpState, ...]:
        """Prepared and not made, the earliest first."""
        found = (item for item in self._states.values() if item.status is JumpStatus.PREPARED)
        return tuple(sorted(found, key=lambda item: (item.due_ms, item.planned.index)))

    def _prepared(self, _: Recorded, event: JumpPrepared) -> None:
        state = self._states.get(event.jump)
        if state is not None:
            state.status = JumpStatus.PREPARED

    def _made(self, event: JumpMade, now_ms: int) -> None:
        state = self._states.get(event.jump)
        if state is not None:
            state.status, state.made_ms, state.late_ms = JumpStatus.MADE, now_ms, event.late_ms

    def _shifted(self, _: Recorded, event: JumpShifted) -> None:
        """A prepared jump whose hour is to come again waits for it."""
        state = self._states.get(event.jump)
        if state is None or state.status is JumpStatus.MADE:
            return
        state.was_prepared = state.status is JumpStatus.PREPARED
        state.status, state.due_ms = JumpStatus.PLANNED, event.due_ms

    def _advanced(self, _: Recorded, event: ExerciseAdvanced) -> None:
        """The clock went to where an advance had put a prepared jump: it is still prepared."""
        for state in self._states.values():
            waits = state.status is JumpStatus.PLANNED and state.was_prepared
            if waits and state.due_ms <= event.to_ms:
                state.status, state.was_prepared = JumpStatus.PREPARED, False
