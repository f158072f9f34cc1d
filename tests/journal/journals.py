"""Journals for these tests: the smallest that show something."""

import sqlite3
from contextlib import closing
from pathlib import Path

from cyberex.facts.commands import AddNote
from cyberex.facts.exercise_events import DebexGiven, ExerciseCreated
from cyberex.facts.model import CLOCK, Batch, NoteKind, Request, TextRef
from cyberex.facts.people import Person
from cyberex.facts.world_events import NoteAdded
from cyberex.journal.chain import salted
from cyberex.journal.store import Journal

WALL = "2026-03-10T09:00:00Z"
PEOPLE = (
    Person(
        id="p1",
        function="Directrice",
        name="Zoé Désormeaux-Quintard",
        phone="0199887766",
        mobile="0699887755",
        email="zoe.quintard@hopital.example",
        stand_in="p2",
        where="on_site",
    ),
    Person(id="p2", function="DSI", name="Ulysse Vraincourt", phone="0155443322"),
)
SAID = "Le pharmacien Barnabé refuse la procédure dégradée"


def created(title: str = "Panne générale") -> ExerciseCreated:
    return ExerciseCreated(
        exercise="es-1",
        scenario={"title": title, "accents": "éàç"},
        source="scenarios/es-1",
        seed=7,
        program="0.1",
        rules=1,
        created_wall="2026-03-10T10:00:00+01:00",
    )


def new_journal(folder: Path, name: str = "exercice d'été.cyberex") -> Journal:
    return Journal.create(folder / name, created(), wall_at=WALL, people=PEOPLE)


def note(text: str, number: int = 1) -> tuple[Batch, dict[TextRef, tuple[bytes, str]]]:
    """A director's note, as the exercise room would hand it over."""
    ref, salt = salted(text, bytes([number % 256]) * 16)
    request = Request(f"r{number}", "director", "console", AddNote(text=ref))
    event = NoteAdded(note=f"n{number}", text=ref, kind=NoteKind.FACT)
    return Batch(number * 1000, request.id, (event,), request), {ref: (salt, text)}


def add_note(journal: Journal, text: str, number: int = 1) -> TextRef:
    batch, texts = note(text, number)
    journal.append(batch, WALL, texts)
    return next(iter(texts))


def three_events(folder: Path) -> Path:
    """A closed journal: created, DEBEX, a note."""
    with new_journal(folder) as journal:
        journal.append(Batch(0, CLOCK, (DebexGiven(startex="2026-03-10T09:00:00"),)), WALL)
        add_note(journal, SAID)
    return journal.path


def tamper(path: Path, *statements: str) -> None:
    """What somebody with a database tool would do: take the triggers off, then write."""
    with closing(sqlite3.connect(path)) as db:
        for (trigger,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            db.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            db.execute(statement)
        db.commit()
