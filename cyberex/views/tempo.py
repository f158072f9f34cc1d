"""How does the exercise catch up? What to drop, and new hours, so that the essential ones fit.

A proposal: the director edits it, then gives it as one command.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cyberex.plan.model import MINUTE_MS, Importance, Plan
from cyberex.views.calls import Calls
from cyberex.views.casting import Casting
from cyberex.views.chronogram import Chronogram
from cyberex.views.layout import as_planned, hours, overflow_ms, packed
from cyberex.views.lengths import Lengths
from cyberex.views.needs import follows
from cyberex.views.outboxes import Outboxes
from cyberex.views.work import Backlog, Work

_TIERS = (
    frozenset({Importance.OPTIONAL}),
    frozenset({Importance.OPTIONAL, Importance.NORMAL}),
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """`drop`: occurrences, what follows another before that other; `hours`: new hours of others
    (exercise ms). `minutes_needed` is what all that is left takes when packed, `minutes_left`
    until the end. `essential_fits` False: even so the end or a jump has to move."""

    drop: tuple[str, ...] = ()
    hours: Mapping[str, int] = field(default_factory=dict)
    essential_fits: bool = True
    minutes_needed: int = 0
    minutes_left: int = 0

    @property
    def is_empty(self) -> bool:
        """Nothing to change: it fits as it is planned, or nothing helps."""
        return not self.drop and not self.hours


def propose_catch_up(
    plan: Plan,
    chronogram: Chronogram,
    calls: Calls,
    casting: Casting,
    lengths: Lengths,
    outboxes: Outboxes,
    sim_ms: int,
    end_ms: int,
) -> Proposal:
    """As of `sim_ms`, for an end at `end_ms` (the planned one, or when the room must be left).

    Order is kept, nothing goes before now nor across a jump that is to come; what waits behind a
    jump that is due keeps its hour until the jump is made.
    """
    works = Backlog(plan, calls, casting, lengths, outboxes, sim_ms, end_ms).works(chronogram)
    needed = _minutes_needed(works, sim_ms)
    left = max(0, end_ms - sim_ms) // MINUTE_MS
    if as_planned(works):
        return Proposal(minutes_needed=needed, minutes_left=left)
    kept, drop = _dropping(plan, works)
    return Proposal(
        drop,
        _moved(kept),
        essential_fits=overflow_ms(kept, essential=True) == 0,
        minutes_needed=needed,
        minutes_left=left,
    )


def _minutes_needed(works: tuple[Work, ...], sim_ms: int) -> int:
    ends = [start + work.length_ms for work, start in zip(works, packed(works), strict=True)]
    return -((sim_ms - max(ends, default=sim_ms)) // MINUTE_MS)


def _moved(works: list[Work]) -> dict[str, int]:
    return {
        work.occurrence: hour
        for work, hour in zip(works, hours(works), strict=True)
        if work.movable and hour != work.due_ms
    }


def _dropping(plan: Plan, works: tuple[Work, ...]) -> tuple[list[Work], tuple[str, ...]]:
    """What is kept, and what to drop: optional ones first, each time the one that helps most."""
    groups = {work.occurrence: _with_followers(work, works) for work in works if work.droppable}
    dropped: list[str] = []
    for tier in _TIERS:
        while (late_ms := overflow_ms(_without(works, groups, dropped))) > 0:
            best = _best(works, groups, dropped, tier)
            if best is None or best[0] > late_ms:
                break
            dropped.append(best[1])
    _take_back(works, groups, dropped)
    kept = _without(works, groups, dropped)
    stimuli: set[str] = set()
    named: list[str] = []
    for work in works:
        waits = work.due_ms is None and work.droppable
        if work.occurrence in dropped or (waits and follows(plan, work.stimulus) in stimuli):
            stimuli.add(work.stimulus)
            named.append(work.occurrence)
    # What follows is dropped first: it is not replaced by what it says under `otherwise`.
    return kept, tuple(reversed(named))


def _with_followers(first: Work, works: tuple[Work, ...]) -> frozenset[str]:
    """It and what only comes after it, link after link."""
    stimuli, found = {first.stimulus}, {first.occurrence}
    for work in works:
        if work.cause in stimuli:
            stimuli.add(work.stimulus)
            found.add(work.occurrence)
    return frozenset(found)


def _without(
    works: Iterable[Work], groups: Mapping[str, frozenset[str]], dropped: Iterable[str]
) -> list[Work]:
    gone = frozenset[str]().union(*(groups[name] for name in dropped))
    return [work for work in works if work.occurrence not in gone]


def _best(
    works: tuple[Work, ...],
    groups: Mapping[str, frozenset[str]],
    dropped: list[str],
    tier: frozenset[Importance],
) -> tuple[int, str] | None:
    """The drop that leaves the least lateness, the last of the chronogram among equals."""
    kept = _without(works, groups, dropped)
    importance = {work.occurrence: work.importance for work in works}
    found: tuple[int, str] | None = None
    for work in reversed(kept):
        group = groups.get(work.occurrence)
        if group is None or any(importance[name] not in tier for name in group):
            continue
        late_ms = overflow_ms([item for item in kept if item.occurrence not in group])
        if found is None or late_ms < found[0]:
            found = (late_ms, work.occurrence)
    return found


def _take_back(
    works: tuple[Work, ...], groups: Mapping[str, frozenset[str]], dropped: list[str]
) -> None:
    """Keep after all what the later drops made room for, the most important first."""
    late_ms = overflow_ms(_without(works, groups, dropped))
    for name in reversed(dropped[:]):
        others = [other for other in dropped if other != name]
        if overflow_ms(_without(works, groups, others)) <= late_ms:
            dropped.remove(name)
