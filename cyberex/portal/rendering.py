"""From a template and values to HTML.

Everything a template is given is escaped; a name it is not given is an error. Templates call `_`
and `ngettext` themselves. Nothing inline: the policy of `guard` would not run it.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from cyberex.i18n import _, language, ngettext
from cyberex.portal.assets import StaticFile
from cyberex.wording.clean import clean

TEMPLATES = Path(__file__).with_name("templates")


class Renderer:
    """Templates of the portal, with the addresses of its static files."""

    def __init__(self, static: Mapping[str, StaticFile]) -> None:
        self._static = static
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_harmless,
        )
        self._environment.globals.update(
            _=_, ngettext=ngettext, static=self.static_url, lang=language
        )
        self._environment.filters["prose"] = prose

    def render(self, template: str, /, **values: Any) -> str:
        return self._environment.get_template(template).render(**values)

    def static_url(self, name: str) -> str:
        """Its address, which changes when it does: browsers may keep it for good."""
        return f"/static/{name}?v={self._static[name].digest}"


def prose(text: str) -> Markup:
    """A text that somebody typed, as paragraphs: blank lines part them, line ends are kept. Nothing
    else of it is markup."""
    paragraphs = [part.strip() for part in clean(text).replace("\r\n", "\n").split("\n\n")]
    return Markup("").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(escape(line) for line in part.split("\n")))
        for part in paragraphs
        if part
    )


def _harmless(value: Any) -> Any:
    """No text turns the writing of a page round, wherever it comes from."""
    return clean(value) if type(value) is str else value
