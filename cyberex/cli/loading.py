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
from cyberex.scenario.facility.folder import facility_at, load_facility
from cyberex.scenario.facility.model import Facility
from cyberex.scenario.facility.settle import Casting, voice_of
from cyberex.scenario.kinds import FileKind, kind_of
from cyberex.scenario.kits import Found, Kit, find, find_kit, load_kit, package_roots
from cyberex.scenario.load import load_people, load_scenario
from cyberex.scenario.models import Scenario, scenario_to_json
from cyberex.scenario.naming import did_you_mean
from cyberex.scenario.people import People, is_placeholder
from cyberex.scenario.reading import forbidden_in
from cyberex.scenario.typed import Reading, read_model


@dataclass(frozen=True, slots=True)
class Ready:
    """A scenario and its plan; None where problems forbid to play."""

    found: Found
    scenario: Scenario | None
    plan: Plan | None
    people: tuple[Person, ...]
    problems: tuple[Problem, ...]
    facility: Facility | None = None

    def room_until(self, room: datetime) -> datetime | None:
        """When the room must be left, if `room` (the hour now) is on the day of the exercise."""
        end = self.facility.hard_end_at if self.facility else None
        if end is None or end.date() != room.date():
            return None
        return end.replace(tzinfo=room.tzinfo)

    @property
    def document(self) -> Json:
        """The resolved scenario as the journal keeps it."""
        if self.scenario is None:
            raise ValueError("a scenario with errors is never played")
        return scenario_to_json(self.scenario)


def locate(argument: str, sector: str | None) -> list[Found]:
    """What `argument` names: a facility's folder, else an existing path, a kit of the user's, one
    of ours, a scenario."""
    prepared = facility_at(argument)
    if prepared is not None:
        return [prepared]
    if alone(argument) is not None:
        raise UserError(
            _("'{path}' tells no story: it holds no scenario.").format(path=argument),
            _("Give the scenario, the kit or the exercise folder that it belongs to."),
        )
    return find(argument, sector=sector, user_dir=home(), package_dirs=package_roots())


def alone(argument: str) -> Reading[People] | Reading[Facility] | Reading[Kit] | None:
    """The file that `argument` names, read by itself, if it holds people, settings or a kit under
    another name than the usual one; None for all that is found otherwise."""
    path = Path(argument)
    try:
        if not path.is_file() or facility_at(argument) is not None:
            return None
    except OSError:  # A name longer than the system allows is no path.
        return None
    match kind_of(path):
        case FileKind.PEOPLE:
            return load_people(path)
        case FileKind.EXERCISE:
            return read_model(path, Facility)
        case FileKind.KIT if path.name != "kit.yaml":
            return load_kit(path)
    return None


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
    to_play: bool = True,
) -> Ready:
    """Load, check and plan. `people` replaces the kit's or the folder's own roster; `to_play`
    False makes no plan of a scenario on its own, only its problems."""
    room = room or SystemClocks().room()
    if found.exercise is not None:
        return _facility_ready(found, found.exercise, overrides or {}, people, room)
    loaded = load_scenario(found.path, overrides=overrides)
    problems = list(loaded.problems)
    plan = None
    if loaded.scenario is not None:
        sound = to_play and not has_errors(problems)
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
    return _persons(reading.value, scenario), reading.problems


def _persons(
    people: People, scenario: Scenario | None, casting: Casting | None = None
) -> tuple[Person, ...]:
    cell_of = {role.id: role.cell for role in scenario.roles} if scenario else {}
    return tuple(
        Person(
            id=person.id,
            function=person.function or "",
            cell=cell_of.get(person.role or "", person.role or ""),
            role=person.role or "",
            task=person.task or "",
            voice=voice_of(person, casting) if casting else person.voice or "",
            name=person.name,
            phone=_written(person.phone),
            mobile=_written(person.mobile),
            email=_written(person.email),
            stand_in=person.stand_in or "",
            where=person.where or "",
        )
        for person in people.people
    )


def _written(text: str | None) -> str:
    """Nobody dials a placeholder."""
    return "" if text is None or is_placeholder(text) else text


def _facility_ready(
    found: Found,
    exercise: Path,
    overrides: Mapping[str, str],
    people: Path | None,
    room: datetime,
) -> Ready:
    folder = load_facility(exercise, overrides=overrides, people=people)
    plan, problems = None, list(folder.problems)
    if folder.scenario is not None:
        planned = plan_scenario(folder.scenario, folder.loaded.source, room, sound=folder.sound)
        plan, problems = planned.plan, [*problems, *planned.problems]
    persons: tuple[Person, ...] = ()
    if folder.people is not None:
        persons = _persons(folder.people, folder.scenario, folder.casting)
    problems.sort(key=lambda problem: problem.sort_key)
    return Ready(found, folder.scenario, plan, persons, tuple(problems), folder.facility)


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
        if forbidden_in(value):
            raise UserError(
                _("the value of '{name}' holds an invisible character.").format(name=name),
                _("Type it again rather than copying it."),
            )
        values[name.strip()] = value
    return values


def check_values(values: Mapping[str, str], scenario: Scenario) -> None:
    """UserError for a value given to a variable that `scenario` does not have."""
    for name in values:
        if name not in scenario.variables:
            raise UserError(
                _("the scenario has no variable '{name}'.").format(name=name),
                did_you_mean(name, scenario.variables),
            )
