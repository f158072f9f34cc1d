"""How a journal comes into being, and what is checked before one is written again."""

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path

from cyberex.facts.exercise_events import ExerciseCreated
from cyberex.facts.model import Batch
from cyberex.facts.people import Person
from cyberex.journal.chain import COLUMNS, START, Head, Row, follows, rows_of
from cyberex.journal.faults import corrupted, explained, newer
from cyberex.journal.reader import PERSON_COLUMNS, quoted
from cyberex.journal.schema import (
    APPLICATION_ID,
    FORMAT,
    TABLES,
    TRIGGERS,
    check_identity,
    connect,
    read_head,
)
from cyberex.journal.writing import Texts, write

CHECKED_AT_OPEN = 20


def build(
    path: Path,
    first: ExerciseCreated,
    batch: Batch,
    wall_at: str,
    people: Sequence[Person],
    texts: Texts,
) -> None:
    """Make the file under another name first, so that a half-made journal never has this one."""
    part = path.with_name(path.name + ".part")
    try:
        # What a killed creation left: SQLite would take the old side file for the new one's.
        remove(part)
        db = connect(part, "mode=rwc")
        try:
            db.execute("PRAGMA synchronous = FULL")
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.executescript(f"BEGIN; {TABLES} {TRIGGERS}")
            meta = {"format": FORMAT, "program": first.program, "rules": first.rules}
            db.executemany("INSERT INTO meta VALUES (?, ?)", list(meta.items()))
            db.execute("INSERT INTO clock VALUES (1, ?, ?)", (batch.sim_ms, wall_at))
            db.execute("INSERT INTO head VALUES (1, ?, ?)", START)
            marks = ", ".join("?" for _column in PERSON_COLUMNS)
            db.executemany(
                f"INSERT INTO people ({quoted(PERSON_COLUMNS)}) VALUES ({marks})",
                [astuple(person) for person in people],
            )
            write(db, batch, rows_of(batch, wall_at, START), texts)
            db.execute("COMMIT")
        finally:
            db.close()
        part.rename(path)
    except (sqlite3.Error, OSError) as error:
        raise explained(error, path) from error
    finally:
        with suppress(OSError):
            remove(part)


def remove(path: Path) -> None:
    """The file and what SQLite keeps beside it."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def in_the_way(path: Path) -> Path | None:
    """What already stands where a journal is to be created: it, or what one that was moved away
    left beside it, which SQLite would mix with the new one."""
    for suffix in ("", "-wal", "-journal"):
        found = path.with_name(path.name + suffix)
        if found.exists() and (not suffix or found.stat().st_size > 0):
            return found
    return None


def checked_head(db: sqlite3.Connection, path: Path) -> Head:
    """Where to go on. JournalError if the file may not be written or its end is not whole."""
    meta = check_identity(db, path)
    written = meta.get("format", "")
    if written not in map(str, range(1, FORMAT + 1)):
        raise newer(path, written)
    (integrity,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if integrity != "ok":
        raise corrupted(path, str(integrity))
    last = [
        Row(*row)
        for row in db.execute(
            f"SELECT {COLUMNS} FROM events ORDER BY seq DESC LIMIT {CHECKED_AT_OPEN}"
        )
    ]
    head = read_head(db)
    if not last or head != Head(last[0].seq, last[0].hash):
        raise corrupted(path, "its end was cut or changed")
    for row, before in zip(last, [*last[1:], None], strict=True):
        if before is None and row.seq != 1:
            break
        if not follows(before.hash if before else START.hash, row):
            raise corrupted(path, f"event {row.seq} was changed")
    return head
