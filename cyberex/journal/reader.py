"""Read a journal: always allowed, also while it is being written. Never writes."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from types import TracebackType
from typing import Any

from cyberex.facts.codec import CodecError
from cyberex.facts.exercise_events import ExerciseCreated
from cyberex.facts.model import Recorded, TextRef
from cyberex.facts.people import Person
from cyberex.journal.chain import COLUMNS, LATEST_MS, Row, is_wall_instant, recorded_from
from cyberex.journal.faults import corrupted, explained, unreadable_event
from cyberex.journal.schema import ReadConnection, check_identity

PAGE = 500

PERSON_COLUMNS = tuple(field.name for field in fields(Person))


def quoted(columns: Sequence[str]) -> str:
    """The columns as SQL names them: `where` is one of its own words."""
    return ", ".join(f'"{column}"' for column in columns)


class JournalReader:
    """What a journal holds, as of each call. Close it before the writer closes, so that the
    writer can leave one plain file."""

    def __init__(self, path: Path) -> None:
        """JournalError if there is no journal to read."""
        self.path = Path(path)
        self._reading = ReadConnection(self.path)
        self._created: ExerciseCreated | None = None
        try:
            self.meta: Mapping[str, str] = check_identity(self._reading.db, self.path)
        except sqlite3.Error as error:
            self.close()
            raise explained(error, self.path) from error
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "JournalReader":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._reading.close()

    @property
    def created(self) -> ExerciseCreated:
        """The first event. JournalError if it is missing or unreadable."""
        if self._created is None:
            first = next(self.events(), None)
            if first is None or not isinstance(first.event, ExerciseCreated):
                raise corrupted(self.path, "exercise.created")
            self._created = first.event
        return self._created

    def events(self, after_seq: int = 0) -> Iterator[Recorded]:
        """Every event whose seq is greater, in order. JournalError at one that cannot be read."""
        # By pages, so that a slow caller holds no read transaction open.
        while page := self._page(after_seq):
            for row in page:
                yield self._recorded(row)
            after_seq = page[-1].seq

    def last(self) -> Recorded:
        """The last event."""
        found = self._rows(f"SELECT {COLUMNS} FROM events ORDER BY seq DESC LIMIT 1")
        if not found:
            raise corrupted(self.path, "exercise.created")
        return self._recorded(Row(*found[0]))

    def text(self, ref: TextRef) -> str | None:
        """What somebody typed; None if it was erased or never kept."""
        found = self._rows("SELECT text FROM texts WHERE ref = ?", ref)
        return str(found[0][0]) if found else None

    def text_refs(self) -> list[TextRef]:
        """Every text that is kept, in the order in which it came."""
        return [TextRef(ref) for (ref,) in self._rows("SELECT ref FROM texts ORDER BY rowid")]

    def people(self) -> list[Person]:
        """The directory, in the order in which it was given."""
        # A journal made before a column existed says nothing about it.
        there = {row[1] for row in self._rows("PRAGMA table_info(people)")}
        columns = [column for column in PERSON_COLUMNS if column in there]
        rows = self._rows(f"SELECT {quoted(columns)} FROM people ORDER BY rowid")
        return [Person(**dict(zip(columns, row, strict=True))) for row in rows]

    def clock(self) -> tuple[int, str]:
        """(sim_ms, wall_at) of the last second played. The last event may be later."""
        found = self._rows("SELECT sim_ms, wall_at FROM clock")
        sim_ms, wall_at = found[0] if found else (None, None)
        if type(sim_ms) is not int or abs(sim_ms) > LATEST_MS or not is_wall_instant(wall_at):
            raise corrupted(self.path, "clock")
        return sim_ms, wall_at

    def _page(self, after_seq: int) -> list[Row]:
        rows = self._rows(
            f"SELECT {COLUMNS} FROM events WHERE seq > ? ORDER BY seq LIMIT {PAGE}", after_seq
        )
        return [Row(*row) for row in rows]

    def _recorded(self, row: Row) -> Recorded:
        try:
            return recorded_from(row)
        except CodecError as error:
            raise unreadable_event(self.path, row.seq, str(row.name), str(error)) from error

    def _rows(self, query: str, *values: int | str) -> list[tuple[Any, ...]]:
        try:
            return self._reading.db.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise explained(error, self.path) from error
