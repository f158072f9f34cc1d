"""The files of a new exercise folder, from a kit: what is known is written, the rest is visible.

Texts only, in French like the kits; nothing is written to disk here. What is drafted reads back
without a mistake but its placeholders.
"""

import json
import re
from collections.abc import Iterable, Sequence
from importlib import resources
from pathlib import Path
from string import Template
from textwrap import shorten

from cyberex.scenario.facility.model import NAME
from cyberex.scenario.models import Actor, Scenario
from cyberex.scenario.people import PLACEHOLDER, People, Person
from cyberex.times import format_duration_words

# Functions that are the kit's actors here and a player's there.
OFTEN_HELD = frozenset(["dpo", "ciso", "rssi", "cme", "pcme", "medical-board"])

# Bare where no reader could take it for something else: not `1: a`, `- a`, `a # b`.
_PLAIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿŒœ0-9][^:#\[\]{}\"\n\r\t\\]*[^:#\[\]{}\"\s\\]").fullmatch
_EMPTY = frozenset(["null", "Null", "NULL", "~"])


def drafted(
    scenario: Scenario, roster: People | None, *, folder: str, kit: str | None, digest: str
) -> dict[str, str]:
    """The text of each file by its name; `folder` is what the operator will type."""
    people = _people(scenario, roster)
    origin = [f"scenario: {scenario.id}", f"digest: {digest}"]
    if kit is not None:
        origin.insert(0, f"kit: {kit}")
    timing = scenario.timing
    length = timing.briefing.ms + timing.play.ms + timing.debrief.ms
    source = f"le scénario {scenario.id}" + (f" du kit {kit}" if kit else "")
    exercise = _filled(
        "exercise.yaml",
        folder=folder,
        title="Exercice de crise cyber",
        language=scenario.language,
        origin=_block(origin),
        duration=format_duration_words(length, scenario.language),
        variables=_variables(scenario),
        rooms=_rooms(scenario),
        lines=_lines(scenario.actors),
        casting=_casting(scenario, people),
        choices=_choices(scenario.actors),
    )
    return {
        "exercise.yaml": exercise,
        "people.yaml": _filled(
            "people.yaml",
            players="\n".join(_person(person) for person in people if person.role),
            animation="\n".join(_person(person) for person in people if person.task),
        ),
        "LISEZMOI.txt": _filled("LISEZMOI.txt", title=scenario.title, origin=source, folder=folder),
    }


def scalar(text: str) -> str:
    """`text` as YAML, between quotes only if it needs them."""
    if _PLAIN(text) and text not in _EMPTY:
        return text
    return json.dumps(text, ensure_ascii=False)


def _filled(name: str, **parts: str) -> str:
    folder = Path(str(resources.files("cyberex.scenario.facility"))) / "templates"
    return Template((folder / name).read_text(encoding="utf-8")).substitute(parts)


def _block(lines: Iterable[str], indent: str = "  ") -> str:
    return "\n".join(indent + line for line in lines)


def _comment(text: str) -> str:
    """A text that a comment can hold."""
    return " ".join(text.split())


def _variables(scenario: Scenario) -> str:
    if not scenario.variables:
        return "variables: {}"
    lines = []
    for name, value in scenario.variables.items():
        lines.append(f"# valeur du kit : {_comment(value)}")
        if name == NAME:
            lines.append("# tant qu'elle reste ici, le nom écrit après « facility » la remplace")
        lines.append(f"{name}: {scalar(value)}")
    return "variables:\n" + _block(lines)


def _rooms(scenario: Scenario) -> str:
    if not scenario.cells:
        return "rooms: {}"
    lines = []
    for cell in scenario.cells:
        lines.append(f"{cell.id}:  # {_comment(cell.title)}")
        if cell.place:
            lines.append(f"  # dans le kit : {_comment(cell.place)}")
        lines += [f"  place: {PLACEHOLDER}", f"  travel: {scalar(cell.travel.text)}"]
    return "rooms:\n" + _block(lines)


def _lines(actors: Sequence[Actor]) -> str:
    lines = ["# lines:"]
    for actor in actors:
        if actor.phone is None and actor.email is None:
            continue
        lines.append(f"#   {actor.id}:  # {_comment(actor.title)}")
        lines += [f"#     phone: {PLACEHOLDER}"] if actor.phone else []
        lines += [f"#     email: {PLACEHOLDER}"] if actor.email else []
    return "\n".join(lines)


def _voices(scenario: Scenario) -> list[str]:
    return list(dict.fromkeys(actor.played_by for actor in scenario.actors if actor.played_by))


def _casting(scenario: Scenario, people: Sequence[Person]) -> str:
    voices = _voices(scenario)
    animators = [person for person in people if person.task == "animator"]
    if not voices:
        return "casting: {}"
    holder = {person.voice: person.id for person in animators if person.voice}
    lines = []
    for voice in voices:
        titles = [actor.title for actor in scenario.actors if actor.played_by == voice]
        said = f"# {len(titles)} acteurs : {_comment(', '.join(titles))}"
        lines.append(shorten(said, 98, placeholder="…"))
        lines.append(f"{voice}: {holder[voice]}")
    return "casting:\n" + _block(lines)


def _choices(actors: Sequence[Actor]) -> str:
    held = [actor for actor in actors if actor.id in OFTEN_HELD]
    if not held:
        return ""
    lines = [
        "# Fonctions jouées par l'animation, ou tenues par un de vos joueurs : « actor », ou",
        "# l'identifiant du rôle. Tenue par un joueur, elle ne parle plus : « stimuli_by » nomme",
        "# l'autre acteur qui dit ses messages.",
        "choices:",
    ]
    for actor in held:
        lines += [
            f"  {actor.id}:  # {_comment(actor.title)}",
            "    held_by: actor",
            "    # stimuli_by: ",
        ]
    return "\n".join(lines) + "\n"


def _person(person: Person) -> str:
    lines = [f"- id: {person.id}"]
    lines.append(f"  role: {person.role}" if person.role else f"  task: {person.task}")
    lines.append(f"  function: {scalar(person.function or PLACEHOLDER)}")
    lines += [f"  {key}: {PLACEHOLDER}" for key in ("name", "phone", "mobile", "email")]
    if person.stand_in is not None:
        lines.append(f"  stand_in: {person.stand_in}")
    if person.task == "animator":
        lines.append(f"  where: {person.where or 'on_site'}")
    return _block(lines)


def _people(scenario: Scenario, roster: People | None) -> list[Person]:
    """The kit's own roster without its names; what the scenario needs is added to it.

    Whoever plays two parts, or none that exists, was a mistake of the kit: left to its check.
    """
    people = list(roster.people) if roster else []
    taken = {person.id for person in people}
    played = {person.role for person in people}
    missing: list[Person] = []

    def add(letter: str, **parts: str) -> str:
        number = 1
        while f"{letter}{number:02}" in taken:
            number += 1
        name = f"{letter}{number:02}"
        taken.add(name)
        missing.append(Person.model_validate({"id": name, "name": PLACEHOLDER, **parts}))
        return name

    for role in scenario.roles:
        if role.id not in played:
            stand_in = add("r", role=role.id)
            add("p", role=role.id, function=role.title, stand_in=stand_in)
            missing[-2:] = reversed(missing[-2:])  # who holds the role stands first
    tasks = {person.task for person in people}
    for letter, task in (("d", "director"), ("h", "animation_head")):
        if task not in tasks:
            add(letter, task=task)
    voiced = {person.voice for person in people if person.task == "animator"}
    for voice in _voices(scenario):
        if voice not in voiced:
            add("a", task="animator", voice=voice)
    for letter, task in (("o", "observer"), ("s", "secretary")):
        if task not in tasks:
            add(letter, task=task)
    return [*people, *missing]
