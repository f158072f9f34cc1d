"""A facility's folder for these tests: the smallest that may be played."""

from pathlib import Path

from cyberex.problems import Problem, Severity
from cyberex.scenario.facility.folder import FacilityFolder, load_facility

SCENARIO = """\
cyberex: 1
id: small
title: Petit
variables: {structure: CH du kit}
timing: {play: 60 min, briefing: 30 min, debrief: 30 min}
cells: [{id: crisis, title: "Cellule de ${structure}", place: Salle du kit}]
roles:
  - {id: it, title: Informatique, cell: crisis}
  - {id: care, title: Soins, cell: crisis}
actors:
  - {id: nurse, title: Infirmière, kind: staff, played_by: animator-1, phone: 01 99 00 40 01}
  - {id: dpo, title: Déléguée, kind: partner, played_by: animator-2, email: dpo@kit.example}
  - {id: note, title: Une note, kind: attacker, played_by: animator-2}
channels: [{id: phone, title: Téléphone}]
stimuli:
  - {id: s01, at: T+5, from: nurse, to: [it], via: phone, title: Figés, text: Exercice. Six postes.}
  - {id: s02, at: T+6, from: dpo, to: [it], via: phone, title: Données,
     text: "Exercice. Lesquelles ?"}
"""
EXERCISE = """\
cyberex_exercise: 1
title: Exercice de crise
facility: CH de la Vallée
from:
  scenario: small
  digest: sha256:0
day: 2027-03-09 13:30
hard_end: 17:00
variables:
  structure: CH de la Vallée
rooms:
  crisis:
    place: Salle Curie
    travel: 4 min
animation:
  phone: 04 76 00 11 22
  email: exercice@ch-vallee.fr
lines:
  nurse:
    phone: poste 4512
casting:
  animator-1: a01
  animator-2: a02
choices:
  dpo:
    held_by: actor
data_notice:
  responsible: La directrice du CH
  contact: dpo@ch-vallee.fr
"""
PEOPLE = """\
cyberex_people: 1
people:
  - id: p01
    role: it
    name: Mme Un
    phone: 04 76 00 11 01
    email: un@ch-vallee.fr
    stand_in: p02
  - id: p02
    role: it
    name: M. Deux
    mobile: 06 12 00 11 02
  - id: p03
    role: care
    name: Mme Trois
    phone: 04 76 00 11 03
  - id: d01
    task: director
    name: M. Quatre
  - id: a01
    task: animator
    name: Mme Cinq
    where: on_site
  - id: a02
    task: animator
    name: M. Six
    where: remote
  - id: o01
    task: observer
    name: Mme Sept
"""


def write(
    folder: Path, exercise: str = EXERCISE, people: str = PEOPLE, scenario: str = SCENARIO
) -> Path:
    """The folder's exercise.yaml."""
    folder.mkdir(exist_ok=True)
    (folder / "scenario.yaml").write_text(scenario, encoding="utf-8")
    (folder / "people.yaml").write_text(people, encoding="utf-8")
    path = folder / "exercise.yaml"
    path.write_text(exercise, encoding="utf-8")
    return path


def load(folder: Path, **texts: str) -> FacilityFolder:
    return load_facility(write(folder, **texts))


def told(problems: list[Problem]) -> list[tuple[str, int, str]]:
    """File, line and code of each; a warning's code begins with `~`."""
    return [
        (
            Path(problem.path).name,
            problem.line,
            ("" if problem.severity is Severity.ERROR else "~") + problem.code,
        )
        for problem in problems
    ]


def line_of(text: str, piece: str) -> int:
    """The line on which `piece` first stands."""
    return text[: text.index(piece)].count("\n") + 1
