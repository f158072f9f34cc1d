"""Whom does an animator reach, and by what number now? Through the fiction's lines and absences."""

from dataclasses import dataclass

from cyberex.console.desk import Desk
from cyberex.facts.people import Person
from cyberex.plan.graph import CHANNEL
from cyberex.views.calls import CallSheet
from cyberex.views.presence import stand_ins
from cyberex.wording.clean import clean_line

MOST = 4
"""So many people on one sheet; a whole cell is rung through its first ones."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody to ask for. `away`: really called away, ask for one of `instead`."""

    person: Person
    away: bool
    instead: tuple[Person, ...]


def receivers(desk: Desk, sheet: CallSheet) -> str:
    """The roles it is for, else the cell."""
    return roles_or_cell(desk, sheet.roles, sheet.cell)


def roles_or_cell(desk: Desk, roles: tuple[str, ...], cell: str) -> str:
    return ", ".join(desk.names.role(role) for role in roles) or desk.names.short_cell(cell)


def people_of(desk: Desk, sheet: CallSheet) -> list[Receiver]:
    """Who holds these roles, else who sits in the cell; stand-ins come with whom they replace."""
    roles = sheet.roles or tuple(
        role.id for role in desk.plan.roles.values() if role.cell == sheet.cell
    )
    concerned = [
        person
        for person in desk.people
        if not person.task
        and (person.role in roles or (not person.role and person.cell == sheet.cell))
    ]
    # Whoever stands in for another role than these is rung here in their own.
    spare = {person.stand_in for person in concerned}
    away = desk.board.presence.absent
    found = []
    for person in concerned:
        if person.id in spare:
            continue
        others = tuple(item for item in desk.people if item.id == person.stand_in)
        gone = person.role in away
        found.append(
            Receiver(person, gone, stand_ins(desk.people, person.role) if gone else others)
        )
    return found[:MOST]


def answering(desk: Desk, sheet: CallSheet) -> list[tuple[str, str]]:
    """Ids and names of those who may have answered, whoever is expected first."""
    people = people_of(desk, sheet)
    instead = [person for item in people if item.away for person in item.instead]
    in_cell = [role.id for role in desk.plan.roles.values() if role.cell == sheet.cell]
    roles = [*sheet.roles, *(role for role in in_cell if role not in sheet.roles)]
    roles.sort(key=lambda role: role in desk.board.presence.absent)
    found = [(person.id, desk.names.who(person.id)) for person in instead]
    found += [(role, desk.names.role(role)) for role in roles]
    found += [
        (item.person.id, desk.names.who(item.person.id)) for item in people if not item.person.role
    ]
    return list(dict(found).items())


def numbers(desk: Desk, person: Person, channel: str) -> list[str]:
    """What reaches them, what is usable on this channel now first; a dead line is marked."""
    found = desk.plan.channels.get(channel)
    kind = found.kind if found else "phone"
    if kind == "email":
        return _marked([person.email, person.mobile])
    if kind == "phone" and _is_fixed(desk, channel):
        return _marked([person.phone, person.mobile])
    dead = {person.phone} if fixed_line_is_down(desk) else set()
    return _marked([person.mobile, person.phone], dead)


def _marked(values: list[str], dead: set[str] | None = None) -> list[str]:
    return [
        f"{clean_line(value)}{' ✗' if dead and value in dead else ''}" for value in values if value
    ]


def contact_words(desk: Desk, person: Person, channel: str) -> str:
    """`06 39 98 12 03 · 01 99 00 12 03 ✗ – M. Forestier`."""
    who = clean_line(person.name or person.function or person.id)
    reached = " · ".join(numbers(desk, person, channel))
    return f"{reached} – {who}" if reached else who


def fixed_line_is_down(desk: Desk) -> bool:
    return any(
        _is_fixed(desk, channel)
        for channel in desk.board.world.channels_down
        if desk.plan.channels[channel].kind == "phone"
    )


def _is_fixed(desk: Desk, channel: str) -> bool:
    """A line that something in the fiction can cut is the fixed one; `mobile` never is."""
    if channel in ("phone", "mobile"):
        return channel == "phone"
    return bool(desk.plan.dependencies.needs_of(CHANNEL + channel))
