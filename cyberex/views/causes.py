"""What is a stimulus expected to follow? The stimulus behind its `after`, for a guess at its hour.

Static: read from the plan once. Never a promise, only where to show a row without hour.
"""

from collections.abc import Mapping

from cyberex.plan.model import Fact, FactKind, Plan


def causes_of(plan: Plan) -> Mapping[str, tuple[str, int]]:
    """Stimulus id -> (the stimulus that brings about what it waits for, the shortest delay, ms).

    What depends on a key, or on something no stimulus brings about, is left out.
    """
    reaching, settling = _brought_about(plan)
    found = {}
    for stimulus in plan.chronogram:
        after = stimulus.window.after if stimulus.window else None
        if after is None:
            continue
        cause = _cause(plan, after.fact, reaching, settling)
        if cause:
            found[stimulus.id] = (cause, after.low_ms)
    return found


def _brought_about(plan: Plan) -> tuple[dict[str, str], dict[str, str]]:
    """Milestone -> stimulus whose expectation reaches it; decision -> the one that settles it."""
    reaching: dict[str, str] = {}
    settling: dict[str, str] = {}
    for stimulus, expectation in plan.expectations.values():
        if expectation.reaches:
            reaching.setdefault(expectation.reaches, stimulus.id)
        if expectation.settles:
            settling.setdefault(expectation.settles, stimulus.id)
    return reaching, settling


def _cause(
    plan: Plan, fact: Fact, reaching: Mapping[str, str], settling: Mapping[str, str]
) -> str | None:
    match fact.kind:
        case FactKind.STIMULUS:
            return fact.subject
        case FactKind.MILESTONE:
            return reaching.get(fact.subject)
        case FactKind.OUTCOME:
            return settling.get(fact.subject)
        case FactKind.ASSET:
            effect = (fact.subject, fact.detail == "down")
            return next((item.id for item in plan.chronogram if effect in item.effects), None)
        case FactKind.KEY:
            return None
