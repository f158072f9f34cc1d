"""`stage`: the simulated screens of an exercise, as pages to open in a browser or to print."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cyberex.cli.authoring import ready_or_exit
from cyberex.cli.places import home
from cyberex.cli.printing import complain, say
from cyberex.errors import UserError
from cyberex.i18n import _
from cyberex.problems import has_errors, render_text

if TYPE_CHECKING:
    from cyberex.documents.interactive_form import Form
    from cyberex.documents.interactive_screens import Kind
    from cyberex.plan.model import Plan
    from cyberex.scenario.declarations import Declaration

FORMS = Path("kits") / "common" / "interactive" / "declarations.yaml"


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
    from cyberex.documents.interactive import page_of
    from cyberex.documents.interactive_form import form_page
    from cyberex.documents.interactive_list import list_page
    from cyberex.documents.interactive_screens import screens_of

    ready = ready_or_exit(what, sector, overrides=values_of(settings or []))
    if ready.plan is None:
        raise typer.Exit(1)
    plan = ready.plan
    screens = screens_of(plan, _chosen(plan, shown_as or []))
    forms = _forms()
    pages = {screen.file: page_of(screen) for screen in screens}
    pages |= {form.file: form_page(form, language=plan.language) for form in forms}
    pages[_("animation-only.html")] = list_page(plan, screens, forms)
    for path in _write(to, pages):
        say(str(path))


def _chosen(plan: "Plan", settings: Sequence[str]) -> Mapping[str, "Kind"]:
    from cyberex.documents.interactive_screens import Kind

    chosen = {}
    for setting in settings:
        stimulus, _equals, word = setting.partition("=")
        if stimulus not in plan.stimuli or word not in list(Kind):
            raise UserError(
                _("'{setting}' names no stimulus or no screen.").format(setting=setting),
                _("Write --as s16=tv; screens: {kinds}.").format(kinds=", ".join(Kind)),
            )
        chosen[stimulus] = Kind(word)
    return chosen


def _forms() -> tuple["Form", ...]:
    """The user's own forms if there are any, else ours; none if neither is there."""
    from cyberex.scenario.declarations import load_declarations
    from cyberex.scenario.kits import package_roots

    path = next((root / FORMS for root in (home(), *package_roots()) if (root / FORMS).is_file()),
                None)  # fmt: skip
    if path is None:
        return ()
    reading = load_declarations(path)
    if reading.value is None or has_errors(reading.problems):
        for problem in reading.problems:
            complain(render_text(problem))
        raise typer.Exit(1)
    return tuple(_form(declaration) for declaration in reading.value.forms)


def _form(declaration: "Declaration") -> "Form":
    from cyberex.documents.interactive_form import Asked, Form, Part

    parts = tuple(
        Part(
            section.title,
            tuple(
                Asked(field.id, field.kind, field.label, field.help or "", field.choices)
                for field in section.fields
            ),
        )
        for section in declaration.sections
    )
    return Form(declaration.id, declaration.title, declaration.lead or "", parts)


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
