"""Which cells, and which of their roles, receive what is addressed to `to`."""

from collections.abc import Iterable

from cyberex.plan.model import Leg, Plan

ALL = "all"


def legs_of(plan: Plan, to: Iterable[str]) -> tuple[Leg, ...]:
    """One leg a cell, in the order named; a cell named whole takes in its named roles.

    Names that are neither a cell nor a role are left out.
    """
    roles_by_cell: dict[str, tuple[str, ...]] = {}
    whole: set[str] = set()
    for name in to:
        if name == ALL:
            roles_by_cell.update({cell: () for cell in plan.cells if cell not in roles_by_cell})
            whole.update(plan.cells)
        elif name in plan.cells:
            roles_by_cell.setdefault(name, ())
            whole.add(name)
        elif name in plan.roles:
            cell = plan.roles[name].cell
            roles_by_cell[cell] = (*roles_by_cell.get(cell, ()), name)
    return tuple(Leg(cell, () if cell in whole else roles) for cell, roles in roles_by_cell.items())
