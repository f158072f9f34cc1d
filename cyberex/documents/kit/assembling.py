"""From a kit text and an edition to one document, its variables and blocks put in."""

from cyberex.documents.kit.colour import readable
from cyberex.documents.kit.dynamic import block
from cyberex.documents.kit.edition import Edition, variables_of
from cyberex.documents.kit.markdown import nodes_of, spans_of
from cyberex.documents.kit.nodes import Heading, said
from cyberex.documents.kit.page import Page
from cyberex.documents.kit.texts import KitText
from cyberex.documents.sheets_print import slug
from cyberex.i18n import _, language
from cyberex.wording.clean import clean_line

POSTERS = frozenset(["poster", "room-card"])
"""The texts that are read from afar: their letters fill the page."""

FILE_LETTERS = 60
# No file name ends on one of them.
_LITTLE = frozenset(
    ["a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "s", "un", "une",
     "y", "and", "of", "the", "to"]
)  # fmt: skip


def page_of_text(text: KitText, edition: Edition, footer: str = "") -> Page:
    """The document; `footer` stands on each of its pages.

    The first heading of the text, if it is a big one, is the document's own.
    """
    values = variables_of(edition)
    nodes = nodes_of(text.body_for(edition.plan.sector), values, lambda name: block(edition, name))
    title = clean_line(said(spans_of(text.title, values)))
    heading = spans_of(text.title, values)
    if nodes and isinstance(nodes[0], Heading) and nodes[0].level == 1:
        heading, nodes = nodes[0].text, nodes[1:]
    return Page(
        name=f"{text.order:02}-{file_words(title) or slug(text.id) or 'document'}",
        title=title,
        heading=heading,
        nodes=nodes,
        language=language(),
        mark=edition.game.mark,
        audience=" · ".join(filter(None, (_template_words(edition), audience_words(text.readers)))),
        author=clean_line(edition.particulars.structure),
        exercise=edition.exercise,
        footer=footer,
        logo=edition.particulars.logo,
        poster=text.id in POSTERS,
        accent=readable(edition.particulars.colour) if edition.particulars.colour else "",
    )


def file_words(title: str) -> str:
    """The title as part of a file name, cut between two words, after one that means something."""
    words = slug(title, FILE_LETTERS + 1).split("-")
    cut = len("-".join(words)) > FILE_LETTERS
    while len(words) > 1 and (cut or words[-1] in _LITTLE):
        words.pop()
        cut = False
    return "-".join(words)


def audience_words(readers: str) -> str:
    """Who may read it, as the top of each page says; "" where everybody may."""
    return {
        "animation": _("For the animation only"),
        "players": _("For players"),
        "observers": _("For observers and the animation"),
    }.get(readers, "")


def _template_words(edition: Edition) -> str:
    """A kit without a facility is a model: each of its pages says so."""
    return "" if edition.own else _("Template to be completed")
