"""Which roles are without their player? Somebody really called away leaves the game, not play."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from cyberex.facts.animation_events import RoleAbsent, RoleBack
from cyberex.facts.model import Recorded
from cyberex.facts.people import Person
from cyberex.plan.model import Plan
from cyberex.views.fold import Fold


class Presence(Fold):
    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._plan = plan
        self._absent: dict[str, int] = {}
        self.on(RoleAbsent, self._left)
        self.on(RoleBack, self._back)

    @property
    def absent(self) -> Mapping[str, int]:
        """Absent role -> since when (exercise ms)."""
        return MappingProxyType(self._absent)

    def concerned(self, cell: str, roles: Iterable[str] = ()) -> tuple[str, ...]:
        """`roles`, or every role of the cell if none is named."""
        named = tuple(roles)
        return named or tuple(role.id for role in self._plan.roles.values() if role.cell == cell)

    def absent_among(self, cell: str, roles: Iterable[str] = ()) -> tuple[str, ...]:
        return tuple(role for role in self.concerned(cell, roles) if role in self._absent)

    def nobody_left(self, cell: str, roles: Iterable[str] = ()) -> bool:
        """All whom it is for are away: the stand-in takes it, else the director decides."""
        concerned = self.concerned(cell, roles)
        return bool(concerned) and all(role in self._absent for role in concerned)

    def _left(self, _: Recorded, event: RoleAbsent) -> None:
        self._absent.setdefault(event.role, self.now_ms)

    def _back(self, _: Recorded, event: RoleBack) -> None:
        self._absent.pop(event.role, None)


def stand_ins(people: Iterable[Person], role: str) -> tuple[Person, ...]:
    """Who takes over from those who play `role`, in the directory's order, each once."""
    known = {person.id: person for person in people}
    players = [person for person in known.values() if person.role == role]
    wanted = dict.fromkeys(person.stand_in for person in players)
    return tuple(known[id] for id in wanted if id in known)
