"""Which conditions hold now, as the engine sees them, and what is missing of those that do not."""

from cyberex.console.desk import Desk
from cyberex.i18n import _
from cyberex.plan.model import Conditions, Fact, FactKind
from cyberex.views.rows import REACHED, Status
from cyberex.wording.clean import clean_line
from cyberex.wording.conditions import fact_words

DETAILS = {
    "acknowledged": Status.ACKNOWLEDGED,
    "done": Status.DEALT_WITH,
    "skipped": Status.SKIPPED,
}


def all_hold(desk: Desk, conditions: Conditions) -> bool:
    return not unmet(desk, conditions)


def unmet(desk: Desk, conditions: Conditions) -> list[str]:
    """In words, what should hold and does not, what should not and does."""
    missing = [fact_words(desk.plan, fact) for fact in conditions.when if not _holds(desk, fact)]
    missing += [
        _("already: {fact}").format(fact=fact_words(desk.plan, fact))
        for fact in conditions.unless
        if _holds(desk, fact)
    ]
    return [clean_line(said) for said in missing]


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
