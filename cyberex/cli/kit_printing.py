"""`print`: every document of a kit, for a facility's exercise folder or with places to complete."""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cyberex.cli.printing import complain, say
from cyberex.errors import UserError
from cyberex.i18n import _

if TYPE_CHECKING:
    from cyberex.cli.loading import Ready

NEEDED = ("typst", "docx", "pptx", "xlsxwriter")
NOTED = "kit"

What = Annotated[
    str, typer.Argument(metavar="KIT|FOLDER", help=_("a kit, a scenario or an exercise folder"))
]
To = Annotated[Path, typer.Option("--to", help=_("the folder to write into"))]
Sector = Annotated[str | None, typer.Option("--sector", help=_("es or esms"))]


def print_kit(what: What, to: To, sector: Sector = None) -> None:
    """Write every document of a kit: animator's, participants', communication."""
    from cyberex.cli.authoring import ready_or_exit
    from cyberex.cli.playing import sector_asked

    _need_libraries()
    ready = ready_or_exit(what, sector or sector_asked(what))
    if ready.plan is None:
        raise typer.Exit(1)
    _print(ready, to)


def _need_libraries() -> None:
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise UserError(
            _("printing needs libraries that are not installed: {names}.").format(
                names=", ".join(missing)
            ),
            _("Install them: pip install cyberex[print]"),
        )


def _print(ready: "Ready", to: Path) -> None:
    from cyberex.cli.kit_sources import edition_of, kit_sources
    from cyberex.documents.kit.edition import old_duties
    from cyberex.documents.kit.writing import write_kit
    from cyberex.exercise.clocks import SystemClocks
    from cyberex.scenario.facility.printed import note_printed

    now = SystemClocks().room()
    texts, data = kit_sources(ready)
    edition = edition_of(ready, texts, data, now)
    old = old_duties(data, now)
    if old:
        complain(
            _("warning: these duties were last checked over 12 months ago: {duties}").format(
                duties=", ".join(old)
            )
        )
    for path in write_kit(texts, edition, to):
        say(str(path))
    if ready.found.exercise is not None:
        note_printed(ready.found.exercise.parent, NOTED, now.isoformat(timespec="seconds"))
    else:
        complain(
            _("A kit alone has places to complete: cyberex prepare makes an exercise folder of it.")
        )
