"""The list of the screens, for the animation: which to open when, and at which hour."""

from collections.abc import Iterator

from cyberex.documents.interactive import kind_title, page
from cyberex.documents.interactive_form import Form
from cyberex.documents.interactive_screens import Screen
from cyberex.documents.markup import Markup, element
from cyberex.i18n import _
from cyberex.plan.model import Plan
from cyberex.times import format_t
from cyberex.wording.clean import clean_line


def list_page(plan: Plan, screens: tuple[Screen, ...], forms: tuple[Form, ...]) -> str:
    """A page of links; it tells the story, so it says that players must not see it."""
    title = _("Screens of the exercise")
    columns = (_("When"), _("Stimulus"), _("Screen"))
    head = element("tr", *(element("th", name, scope="col") for name in columns))
    table = element(
        "table", element("thead", head), element("tbody", *_rows(plan, screens), *_forms(forms))
    )
    main = element(
        "main",
        element("h1", f"{title} – {clean_line(plan.title)}"),
        element("p", _("For the animation only: it tells what will happen."), class_="inside"),
        table,
    )
    return page(title=title, body=main, classes="list", language=plan.language)


def _rows(plan: Plan, screens: tuple[Screen, ...]) -> Iterator[Markup]:
    for screen in screens:
        window = plan.stimuli[screen.id].window
        if window is None:
            when = _("reserve")
        elif window.at_ms is None:
            when = _("on a condition")
        else:
            when = format_t(window.at_ms)
        yield _row(when, f"{screen.id}  {screen.title}", kind_title(screen.kind), screen.file)


def _forms(forms: tuple[Form, ...]) -> Iterator[Markup]:
    for form in forms:
        yield _row(_("when asked for"), clean_line(form.title), _("Form"), form.file)


def _row(when: str, subject: str, link: str, file: str) -> Markup:
    return element(
        "tr",
        element("td", when),
        element("th", subject, scope="row"),
        element("td", element("a", link, href=file)),
    )
