"""What becomes of a message that is handed over to leave? The same answers whatever the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Protocol

from cyberex.delivery.allowed import Addressee


@dataclass(frozen=True, slots=True)
class Sent:
    """Taken; `refused` are the people whose address was not."""

    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """It did not leave. `code` is stable (`smtp-550`, `timeout`...); `again`: it may yet."""

    code: str
    again: bool


@dataclass(frozen=True, slots=True)
class Uncertain:
    """Nobody knows whether it left."""


Outcome = Sent | Failed | Uncertain


class Transport(Protocol):
    """A way out. It checks the whole message against the directory before anything leaves."""

    async def send(self, message: EmailMessage, to: Sequence[Addressee]) -> Outcome:
        """NotAllowed for somebody outside the directory. Never raises for what a server does."""

    async def close(self) -> None:
        """Leave politely. Twice is harmless."""
