"""Can everything be reached? Loops of causes, conditions that never hold, deadlines cut short.

Works on the scenario as written; a reference that leads nowhere is somebody else's problem.
"""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from cyberex.i18n import _
from cyberex.plan.graph import loops
from cyberex.plan.hours import Hours
from cyberex.plan.model import MINUTE_MS
from cyberex.problems import Problem, Severity
from cyberex.scenario.models import FactRef, Scenario, Stimulus
from cyberex.scenario.source import PathTuple, SourceMap
from cyberex.times import format_t


def check_reach(scenario: Scenario, source: SourceMap, hours: Hours) -> list[Problem]:
    """Every problem of the order in which things can happen."""
    causes, earliest = _causes(scenario, hours)
    return [
        *_loops(scenario, source, causes),
        *_never(scenario, source, hours, earliest),
        *_deadlines(scenario, source, hours, earliest),
        *_receivers(scenario, source),
        *_comes_back(scenario, source),
    ]


def _needed(stimulus: Stimulus) -> Iterator[tuple[str, int]]:
    """The stimuli without which this one cannot leave, and the least delay after each."""
    if stimulus.after is not None and _is_playing(stimulus.after.fact):
        delay = stimulus.after.delay
        yield stimulus.after.fact.subject, 0 if delay is None else delay.low_ms
    for fact in stimulus.when:
        if _is_playing(fact):
            yield fact.subject, 0


def _is_playing(fact: FactRef) -> bool:
    return fact.kind == "stimulus" and fact.detail != "skipped"


def _causes(scenario: Scenario, hours: Hours) -> tuple[dict[str, list[str]], dict[str, int]]:
    """What must come before each, and the earliest exercise time of each, where it is known."""
    by_id = {stimulus.id: stimulus for stimulus in scenario.stimuli}
    causes = {
        name: [cause for cause, _delay in _needed(stimulus) if cause in by_id]
        for name, stimulus in by_id.items()
    }
    earliest = dict(hours.at)
    try:
        order = list(TopologicalSorter(causes).static_order())
    except CycleError:
        return causes, earliest
    for name in order:
        for cause, delay in _needed(by_id[name]):
            if cause in earliest:
                earliest[name] = max(earliest.get(name, 0), earliest[cause] + delay)
    return causes, earliest


def _loops(
    scenario: Scenario, source: SourceMap, causes: dict[str, list[str]]
) -> Iterator[Problem]:
    places = {stimulus.id: index for index, stimulus in enumerate(scenario.stimuli)}
    for found in loops(causes):
        loop = sorted(found, key=places.__getitem__)
        first = scenario.stimuli[places[loop[0]]]
        key = "after" if first.after is not None and _is_playing(first.after.fact) else "when"
        yield source.problem(
            ("stimuli", places[loop[0]], key),
            code="cause-loop",
            message=_("these stimuli wait for each other: {loop}").format(
                loop=" → ".join([*loop, loop[0]])
            ),
            hint=_("give one of them a time of its own with 'at:'"),
        )


def _never(
    scenario: Scenario, source: SourceMap, hours: Hours, earliest: dict[str, int]
) -> Iterator[Problem]:
    for index, stimulus in enumerate(scenario.stimuli):
        path: PathTuple = ("stimuli", index)
        both = {fact.text for fact in stimulus.when} & {fact.text for fact in stimulus.unless}
        outcomes: dict[str, set[str]] = {}
        for fact in stimulus.when:
            if fact.kind == "outcome":
                outcomes.setdefault(fact.subject, set()).add(fact.detail)
        torn = [name for name, wanted in outcomes.items() if len(wanted) > 1]
        if both or torn:
            yield source.problem(
                (*path, "when"),
                code="unreachable",
                message=_("'{id}' can never leave: its conditions contradict each other").format(
                    id=stimulus.id
                ),
                hint=_("see '{fact}'").format(fact=next(iter([*sorted(both), *torn]))),
            )
        yield from _too_late(path, stimulus, source, hours, earliest)


def _too_late(
    path: PathTuple, stimulus: Stimulus, source: SourceMap, hours: Hours, earliest: dict[str, int]
) -> Iterator[Problem]:
    first = earliest.get(stimulus.id)
    if first is None or first == hours.at.get(stimulus.id):
        return
    last = min(hours.until.get(stimulus.id, hours.end_ms), hours.end_ms)
    if first > last:
        yield source.problem(
            (*path, "after" if stimulus.after is not None else "when"),
            code="unreachable",
            message=_("'{id}' can never leave: what it waits for comes at {first}").format(
                id=stimulus.id, first=format_t(first)
            ),
            hint=_("its window ends at {last}").format(last=format_t(last)),
        )


def _deadlines(
    scenario: Scenario, source: SourceMap, hours: Hours, earliest: dict[str, int]
) -> Iterator[Problem]:
    gates = sorted((at_ms, name) for name, (at_ms, _to) in hours.jumps.items())
    for index, stimulus in enumerate(scenario.stimuli):
        at_ms = earliest.get(stimulus.id)
        if at_ms is None:
            continue
        for number, expectation in enumerate(stimulus.expect):
            if expectation.within is None:
                continue
            deadline = at_ms + expectation.within.ms
            crossed = [name for gate, name in gates if at_ms < gate < deadline]
            what = crossed[0] if crossed else "FINEX" if deadline > hours.end_ms else ""
            if what:
                yield source.problem(
                    ("stimuli", index, "expect", number, "within"),
                    code="deadline-crosses",
                    message=_("the deadline of '{id}' ({deadline}) crosses {what}").format(
                        id=expectation.id, deadline=format_t(deadline), what=what
                    ),
                    severity=Severity.WARNING,
                    hint=_("shorten 'within' or bring the stimulus forward"),
                )


def _receivers(scenario: Scenario, source: SourceMap) -> Iterator[Problem]:
    cell_of = {role.id: role.cell for role in scenario.roles}
    cell_of.update((cell.id, cell.id) for cell in scenario.cells)
    for part, items in (("stimuli", scenario.stimuli), ("reserve", scenario.reserve)):
        for index, item in enumerate(items):
            receiving = {cell_of.get(name, name) for name in item.to}
            for number, expectation in enumerate(item.expect):
                cell = cell_of.get(expectation.by or "")
                if cell is not None and "all" not in receiving and cell not in receiving:
                    yield source.problem(
                        (part, index, "expect", number, "by"),
                        code="not-a-receiver",
                        message=_("'{by}' does not receive '{id}'").format(
                            by=expectation.by, id=item.id
                        ),
                        hint=_("name one of its receivers, or leave 'by' out"),
                    )


def _comes_back(scenario: Scenario, source: SourceMap) -> Iterator[Problem]:
    for index, actor in enumerate(scenario.actors):
        if actor.comes_back is not None and actor.comes_back.every.ms < MINUTE_MS:
            yield source.problem(
                ("actors", index, "comes_back", "every"),
                code="too-often",
                message=_("'{id}' would come back more than once a minute").format(id=actor.id),
                hint=_("write 'every: 5 min' or more"),
            )
