"""Write a journal: the only module that adds events. One call, one transaction, durable on return.

Nothing here knows what an event means; time is always handed in.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

from cyberex.facts.exercise_events import ExerciseCreated
from cyberex.facts.model import Batch, Event, Recorded
from cyberex.facts.people import Person
from cyberex.journal.chain import Head, rows_of
from cyberex.journal.faults import exists, explained, missing, not_a_journal
from cyberex.journal.lock import JournalLock, me
from cyberex.journal.opening import build, checked_head, in_the_way, remove
from cyberex.journal.schema import TRIGGERS, connect, prepare_for_writing, read_head
from cyberex.journal.writing import NO_TEXTS, Texts, write

CREATION = "create"
"""Cause of the first event."""


class Journal:
    """The one writer of a journal. Methods may be called from any thread, one at a time."""

    def __init__(self, path: Path, db: sqlite3.Connection, lock: JournalLock, head: Head) -> None:
        self.path = path
        self._db = db
        self._lock = lock
        self._head = head
        self._one_at_a_time = threading.RLock()
        self._closed = False

    @classmethod
    def create(
        cls,
        path: Path,
        first: Event,
        *,
        wall_at: str,
        people: Sequence[Person] = (),
        texts: Texts = NO_TEXTS,
        sim_ms: int = 0,
        cause: str = CREATION,
    ) -> "Journal":
        """A new journal that begins with `first`. JournalError if `path` exists or cannot be made;
        then nothing is left behind."""
        if not isinstance(first, ExerciseCreated):
            raise ValueError(f"a journal begins with exercise.created, not {first.name}")
        ids = [person.id for person in people]
        if len(set(ids)) < len(ids):
            raise ValueError(f"somebody is twice among {ids}")
        path = Path(path).absolute()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise explained(error, path) from error
        lock = JournalLock(path)
        try:
            obstacle = in_the_way(path)
            if obstacle is not None:
                raise exists(obstacle)
            batch = Batch(sim_ms, cause, (first,))
            build(path, first, batch, wall_at, people, texts)
            try:
                return cls._opened(path, lock)
            except BaseException:
                with suppress(OSError):
                    remove(path)
                raise
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(cls, path: Path) -> "Journal":
        """An existing journal, to go on with it. JournalError if that is not possible."""
        path = Path(path).absolute()
        if not path.exists():
            raise missing(path)
        if not path.is_file():
            raise not_a_journal(path)
        lock = JournalLock(path)
        try:
            return cls._opened(path, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _opened(cls, path: Path, lock: JournalLock) -> "Journal":
        try:
            db = connect(path, "mode=rw")
        except sqlite3.Error as error:
            raise explained(error, path) from error
        try:
            head = checked_head(db, path)
            prepare_for_writing(db)
            db.executescript(TRIGGERS)
            db.execute("INSERT OR REPLACE INTO writer VALUES (1, ?)", (me(),))
        except sqlite3.Error as error:
            db.close()
            raise explained(error, path) from error
        except BaseException:
            db.close()
            raise
        return cls(path, db, lock, head)

    def __enter__(self) -> "Journal":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def last_seq(self) -> int:
        """The seq of the last event."""
        return self._head.seq

    def append(self, batch: Batch, wall_at: str, texts: Texts = NO_TEXTS) -> list[Recorded]:
        """Every event of `batch`, in one transaction, with the texts that it mentions.

        A text already kept need not be given again. JournalError with nothing written;
        ValueError (a bug) for a mentioned text that nobody gave.
        """
        return self.append_with(batch, wall_at, texts, lambda _db: None)

    def append_with(
        self,
        batch: Batch,
        wall_at: str,
        texts: Texts,
        beside: Callable[[sqlite3.Connection], None],
    ) -> list[Recorded]:
        """`append`, and what `beside` does to the tables beside the chain, or neither."""
        with self._one_at_a_time:
            rows = rows_of(batch, wall_at, self._head)
            with self._transaction():
                write(self._db, batch, rows, texts)
                beside(self._db)
            if rows:
                self._head = Head(rows[-1].seq, rows[-1].hash)
        return [
            Recorded(
                row.seq,
                row.sim_ms,
                row.wall_at,
                row.cause,
                event,
                None if row.request is None else batch.request,
            )
            for row, event in zip(rows, batch.events, strict=True)
        ]

    def set_clock(self, sim_ms: int, wall_at: str) -> None:
        """Where play stands, rewritten each second outside the chain. JournalError."""
        with self._one_at_a_time, self._transaction():
            self._db.execute("UPDATE clock SET sim_ms = ?, wall_at = ?", (sim_ms, wall_at))

    def sweep(self) -> bool:
        """Rewrite the file so that nothing deleted can be read in it. False if a reader keeps old
        pages in the `-wal` file: to be done again once it is closed. JournalError."""
        with self._one_at_a_time:
            try:
                self._db.execute("VACUUM")
                (blocked, *_counts) = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            except sqlite3.Error as error:
                raise explained(error, self.path) from error
        return not blocked

    def close(self) -> None:
        """Leave one plain file, unless somebody is reading; free the lock. Twice is harmless."""
        with self._one_at_a_time:
            if self._closed:
                return
            self._closed = True
            with suppress(sqlite3.Error):
                self._db.execute("PRAGMA busy_timeout = 200")
                self._db.execute("DELETE FROM writer")
                self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                self._db.execute("PRAGMA journal_mode = DELETE")
            self._db.close()
            self._lock.release()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            self._back_to_what_is_kept()
            raise explained(error, self.path) from error
        except BaseException:
            self._back_to_what_is_kept()
            raise

    def _back_to_what_is_kept(self) -> None:
        with suppress(sqlite3.Error):
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            # A commit that failed may still have reached the disk: only the file knows.
            self._head = read_head(self._db) or self._head
