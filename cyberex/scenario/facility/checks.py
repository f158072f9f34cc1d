"""Does exercise.yaml agree with the scenario and the people, and may its lines be dialled?"""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from cyberex.i18n import _
from cyberex.problems import Problem
from cyberex.scenario.checks import VOICELESS_KINDS
from cyberex.scenario.facility.contacts import holders
from cyberex.scenario.facility.lines import check_mail, check_phone, to_complete
from cyberex.scenario.facility.model import ACTOR, NAME, Facility
from cyberex.scenario.facility.settle import casting_of, held_by_players
from cyberex.scenario.models import Scenario
from cyberex.scenario.naming import did_you_mean
from cyberex.scenario.people import People, is_placeholder
from cyberex.scenario.register import Findings, items_of
from cyberex.scenario.source import PathTuple, SourceMap


def check_facility(
    facility: Facility, source: SourceMap, scenario: Scenario, people: People
) -> list[Problem]:
    """Every mistake of the exercise file, each at its place in it."""
    findings = Findings(source)
    _check_texts(facility, scenario, findings)
    _check_end(facility, scenario, findings)
    _check_rooms(facility, scenario, findings)
    _check_lines(facility, scenario, findings)
    _check_choices(facility, scenario, findings)
    _check_roles(facility, scenario, people, findings)
    _check_casting(facility, scenario, people, findings)
    _check_voices(facility, scenario, people, findings)
    return findings.problems


def _check_texts(facility: Facility, scenario: Scenario, findings: Findings) -> None:
    for key in ("title", "facility", "code_word", "stop_words"):
        if is_placeholder(getattr(facility, key)):
            to_complete((key,), findings, key, needed=False)
    if is_placeholder(facility.day.text):
        to_complete(("day",), findings, "day", needed=False)
    if facility.hard_end is not None and is_placeholder(facility.hard_end.text):
        to_complete(("hard_end",), findings, "hard_end", needed=False)
    for key in ("responsible", "contact"):
        if is_placeholder(getattr(facility.data_notice, key)):
            to_complete(("data_notice", key), findings, key, needed=False)
    for name, value in facility.variables.items():
        path: PathTuple = ("variables", name)
        if name not in scenario.variables:
            _unknown(path, _("variable"), name, scenario.variables, findings)
        elif is_placeholder(value):
            # Players would hear it.
            to_complete(path, findings, name, needed=True)


def check_name(
    facility: Facility, source: SourceMap, scenario: Scenario, declared: Mapping[str, str]
) -> list[Problem]:
    """Do players still hear the name of the kit's facility? `declared` are the scenario's own."""
    findings = Findings(source)
    played = scenario.variables.get(NAME)
    if played is not None and played == declared.get(NAME) and played != facility.facility:
        findings.warning(
            ("variables", NAME) if NAME in facility.variables else ("facility",),
            "kit-name",
            _("players would hear the name of the kit's facility: '{name}'").format(name=played),
            _("fill in 'facility': '{variable}' follows it").format(variable=NAME),
        )
    return findings.problems


def _check_end(facility: Facility, scenario: Scenario, findings: Findings) -> None:
    end, day = facility.hard_end_at, facility.day.at
    if end is None or day is None:
        return
    timing = scenario.timing
    length = timing.briefing.ms + timing.play.ms + timing.debrief.ms
    if end <= day:
        findings.error(
            ("hard_end",),
            "end-before-start",
            _("the room is free at {end}, before people are welcomed").format(end=f"{end:%H:%M}"),
            _("correct 'day' or 'hard_end'"),
        )
    elif day + timedelta(milliseconds=length) > end:
        findings.warning(
            ("hard_end",),
            "too-short",
            _("welcomed at {start}, the exercise ends at {finish}, after the room is free").format(
                start=f"{day:%H:%M}", finish=f"{day + timedelta(milliseconds=length):%H:%M}"
            ),
            _("begin earlier, keep the room longer, or play less"),
        )


def _check_rooms(facility: Facility, scenario: Scenario, findings: Findings) -> None:
    cells = {cell.id: cell for cell in scenario.cells}
    for name, room in facility.rooms.items():
        if name not in cells:
            _unknown(("rooms", name), _("cell"), name, cells, findings)
        elif is_placeholder(room.place):
            what = _("the room of '{cell}'").format(cell=name)
            to_complete(("rooms", name, "place"), findings, what, needed=False)


def _check_lines(facility: Facility, scenario: Scenario, findings: Findings) -> None:
    actors = {actor.id: actor for actor in scenario.actors}
    if facility.animation.phone is None or is_placeholder(facility.animation.phone):
        what = _("the phone of the animation, which every actor without a line answers")
        to_complete(("animation", "phone"), findings, what, needed=True)
    if is_placeholder(facility.animation.email):
        what = _("the mailbox of the animation")
        to_complete(("animation", "email"), findings, what, needed=False)
    check_phone(facility.animation.phone, ("animation", "phone"), findings, rings=True)
    check_mail(facility.animation.email, ("animation", "email"), findings, shown=True)
    for name, line in facility.lines.items():
        path: PathTuple = ("lines", name)
        if name not in actors:
            _unknown(path, _("actor"), name, actors, findings)
        for key in ("phone", "email"):
            if is_placeholder(getattr(line, key)):
                # The animation's own number stands in for it.
                what = _("{keys} of '{person}'").format(keys=key, person=name)
                to_complete((*path, key), findings, what, needed=False)
        check_phone(line.phone, (*path, "phone"), findings, rings=True)
        check_mail(line.email, (*path, "email"), findings, shown=True)


def _check_choices(facility: Facility, scenario: Scenario, findings: Findings) -> None:
    actors = {actor.id: actor for actor in scenario.actors}
    roles = {role.id: role for role in scenario.roles}
    held = held_by_players(scenario, facility)
    for name, choice in facility.choices.items():
        path: PathTuple = ("choices", name)
        if name not in actors:
            _unknown(path, _("actor"), name, actors, findings)
            continue
        if choice.held_by != ACTOR and choice.held_by not in roles:
            _unknown(
                (*path, "held_by"), _("role"), choice.held_by, [ACTOR, *roles], findings, key=False
            )
        if choice.stimuli_by is not None and (
            choice.stimuli_by not in actors or choice.stimuli_by in held
        ):
            others = [actor for actor in actors if actor not in held]
            _unknown(
                (*path, "stimuli_by"), _("actor"), choice.stimuli_by, others, findings, key=False
            )
        said = [item.id for _path, item in items_of(scenario) if item.sender == name]
        if name in held and choice.stimuli_by is None and said:
            findings.error(
                (*path, "held_by"),
                "choice-leaves-stimuli",
                _("a player holds '{actor}', who says {stimuli}").format(
                    actor=name, stimuli=", ".join(said)
                ),
                _("add 'stimuli_by:' with the actor who says them instead"),
            )


def _check_roles(
    facility: Facility, scenario: Scenario, people: People, findings: Findings
) -> None:
    roles = {role.id: role for role in scenario.roles}
    held = holders(people)
    for index, name in enumerate(facility.vacant_roles):
        if name not in roles:
            _unknown(("vacant_roles", index), _("role"), name, roles, findings, key=False)
        elif name in held:
            findings.warning(
                ("vacant_roles", index),
                "not-vacant",
                _("'{person}' holds role '{role}'").format(person=held[name].id, role=name),
                _("delete it from this list"),
            )


def check_players(
    facility: Facility, scenario: Scenario, people: People, source: SourceMap
) -> list[Problem]:
    """Each role that nobody holds and that is not left vacant, told in the people file."""
    findings = Findings(source)
    held = holders(people)
    for role in scenario.roles:
        if role.id not in held and role.id not in facility.vacant_roles:
            findings.error(
                ("people",),
                "role-without-player",
                _("nobody plays role '{id}' ({title})").format(id=role.id, title=role.title),
                _("give '{id}' to a person of people.yaml, or add it to 'vacant_roles'").format(
                    id=role.id
                ),
                key=True,
            )
    return findings.problems


def _check_casting(
    facility: Facility, scenario: Scenario, people: People, findings: Findings
) -> None:
    persons = {person.id: person for person in people.people}
    voices = {actor.played_by for actor in scenario.actors if actor.played_by}
    actors = {actor.id for actor in scenario.actors}
    for name, held in facility.casting.items():
        path: PathTuple = ("casting", name)
        if name not in voices | actors:
            _unknown(path, _("voice or actor"), name, voices | actors, findings)
        person = persons.get(held)
        if person is None:
            _unknown(path, _("person"), held, persons, findings, key=False)
        elif person.role is not None:
            findings.error(
                path,
                "voice-of-player",
                _("'{person}' plays role '{role}' and cannot hold a voice").format(
                    person=held, role=person.role
                ),
                _("give the voice to an animator"),
            )
        elif person.task == "observer":
            findings.error(
                path,
                "voice-of-observer",
                _("'{person}' observes and cannot hold a voice").format(person=held),
                _("give the voice to an animator"),
            )
        elif person.voice is not None and person.voice != name and name in voices:
            findings.warning(
                path,
                "two-voices",
                _("'{person}' has voice '{voice}' in people.yaml").format(
                    person=held, voice=person.voice
                ),
                _("'casting' decides; delete 'voice' from people.yaml"),
            )


def _check_voices(
    facility: Facility, scenario: Scenario, people: People, findings: Findings
) -> None:
    casting = casting_of(scenario, facility, people)
    held = held_by_players(scenario, facility)
    told: set[str] = set()
    for actor in scenario.actors:
        if actor.id in held or actor.id in casting.person_of_actor:
            continue
        if actor.played_by is not None and actor.played_by not in told:
            told.add(actor.played_by)
            findings.error(
                ("casting",),
                "voice-without-animator",
                _("nobody holds voice '{voice}'").format(voice=actor.played_by),
                _("add '{voice}: ' and an animator's id to 'casting'").format(
                    voice=actor.played_by
                ),
            )
        elif actor.played_by is None and actor.kind not in VOICELESS_KINDS:
            findings.error(
                ("casting",),
                "actor-without-voice",
                _("nobody plays actor '{id}'").format(id=actor.id),
                _("add '{id}: ' and an animator's id to 'casting'").format(id=actor.id),
            )


def _unknown(
    path: PathTuple,
    what: str,
    name: str,
    known: Iterable[str],
    findings: Findings,
    *,
    key: bool = True,
) -> None:
    findings.error(
        path,
        "unknown-id",
        _("no {what} is called '{id}'").format(what=what, id=name),
        did_you_mean(name, known),
        key=key,
    )
