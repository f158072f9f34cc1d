"""The journal in its own thread: a slow disk freezes neither the clock nor the screen.

One thread, so that everything reaches the journal in the order in which it was asked.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Protocol, TypeVar

from cyberex.errors import UserError
from cyberex.facts.exercise_events import ExerciseCreated
from cyberex.facts.model import Batch, Recorded, TextRef
from cyberex.facts.people import Person
from cyberex.journal.reader import JournalReader
from cyberex.journal.store import Journal

T = TypeVar("T")
Texts = Mapping[TextRef, tuple[bytes, str]]


class Writer(Protocol):
    """What a journal does for the exercise that is played."""

    def append(self, batch: Batch, wall_at: str, texts: Texts) -> list[Recorded]: ...
    def set_clock(self, sim_ms: int, wall_at: str) -> None: ...
    def close(self) -> None: ...


Opening = Callable[[Path], Writer]


class Ledger:
    """Appends and reads without stopping the loop. Built by `create` or `open`."""

    def __init__(self, path: Path, opening: Opening = Journal.open) -> None:
        self.path = path
        self._opening = opening
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="journal")
        self._writer: Writer | None = None
        self._clock = (0, "")
        self._writing: Future[None] | None = None
        self._reader: JournalReader | None = None

    async def create(
        self, first: ExerciseCreated, wall_at: str, sim_ms: int, people: Sequence[Person]
    ) -> None:
        """Make the file. UserError if it exists or cannot be made."""

        def make() -> None:
            Journal.create(self.path, first, wall_at=wall_at, people=people, sim_ms=sim_ms).close()

        await self._in_thread(make)
        await self.open()

    async def open(self) -> None:
        """Take the journal as its one writer, again if need be. UserError if that cannot be."""

        def reopen() -> None:
            if self._writer is not None:
                self._writer.close()
                self._writer = None
            self._writer = self._opening(self.path)

        await self._in_thread(reopen)

    async def append(self, batch: Batch, wall_at: str, texts: Texts) -> tuple[Recorded, ...]:
        """One transaction, durable on return. UserError with nothing written."""
        writer = self._writer
        if writer is None:
            raise RuntimeError("the journal is not open")
        return tuple(await self._in_thread(lambda: writer.append(batch, wall_at, texts)))

    def note_clock(self, sim_ms: int, wall_at: str) -> None:
        """Rewrite the clock's row, later and without waiting; only the last of several counts.

        A failure is not told: the next append fails too, and says why.
        """
        writer = self._writer
        self._clock = (sim_ms, wall_at)
        if writer is None or self._clock_is_queued():
            return

        def write() -> None:
            with suppress(UserError):
                writer.set_clock(*self._clock)

        self._writing = self._thread.submit(write)

    def _clock_is_queued(self) -> bool:
        writing = self._writing
        return writing is not None and not (writing.running() or writing.done())

    async def events(self, after_seq: int = 0) -> list[Recorded]:
        """What the file really holds."""

        def read() -> list[Recorded]:
            with JournalReader(self.path) as reader:
                return list(reader.events(after_seq))

        return await self._in_thread(read)

    async def clock(self) -> tuple[int, str]:
        """Exercise time and wall time of the last second played."""

        def read() -> tuple[int, str]:
            with JournalReader(self.path) as reader:
                return reader.clock()

        return await self._in_thread(read)

    def text(self, ref: TextRef) -> str | None:
        """A text kept beside the chain; None if erased or never kept."""
        if self._reader is None:
            self._reader = JournalReader(self.path)
        return self._reader.text(ref)

    async def close(self) -> None:
        """Leave one plain file and free the lock. Twice is harmless."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None
        writer, self._writer = self._writer, None
        if writer is not None:
            await self._in_thread(writer.close)
        self._thread.shutdown()

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)
