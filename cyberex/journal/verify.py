"""Was anything changed since it was recorded? The chain, its end, and the texts beside it.

Whether the game would play the same again is not answered here. A journal whose end was cut and
whose head row was rewritten to match can only be told by `ChainReport.head`, noted elsewhere.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from cyberex.facts.codec import CodecError
from cyberex.facts.events import EVENTS
from cyberex.facts.exercise_events import ExerciseCreated, TextErased
from cyberex.facts.model import Recorded, TextRef
from cyberex.i18n import _
from cyberex.journal.chain import COLUMNS, START, Head, Row, follows, recorded_from, salted
from cyberex.journal.faults import explained
from cyberex.journal.mentions import mentioned
from cyberex.journal.schema import ReadConnection, check_identity, read_head


class Fault(StrEnum):
    """What is wrong at the first broken place."""

    CHANGED = "changed"
    GAP = "gap"
    UNDECODABLE = "undecodable"
    NO_BEGINNING = "no_beginning"
    CUT = "cut"
    TEXT_CHANGED = "text_changed"
    TEXT_MISSING = "text_missing"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What `verify_chain` found. `events` were read; `unknown` of them are whole but of a kind
    that only a newer cyberex knows. `broken_seq` is None when nothing is wrong."""

    path: Path
    events: int
    unknown: int
    head: Head
    broken_seq: int | None = None
    fault: Fault | None = None
    detail: str = ""

    @property
    def ok(self) -> bool:
        return self.fault is None

    def sentence(self) -> str:
        """The finding, as a person reads it."""
        if self.fault is None:
            return _("{events} events, chain whole.").format(events=self.events)
        return _("first broken at event {seq}: {why}.").format(
            seq=self.broken_seq, why=_reason(self.fault, self.detail)
        )


def verify_chain(path: Path) -> ChainReport:
    """Read everything and say what is broken first. JournalError if it is no journal at all."""
    path = Path(path)
    reading = ReadConnection(path)
    try:
        # A byte that is no longer UTF-8 must break a hash, not the reading.
        reading.db.text_factory = lambda raw: raw.decode("utf-8", "replace")
        check_identity(reading.db, path)
        return _Verification(path, reading.db).report()
    except sqlite3.Error as error:
        raise explained(error, path) from error
    finally:
        reading.close()


class _Verification:
    def __init__(self, path: Path, db: sqlite3.Connection) -> None:
        self._path = path
        self._db = db
        self._end = START
        self._unknown = 0
        self._mentions: dict[TextRef, int] = {}
        self._erased: set[TextRef] = set()

    def report(self) -> ChainReport:
        # One transaction, so that what a writer adds meanwhile is not taken for a fault.
        self._db.execute("BEGIN")
        broken = self._first_broken_row()
        text = self._first_broken_text()
        if text is not None and (broken is None or text[0] < broken[0]):
            broken = text
        seq, fault, detail = broken or (None, None, "")
        return ChainReport(self._path, self._end.seq, self._unknown, self._end, seq, fault, detail)

    def _first_broken_row(self) -> tuple[int, Fault, str] | None:
        try:
            for row in self._rows():
                broken = self._broken(row)
                if broken is not None:
                    return row.seq, *broken
                self._end = Head(row.seq, row.hash)
        except sqlite3.DatabaseError as error:
            return self._end.seq + 1, Fault.DAMAGED, str(error)
        if self._end == START:
            return 1, Fault.NO_BEGINNING, ""
        if read_head(self._db) != self._end:
            return self._end.seq + 1, Fault.CUT, ""
        return None

    def _rows(self) -> Iterator[Row]:
        yield from map(Row._make, self._db.execute(f"SELECT {COLUMNS} FROM events ORDER BY seq"))

    def _broken(self, row: Row) -> tuple[Fault, str] | None:
        if row.seq != self._end.seq + 1:
            return Fault.GAP, str(self._end.seq + 1)
        if not follows(self._end.hash, row):
            return Fault.CHANGED, ""
        try:
            recorded = recorded_from(row)
        except CodecError as error:
            if _from_the_future(row):
                self._unknown += 1
                return None
            return Fault.UNDECODABLE, str(error)
        if row.seq == 1 and not isinstance(recorded.event, ExerciseCreated):
            return Fault.NO_BEGINNING, row.name
        self._note_texts(recorded)
        return None

    def _note_texts(self, recorded: Recorded) -> None:
        if isinstance(recorded.event, TextErased):
            self._erased.update(recorded.event.texts)
            return
        for ref in mentioned([recorded.event], recorded.request):
            self._mentions.setdefault(ref, recorded.seq)

    def _first_broken_text(self) -> tuple[int, Fault, str] | None:
        for ref, seq in self._mentions.items():
            row = self._db.execute("SELECT salt, text FROM texts WHERE ref = ?", (ref,)).fetchone()
            if row is None:
                if ref not in self._erased:
                    return seq, Fault.TEXT_MISSING, ref
            elif not _named_by(ref, *row):
                return seq, Fault.TEXT_CHANGED, ref
        return None


def _from_the_future(row: Row) -> bool:
    kind = EVENTS.get(row.name)
    return kind is None or row.version > kind.version


def _named_by(ref: TextRef, salt: object, text: object) -> bool:
    return isinstance(salt, bytes) and isinstance(text, str) and salted(text, salt)[0] == ref


def _reason(fault: Fault, detail: str) -> str:
    match fault:
        case Fault.CHANGED:
            return _("it, or what stands before it, was changed after it was recorded")
        case Fault.GAP:
            return _("event {seq} is missing").format(seq=detail)
        case Fault.UNDECODABLE:
            return _("it cannot be read ({detail})").format(detail=detail)
        case Fault.NO_BEGINNING:
            return _("the journal does not begin with the creation of the exercise")
        case Fault.CUT:
            return _("the end of the journal was cut or added to")
        case Fault.TEXT_CHANGED:
            return _("the text that it names was changed ({ref})").format(ref=detail)
        case Fault.TEXT_MISSING:
            return _("the text that it names is gone without being erased ({ref})").format(
                ref=detail
            )
        case Fault.DAMAGED:
            return _("the file is damaged ({detail})").format(detail=detail)
