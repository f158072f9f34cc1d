"""From what the operator typed to a scenario ready to play, with every problem on the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cyberex.cli.places import home
from cyberex.errors import UserError
from cyberex.exercise.clocks import SystemClocks
from cyberex.facts.model import Json
from cyberex.facts.people import Person
from cyberex.i18n import _
from cyberex.plan.build import plan_scenario
from cyberex.plan.model import Plan
from cyberex.problems import Problem, has_errors
from cyberex.scenario.kits import Found, find, find_kit, load_kit, package_roots
from cyberex.scenario.load import load_people, load_scenario
from cyberex.scenario.models import Scenario, scenario_to_json


@dataclass(frozen=True, slots=True)
class Ready:
    """A scenario and its plan; None where problems forbid to play."""

    found: Found
    scenario: Scenario | None
    plan: Plan | None
    people: tuple[Person, ...]
    problems: tuple[Problem, ...]

    @property
    def document(self) -> Json:
        """The resolved scenario as the journal keeps it."""
        if self.scenario is None:
            raise ValueError("a scenario with errors is never played")
        return scenario_to_json(self.scenario)


def locate(argument: str, sector: str | None) -> list[Found]:
    """What `argument` names: an existing path, a kit of the user's, one of ours, a scenario."""
    return find(argument, sector=sector, user_dir=home(), package_dirs=package_roots())


def problems_of_kit(argument: str) -> list[Problem]:
    """The mistakes of the kit file itself, if `argument` is a kit."""
    kit = find_kit(argument, [home(), *package_roots()])
    return load_kit(kit).problems if kit is not None else []


def make_ready(
    found: Found,
    *,
    overrides: Mapping[str, str] | None = None,
    people: Path | None = None,
    room: datetime | None = None,
) -> Ready:
    """Load, check and plan. `people` replaces the kit's own roster."""
    loaded = load_scenario(found.path, overrides=overrides)
    problems = list(loaded.problems)
    plan = None
    if loaded.scenario is not None:
        room = room or SystemClocks().room()
        sound = not has_errors(problems)
        planned = plan_scenario(loaded.scenario, loaded.source, room, sound=sound)
        plan, problems = planned.plan, [*problems, *planned.problems]
    roster, roster_problems = _people(people or found.people, loaded.scenario)
    problems = sorted([*problems, *roster_problems], key=lambda problem: problem.sort_key)
    return Ready(found, loaded.scenario, plan, roster, tuple(problems))


def _people(
    path: Path | None, scenario: Scenario | None
) -> tuple[tuple[Person, ...], list[Problem]]:
    if path is None:
        return (), []
    reading = load_people(path, scenario=scenario)
    if reading.value is None:
        return (), reading.problems
    cell_of = {role.id: role.cell for role in scenario.roles} if scenario else {}
    people = tuple(
        Person(
            id=person.id,
            function=person.function or "",
            cell=cell_of.get(person.role or "", person.role or ""),
            role=person.role or "",
            task=person.task or "",
            voice=person.voice or "",
            name=person.name,
            phone=person.phone or "",
            mobile=person.mobile or "",
            email=person.email or "",
            stand_in=person.stand_in or "",
        )
        for person in reading.value.people
    )
    return people, reading.problems


def values_of(settings: Sequence[str]) -> dict[str, str]:
    """`--set name=value` as a mapping; UserError for one without `=`."""
    values = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or not name:
            raise UserError(
                _("'{setting}' is not a variable.").format(setting=setting),
                _("Write --set name=value, for instance --set structure='CH de Test'."),
            )
        values[name.strip()] = value
    return values
