"""Which bulletin would a jump read out now? As the engine chooses: the first variant that holds."""

from cyberex.console.desk import Desk
from cyberex.facts.model import TextRef
from cyberex.plan.model import Conditions, Fact, FactKind, PlannedJump
from cyberex.views.rows import REACHED, Status

NOBODY = TextRef("")
DETAILS = {
    "acknowledged": Status.ACKNOWLEDGED,
    "done": Status.DEALT_WITH,
    "skipped": Status.SKIPPED,
}


def bulletin_now(desk: Desk, jump: PlannedJump) -> str:
    for variant in jump.variants:
        if _all_hold(desk, variant.conditions):
            return variant.bulletin
    return jump.bulletin


def _all_hold(desk: Desk, conditions: Conditions) -> bool:
    return all(_holds(desk, fact) for fact in conditions.when) and not any(
        _holds(desk, fact) for fact in conditions.unless
    )


def _holds(desk: Desk, fact: Fact) -> bool:
    world = desk.board.world
    match fact.kind:
        case FactKind.MILESTONE:
            return fact.subject in world.milestones
        case FactKind.OUTCOME:
            settled = world.decisions.get(fact.subject)
            return settled is not None and settled.outcome == fact.detail
        case FactKind.ASSET:
            return world.is_down(fact.subject) == (fact.detail == "down")
        case FactKind.KEY:
            return fact.subject in world.keys
        case FactKind.STIMULUS:
            return _stimulus_holds(desk, fact)


def _stimulus_holds(desk: Desk, fact: Fact) -> bool:
    for row in desk.board.chronogram.occurrences(desk.sim_ms()):
        if row.stimulus != fact.subject:
            continue
        if fact.detail == "delivered" and row.status in REACHED:
            return True
        if row.status is DETAILS.get(fact.detail):
            return True
    return False
