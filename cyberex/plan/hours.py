"""At which exercise time everything is planned: the author's times, read once, on one clock.

Works on the scenario as written, dangling references included, so that every mistake of time is
told together with the others.
"""

from dataclasses import dataclass, field
from datetime import datetime

from cyberex.i18n import _
from cyberex.problems import Problem, Severity
from cyberex.scenario.models import Jump, Moment, Scenario
from cyberex.scenario.source import PathTuple, SourceMap
from cyberex.times import FictionClock, FictionInstant, Relative, TimeError, format_t


@dataclass(slots=True)
class Hours:
    """Exercise milliseconds by stimulus id, and where each jump lands, by jump id."""

    startex: datetime
    start_ms: int
    end_ms: int
    at: dict[str, int] = field(default_factory=dict)
    until: dict[str, int] = field(default_factory=dict)
    jumps: dict[str, tuple[int, datetime]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def plan_hours(scenario: Scenario, source: SourceMap, created_wall: datetime) -> Hours:
    """Every time of the scenario. `created_wall` is the room's hour, for `startex: now`."""
    startex = scenario.timing.startex.value
    hours = Hours(
        startex=startex.at or created_wall.replace(tzinfo=None, second=0, microsecond=0),
        start_ms=-scenario.timing.briefing.ms,
        end_ms=scenario.timing.play.ms,
    )
    clock = _jumps(scenario, source, hours)
    for index, stimulus in enumerate(scenario.stimuli):
        for key, moment, found in (
            ("at", stimulus.at, hours.at),
            ("until", stimulus.until, hours.until),
        ):
            if moment is None:
                continue
            sim_ms = _resolve(moment, clock, ("stimuli", index, key), source, hours)
            if sim_ms is not None:
                found[stimulus.id] = sim_ms
        _check_window(scenario, index, source, hours)
    return hours


def _jumps(scenario: Scenario, source: SourceMap, hours: Hours) -> FictionClock:
    """Place the jumps in the order of their times, each on the clock that those before made."""
    clock = _clock(hours, ())
    landings: list[tuple[int, datetime]] = []
    for index, jump in sorted(enumerate(scenario.jumps), key=_written_order):
        path: PathTuple = ("jumps", index)
        at_ms = _resolve(jump.at, clock, (*path, "at"), source, hours)
        if at_ms is None:
            continue
        if not 0 <= at_ms <= hours.end_ms:
            hours.problems.append(_outside(source, (*path, "at"), at_ms, hours))
            continue
        try:
            landing = clock.landing(_fiction(jump), at_ms)
            clock = _clock(hours, (*landings, (at_ms, landing)))
        except TimeError as error:
            hours.problems.append(_problem(source, (*path, "to"), error))
            continue
        landings.append((at_ms, landing))
        hours.jumps[jump.id] = (at_ms, landing)
    return clock


def _written_order(row: tuple[int, Jump]) -> tuple[int, int]:
    """T+n first by hour, then the rest as written: a fiction hour needs the jumps before it."""
    index, jump = row
    at = jump.at.value
    return (at.sim_ms if isinstance(at, Relative) else 0, index)


def _clock(hours: Hours, jumps: tuple[tuple[int, datetime], ...]) -> FictionClock:
    return FictionClock(hours.startex, jumps, start_ms=hours.start_ms, end_ms=hours.end_ms)


def _fiction(jump: Jump) -> FictionInstant:
    value = jump.to.value
    if not isinstance(value, FictionInstant):  # The language admits nothing else there.
        raise TypeError(value)
    return value


def _resolve(
    moment: Moment, clock: FictionClock, path: PathTuple, source: SourceMap, hours: Hours
) -> int | None:
    try:
        return clock.resolve(moment.value)
    except TimeError as error:
        hours.problems.append(_problem(source, path, error))
        return None


def _problem(source: SourceMap, path: PathTuple, error: TimeError) -> Problem:
    return source.problem(path, code=error.code, message=error.message, hint=error.hint)


def _check_window(scenario: Scenario, index: int, source: SourceMap, hours: Hours) -> None:
    stimulus = scenario.stimuli[index]
    at_ms, until_ms = hours.at.get(stimulus.id), hours.until.get(stimulus.id)
    for key, sim_ms in (("at", at_ms), ("until", until_ms)):
        if sim_ms is not None and not hours.start_ms <= sim_ms <= hours.end_ms:
            hours.problems.append(_outside(source, ("stimuli", index, key), sim_ms, hours))
    if at_ms is not None and until_ms is not None and until_ms < at_ms:
        hours.problems.append(
            source.problem(
                ("stimuli", index, "until"),
                code="window-reversed",
                message=_("the window of '{id}' ends before it begins").format(id=stimulus.id),
                hint=_("it begins at {at}").format(at=format_t(at_ms)),
            )
        )


def _outside(source: SourceMap, path: PathTuple, sim_ms: int, hours: Hours) -> Problem:
    return source.problem(
        path,
        code="unreachable",
        message=_("{at} is outside the exercise").format(at=format_t(sim_ms)),
        severity=Severity.ERROR,
        hint=_("the exercise runs from {start} to {end} (see 'timing')").format(
            start=format_t(hours.start_ms), end=format_t(hours.end_ms)
        ),
    )
