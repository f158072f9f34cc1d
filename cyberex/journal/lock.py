"""One writer at a time: a lock beside the journal that the system frees when its holder dies."""

import os
import platform
import sqlite3
from pathlib import Path

from filelock import FileLock, Timeout

from cyberex.journal.faults import JournalError, explained, locked
from cyberex.journal.schema import ReadConnection


class JournalLock:
    """Held from construction to `release`. JournalError if another process or object holds it."""

    def __init__(self, path: Path) -> None:
        # Not bound to a thread: commits and closing happen in another one.
        self._lock = FileLock(path.with_name(path.name + ".lock"), thread_local=False)
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise locked(path, holder_of(path)) from error
        except OSError as error:
            raise explained(error, path) from error

    def release(self) -> None:
        self._lock.release()


def me() -> str:
    """How this process is named to those it keeps out."""
    return f"pid {os.getpid()}, {platform.node()}"


def holder_of(path: Path) -> str:
    """Who wrote their name in the journal when they opened it; "" if that cannot be read.

    It stands in the journal rather than in the lock file, which Windows lets nobody read.
    """
    try:
        reading = ReadConnection(path)
    except JournalError:
        return ""
    try:
        row = reading.db.execute("SELECT holder FROM writer").fetchone()
    except sqlite3.Error:
        return ""
    finally:
        reading.close()
    return str(row[0]) if row else ""
