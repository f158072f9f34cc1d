"""Did the machine sleep or stall between two looks at its clocks? Pure.

A clock that is set is no sleep: where the machine has a clock that counts its sleep, the wall
clock is not even looked at. Elsewhere a wall clock that jumps forward cannot be told from a sleep
and asks; one that goes back never does.
"""

from dataclasses import dataclass
from datetime import datetime
from math import inf

GAP_S = 5.0


@dataclass(frozen=True, slots=True)
class Reading:
    """All the clocks at one instant; `boot_s` is None where the machine has no such clock."""

    monotonic_s: float
    boot_s: float | None
    wall: datetime


def gap_ms(before: Reading, now: Reading, expected_s: float) -> int:
    """Milliseconds of wall time nobody watched, 0 if none.

    `expected_s` is the longest the next look could be away; `inf` for clocks that jump.
    """
    awake_s = now.monotonic_s - before.monotonic_s
    if before.boot_s is not None and now.boot_s is not None:
        passed_s = now.boot_s - before.boot_s
    else:
        passed_s = (now.wall - before.wall).total_seconds()
    slept = passed_s - awake_s > GAP_S
    late = expected_s < inf and awake_s - expected_s > GAP_S
    if not slept and not late:
        return 0
    return round(max(awake_s, passed_s if slept else 0.0) * 1_000)
