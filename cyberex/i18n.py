"""In which language a person reads: English msgids in the code, catalogues beside this module.

Chosen once at start (`set_language`); `_` looks up at each call, so never call it at import.
"""

import gettext
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

DEFAULT_LANGUAGE = "fr"
LANGUAGES = ("fr", "en")
DOMAIN = "cyberex"
LOCALE_DIR = Path(__file__).with_name("locale")

_language = DEFAULT_LANGUAGE


def choose_language(asked: str | None, environ: Mapping[str, str] = os.environ) -> str:
    """The language asked for, else `CYBEREX_LANG`, else French; an unknown one gives French."""
    for candidate in (asked, environ.get("CYBEREX_LANG")):
        if candidate and candidate.lower().split("_")[0].split("-")[0] in LANGUAGES:
            return candidate.lower().split("_")[0].split("-")[0]
    return DEFAULT_LANGUAGE


def set_language(language: str) -> None:
    """Make `language` (one of LANGUAGES) the one that `_` answers in."""
    global _language
    if language not in LANGUAGES:
        raise ValueError(language)
    _language = language


def language() -> str:
    """The language in use."""
    return _language


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    # A missing catalogue must not stop an exercise: English msgids are readable.
    return gettext.translation(DOMAIN, LOCALE_DIR, [language], fallback=True)


def _(message: str) -> str:
    """`message` in the language in use."""
    return _catalogue(_language).gettext(message)


def pgettext(context: str, message: str) -> str:
    """`message` in the language in use, where the same English word has two French ones."""
    return _catalogue(_language).pgettext(context, message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """`singular` or `plural` by `count`, in the language in use."""
    return _catalogue(_language).ngettext(singular, plural, count)
