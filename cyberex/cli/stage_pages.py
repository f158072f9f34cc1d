"""The pages of `stage`: a plan's screens, the declaration forms, the list for the animation."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import typer

from cyberex.cli.places import home
from cyberex.cli.printing import complain
from cyberex.documents.interactive import page_of
from cyberex.documents.interactive_form import Asked, Form, Part, form_page
from cyberex.documents.interactive_list import list_page
from cyberex.documents.interactive_screens import Kind, screens_of
from cyberex.errors import UserError
from cyberex.i18n import _
from cyberex.plan.model import Plan
from cyberex.problems import has_errors, render_text
from cyberex.scenario.declarations import Declaration, load_declarations
from cyberex.scenario.kits import package_roots

FORMS = Path("kits") / "common" / "interactive" / "declarations.yaml"


def pages_of(plan: Plan, shown_as: Sequence[str]) -> dict[str, str]:
    """File name -> page. `shown_as` holds `stimulus=screen`; UserError for what is neither."""
    screens = screens_of(plan, _chosen(plan, shown_as))
    forms = _forms()
    pages = {screen.file: page_of(screen) for screen in screens}
    pages |= {form.file: form_page(form, language=plan.language) for form in forms}
    pages[_("animation-only.html")] = list_page(plan, screens, forms)
    return pages


def _chosen(plan: Plan, settings: Sequence[str]) -> Mapping[str, Kind]:
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


def _forms() -> tuple[Form, ...]:
    """The user's own forms if there are any, else ours; none if neither is there."""
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


def _form(declaration: Declaration) -> Form:
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
