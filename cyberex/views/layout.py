"""Does work fit before the end, and at what hours? One voice makes one call at a time.

Pure arithmetic on `Work`, in the order of the chronogram, which is kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cyberex.plan.model import MINUTE_MS, Importance
from cyberex.views.fold import BEFORE_ALL_MS
from cyberex.views.work import Work

BREATH_MS = 100_000
"""Between two things for one cell when all is packed: three in five minutes is what overwhelms."""


@dataclass(slots=True)
class _Busy:
    """Until when each voice is on the phone, each cell has enough to do, each cause takes."""

    voices: dict[str, int] = field(default_factory=dict)
    cells: dict[str, int] = field(default_factory=dict)
    over: dict[str, int] = field(default_factory=dict)

    def free_ms(self, work: Work, *, breath: bool) -> int:
        free = [work.first_ms, self.voices.get(work.voice, work.first_ms)]
        if work.cause in self.over:
            free.append(self.over[work.cause] + work.delay_ms)
        if breath:
            free.extend(self.cells.get(cell, work.first_ms) for cell in work.cells)
        return max(free)

    def take(self, work: Work, start_ms: int) -> None:
        over_ms = start_ms + work.length_ms
        self.voices[work.voice] = max(over_ms, self.voices.get(work.voice, over_ms))
        self.over[work.stimulus] = over_ms
        for cell in work.cells:
            self.cells[cell] = start_ms + BREATH_MS


def as_planned(works: Iterable[Work]) -> bool:
    """Whether all begins in time if nothing is changed."""
    busy = _Busy()
    for work in works:
        start = max(work.hour_ms, busy.free_ms(work, breath=False))
        if start > work.last_ms:
            return False
        busy.take(work, start)
    return True


def packed(works: Iterable[Work]) -> list[int]:
    """When each begins at the earliest, in order, whatever its hour, with breath for the cells."""
    busy = _Busy()
    starts: list[int] = []
    order_ms = BEFORE_ALL_MS
    for work in works:
        start = busy.free_ms(work, breath=True)
        if work.movable:
            order_ms = start = max(start, order_ms)
        busy.take(work, start)
        starts.append(start)
    return starts


def overflow_ms(works: Sequence[Work], *, essential: bool = False) -> int:
    """By how much all of them together begin too late when packed; 0: they fit."""
    return sum(
        max(0, start - work.last_ms)
        for work, start in zip(works, packed(works), strict=True)
        if not essential or work.importance is Importance.ESSENTIAL
    )


def hours(works: Sequence[Work]) -> list[int]:
    """When each is to begin: at its own hour where that leaves time for what follows, else as much
    earlier as needed; later when its voice is busy. Never past its bound."""
    busy = _Busy()
    found: list[int] = []
    order_ms = BEFORE_ALL_MS
    for work, latest in zip(works, _latest(works), strict=True):
        free = busy.free_ms(work, breath=False)
        start = max(free, min(work.hour_ms, latest))
        if work.movable:
            lowest = max(work.first_ms, order_ms)
            if start != work.due_ms or start > work.last_ms:
                start = min(start - start % MINUTE_MS, work.bound_ms)
            order_ms = start = max(lowest, start)
        busy.take(work, start)
        found.append(start)
    return found


def _latest(works: Sequence[Work]) -> list[int]:
    """The latest beginning that leaves everything behind it its time."""
    voices: dict[str, int] = {}
    cells: dict[str, int] = {}
    causes: dict[str, int] = {}
    after_ms: int | None = None
    found: list[int] = []
    for work in reversed(works):
        limits = [work.last_ms]
        if work.movable and after_ms is not None:
            limits.append(after_ms)
        if work.voice in voices:
            limits.append(voices[work.voice] - work.length_ms)
        if work.stimulus in causes:
            limits.append(causes[work.stimulus] - work.length_ms)
        limits.extend(cells[cell] - BREATH_MS for cell in work.cells if cell in cells)
        latest = min(limits)
        after_ms = latest if work.movable else after_ms
        voices[work.voice] = latest
        for cell in work.cells:
            cells[cell] = latest
        if work.cause:
            before = causes.get(work.cause, latest - work.delay_ms)
            causes[work.cause] = min(before, latest - work.delay_ms)
        found.append(latest)
    return found[::-1]
