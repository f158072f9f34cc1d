"""Which texts do events and commands refer to? Pure."""

from collections.abc import Hashable, Iterable, Sequence
from typing import cast

from cyberex.facts.codec import text_fields
from cyberex.facts.exercise_events import TextErased
from cyberex.facts.model import Command, Event, Request, TextRef


def mentioned(events: Sequence[Event], request: Request | None) -> list[TextRef]:
    """The texts that must be kept for these, in order; those that are being erased are not."""
    facts: list[Event | Command] = [e for e in events if not isinstance(e, TextErased)]
    if request is not None:
        facts.append(request.command)
    return [ref for fact in facts for ref in _refs(fact) if ref]


def _refs(fact: Event | Command) -> Iterable[TextRef]:
    for name in text_fields(cast(Hashable, type(fact))):
        value = getattr(fact, name)
        yield from value if isinstance(value, tuple) else (value,)
