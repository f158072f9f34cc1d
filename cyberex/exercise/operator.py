"""What somebody who plays alone, a script or a simulated director, is asked by the exercise.

It is asked between two instants, before exercise time moves, so that what it does falls on the
same exercise millisecond at every speed. Like any client it only sees what was recorded and only
gives requests.
"""

from typing import Protocol

from cyberex.engine.engine import Refused
from cyberex.facts.model import Recorded, Request


class Operator(Protocol):
    """`finished`: it wants nothing more; the exercise's `run` ends."""

    finished: bool

    def see(self, recorded: tuple[Recorded, ...]) -> None:
        """A transaction was recorded."""

    def next_ms(self) -> int | None:
        """The exercise instant of its next wish; None if none depends on exercise time."""

    def next_wall_s(self) -> float | None:
        """The monotonic instant of its next wish; None if none depends on wall time."""

    def wish(self, sim_ms: int, wall_s: float) -> Request | None:
        """What it asks for now; None if nothing. Asked again until it answers None."""

    def refused(self, request: Request, refusal: Refused) -> None:
        """The engine refused its last wish."""
