"""`check`, `schema`, `show`: the author's commands."""

import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cyberex.cli.printing import ProblemFormat, print_problems, say, tally, tell
from cyberex.errors import UserError
from cyberex.i18n import _
from cyberex.problems import Problem, has_errors

if TYPE_CHECKING:
    from cyberex.cli.loading import Ready

Sector = Annotated[
    str | None, typer.Option("--sector", help=_("es or esms: which scenario of a kit"))
]


class SchemaOf(StrEnum):
    SCENARIO = "scenario"
    KIT = "kit"
    PEOPLE = "people"
    EXERCISE = "exercise"


class TableFormat(StrEnum):
    TEXT = "text"
    MD = "md"
    CSV = "csv"


def check(
    paths: Annotated[list[str], typer.Argument(help=_("scenario files, folders, kits or ids"))],
    shape: Annotated[
        ProblemFormat, typer.Option("--format", help=_("how problems are printed"))
    ] = (ProblemFormat.TEXT),
    sector: Sector = None,
) -> None:
    """Find every mistake of scenarios and kits, with its place and a hint."""
    from cyberex.cli.loading import alone, locate, make_ready, problems_of_kit
    from cyberex.scenario.typed import no_cycle_collection

    problems: list[Problem] = []
    checked: list[Ready | str] = []
    for path in paths:
        by_itself = alone(path)
        if by_itself is not None:
            problems.extend(by_itself.problems)
            checked.append(_said_of(path, by_itself.problems))
            continue
        kit_problems = problems_of_kit(path)
        problems.extend(kit_problems)
        for found in [] if has_errors(kit_problems) else locate(path, sector):
            with no_cycle_collection():
                ready = make_ready(found, to_play=False)
            checked.append(ready)
            problems.extend(ready.problems)
    print_problems(problems, shape)
    if shape is ProblemFormat.TEXT:
        for item in checked:
            say(item if isinstance(item, str) else _summary(item))
    if has_errors(problems):
        raise typer.Exit(1)


def _said_of(path: str, problems: Sequence[Problem]) -> str:
    said = tally(problems) if problems else _("no problem")
    return _("{subject}: {said}").format(subject=path, said=said)


def _summary(ready: "Ready") -> str:
    exercise = ready.found.exercise
    name = str(exercise.parent if exercise else ready.found.path)
    if ready.problems:
        return _said_of(name, ready.problems)
    scenario = ready.scenario
    if scenario is None:
        return _("{subject}: {said}").format(subject=name, said=_("nothing to play"))
    return _("{path}: no problem; {stimuli} stimuli, {reserve} in reserve, {minutes} min").format(
        path=name,
        stimuli=len(scenario.stimuli),
        reserve=len(scenario.reserve),
        minutes=scenario.timing.play.ms // 60_000,
    )


def schema(
    what: Annotated[SchemaOf, typer.Argument(help=_("scenario, kit, people or exercise"))] = (
        SchemaOf.SCENARIO
    ),
) -> None:
    """Print the JSON Schema of the language, for an editor that completes and explains."""
    from cyberex.scenario import schema as schemas
    from cyberex.scenario.facility.model import Facility
    from cyberex.scenario.kits import Kit
    from cyberex.scenario.people import People

    document: dict[str, Any]
    match what:
        case SchemaOf.SCENARIO:
            document = schemas.scenario_schema()
        case SchemaOf.KIT:
            document = schemas.schema_of(Kit)
        case SchemaOf.PEOPLE:
            document = schemas.schema_of(People)
        case SchemaOf.EXERCISE:
            document = schemas.schema_of(Facility)
    say(json.dumps(document, ensure_ascii=False, indent=2))


def show(
    scenario: Annotated[str, typer.Argument(help=_("a scenario file, a kit or an id"))],
    sector: Sector = None,
    shape: Annotated[TableFormat, typer.Option("--format", help=_("text, md or csv"))] = (
        TableFormat.TEXT
    ),
    full: Annotated[bool, typer.Option("--full", help=_("with the whole text said"))] = False,
) -> None:
    """Print the chronogram with the columns of the national kits."""
    from cyberex.documents.chronogram import chronogram_rows, chronogram_title
    from cyberex.documents.tables import as_csv, as_markdown

    ready = ready_or_exit(scenario, sector)
    if ready.plan is None:
        raise typer.Exit(1)
    table = chronogram_rows(ready.plan, full=full)
    match shape:
        case TableFormat.CSV:
            say(as_csv(table).rstrip("\n"))
        case TableFormat.MD:
            tell(f"# {chronogram_title(ready.plan)}\n\n{as_markdown(table)}")
        case TableFormat.TEXT:
            from cyberex.cli.tables import print_table

            print_table(chronogram_title(ready.plan), table)


def ready_or_exit(
    argument: str,
    sector: str | None,
    *,
    overrides: dict[str, str] | None = None,
    people: Path | None = None,
) -> "Ready":
    """The one scenario that `argument` and `sector` name; its errors are printed, exit 1."""
    from cyberex.cli.loading import check_values, locate, make_ready
    from cyberex.cli.printing import complain
    from cyberex.problems import render_text

    found = locate(argument, sector)
    if len(found) > 1:
        raise UserError(
            _("'{kit}' has several scenarios: {sectors}.").format(
                kit=argument, sectors=", ".join(item.sector or item.id for item in found)
            ),
            _("Add --sector."),
        )
    ready = make_ready(found[0], overrides=overrides, people=people)
    if has_errors(ready.problems):
        for problem in ready.problems:
            complain(render_text(problem))
        raise typer.Exit(1)
    if ready.scenario is not None:
        check_values(overrides or {}, ready.scenario)
    return ready
