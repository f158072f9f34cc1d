"""What time it is, and how to wait: the only module of the project that reads clocks.

Everyone else receives a `Clocks`. `VirtualClocks` stand still until asked: tests move them, and
headless play as fast as possible lets them jump to the next instant somebody waits for.
"""

import asyncio
import contextlib
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import inf
from typing import Protocol

FASTEST_START = datetime(2026, 1, 12, 8, 0, tzinfo=UTC)


class Clocks(Protocol):
    """The clocks of one machine. Seconds have no common origin; only differences mean something."""

    def monotonic_s(self) -> float:
        """Never goes back; stands still while the machine sleeps where `boot_s` is not None."""

    def boot_s(self) -> float | None:
        """Like the monotonic clock, sleep of the machine included; None where there is none."""

    def wall(self) -> datetime:
        """The hour, aware, UTC. It may be set forward or back at any time."""

    def room(self) -> datetime:
        """The hour with the offset of the room's own time zone."""

    async def wait(self, bell: asyncio.Event, until_s: float) -> None:
        """Until `bell` rings or the monotonic clock reaches `until_s` (inf: only the bell)."""


class SystemClocks:
    """The real clocks."""

    def __init__(self) -> None:
        self._boot = _boot_clock()

    def monotonic_s(self) -> float:
        return time.monotonic()

    def boot_s(self) -> float | None:
        return self._boot() if self._boot else None

    def wall(self) -> datetime:
        return datetime.now(UTC)

    def room(self) -> datetime:
        return self.wall().astimezone()

    async def wait(self, bell: asyncio.Event, until_s: float) -> None:
        if until_s == inf:
            await bell.wait()
            return
        # asyncio.timeout is cancelled before it starts when the instant is past: yield anyway.
        await asyncio.sleep(0)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, until_s - time.monotonic())):
                await bell.wait()


def _boot_clock() -> Callable[[], float] | None:
    # Windows counts sleep in its monotonic clock: a sleep shows there as a late wake.
    name = {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC_RAW"}.get(sys.platform, "")
    number = getattr(time, name, None)
    if number is None:
        return None
    return lambda: time.clock_gettime(number)


class VirtualClocks:
    """Clocks that move only when asked, all together unless said otherwise.

    `jumping`: whoever waits is answered at once and the clocks jump to the instant waited for.
    Else `play` moves them, stopping at every instant somebody waits for, and `suspend` does not.
    """

    def __init__(
        self, wall: datetime = FASTEST_START, *, boots: bool = True, jumping: bool = False
    ) -> None:
        self._monotonic_s = 1_000.0
        self._boot_s: float | None = 5_000.0 if boots else None
        self._wall = wall.astimezone(UTC)
        self._jumping = jumping
        self._sleepers: list[Sleeper] = []
        self._asleep = asyncio.Event()

    def monotonic_s(self) -> float:
        return self._monotonic_s

    def boot_s(self) -> float | None:
        return self._boot_s

    def wall(self) -> datetime:
        return self._wall

    def room(self) -> datetime:
        return self._wall

    async def wait(self, bell: asyncio.Event, until_s: float) -> None:
        if self._jumping and until_s < inf:
            await asyncio.sleep(0)
            if not bell.is_set():
                self.move(until_s - self._monotonic_s)
            return
        sleeper = Sleeper(bell, until_s)
        self._sleepers.append(sleeper)
        ring = asyncio.ensure_future(bell.wait())
        ring.add_done_callback(lambda _: sleeper.alarm.set())
        self._asleep.set()
        self.wake()
        try:
            await sleeper.alarm.wait()
        finally:
            self._sleepers.remove(sleeper)
            ring.cancel()

    def move(
        self, seconds: float, *, boot_s: float | None = None, wall_s: float | None = None
    ) -> None:
        """Let `seconds` pass at once, waking nobody; boot and wall may grow by something else."""
        seconds = max(0.0, seconds)
        self._monotonic_s += seconds
        if self._boot_s is not None:
            self._boot_s += seconds if boot_s is None else boot_s
        self._wall += timedelta(seconds=seconds if wall_s is None else wall_s)

    async def settle(self) -> None:
        """Until whoever was awake waits again."""
        while not any(sleeper.asleep for sleeper in self._sleepers):
            self._asleep.clear()
            await self._asleep.wait()

    async def play(self, seconds: float) -> None:
        """Let `seconds` pass as they do in life: every waiter wakes at its own instant."""
        target_s = self._monotonic_s + seconds
        while True:
            await self.settle()
            first_s = min(sleeper.until_s for sleeper in self._sleepers if sleeper.asleep)
            if first_s > target_s:
                self.move(target_s - self._monotonic_s)
                return
            self.move(first_s - self._monotonic_s)
            self.wake()

    def wake(self) -> None:
        """Ring for everybody whose instant has come."""
        for sleeper in self._sleepers:
            if sleeper.until_s <= self._monotonic_s:
                sleeper.alarm.set()


@dataclass(eq=False, slots=True)
class Sleeper:
    """Somebody who waits on virtual clocks."""

    bell: asyncio.Event
    until_s: float
    alarm: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def asleep(self) -> bool:
        return not (self.bell.is_set() or self.alarm.is_set())
