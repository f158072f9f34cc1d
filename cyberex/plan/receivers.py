"""Who receives: names of roles, cells or `all` become receiving cells, each with its roles."""

from collections.abc import Iterable, Mapping

from cyberex.plan.model import Leg, Role

ALL = "all"


def legs_for(
    names: Iterable[str], cells: Iterable[str], roles: Mapping[str, Role]
) -> tuple[Leg, ...]:
    """One leg a receiving cell, in the order named; a cell named as a whole has no roles.

    Raises KeyError(name) for a name that is neither a cell, a role nor `all`.
    """
    known = tuple(cells)
    found: dict[str, tuple[str, ...] | None] = {}
    for name in names:
        if name == ALL:
            found.update(dict.fromkeys(known))
        elif name in known:
            found[name] = None
        else:
            role = roles[name]
            before = found.get(role.cell, ())
            if before is not None:
                found[role.cell] = (*before, *(() if name in before else (name,)))
    return tuple(Leg(cell, named or ()) for cell, named in found.items())
