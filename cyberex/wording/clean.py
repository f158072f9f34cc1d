"""Texts from authors and players, made harmless: no control, no escape, no turning of the writing.

Whoever renders still escapes what is markup there (a terminal's, HTML, Markdown, a formula).
"""

import unicodedata

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_KEPT = {"\n"}
_UNSHOWN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_JOINERS = {"\u200d", "\u00ad", "\u200b", "\ufeff"}


def clean(text: str) -> str:
    """`text` without what moves a cursor or turns writing round; newlines stay."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\t", "    ")
    return "".join(_harmless(char) for char in text)


def clean_line(text: str) -> str:
    """The same on one line: newlines and runs of spaces become one space."""
    return " ".join(clean(text).split())


def _harmless(char: str) -> str:
    if char in _KEPT or char.isprintable():
        return char
    if char in _JOINERS:
        return ""
    if char in ("\u00a0", "\u202f", "\u2009"):
        return char
    return REPLACEMENT if unicodedata.category(char) in _UNSHOWN else " "
