"""What were all the rooms told at each jump of the fiction's hour?"""

from dataclasses import dataclass

from cyberex.facts.exercise_events import JumpMade
from cyberex.facts.model import Recorded, TextRef
from cyberex.plan.model import Plan
from cyberex.views.fold import Fold


@dataclass(frozen=True, slots=True)
class Bulletin:
    """`fiction` is the hour it was read at (ISO 8601, without zone). `typed` is what the director
    wrote instead of the author's text, "" if `written` stands."""

    jump: str
    seq: int
    fiction: str
    typed: TextRef
    written: str


class Bulletins(Fold):
    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._plan = plan
        self._read: list[Bulletin] = []
        self.on(JumpMade, self._made)

    @property
    def read(self) -> tuple[Bulletin, ...]:
        """Those that were read out, the last first; a jump without a text gives none."""
        return tuple(reversed(self._read))

    def _made(self, recorded: Recorded, event: JumpMade) -> None:
        jump = self._plan.jumps.get(event.jump)
        written = jump.bulletin if jump else ""
        if jump and 0 <= event.variant < len(jump.variants):
            written = jump.variants[event.variant].bulletin
        if written or event.bulletin:
            self._read.append(
                Bulletin(event.jump, recorded.seq, event.fiction, event.bulletin, written)
            )
