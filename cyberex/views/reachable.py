"""Whom does an animator reach, and by what number now? Through the fiction's lines and absences."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from cyberex.facts.people import Person
from cyberex.plan.graph import CHANNEL
from cyberex.plan.model import Plan
from cyberex.views.presence import stand_ins

MOST = 4
"""So many people on one sheet; a whole cell is rung through its first ones."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody to ask for. `away`: really called away, ask for one of `instead`."""

    person: Person
    away: bool
    instead: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone or an address; `dead`: its line is down in the fiction."""

    value: str
    dead: bool = False


def receivers_of(
    plan: Plan, people: Sequence[Person], absent: Collection[str], cell: str, roles: Iterable[str]
) -> tuple[Receiver, ...]:
    """Who holds these roles, else who sits in the cell; stand-ins come with whom they replace.
    `absent` are roles whose player was really called away."""
    wanted = tuple(roles) or tuple(role.id for role in plan.roles.values() if role.cell == cell)
    concerned = [
        person
        for person in people
        if not person.task and (person.role in wanted or (not person.role and person.cell == cell))
    ]
    # Whoever stands in for another role than these is rung here in their own.
    spare = {person.stand_in for person in concerned}
    found = [_receiver(people, absent, person) for person in concerned if person.id not in spare]
    return tuple(found[:MOST])


def _receiver(people: Sequence[Person], absent: Collection[str], person: Person) -> Receiver:
    if person.role in absent:
        return Receiver(person, True, stand_ins(people, person.role))
    others = tuple(item for item in people if item.id == person.stand_in)
    return Receiver(person, False, others)


def who_may_answer(
    plan: Plan,
    receivers: Iterable[Receiver],
    absent: Collection[str],
    cell: str,
    roles: Iterable[str],
) -> tuple[str, ...]:
    """Ids of the people and roles that may have answered, whoever is expected first."""
    known = tuple(receivers)
    named = tuple(roles)
    in_cell = [role.id for role in plan.roles.values() if role.cell == cell]
    all_roles = [*named, *(role for role in in_cell if role not in named)]
    all_roles.sort(key=lambda role: role in absent)
    instead = [person.id for item in known if item.away for person in item.instead]
    others = [item.person.id for item in known if not item.person.role]
    return tuple(dict.fromkeys((*instead, *all_roles, *others)))


def numbers_of(
    plan: Plan, channels_down: Collection[str], person: Person, channel: str
) -> tuple[Number, ...]:
    """What reaches them, what is usable on this channel now first; a dead line is marked."""
    found = plan.channels.get(channel)
    kind = found.kind if found else "phone"
    if kind == "email":
        return _numbers(person.email, person.mobile)
    if kind == "phone" and _is_fixed(plan, channel):
        return _numbers(person.phone, person.mobile)
    dead = person.phone if fixed_line_is_down(plan, channels_down) else ""
    return _numbers(person.mobile, person.phone, dead=dead)


def _numbers(*values: str, dead: str = "") -> tuple[Number, ...]:
    return tuple(Number(value, value == dead) for value in values if value)


def fixed_line_is_down(plan: Plan, channels_down: Collection[str]) -> bool:
    return any(
        _is_fixed(plan, channel)
        for channel in channels_down
        if plan.channels[channel].kind == "phone"
    )


def _is_fixed(plan: Plan, channel: str) -> bool:
    """A line that something in the fiction can cut is the fixed one; `mobile` never is."""
    if channel in ("phone", "mobile"):
        return channel == "phone"
    return bool(plan.dependencies.needs_of(CHANNEL + channel))
