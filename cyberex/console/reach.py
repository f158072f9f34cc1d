"""Whom a task is for and by what number, in the console's words."""

from cyberex.console.desk import Desk
from cyberex.facts.people import Person
from cyberex.views.calls import CallSheet
from cyberex.views.reachable import Receiver, numbers_of, receivers_of, who_may_answer
from cyberex.wording.clean import clean_line


def receivers(desk: Desk, sheet: CallSheet) -> str:
    """The roles it is for, else the cell."""
    return roles_or_cell(desk, sheet.roles, sheet.cell)


def roles_or_cell(desk: Desk, roles: tuple[str, ...], cell: str) -> str:
    return ", ".join(desk.names.role(role) for role in roles) or desk.names.short_cell(cell)


def people_of(desk: Desk, sheet: CallSheet) -> tuple[Receiver, ...]:
    """Who holds these roles, else who sits in the cell; stand-ins come with whom they replace."""
    absent = desk.board.presence.absent
    return receivers_of(desk.plan, desk.people, absent, sheet.cell, sheet.roles)


def answering(desk: Desk, sheet: CallSheet) -> list[tuple[str, str]]:
    """Ids and names of those who may have answered, whoever is expected first."""
    found = people_of(desk, sheet)
    absent = desk.board.presence.absent
    ids = who_may_answer(desk.plan, found, absent, sheet.cell, sheet.roles)
    return [(id, desk.names.who(id)) for id in ids]


def numbers(desk: Desk, person: Person, channel: str) -> list[str]:
    """What reaches them, what is usable on this channel now first; a dead line is marked."""
    return [
        f"{clean_line(number.value)}{' ✗' if number.dead else ''}"
        for number in numbers_of(desk.plan, desk.board.world.channels_down, person, channel)
    ]


def contact_words(desk: Desk, person: Person, channel: str) -> str:
    """`06 39 98 12 03 · 01 99 00 12 03 ✗ – M. Forestier`."""
    who = clean_line(person.name or person.function or person.id)
    reached = " · ".join(numbers(desk, person, channel))
    return f"{reached} – {who}" if reached else who
