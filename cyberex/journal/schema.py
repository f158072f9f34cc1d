"""How the file of a journal is laid out and opened. No event is understood here.

At rest a journal is one plain file; while written it is in WAL mode with `-wal` and `-shm` beside.
Never open the file with Python's `open` in a process that may hold it: closing it again would drop
SQLite's own locks on POSIX systems.
"""

import shutil
import sqlite3
import tempfile
from pathlib import Path, PurePath
from urllib.parse import quote

from cyberex.journal.chain import Head
from cyberex.journal.faults import explained, missing, not_a_journal

FORMAT = 1
"""Raised when an older program could no longer write this layout."""

APPLICATION_ID = 0x43594258  # "CYBX"
SUFFIX = ".cyberex"
BUSY_S = 5.0

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE events (
    seq INTEGER PRIMARY KEY, sim_ms INTEGER NOT NULL, wall_at TEXT NOT NULL, name TEXT NOT NULL,
    version INTEGER NOT NULL, cause TEXT NOT NULL, body TEXT NOT NULL, request TEXT,
    hash TEXT NOT NULL
);
CREATE TABLE texts (ref TEXT PRIMARY KEY, salt BLOB NOT NULL, text TEXT NOT NULL);
CREATE TABLE people (
    id TEXT PRIMARY KEY, function TEXT NOT NULL, cell TEXT NOT NULL, role TEXT NOT NULL,
    task TEXT NOT NULL, voice TEXT NOT NULL, name TEXT NOT NULL, phone TEXT NOT NULL,
    mobile TEXT NOT NULL, email TEXT NOT NULL, stand_in TEXT NOT NULL, "where" TEXT NOT NULL
);
CREATE TABLE clock (id INTEGER PRIMARY KEY CHECK (id = 1), sim_ms INTEGER NOT NULL,
    wall_at TEXT NOT NULL);
CREATE TABLE head (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL,
    hash TEXT NOT NULL);
CREATE TABLE writer (id INTEGER PRIMARY KEY CHECK (id = 1), holder TEXT NOT NULL);
"""

# The third one also stops INSERT OR REPLACE, which deletes without firing the second.
TRIGGERS = """
CREATE TRIGGER IF NOT EXISTS events_are_never_changed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER IF NOT EXISTS events_are_never_deleted BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
CREATE TRIGGER IF NOT EXISTS events_are_only_appended BEFORE INSERT ON events
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM events)
BEGIN SELECT RAISE(ABORT, 'events are only appended'); END;
"""


def uri(absolute: PurePath, parameters: str) -> str:
    """SQLite's name for an absolute path; drive letters and network shares included."""
    # A name that is no Unicode (a stick from another system) keeps its bytes.
    quoted = quote(absolute.as_posix().encode("utf-8", "surrogateescape"), safe="/:")
    slashes = "" if quoted.startswith("/") else "/"
    return f"file://{slashes}{quoted}?{parameters}"


def connect(path: Path, parameters: str) -> sqlite3.Connection:
    # Transactions are opened by hand, and commits run in another thread than the one that opens.
    return sqlite3.connect(
        uri(path.absolute(), parameters),
        uri=True,
        timeout=BUSY_S,
        isolation_level=None,
        check_same_thread=False,
    )


def prepare_for_writing(db: sqlite3.Connection) -> None:
    """Each commit durable when it returns; what is deleted is overwritten."""
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA secure_delete = ON")
    db.execute("PRAGMA temp_store = MEMORY")


def check_identity(db: sqlite3.Connection, path: Path) -> dict[str, str]:
    """The `meta` table. JournalError if this is no journal."""
    (application,) = db.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        raise not_a_journal(path)
    return {str(key): str(value) for key, value in db.execute("SELECT key, value FROM meta")}


def read_head(db: sqlite3.Connection) -> Head | None:
    """Where the last commit said that the chain ends; None if the row was taken away."""
    row = db.execute("SELECT seq, hash FROM head").fetchone()
    return Head(*row) if row else None


class ReadConnection:
    """A connection that only reads; `close` also removes the copy that it may have needed."""

    def __init__(self, path: Path) -> None:
        """JournalError if there is no file, or none that SQLite can read."""
        self._copy: tempfile.TemporaryDirectory[str] | None = None
        if not path.exists():
            raise missing(path)
        if not path.is_file():
            raise not_a_journal(path)
        try:
            self.db = self._opened(path)
        except (sqlite3.Error, OSError) as error:
            self._remove_copy()
            raise explained(error, path) from error

    def _opened(self, path: Path) -> sqlite3.Connection:
        try:
            return _checked(connect(path, "mode=ro"))
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in (
                sqlite3.SQLITE_CANTOPEN,
                sqlite3.SQLITE_READONLY,
            ):
                raise
        # In WAL mode and in a folder that cannot be written: SQLite lacks its shared memory.
        wal = path.with_name(path.name + "-wal")
        if not wal.exists() or wal.stat().st_size == 0:
            return _checked(connect(path, "mode=ro&immutable=1"))
        self._copy = tempfile.TemporaryDirectory(prefix="cyberex-")
        copied = Path(self._copy.name) / "journal"
        shutil.copyfile(path, copied)
        shutil.copyfile(wal, copied.with_name("journal-wal"))
        return _checked(connect(copied, "mode=rw"))

    def close(self) -> None:
        self.db.close()
        self._remove_copy()

    def _remove_copy(self) -> None:
        if self._copy is not None:
            self._copy.cleanup()
            self._copy = None


def _checked(db: sqlite3.Connection) -> sqlite3.Connection:
    """`db`, once it has really read something (opening alone reads nothing)."""
    try:
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        db.close()
        raise
    return db
