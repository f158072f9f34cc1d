"""When did the exercise stand still, why and for how long? Read from recorded events.

Stops do not overlap: a real stop ends the pause it falls in, and its lifting begins another.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from cyberex.facts import exercise_events as life
from cyberex.facts.model import GapAnswer, Recorded, TextRef

NO_TEXT = TextRef("")


class StopKind(StrEnum):
    PAUSE = "pause"
    REAL_STOP = "real_stop"
    INTERRUPTION = "interruption"


@dataclass(frozen=True, slots=True)
class Stop:
    """`sim_ms` is where exercise time stood, `from_wall` and `to_wall` ISO 8601, `to_wall` "" if
    it never ended. `as_played`: an interruption that counted as time played."""

    kind: StopKind
    sim_ms: int
    from_wall: str
    to_wall: str = ""
    reason: TextRef = NO_TEXT
    as_played: bool = False

    @property
    def length_ms(self) -> int | None:
        """Wall time; None while it lasts. Never negative, whatever was done to the clock."""
        if not self.to_wall:
            return None
        length = datetime.fromisoformat(self.to_wall) - datetime.fromisoformat(self.from_wall)
        return max(0, round(length / timedelta(milliseconds=1)))


def stops_of(recorded: Iterable[Recorded]) -> tuple[Stop, ...]:
    """Every stop, in order; those of less than a second that nothing explains are left out."""
    watch = _Watch()
    for item in recorded:
        watch.see(item)
    kept = [*watch.stops, *([watch.open] if watch.open else [])]
    return tuple(
        stop
        for stop in kept
        if stop.kind is not StopKind.PAUSE or stop.reason or stop.length_ms != 0
    )


class _Watch:
    def __init__(self) -> None:
        self.stops: list[Stop] = []
        self.open: Stop | None = None
        self._moving = False

    def see(self, item: Recorded) -> None:
        match item.event:
            case life.BriefingStarted() | life.DebexGiven():
                self._moving = True
            case life.ExercisePaused(reason=reason):
                self._begin(StopKind.PAUSE, item, reason)
            case life.RealStopCalled(reason=reason):
                self._begin(StopKind.REAL_STOP, item, reason)
            case life.RealStopLifted():
                self._end(item.wall_at)
                if self._moving:
                    self._begin(StopKind.PAUSE, item)
            case life.ExerciseInterrupted(gap_ms=gap_ms):
                self._interrupted(item, gap_ms)
            case life.GapAnswered(answer=GapAnswer.PLAYED):
                self._count_as_played()
            case life.ExerciseResumed():
                self._end(item.wall_at)
            case life.FinexGiven():
                self._moving = False
                self._end(item.wall_at)
            case _:
                pass

    def _begin(self, kind: StopKind, item: Recorded, reason: TextRef = NO_TEXT) -> None:
        self._end(item.wall_at)
        self.open = Stop(kind, item.sim_ms, item.wall_at, reason=reason)

    def _end(self, wall_at: str) -> None:
        if self.open is not None:
            self.stops.append(replace(self.open, to_wall=wall_at))
            self.open = None

    def _interrupted(self, item: Recorded, gap_ms: int) -> None:
        """What stood open goes on afterwards, without the time that the machine was away."""
        back = datetime.fromisoformat(item.wall_at)
        away = (back - timedelta(milliseconds=gap_ms)).isoformat()
        was = self.open
        self._end(away)
        gap = Stop(StopKind.INTERRUPTION, item.sim_ms, away, item.wall_at)
        self.stops.append(gap)
        kind = was.kind if was else StopKind.PAUSE
        self.open = Stop(kind, item.sim_ms, item.wall_at)

    def _count_as_played(self) -> None:
        for place in range(len(self.stops) - 1, -1, -1):
            if self.stops[place].kind is StopKind.INTERRUPTION:
                self.stops[place] = replace(self.stops[place], as_played=True)
                return
