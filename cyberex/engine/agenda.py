"""What is to happen when: timers on a SimPy environment, in a fixed order at one instant.

Exercise time only, integer milliseconds. Nothing here knows what a timer is for.
"""

from collections.abc import Callable, Iterator
from typing import cast

import simpy
from simpy.core import Infinity
from simpy.events import Event, EventPriority

Action = Callable[[], None]

_FIRST = 0
DEADLINE = 10
CALL_BACK = 20
REPLY = 30
IN_FILE_ORDER = 1_000
"""Jumps and stimuli: this plus their index."""
COMES_BACK = 1_000_000_000
WINDOW_END = 1_000_000_001
PLANNED_END = 1_000_000_002


class Timer:
    """Runs `action` at `at_ms` unless cancelled; made by `Agenda.at`, moved by `reschedule`."""

    __slots__ = ("action", "at_ms", "entry", "live", "rank")

    def __init__(self, at_ms: int, rank: int, action: Action) -> None:
        self.at_ms = at_ms
        self.rank = rank
        self.action = action
        self.live = True
        self.entry: _Entry | None = None

    def cancel(self) -> None:
        """It will not run. Cancelling twice, or after it ran, does nothing."""
        self.live = False

    def enter(self, env: simpy.Environment) -> None:
        """Take a new place in the schedule; the former one becomes void."""
        self.entry = _Entry(env, self)


class _Entry(Event):
    """A place in SimPy's schedule. Not `Timeout`: it has no priority, and the order at one
    instant is a rule of the game. No closure either: ten thousand of them wait at once."""

    def __init__(self, env: simpy.Environment, timer: Timer) -> None:
        super().__init__(env)
        self._ok = True
        self._value = None
        self.timer = timer
        self.callbacks = _RUN
        env.schedule(self, EventPriority(timer.rank), timer.at_ms - int(env.now))


def _run(entry: Event) -> None:
    timer = cast(_Entry, entry).timer
    if timer.entry is not entry:
        return
    timer.entry = None  # each holds the other: let both go without the garbage collector
    if timer.live:
        timer.live = False
        timer.action()


_RUN: list[Callable[[Event], None]] = [_run]
"""SimPy takes the list off an event before it calls what is in it: one serves all."""


class Agenda:
    """The timers of one exercise. `now_ms` moves only through `instants` and `move_to`."""

    def __init__(self, start_ms: int) -> None:
        self._env = simpy.Environment(initial_time=start_ms)
        self._timers: list[Timer] = []
        self._crowd = 64
        """How many timers, dead ones included, before the dead are thrown away."""

    @property
    def now_ms(self) -> int:
        return int(self._env.now)

    def at(self, at_ms: int, rank: int, action: Action) -> Timer:
        """A timer at `at_ms`; an instant already past means now."""
        timer = Timer(max(at_ms, self.now_ms), rank, action)
        timer.enter(self._env)
        self._timers.append(timer)
        if len(self._timers) > self._crowd:
            self._timers = self.pending()
            self._crowd = 2 * len(self._timers) + 64
        return timer

    def pending(self) -> list[Timer]:
        """The timers that will run, oldest first."""
        return [timer for timer in self._timers if timer.live]

    def reschedule(self, timer: Timer, at_ms: int) -> None:
        """Move a timer that has not run."""
        timer.at_ms = max(at_ms, self.now_ms)
        timer.enter(self._env)

    def next_ms(self) -> int | None:
        """The next instant with a timer (perhaps a cancelled one); None if there is none."""
        peeked = self._env.peek()
        return None if peeked == Infinity else int(peeked)

    def instants(self, until_ms: int) -> Iterator[int]:
        """Play every instant up to and including `until_ms`, yielding after each."""
        while (instant := self.next_ms()) is not None and instant <= until_ms:
            while self._env.peek() == instant:
                self._env.step()
            yield instant

    def move_to(self, at_ms: int) -> None:
        """Bring the clock to `at_ms`, running nothing that is due there. Never backwards.

        The caller has already played, moved or cancelled what was due before.
        """
        if at_ms <= self.now_ms:
            return
        arrived: list[int] = []
        Timer(at_ms, _FIRST, lambda: arrived.append(at_ms)).enter(self._env)
        while not arrived:
            self._env.step()
