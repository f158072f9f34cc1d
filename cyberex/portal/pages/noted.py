"""Notes of the log as those who wrote them read them again."""

from dataclasses import dataclass
from datetime import datetime

from cyberex.facts.world_events import NoteAdded
from cyberex.portal.page import Asked
from cyberex.wording import words
from cyberex.wording.clean import clean
from cyberex.wording.names import Names

LATEST = 30


@dataclass(frozen=True, slots=True)
class Noted:
    """`hour` is when it happened (the room's), `kind` its word."""

    hour: str
    kind: str
    cell: str
    text: str


def noted(asked: Asked, names: Names, *, by: str, cell: str = "") -> list[Noted]:
    """What `by` noted (of `cell`, if one is given), the newest first."""
    lines = asked.board.log.search(withdrawn=False, where=lambda line: line.by == by)
    found = [
        Noted(
            room_hour(asked, line.event.about_wall or line.wall_at),
            words.note_kind(line.event.kind),
            names.short_cell(line.cell) if line.cell else "",
            clean(asked.exercise.text(line.event.text)).strip(),
        )
        for line in lines
        if isinstance(line.event, NoteAdded) and cell in ("", line.cell)
    ]
    return found[-LATEST:][::-1]


def room_hour(asked: Asked, wall_at: str) -> str:
    """A recorded instant as the room's clock showed it."""
    zone = asked.portal.clocks.room().tzinfo
    return f"{datetime.fromisoformat(wall_at).astimezone(zone):%H:%M}"
