"""Who takes part: the facility's directory of an exercise, replaced as a whole by each facility.

The names, phones and mails stay in a side table of the journal; everything else names ids.
"""

import unicodedata
from collections.abc import Collection
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from cyberex.i18n import _
from cyberex.problems import Problem
from cyberex.scenario.models import Scenario
from cyberex.scenario.naming import did_you_mean
from cyberex.scenario.register import Findings
from cyberex.scenario.source import SourceMap
from cyberex.scenario.words import Id, Prose, WordError
from cyberex.scenario.world import Node

Task = Literal["director", "animation_head", "animator", "observer", "secretary"]
Where = Literal["on_site", "remote"]
Email = Annotated[str, StringConstraints(min_length=3, max_length=254)]

PLACEHOLDER = "À COMPLÉTER"
"""What stands in a prepared file where the facility has yet to write something."""


def is_placeholder(text: str | None) -> bool:
    """True if `text` is still to be written; without its accents too, as it may be typed again."""
    if text is None:
        return False
    plain = unicodedata.normalize("NFD", text.upper())
    return "A COMPLETER" in "".join(char for char in plain if not unicodedata.combining(char))


class Person(Node):
    """Une personne de l'exercice : joueur (role) ou membre de l'animation (task)."""

    id: Id = Field(description="Identifiant de la personne, le seul que le journal retient.")
    function: Prose | None = Field(None, description="Fonction exercée dans l'établissement.")
    role: Id | None = Field(None, description="Rôle ou cellule du scénario, pour un joueur.")
    task: Task | None = Field(None, description="Tâche dans l'animation, pour les autres.")
    name: Prose = Field(description="Nom affiché.")
    phone: Prose | None = Field(None, description="Téléphone fixe.")
    mobile: Prose | None = Field(None, description="Téléphone mobile.")
    email: Email | None = Field(None, description="Adresse électronique.")
    stand_in: Id | None = Field(None, description="Personne qui la remplace.")
    where: Where | None = Field(
        None, description="Où se tient un animateur : on_site (sur place) ou remote (à distance)."
    )
    voice: Id | None = Field(None, description="Voix tenue : le « played_by » des acteurs.")

    @model_validator(mode="after")
    def _plays_or_animates(self) -> Self:
        if (self.role is None) == (self.task is None):
            raise WordError(
                "role-or-task",
                _("a person has either a 'role' (player) or a 'task' (animation)"),
                _("keep one of the two keys"),
            )
        if (
            self.email is not None
            and "@" not in self.email[1:-1]
            and not is_placeholder(self.email)
        ):
            raise WordError(
                "bad-email",
                _("'{email}' is not a mail address").format(email=self.email),
                _("write it as name@facility.example"),
            )
        return self


class People(Node):
    """L'annuaire d'un exercice."""

    cyberex_people: int = Field(ge=1, le=1, description="Version du format : 1.")
    people: tuple[Person, ...] = Field(description="Personnes de l'exercice.")


def check_people(
    people: People, source: SourceMap, scenario: Scenario | None = None
) -> list[Problem]:
    """Duplicate ids, stand-ins and, with `scenario`, roles and voices that do not exist."""
    findings = Findings(source)
    first: dict[str, int] = {}
    for index, person in enumerate(people.people):
        earlier = first.setdefault(person.id, index)
        if earlier != index:
            findings.error(
                ("people", index, "id"),
                "duplicate-id",
                _("id '{id}' is already given at {place}").format(
                    id=person.id, place=source.place(("people", earlier, "id"))
                ),
                _("give each its own id"),
            )
    for index, person in enumerate(people.people):
        if person.stand_in is not None and person.stand_in not in first:
            findings.error(
                ("people", index, "stand_in"),
                "unknown-person",
                _("no person is called '{id}'").format(id=person.stand_in),
                did_you_mean(person.stand_in, first),
            )
    if scenario is not None:
        _check_parts(people, scenario, findings)
    return findings.problems


def _check_parts(people: People, scenario: Scenario, findings: Findings) -> None:
    parts: Collection[str] = {
        *(role.id for role in scenario.roles),
        *(cell.id for cell in scenario.cells),
    }
    voices = {actor.played_by for actor in scenario.actors if actor.played_by}
    for index, person in enumerate(people.people):
        if person.role is not None and person.role not in parts:
            findings.error(
                ("people", index, "role"),
                "unknown-role",
                _("no role or cell of the scenario is called '{id}'").format(id=person.role),
                did_you_mean(person.role, parts),
            )
        if person.voice is not None and person.voice not in voices:
            findings.warning(
                ("people", index, "voice"),
                "unknown-voice",
                _("no actor of the scenario has the voice '{id}'").format(id=person.voice),
                did_you_mean(person.voice, voices),
            )
