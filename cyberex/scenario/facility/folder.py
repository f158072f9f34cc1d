"""A facility's folder read as a whole: exercise, people and scenario, with every mistake in them.

Nothing here raises for an author; a file that cannot be opened is the operator's (UserError).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cyberex.errors import UserError
from cyberex.i18n import _
from cyberex.problems import Problem, has_errors
from cyberex.scenario.facility.checks import check_facility, check_name, check_players
from cyberex.scenario.facility.contacts import check_contacts
from cyberex.scenario.facility.lines import check_spoken_numbers
from cyberex.scenario.facility.model import NAME, Facility
from cyberex.scenario.facility.settle import Casting, casting_of, settled
from cyberex.scenario.kits import Found
from cyberex.scenario.load import Loaded, load_people, load_scenario
from cyberex.scenario.models import Scenario
from cyberex.scenario.people import People, is_placeholder
from cyberex.scenario.typed import in_order, read_model

EXERCISE = "exercise.yaml"
PEOPLE = "people.yaml"
SCENARIO = "scenario.yaml"

# Told better by the checks of the casting, which know who plays whom on the day.
_TOLD_ELSEWHERE = "actor-without-voice"


@dataclass(frozen=True, slots=True)
class FacilityFolder:
    """What a folder holds; None where a file could not be typed.

    `scenario` is settled: what is played. It may stand beside errors, as in `Loaded`.
    """

    facility: Facility | None
    people: People | None
    loaded: Loaded
    scenario: Scenario | None
    casting: Casting | None
    problems: list[Problem]

    @property
    def sound(self) -> bool:
        """True if the scenario itself may be planned, whatever the people file lacks."""
        return not has_errors(self.loaded.problems)


def facility_at(argument: str) -> Found | None:
    """The facility's exercise that `argument` names: its folder or its exercise.yaml."""
    path = Path(argument)
    exercise = path if path.name == EXERCISE else path / EXERCISE
    try:
        if not exercise.is_file():
            return None
    except OSError:  # A name longer than the system allows is no path.
        return None
    folder = exercise.parent
    for name in (SCENARIO, PEOPLE):
        if not (folder / name).is_file():
            raise UserError(
                _("the exercise folder '{folder}' has no {file}.").format(folder=folder, file=name),
                _("Put it back, or prepare a new folder with cyberex prepare."),
            )
    return Found(
        folder.resolve().name, folder / SCENARIO, people=folder / PEOPLE, exercise=exercise
    )


def load_facility(
    exercise: Path,
    *,
    overrides: Mapping[str, str] | None = None,
    people: Path | None = None,
) -> FacilityFolder:
    """The folder of `exercise`; `people` replaces its people file, `overrides` its variables."""
    reading = read_model(exercise, Facility)
    facility = reading.value
    values = {**(facility.variables if facility else {}), **(overrides or {})}
    name = (
        {} if facility is None or is_placeholder(facility.facility) else {NAME: facility.facility}
    )
    loaded = load_scenario(exercise.parent / SCENARIO, overrides=values, following=name)
    persons = load_people(people or exercise.parent / PEOPLE, scenario=loaded.scenario)
    found = [*reading.problems, *persons.problems, *loaded.problems]
    found = [problem for problem in found if problem.code != _TOLD_ELSEWHERE]
    scenario, casting = loaded.scenario, None
    if scenario is not None:
        found += check_spoken_numbers(scenario, loaded.source)
    if facility is not None and persons.value is not None and scenario is not None:
        found += check_facility(facility, reading.source, scenario, persons.value)
        found += check_name(facility, reading.source, scenario, loaded.declared)
        found += check_players(facility, scenario, persons.value, persons.source)
        found += check_contacts(persons.value, persons.source)
        casting = casting_of(scenario, facility, persons.value)
        scenario = settled(scenario, facility, persons.value)
    elif persons.value is not None:
        found += check_contacts(persons.value, persons.source)
    return FacilityFolder(facility, persons.value, loaded, scenario, casting, in_order(found))
