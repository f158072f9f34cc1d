"""From a template and values to HTML, and the files that pages need, kept in memory.

Everything a template is given is escaped; a name it is not given is an error. Templates call `_`
and `ngettext` themselves. Nothing inline: the policy of `guard` would not run it.
"""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from cyberex.i18n import _, language, ngettext
from cyberex.wording.clean import clean

HERE = Path(__file__).parent
STATIC = HERE / "static"
PAGES_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class StaticFile:
    """`packed` is the same bytes in gzip, b"" where that gains nothing."""

    content: bytes
    packed: bytes
    media_type: str
    digest: str


def static_files() -> Mapping[str, StaticFile]:
    """Every file of `static/`, by name."""
    return {path.name: _static(path) for path in sorted(STATIC.iterdir()) if path.is_file()}


def _static(path: Path) -> StaticFile:
    content = path.read_bytes()
    packed = gzip.compress(content, mtime=0)
    guessed = PAGES_TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "text/plain"
    return StaticFile(
        content,
        packed if len(packed) < len(content) else b"",
        guessed,
        hashlib.sha256(content).hexdigest()[:12],
    )


class Renderer:
    """Templates of the portal, with the addresses of its static files."""

    def __init__(self, static: Mapping[str, StaticFile]) -> None:
        self._static = static
        self._environment = Environment(
            loader=FileSystemLoader(HERE / "templates"),
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
