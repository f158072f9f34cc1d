"""How rows and texts enter the tables, inside a transaction that somebody else holds."""

import sqlite3
from collections.abc import Mapping, Sequence

from cyberex.facts.model import Batch, TextRef
from cyberex.journal.chain import COLUMNS, Row, salted, storable
from cyberex.journal.mentions import mentioned

Texts = Mapping[TextRef, tuple[bytes, str]]
"""Each text by the name that events give it, with its salt."""

NO_TEXTS: Texts = {}


def write(db: sqlite3.Connection, batch: Batch, rows: Sequence[Row], texts: Texts) -> None:
    """Add the rows of `batch` and the texts. ValueError (a bug): a text is missing or misnamed."""
    for ref, (salt, text) in texts.items():
        if salted(text, salt)[0] != ref:
            raise ValueError(f"{ref} does not name the text given for it")
        db.execute(
            "INSERT INTO texts VALUES (?, ?, ?) ON CONFLICT (ref) DO NOTHING",
            (ref, salt, storable(text)),
        )
    marks = ", ".join("?" for _field in Row._fields)
    db.executemany(f"INSERT INTO events ({COLUMNS}) VALUES ({marks})", rows)
    if rows:
        db.execute("UPDATE head SET seq = ?, hash = ?", (rows[-1].seq, rows[-1].hash))
    for ref in mentioned(batch.events, batch.request):
        if not _kept(db, ref) and not _erased(db, ref):
            raise ValueError(f"{ref} is mentioned but its text was not given")


def _kept(db: sqlite3.Connection, ref: TextRef) -> bool:
    return db.execute("SELECT 1 FROM texts WHERE ref = ?", (ref,)).fetchone() is not None


def _erased(db: sqlite3.Connection, ref: TextRef) -> bool:
    # An erased text may be named again by what restores an older edit.
    query = "SELECT 1 FROM events WHERE name = 'text.erased' AND instr(body, ?)"
    return db.execute(query, (ref,)).fetchone() is not None
