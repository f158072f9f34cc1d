"""`stage`: the simulated screens of an exercise, as pages to open in a browser or to print."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from cyberex.cli.authoring import ready_or_exit
from cyberex.cli.printing import say
from cyberex.errors import UserError
from cyberex.i18n import _


def stage(
    what: Annotated[
        str,
        typer.Argument(
            metavar="KIT|SCENARIO|FOLDER", help=_("a kit, a file, an id or an exercise folder")
        ),
    ],
    to: Annotated[Path, typer.Option("--to", help=_("the folder to write into"))],
    sector: Annotated[str | None, typer.Option("--sector", help=_("es or esms"))] = None,
    settings: Annotated[
        list[str] | None, typer.Option("--set", help=_("name=value for a variable"))
    ] = None,
    shown_as: Annotated[
        list[str] | None, typer.Option("--as", help=_("stimulus=screen, instead of ours"))
    ] = None,
) -> None:
    """Write the screens, papers and forms that players are shown, each marked EXERCICE."""
    from cyberex.cli.loading import values_of
    from cyberex.cli.stage_pages import pages_of

    ready = ready_or_exit(what, sector, overrides=values_of(settings or []))
    if ready.plan is None:
        raise typer.Exit(1)
    pages = pages_of(ready.plan, shown_as or [])
    for path in _write(to, pages):
        say(str(path))


def _write(folder: Path, pages: Mapping[str, str]) -> list[Path]:
    """All of them or none: a folder that holds one of these names already is refused."""
    paths = [folder / name for name in pages]
    there = next((path for path in paths if path.exists()), None)
    if there is not None:
        raise UserError(
            _("'{path}' is there already, and nothing is ever overwritten.").format(path=there),
            _("Choose another folder with --to."),
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in zip(paths, pages.values(), strict=True):
            path.write_text(text, encoding="utf-8", errors="replace", newline="\n")
    except OSError as error:
        raise UserError(
            _("'{path}' cannot be written: {reason}.").format(
                path=folder, reason=error.strerror or error
            ),
            _("Choose another folder with --to."),
        ) from error
    return paths
