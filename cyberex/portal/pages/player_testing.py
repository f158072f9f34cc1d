"""Whose contact test may this visitor answer, by the portal?"""

from cyberex.facts.model import TestWay
from cyberex.facts.people import Person
from cyberex.portal.page import Asked
from cyberex.views.contact_test import TestState
from cyberex.views.situation import State


def tested(asked: Asked) -> tuple[Person, ...]:
    """The people of the test who may answer from this device: the bearer of a personal access,
    else those of the cell (of the role, if the access is a role's)."""
    in_test = set(asked.board.contact_test.people)
    return tuple(
        person
        for person in asked.portal.people()
        if person.id in in_test and _is_here(asked, person)
    )


def to_confirm(asked: Asked) -> tuple[Person, ...]:
    """Those who have not said yet that they receive; nobody once the game has begun."""
    if asked.board.situation.state not in (State.READY, State.BRIEFING):
        return ()
    return tuple(person for person in tested(asked) if not has_confirmed(asked, person))


def has_confirmed(asked: Asked, person: Person) -> bool:
    row = asked.board.contact_test.row(person.id, TestWay.PORTAL)
    return row is not None and row.state is TestState.RECEIVED


def _is_here(asked: Asked, person: Person) -> bool:
    visitor = asked.visitor
    if visitor.person:
        return person.id == visitor.person
    if person.task not in ("", "player"):
        return False
    if visitor.role:
        return person.role == visitor.role
    role = asked.exercise.plan.roles.get(person.role)
    return visitor.cell in (person.cell, role.cell if role else "")
