"""Texts that people typed: named by a salted digest in commands, kept beside the journal's chain.

The engine and the views never read them, so one can be erased without breaking the game.
"""

from collections.abc import Callable, Mapping

from cyberex.facts.model import Request, TextRef
from cyberex.i18n import _
from cyberex.journal.chain import salted, storable
from cyberex.journal.mentions import mentioned

Salted = tuple[bytes, str]


class Sayings:
    """What was said and by which reference; `kept` reads the journal's side table."""

    def __init__(self, kept: Callable[[TextRef], str | None]) -> None:
        self._kept = kept
        self._said: dict[TextRef, Salted] = {}

    def say(self, text: str, salt: bytes | None = None) -> TextRef:
        """A reference to `text`, stored with the command that will carry it; "" for nothing.

        The salt is drawn, so that a digest tells nothing once its text is erased. A script gives
        its own, so that the same script gives the same events.
        """
        if not text:
            return TextRef("")
        ref, salt = salted(text, salt)
        self._said[ref] = (salt, storable(text))
        return ref

    def carried_by(self, request: Request) -> Mapping[TextRef, Salted]:
        """The texts of `request` that were said here; the journal keeps the others already.
        ValueError for a reference that nobody said."""
        new = {}
        for ref in mentioned((), request):
            if ref in self._said:
                new[ref] = self._said[ref]
            elif self._kept(ref) is None:
                raise ValueError(f"nobody said {ref!r}: texts go through say()")
        return new

    def text(self, ref: TextRef) -> str:
        """The text; "" where nothing was said, a word in brackets where it was erased."""
        if not ref:
            return ""
        if ref in self._said:
            return self._said[ref][1]
        kept = self._kept(ref)
        return _("[erased]") if kept is None else kept
