"""Which cells, and which of their roles, receive what is addressed to `to`, known or not."""

from collections.abc import Iterable

from cyberex.plan.model import Leg, Plan
from cyberex.plan.receivers import ALL, legs_for


def legs_of(plan: Plan, to: Iterable[str]) -> tuple[Leg, ...]:
    """As the plan resolves them, leaving out names that are neither a cell nor a role."""
    known = (name for name in to if name == ALL or name in plan.cells or name in plan.roles)
    return legs_for(known, plan.cells, plan.roles)
