"""Which stimuli does the story need? Those without which an essential one would never come.

Static, and generous: where several stimuli may bring a fact about, all of them are needed.
"""

from collections.abc import Iterable, Iterator

from cyberex.plan.model import Fact, FactKind, Plan, PlannedStimulus

SKIPPED = "skipped"


def needed_for(plan: Plan, wanted: Iterable[str]) -> frozenset[str]:
    """`wanted` stimuli and, link after link, those that they wait for."""
    found: set[str] = set()
    ahead = list(wanted)
    while ahead:
        name = ahead.pop()
        stimulus = plan.stimuli.get(name)
        if stimulus is None or name in found:
            continue
        found.add(name)
        for fact in _facts(stimulus):
            ahead.extend(_bringing(plan, fact))
        ahead.extend(_kept(stimulus))
    return frozenset(found)


def follows(plan: Plan, stimulus: str) -> str:
    """The stimulus whose skipping skips this one too; "" if none does."""
    known = plan.stimuli.get(stimulus)
    after = known.window.after if known and known.window else None
    if after is None or after.fact.kind is not FactKind.STIMULUS or after.fact.detail == SKIPPED:
        return ""
    return after.fact.subject


def _facts(stimulus: PlannedStimulus) -> Iterator[Fact]:
    yield from stimulus.conditions.when
    if stimulus.window is not None and stimulus.window.after is not None:
        yield stimulus.window.after.fact


def _kept(stimulus: PlannedStimulus) -> Iterator[str]:
    """Those that must not be skipped: `unless: s04 skipped`."""
    for fact in stimulus.conditions.unless:
        if fact.kind is FactKind.STIMULUS and fact.detail == SKIPPED:
            yield fact.subject


def _bringing(plan: Plan, fact: Fact) -> Iterator[str]:
    match fact.kind:
        case FactKind.STIMULUS:
            if fact.detail != SKIPPED:
                yield fact.subject
        case FactKind.MILESTONE:
            yield from _reaching(plan, fact.subject)
        case FactKind.OUTCOME:
            yield from _settling(plan, fact.subject)
        case FactKind.ASSET:
            yield from _changing(plan, down=fact.detail == "down")
        case FactKind.KEY:
            return


def _reaching(plan: Plan, milestone: str) -> Iterator[str]:
    for stimulus, expectation in plan.expectations.values():
        if expectation.reaches == milestone:
            yield stimulus.id


def _settling(plan: Plan, decision: str) -> Iterator[str]:
    for stimulus, expectation in plan.expectations.values():
        if expectation.settles == decision:
            yield stimulus.id


def _changing(plan: Plan, *, down: bool) -> Iterator[str]:
    """Whatever sets some asset down (or up): which one falls with which is not looked at."""
    for stimulus in plan.stimuli.values():
        if any(effect is down for _, effect in stimulus.effects):
            yield stimulus.id
    for milestone in plan.milestones.values():
        if any(effect is down for _, effect in milestone.effects):
            yield from _reaching(plan, milestone.id)
    for decision in plan.decisions.values():
        outcomes = decision.outcomes.values()
        if any(effect is down for outcome in outcomes for _, effect in outcome.effects):
            yield from _settling(plan, decision.id)
