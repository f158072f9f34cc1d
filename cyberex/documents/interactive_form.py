"""A simulated declaration form: the fields of the real one, no emblem, and nothing that sends.

It is filled in on the screen and printed, or printed and filled in by hand.
"""

from dataclasses import dataclass

from cyberex.documents.interactive import page
from cyberex.documents.interactive_style import PRINT
from cyberex.documents.markup import Markup, element, joined, void
from cyberex.i18n import _
from cyberex.wording.clean import clean_line


@dataclass(frozen=True, slots=True)
class Asked:
    """`kind`: line, text, moment, one or many; the last two have `choices`."""

    id: str
    kind: str
    label: str
    help: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Form:
    id: str
    title: str
    lead: str
    parts: tuple[Part, ...]

    @property
    def file(self) -> str:
        return f"form-{self.id}.html"


def form_page(form: Form, *, language: str) -> str:
    """The page, whole, to be opened from a file."""
    return page(
        title=clean_line(form.title),
        body=form_fragment(form),
        classes="form",
        language=language,
        scripts=(PRINT,),
    )


def form_fragment(form: Form) -> Markup:
    """What the page shows below its mark. There is no `form` element: nothing can be sent."""
    return element(
        "main",
        element("h1", clean_line(form.title)),
        element("p", clean_line(form.lead), class_="lead"),
        element("p", _("Nothing is sent from here: print it, hand it to an animator."),
                class_="inside"),
        *(_part(part) for part in form.parts),
        element("button", _("Print"), type="button"),
    )  # fmt: skip


def _part(part: Part) -> Markup:
    return element(
        "fieldset",
        element("legend", clean_line(part.title)),
        *(_field(item) for item in part.asked),
    )


def _field(asked: Asked) -> Markup:
    hint = f"{asked.id}-help" if asked.help else None
    told = element("small", clean_line(asked.help), id=hint) if asked.help else Markup()
    if asked.kind in ("one", "many"):
        return _choices(asked, told, hint)
    box = {
        "text": element("textarea", id=asked.id, rows="3", aria_describedby=hint),
        "moment": _input("datetime-local", asked.id, hint),
    }.get(asked.kind) or _input("text", asked.id, hint)
    label = element("label", clean_line(asked.label), for_=asked.id)
    return element("div", label, told, box, class_="field")


def _input(kind: str, name: str, hint: str | None) -> Markup:
    return void("input", type=kind, id=name, autocomplete="off", aria_describedby=hint)


def _choices(asked: Asked, told: Markup, hint: str | None) -> Markup:
    kind = "radio" if asked.kind == "one" else "checkbox"
    rows = []
    for number, choice in enumerate(asked.choices):
        name = f"{asked.id}-{number}"
        box = void("input", type=kind, id=name, name=asked.id)
        rows.append(
            element("div", box, element("label", clean_line(choice), for_=name), class_="choice")
        )
    label = element("p", clean_line(asked.label), class_="asked", id=f"{asked.id}-label")
    return element(
        "div", label, told, joined(*rows), class_="field",
        role="radiogroup" if asked.kind == "one" else "group",
        aria_labelledby=f"{asked.id}-label", aria_describedby=hint,
    )  # fmt: skip
