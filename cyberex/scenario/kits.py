"""Where kits and scenarios are found, from what the operator typed.

An argument is tried as an existing path, a kit of the user's folder, a kit of the package, the id
of a scenario. A root is a folder that holds `kits/` and `scenarios/`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Literal

from pydantic import Field

from cyberex.errors import UserError
from cyberex.i18n import _
from cyberex.problems import Problem, has_errors
from cyberex.scenario.checks import leaves_folder
from cyberex.scenario.models import Attachment, Language, Level, Sector
from cyberex.scenario.naming import nearest
from cyberex.scenario.register import Findings
from cyberex.scenario.source import SourceMap
from cyberex.scenario.typed import Reading, in_order, read_model
from cyberex.scenario.words import ID_PATTERN, Id, Prose
from cyberex.scenario.world import Node

_is_id = re.compile(ID_PATTERN).fullmatch


class Kit(Node):
    """Un kit prêt à jouer : un scénario et un annuaire par secteur, des documents."""

    cyberex_kit: int = Field(ge=1, le=1, description="Version du format : 1.")
    id: Id = Field(description="Identifiant du kit, le nom de son dossier.")
    title: Prose = Field(description="Titre du kit.")
    level: Level = Field(description="Niveau : beginner, intermediate ou advanced.")
    language: Language = Field("fr", description="Langue des textes : fr ou en.")
    description: Prose | None = Field(None, description="À qui le kit s'adresse.")
    scenarios: dict[Sector, Id] = Field(description="Scénario de chaque secteur.")
    people: dict[Sector, Prose] = Field({}, description="Annuaire de chaque secteur.")
    documents: tuple[Attachment, ...] = Field((), description="Documents du kit.")


@dataclass(frozen=True, slots=True)
class Found:
    """One scenario to check or play; `kit` and `people` are None for a scenario on its own.

    `exercise` is the exercise.yaml of a facility's own folder, None elsewhere.
    """

    id: str
    path: Path
    sector: str | None = None
    kit: Path | None = None
    people: Path | None = None
    exercise: Path | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """One kit or scenario that exists, as a list shows it."""

    kind: Literal["kit", "scenario"]
    id: str
    path: Path


def package_roots() -> list[Path]:
    """Where the package's own kits are: inside the wheel, else beside the checkout's package."""
    package = Path(str(resources.files("cyberex")))
    candidates = (package / "_data", package.parent)
    return [root for root in candidates if (root / "kits").is_dir()][:1]


def load_kit(path: Path) -> Reading[Kit]:
    """The kit file at `path`; UserError only if it cannot be opened."""
    reading = read_model(path, Kit)
    if reading.value is None:
        return reading
    problems = _check_kit(reading.value, path, reading.source)
    return Reading(reading.value, in_order([*reading.problems, *problems]), reading.source)


def _check_kit(kit: Kit, path: Path, source: SourceMap) -> list[Problem]:
    findings = Findings(source)
    if not kit.scenarios:
        findings.error(("scenarios",), "too-few", _("the kit names no scenario"))
    for sector, name in kit.people.items():
        if leaves_folder(name):
            findings.error(
                ("people", sector),
                "path-outside",
                _("'{file}' is not in the kit's folder").format(file=name),
                _("put the file beside kit.yaml"),
            )
        elif not (path.parent / name).is_file():
            findings.error(
                ("people", sector),
                "missing-file",
                _("'{file}' is not beside kit.yaml").format(file=name),
            )
    return findings.problems


def find(
    argument: str, *, sector: str | None, user_dir: Path, package_dirs: Sequence[Path]
) -> list[Found]:
    """The scenarios that `argument` names: several for a kit without `sector`, never none.

    UserError, listing what exists, when nothing is called so.
    """
    roots = [user_dir, *package_dirs]
    kit = find_kit(argument, roots)
    if kit is not None:
        return _scenarios_of_kit(kit, sector, [kit.parent.parent.parent, *roots])
    named = _kit_or_scenario_at(Path(argument))
    if named is not None:
        return [Found(_name_of(named), named)]
    scenario = find_scenario(argument, roots)
    if scenario is not None:
        return [Found(argument, scenario)]
    raise _unknown(argument, roots)


def find_kit(argument: str, roots: Sequence[Path]) -> Path | None:
    """The kit file that `argument` means: a path, else a kit of the first root that has it."""
    named = _kit_or_scenario_at(Path(argument))
    if named is not None:
        return named if named.name == "kit.yaml" else None
    candidates = [root / "kits" / argument / "kit.yaml" for root in roots if _is_id(argument)]
    return next((kit for kit in candidates if kit.is_file()), None)


def _kit_or_scenario_at(path: Path) -> Path | None:
    """The file that the path means; None if there is none (a folder may hold neither)."""
    try:
        candidates = (path, path / "kit.yaml", path / "scenario.yaml")
        found = next((candidate for candidate in candidates if candidate.is_file()), None)
    except OSError:  # A name longer than the system allows is no path.
        return None
    if found is not None and found.name == "kit.yaml":
        return found.resolve()
    return found


def _name_of(path: Path) -> str:
    return path.resolve().parent.name if path.name == "scenario.yaml" else path.stem


def find_scenario(name: str, roots: Iterable[Path]) -> Path | None:
    """The file of the scenario called `name` in the first root that has it."""
    if not _is_id(name):
        return None
    for root in roots:
        for path in (
            root / "scenarios" / f"{name}.yaml",
            root / "scenarios" / name / "scenario.yaml",
        ):
            if path.is_file():
                return path
    return None


def _scenarios_of_kit(path: Path, sector: str | None, roots: Sequence[Path]) -> list[Found]:
    reading = load_kit(path)
    kit = reading.value
    if kit is None or has_errors(reading.problems):
        first = next(problem for problem in reading.problems)
        raise UserError(
            _("the kit file '{path}' has mistakes: line {line}: {message}").format(
                path=path, line=first.line, message=first.message
            ),
            _("Correct it first."),
        )
    wanted = [key for key in kit.scenarios if sector in (None, key)]
    if not wanted:
        raise UserError(
            _("kit '{kit}' has no scenario for sector '{sector}'.").format(
                kit=kit.id, sector=sector
            ),
            _("It has: {sectors}.").format(sectors=", ".join(kit.scenarios)),
        )
    return [_found_in_kit(kit, key, path, roots) for key in wanted]


def _found_in_kit(kit: Kit, sector: Sector, path: Path, roots: Sequence[Path]) -> Found:
    name = kit.scenarios[sector]
    scenario = find_scenario(name, roots)
    if scenario is None:
        raise UserError(
            _("kit '{kit}' names scenario '{scenario}', which does not exist.").format(
                kit=kit.id, scenario=name
            ),
            _("Put it at '{path}'.").format(path=f"scenarios/{name}.yaml"),
        )
    people = kit.people.get(sector)
    return Found(name, scenario, sector, path, path.parent / people if people else None)


def listed(roots: Iterable[Path]) -> list[Listed]:
    """Every kit, then every scenario, of the roots; the first root wins when ids are equal."""
    every = {(item.kind, item.id): item for root in reversed(list(roots)) for item in _in(root)}
    return sorted(every.values(), key=lambda item: (item.kind, item.id))


def _in(root: Path) -> Iterator[Listed]:
    for path in root.glob("kits/*/kit.yaml"):
        yield Listed("kit", path.parent.name, path)
    for path in root.glob("scenarios/*.yaml"):
        yield Listed("scenario", path.stem, path)
    for path in root.glob("scenarios/*/scenario.yaml"):
        yield Listed("scenario", path.parent.name, path)


def _unknown(argument: str, roots: Sequence[Path]) -> UserError:
    existing = listed(roots)
    kits = [item.id for item in existing if item.kind == "kit"]
    scenarios = [item.id for item in existing if item.kind == "scenario"]
    slip = nearest(argument, [*kits, *scenarios])
    advice = [_("did you mean '{word}'?").format(word=slip)] if slip else []
    if kits:
        advice.append(_("Kits: {kits}.").format(kits=", ".join(kits)))
    if scenarios:
        advice.append(_("Scenarios: {scenarios}.").format(scenarios=", ".join(scenarios)))
    return UserError(
        _("no file, kit or scenario is called '{name}'.").format(name=argument),
        " ".join(advice),
    )
