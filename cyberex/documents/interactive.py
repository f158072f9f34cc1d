"""A simulated screen as one HTML page that loads nothing, to open from a file or to be served.

Pure. Each page bears EXERCICE; no text can become markup; the policy lets run only what the page
itself holds. A wall that has a page of its own takes `fragment`, the style and the script.
"""

import base64
import hashlib

from cyberex.documents.interactive_pages import DRAWN
from cyberex.documents.interactive_screens import Kind, Screen
from cyberex.documents.interactive_style import COUNTDOWN, STYLE
from cyberex.documents.interactive_text import MARK
from cyberex.documents.markup import Markup, element, joined, void
from cyberex.i18n import _


def page_of(screen: Screen) -> str:
    """The page, whole, to be opened from a file."""
    scripts = (COUNTDOWN,) if screen.term_s is not None and screen.kind is Kind.RANSOM else ()
    return page(
        title=kind_title(screen.kind),
        body=joined(fragment(screen)),
        classes=_classes(screen.kind),
        language=screen.language,
        scripts=scripts,
    )


def fragment(screen: Screen) -> Markup:
    """What the page shows below its mark."""
    return DRAWN[screen.kind](screen)


def page(
    *, title: str, body: Markup, classes: str, language: str, scripts: tuple[str, ...] = ()
) -> str:
    """A page that loads nothing and lets run only the scripts given."""
    head = element(
        "head",
        void("meta", charset="utf-8"),
        void("meta", http_equiv="Content-Security-Policy", content=policy(scripts)),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        void("meta", name="referrer", content="no-referrer"),
        element("title", f"{MARK} – {title}"),
        element("style", Markup(STYLE)),
    )
    content = element(
        "body", band(), body, *(element("script", Markup(text)) for text in scripts), class_=classes
    )
    return f"<!DOCTYPE html>\n{element('html', head, content, lang=language)}\n"


def band() -> Markup:
    """The mark that every screen bears, all the time."""
    return element(
        "p",
        element("strong", f"{MARK} {MARK} {MARK}"),
        element("span", _("Crisis exercise: nothing of this is real.")),
        class_="exercise",
    )


def policy(scripts: tuple[str, ...] = ()) -> str:
    """Nothing from outside, nothing sent; the style and the scripts by their digest."""
    allowed = " ".join(_digest(text) for text in scripts) or "'none'"
    return (
        f"default-src 'none'; style-src {_digest(STYLE)}; script-src {allowed}; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def kind_title(kind: Kind) -> str:
    return {
        Kind.RANSOM: _("Screen with a countdown"),
        Kind.THREAT: _("Threat page, printed"),
        Kind.TV: _("Television"),
        Kind.NEWSPAPER: _("Front page"),
        Kind.POSTS: _("Social network"),
        Kind.SMS: _("Text message"),
        Kind.EMAIL: _("Mail"),
        Kind.NOTE: _("Document"),
    }[kind]


def _classes(kind: Kind) -> str:
    return {Kind.THREAT: "sheet threat", Kind.NOTE: "sheet"}.get(kind, kind.value)
