"""The state of one fiction jump while events are folded. Mutable, and the chronogram's own."""

from dataclasses import dataclass

from cyberex.plan.model import PlannedJump
from cyberex.views.rows import JumpRow, JumpStatus


@dataclass(slots=True)
class JumpState:
    planned: PlannedJump
    due_ms: int
    status: JumpStatus = JumpStatus.PLANNED
    made_ms: int | None = None
    late_ms: int = 0

    @property
    def id(self) -> str:
        return self.planned.id

    def order(self) -> tuple[int, int]:
        """Its place among stimuli: by hour, then as in the file."""
        return (self.due_ms, self.planned.index)

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
