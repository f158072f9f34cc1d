"""Turn wall-clock time into exercise time, at a rate that may change or stop.

Pure: callers pass the monotonic instant in. Sleeping is `exercise.driver`'s job.
"""

from dataclasses import dataclass
from math import floor, inf, nextafter

TOLERANCE_MS = 1e-6
"""0.1 s added ten times is a hair under one second: a hair must not cost a millisecond."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Exercise time was `base_sim_ms` at the monotonic instant `base_wall_s`, and goes `rate`
    exercise milliseconds a wall millisecond since; rate 0 is pause."""

    base_wall_s: float
    base_sim_ms: int
    rate: float

    def sim_at(self, wall_s: float) -> int:
        """Exercise ms at `wall_s`; never before the base, whatever the instant."""
        passed_ms = max(0.0, wall_s - self.base_wall_s) * 1_000 * self.rate
        return self.base_sim_ms + floor(passed_ms + TOLERANCE_MS)

    def wall_at_s(self, sim_ms: int) -> float:
        """The monotonic instant from which `sim_at` is at least `sim_ms`; inf while paused."""
        if sim_ms <= self.base_sim_ms:
            return self.base_wall_s
        if self.rate == 0:
            return inf
        wall_s = self.base_wall_s + (sim_ms - self.base_sim_ms) / 1_000 / self.rate
        # Rounding may fall just short, and a driver that waits until then would spin.
        while self.sim_at(wall_s) < sim_ms:
            wall_s = nextafter(wall_s, inf)
        return wall_s

    def wall_delay_s(self, sim_ms: int, wall_s: float) -> float:
        """Wall seconds until `sim_ms`; 0.0 if past, `inf` while paused."""
        return max(0.0, self.wall_at_s(sim_ms) - wall_s)

    def at_rate(self, rate: float, wall_s: float) -> "Pace":
        """The same clock at another rate from `wall_s` on; what was played is not rescaled."""
        return Pace(wall_s, self.sim_at(wall_s), rate)
