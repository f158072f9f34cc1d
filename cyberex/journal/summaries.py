"""Which exercises does a folder hold? A line for each journal, quick, whatever state it is in."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cyberex.journal.faults import JournalError, corrupted, explained
from cyberex.journal.schema import SUFFIX, ReadConnection, check_identity

STATES: Mapping[str, str] = {
    "exercise.created": "ready",
    "exercise.started": "briefing",
    "exercise.debex_given": "play",
    "exercise.finex_given": "debrief",
    "exercise.closed": "closed",
}
"""The state that each of these events leads to; pause and real stop lie over them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalSummary:
    """One journal of a list. With a `problem` (a sentence for the operator) the rest is blank.

    `last_sim_ms` is the later of the clock and the last event; `created_wall` as recorded.
    """

    path: Path
    exercise: str = ""
    title: str = ""
    created_wall: str = ""
    last_sim_ms: int = 0
    state: str = ""
    rehearsal: bool = False
    problem: str = ""


def summaries(folder: Path) -> list[JournalSummary]:
    """Every journal of `folder`, last created first; [] if there is no such folder. Never raises:
    what cannot be read says so in `problem`, at the end of the list."""
    try:
        paths = sorted(path for path in Path(folder).iterdir() if path.suffix == SUFFIX)
    except OSError:
        return []
    found = [summary(path) for path in paths]
    return sorted(found, key=lambda one: (not one.problem, one.created_wall), reverse=True)


def summary(path: Path) -> JournalSummary:
    """The line of one journal. Never raises."""
    try:
        reading = ReadConnection(path)
    except JournalError as error:
        return JournalSummary(path=path, problem=str(error))
    try:
        check_identity(reading.db, path)
        return _read(path, reading.db)
    except JournalError as error:
        return JournalSummary(path=path, problem=str(error))
    except sqlite3.Error as error:
        return JournalSummary(path=path, problem=str(explained(error, path)))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return JournalSummary(path=path, problem=str(corrupted(path, "exercise.created")))
    finally:
        reading.close()


def _read(path: Path, db: sqlite3.Connection) -> JournalSummary:
    # Plain JSON, not the codec: a journal of another version can still be listed.
    created: dict[str, Any] = json.loads(_one(db, "SELECT body FROM events WHERE seq = 1"))
    marks = ", ".join("?" for _name in STATES)
    state = _one(
        db,
        f"SELECT name FROM events WHERE name IN ({marks}) ORDER BY seq DESC LIMIT 1",
        *STATES,
    )
    last_event = int(_one(db, "SELECT sim_ms FROM events ORDER BY seq DESC LIMIT 1"))
    return JournalSummary(
        path=path,
        exercise=str(created["exercise"]),
        title=str(created["scenario"].get("title", "")),
        created_wall=datetime.fromisoformat(created["created_wall"]).isoformat(),
        last_sim_ms=max(last_event, int(_one(db, "SELECT sim_ms FROM clock"))),
        state=STATES[state],
        rehearsal=bool(created.get("rehearsal", False)),
    )


def _one(db: sqlite3.Connection, query: str, *values: str) -> Any:
    row = db.execute(query, values).fetchone()
    if row is None:
        raise ValueError(query)
    return row[0]
