"""What is really played: the scenario with the facility's rooms, lines, voices and choices in it.

Total: what an exercise file names wrongly is left as the scenario says, and told by the checks.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cyberex.scenario.facility.model import ACTOR, NAME, Facility, Line
from cyberex.scenario.models import Actor, Scenario
from cyberex.scenario.people import People, Person, is_placeholder


@dataclass(frozen=True, slots=True)
class Casting:
    """Who voices whom: a person for each actor that has one, and the one voice of each person."""

    person_of_actor: Mapping[str, str]
    voice_of_person: Mapping[str, str]


def casting_of(scenario: Scenario, facility: Facility, people: People) -> Casting:
    """By actor if the exercise says so, else by the voice that the scenario proposes.

    A person who holds several voices keeps the name of the first: what falls on one person is one
    voice on the day.
    """
    voices = dict.fromkeys(actor.played_by for actor in scenario.actors if actor.played_by)
    person_of_voice = {person.voice: person.id for person in people.people if person.voice}
    person_of_voice |= {key: held for key, held in facility.casting.items() if key in voices}
    voice_of_person: dict[str, str] = {}
    for voice in voices:
        if voice in person_of_voice:
            voice_of_person.setdefault(person_of_voice[voice], voice)
    person_of_actor: dict[str, str] = {}
    for actor in scenario.actors:
        person = person_of_voice.get(actor.played_by or "")
        if actor.id in facility.casting and actor.id not in voices:
            person = facility.casting[actor.id]
        if person is not None:
            person_of_actor[actor.id] = person
            voice_of_person.setdefault(person, person)
    return Casting(person_of_actor, voice_of_person)


def held_by_players(scenario: Scenario, facility: Facility) -> dict[str, str]:
    """The actors that a player's role holds, each with that role."""
    actors = {actor.id for actor in scenario.actors}
    roles = {role.id for role in scenario.roles}
    return {
        actor: choice.held_by
        for actor, choice in facility.choices.items()
        if actor in actors and choice.held_by != ACTOR and choice.held_by in roles
    }


def settled(scenario: Scenario, facility: Facility, people: People) -> Scenario:
    """The scenario as this facility plays it. References stay whole if they were."""
    casting = casting_of(scenario, facility, people)
    held = held_by_players(scenario, facility)
    speakers = _speakers(scenario, facility, held)
    variables = dict(scenario.variables)
    if not is_placeholder(facility.facility):
        variables.setdefault(NAME, facility.facility)
    title = scenario.title if is_placeholder(facility.title) else facility.title
    return scenario.model_copy(
        update={
            "title": title,
            "variables": variables,
            "language": facility.language,
            "cells": tuple(
                cell.model_copy(update=_room(facility, cell.id)) for cell in scenario.cells
            ),
            "actors": tuple(
                _actor(actor, facility, casting, actor.id in held) for actor in scenario.actors
            ),
            "stimuli": tuple(
                item.model_copy(update={"sender": speakers.get(item.sender, item.sender)})
                for item in scenario.stimuli
            ),
            "reserve": tuple(
                item.model_copy(update={"sender": speakers.get(item.sender, item.sender)})
                for item in scenario.reserve
            ),
        }
    )


def _speakers(scenario: Scenario, facility: Facility, held: Mapping[str, str]) -> dict[str, str]:
    actors = {actor.id for actor in scenario.actors}
    found = {}
    for actor in held:
        other = facility.choices[actor].stimuli_by
        if other is not None and other in actors and other not in held:
            found[actor] = other
    return found


def _room(facility: Facility, cell: str) -> dict[str, object]:
    room = facility.rooms.get(cell)
    if room is None:
        return {}
    update: dict[str, object] = {}
    if room.place is not None and not is_placeholder(room.place):
        update["place"] = room.place
    if room.travel is not None:
        update["travel"] = room.travel
    return update


def _actor(actor: Actor, facility: Facility, casting: Casting, held: bool) -> Actor:
    if held:
        # A player speaks for this function: nobody voices it and it is in no game directory.
        gone = dict.fromkeys(("played_by", "phone", "email", "when_contacted", "comes_back"))
        return actor.model_copy(update=gone)
    person = casting.person_of_actor.get(actor.id)
    update: dict[str, object] = {
        "phone": _shown(actor.id, actor.phone, "phone", facility),
        "email": _shown(actor.id, actor.email, "email", facility),
    }
    if person is not None:
        update["played_by"] = casting.voice_of_person[person]
    return actor.model_copy(update=update)


def _shown(actor: str, in_kit: str | None, means: str, facility: Facility) -> str | None:
    """What players dial: the actor's own line, else the animation's for an actor of the directory.

    The numbers of the kit are fiction and never ring: none is left.
    """
    own = _written(facility.lines.get(actor), means)
    if own is not None or in_kit is None:
        return own
    return _written(facility.animation, means)


def _written(line: Line | None, means: str) -> str | None:
    text: str | None = getattr(line, means, None)
    return None if text is None or is_placeholder(text) else text


def voice_of(person: Person, casting: Casting) -> str:
    """The voice that the person holds on the day; "" if none."""
    return casting.voice_of_person.get(person.id, person.voice or "")
