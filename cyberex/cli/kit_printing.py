"""`print`: every document of a kit, for a facility's exercise folder or with places to complete."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cyberex.cli.printing import complain, say
from cyberex.errors import UserError
from cyberex.i18n import DEFAULT_LANGUAGE, _, language, ngettext, set_language
from cyberex.problems import Severity, render_text

if TYPE_CHECKING:
    from cyberex.cli.loading import Ready

NEEDED = ("typst", "docx", "pptx", "xlsxwriter")
NOTED = "kit"
TO_COMPLETE = "placeholder"

What = Annotated[
    str, typer.Argument(metavar="KIT|FOLDER", help=_("a kit, a scenario or an exercise folder"))
]
To = Annotated[Path, typer.Option("--to", help=_("the folder to write into"))]
Sector = Annotated[str | None, typer.Option("--sector", help=_("es or esms"))]


def print_kit(what: What, to: To, sector: Sector = None) -> None:
    """Write every document of a kit: animator's, participants', communication."""
    from cyberex.cli.loading import locate, make_ready
    from cyberex.cli.playing import sector_asked

    _need_libraries()
    found = locate(what, sector or sector_asked(what))
    if len(found) > 1:
        raise UserError(
            _("'{kit}' has several scenarios: {sectors}.").format(
                kit=what, sectors=", ".join(item.sector or item.id for item in found)
            ),
            _("Add --sector."),
        )
    ready = make_ready(found[0])
    _tell_mistakes(ready)
    _print(ready, to)


def _tell_mistakes(ready: "Ready") -> None:
    """Errors stop the printing, but places to complete: invitations leave before all is known."""
    wrong = [
        problem
        for problem in ready.problems
        if problem.severity is Severity.ERROR and problem.code != TO_COMPLETE
    ]
    for problem in wrong:
        complain(render_text(problem))
    if wrong or ready.plan is None:
        raise typer.Exit(1)
    left = sum(problem.code == TO_COMPLETE for problem in ready.problems)
    if left:
        complain(
            ngettext(
                "{count} place to complete, marked on the papers.",
                "{count} places to complete, marked on the papers.",
                left,
            ).format(count=left)
        )


def _need_libraries() -> None:
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise UserError(
            _("printing needs libraries that are not installed: {names}.").format(
                names=", ".join(missing)
            ),
            _("Install them: {command}").format(command=_install_command()),
        )


def _install_command() -> str:
    """With this environment's own Python, and quoted: zsh reads bare brackets as a pattern."""
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    return f'{python or "python"} -m pip install "cyberex[print]"'


def _print(ready: "Ready", to: Path) -> None:
    from cyberex.cli.kit_sources import edition_of, kit_sources
    from cyberex.documents.kit.edition import old_duties
    from cyberex.documents.kit.writing import write_kit
    from cyberex.exercise.clocks import SystemClocks
    from cyberex.scenario.facility.printed import note_printed

    now = SystemClocks().room()
    texts, data = kit_sources(ready)
    old = old_duties(data, now)
    if old:
        complain(
            _("warning: these duties were last checked over 12 months ago: {duties}").format(
                duties=", ".join(old)
            )
        )
    with _speaking(ready.plan.language if ready.plan else DEFAULT_LANGUAGE):
        edition = edition_of(ready, texts, data, now)
        for path in write_kit(texts, edition, to):
            say(str(path))
    if ready.found.exercise is not None:
        note_printed(ready.found.exercise.parent, NOTED, now.isoformat(timespec="seconds"))
    else:
        complain(
            _("A kit alone has places to complete: cyberex prepare makes an exercise folder of it.")
        )


@contextmanager
def _speaking(said: str) -> Iterator[None]:
    """Papers are in the language of the kit's texts, whatever the operator reads."""
    before = language()
    set_language(said)
    try:
        yield
    finally:
        set_language(before)
