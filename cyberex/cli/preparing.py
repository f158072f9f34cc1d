"""`prepare`: make a kit the facility's own exercise, in a folder of its own."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cyberex.cli.printing import complain, say
from cyberex.errors import UserError
from cyberex.i18n import _, ngettext
from cyberex.problems import has_errors, render_text

if TYPE_CHECKING:
    from cyberex.scenario.kits import Found
    from cyberex.scenario.models import Scenario

NOTICE = "notice.txt"


def prepare(
    what: Annotated[str, typer.Argument(metavar="KIT|FOLDER", help=_("a kit or a scenario"))],
    to: Annotated[
        Path | None, typer.Option("--to", help=_("the folder to make, new or empty"))
    ] = None,
    sector: Annotated[str | None, typer.Option("--sector", help=_("es or esms"))] = None,
    notice_only: Annotated[
        bool,
        typer.Option("--notice", help=_("write the data notice of a prepared folder again")),
    ] = False,
) -> None:
    """Make a kit the facility's own exercise: people, rooms, lines, voices, scenario."""
    if notice_only:
        say(str(write_notice(Path(what))))
        return
    if to is None:
        raise UserError(_("where must the exercise folder be made?"), _("Add --to FOLDER."))
    from cyberex.cli.playing import sector_asked

    _refuse_to_overwrite(to)
    found = _one(what, sector or sector_asked(what))
    scenario, files = _drafted(found, to)
    _write(to, found, scenario, files)
    write_notice(to)
    _tell(to)


def _refuse_to_overwrite(folder: Path) -> None:
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise UserError(
            _("'{folder}' already holds something, and nothing is ever overwritten.").format(
                folder=folder
            ),
            _("Give the name of a new folder."),
        )


def _one(what: str, sector: str | None) -> "Found":
    from cyberex.cli.loading import locate

    found = locate(what, sector)
    if len(found) > 1:
        raise UserError(
            _("'{kit}' has several scenarios: {sectors}.").format(
                kit=what, sectors=", ".join(item.sector or item.id for item in found)
            ),
            _("Add --sector."),
        )
    if found[0].exercise is not None:
        raise UserError(
            _("'{folder}' is an exercise already prepared.").format(folder=what),
            _("Copy its folder to make another one."),
        )
    return found[0]


def _drafted(found: "Found", to: Path) -> tuple["Scenario", Mapping[str, str]]:
    """The scenario as the kit has it, and the files to write; the kit's mistakes exit 1."""
    from cyberex.scenario.facility.draft import drafted
    from cyberex.scenario.facility.printed import file_digest
    from cyberex.scenario.load import load_people, load_scenario

    loaded = load_scenario(found.path)
    people = load_people(found.people, scenario=loaded.scenario) if found.people else None
    problems = [*loaded.problems, *(people.problems if people else ())]
    if loaded.scenario is None or has_errors(problems):
        for problem in problems:
            complain(render_text(problem))
        raise typer.Exit(1)
    files = drafted(
        loaded.scenario,
        people.value if people else None,
        folder=str(to),
        kit=found.kit.parent.name if found.kit else None,
        digest=file_digest(found.path),
    )
    return loaded.scenario, files


def _write(to: Path, found: "Found", scenario: "Scenario", files: Mapping[str, str]) -> None:
    from cyberex.scenario.facility.folder import SCENARIO

    try:
        to.mkdir(parents=True, exist_ok=True)
        # Byte for byte: the author's comments stay.
        shutil.copyfile(found.path, to / SCENARIO)
        for name in _attached(scenario):
            source = found.path.parent / name
            if source.is_file():
                (to / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, to / name)
        for name, text in files.items():
            # Notepad on an old Windows needs a mark to read accents in a text file.
            encoding = "utf-8-sig" if name.endswith(".txt") else "utf-8"
            (to / name).write_text(text, encoding=encoding)
    except OSError as error:
        raise _cannot_write(to, error) from error


def _attached(scenario: "Scenario") -> list[str]:
    items = (*scenario.stimuli, *scenario.reserve)
    return [part.file for item in items for part in item.attachments if part.file]


def _cannot_write(path: Path, error: OSError) -> UserError:
    return UserError(
        _("cannot write '{path}': {reason}").format(path=path, reason=error.strerror or error),
        _("Check the rights and the space left."),
    )


def write_notice(folder: Path) -> Path:
    """Write the data notice of the folder from its settings. UserError if they cannot be read."""
    from cyberex.scenario.facility.folder import EXERCISE
    from cyberex.scenario.facility.model import Facility
    from cyberex.scenario.facility.notice import notice
    from cyberex.scenario.typed import read_model

    reading = read_model(folder / EXERCISE, Facility)
    if reading.value is None:
        raise UserError(
            _("'{path}' has mistakes: the notice is not written.").format(path=folder / EXERCISE),
            _("Run cyberex check on the folder."),
        )
    path = folder / NOTICE
    try:
        path.write_text(notice(reading.value), encoding="utf-8-sig")
    except OSError as error:
        raise _cannot_write(path, error) from error
    return path


def _tell(folder: Path) -> None:
    from cyberex.scenario.facility.folder import EXERCISE, PEOPLE

    left = {name: places_left(folder / name) for name in (EXERCISE, PEOPLE)}
    say(_("The exercise folder is ready to be filled in: {folder}").format(folder=folder))
    count = sum(left.values())
    say(
        ngettext(
            "{count} place to complete ({files}). Read LISEZMOI.txt, then: cyberex check {folder}",
            "{count} places to complete ({files}). Read LISEZMOI.txt, then: cyberex check {folder}",
            count,
        ).format(
            count=count,
            files=", ".join(f"{name}: {number}" for name, number in left.items()),
            folder=folder,
        )
    )


def places_left(path: Path) -> int:
    """How many lines of a file are still to complete; those in comment are offers, not asked."""
    from cyberex.scenario.people import PLACEHOLDER

    if not path.is_file():
        return 0
    lines = path.read_text("utf-8").splitlines()
    return sum(PLACEHOLDER in line and not line.lstrip().startswith("#") for line in lines)
