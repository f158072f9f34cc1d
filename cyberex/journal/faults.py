"""What can stop a journal from being written or read, said to the operator in one sentence."""

import errno
import sqlite3
from enum import StrEnum
from pathlib import Path

from cyberex.errors import UserError
from cyberex.i18n import _

_FULL = (errno.ENOSPC, errno.EDQUOT)
_DENIED = (errno.EACCES, errno.EPERM, errno.EROFS)


class JournalProblem(StrEnum):
    """Stable code of a JournalError."""

    MISSING = "missing"
    EXISTS = "exists"
    NOT_A_JOURNAL = "not_a_journal"
    LOCKED = "locked"
    NEWER = "newer"
    CORRUPTED = "corrupted"
    READ_ONLY = "read_only"
    DISK_FULL = "disk_full"
    BUSY = "busy"
    UNREADABLE_EVENT = "unreadable_event"
    UNKNOWN_PERSON = "unknown_person"
    OTHER = "other"


class JournalError(UserError):
    """The journal refused; what it already holds is untouched. `problem` tells programs why."""

    def __init__(self, problem: JournalProblem, message: str, advice: str = "") -> None:
        super().__init__(message, advice)
        self.problem = problem


def missing(path: Path) -> JournalError:
    return JournalError(
        JournalProblem.MISSING,
        _("there is no journal at '{path}'.").format(path=path),
        _("Check the path, or list the exercises of the folder."),
    )


def exists(path: Path) -> JournalError:
    return JournalError(
        JournalProblem.EXISTS,
        _("'{path}' already exists and is left as it is.").format(path=path),
        _("Choose another name, or resume that exercise."),
    )


def not_a_journal(path: Path) -> JournalError:
    return JournalError(
        JournalProblem.NOT_A_JOURNAL,
        _("'{path}' is not a cyberex journal.").format(path=path),
        _("Choose the file that was created when the exercise began."),
    )


def locked(path: Path, holder: str) -> JournalError:
    if holder:
        message = _("'{path}' is being written by another cyberex ({holder}).").format(
            path=path, holder=holder
        )
    else:
        message = _("'{path}' is being written by another cyberex.").format(path=path)
    return JournalError(
        JournalProblem.LOCKED, message, _("Close that one first; reading is always possible.")
    )


def newer(path: Path, found: str) -> JournalError:
    return JournalError(
        JournalProblem.NEWER,
        _("'{path}' was written by a newer cyberex (format {found}).").format(
            path=path, found=found
        ),
        _("Install that version to go on with this exercise."),
    )


def corrupted(path: Path, detail: str) -> JournalError:
    return JournalError(
        JournalProblem.CORRUPTED,
        _("'{path}' is damaged: {detail}.").format(path=path, detail=detail),
        _("Keep the file, copy it elsewhere, and run 'cyberex verify' on the copy."),
    )


def read_only(path: Path) -> JournalError:
    return JournalError(
        JournalProblem.READ_ONLY,
        _("'{path}' cannot be written.").format(path=path),
        _("Choose a folder in which you may write."),
    )


def disk_full(path: Path) -> JournalError:
    return JournalError(
        JournalProblem.DISK_FULL,
        _("the disk that holds '{path}' is full.").format(path=path),
        _("Free some space, then go on: what was acknowledged is safe."),
    )


def busy(path: Path) -> JournalError:
    return JournalError(
        JournalProblem.BUSY,
        _("'{path}' is held by another program.").format(path=path),
        _("Close what is reading or copying it, then try again."),
    )


def unreadable_event(path: Path, seq: int, name: str, detail: str) -> JournalError:
    return JournalError(
        JournalProblem.UNREADABLE_EVENT,
        _("event {seq} '{name}' of '{path}' cannot be read: {detail}.").format(
            seq=seq, name=name, path=path, detail=detail
        ),
        _("It may come from a newer cyberex: install that version, or run 'cyberex verify'."),
    )


def unknown_person(path: Path, person: str) -> JournalError:
    return JournalError(
        JournalProblem.UNKNOWN_PERSON,
        _("'{path}' knows nobody called '{person}'.").format(path=path, person=person),
        _("Give the person's id, as in the directory of the exercise."),
    )


def not_swept(path: Path) -> JournalError:
    return JournalError(
        JournalProblem.BUSY,
        _(
            "what was asked is erased, but traces remain in '{path}-wal' while somebody reads."
        ).format(path=path),
        _("Close what is reading it, then ask again."),
    )


def explained(error: sqlite3.Error | OSError, path: Path) -> JournalError:
    """What SQLite or the system reported about `path`, as the operator should read it."""
    if isinstance(error, OSError):
        return _explained_system(error, path)
    match getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF:
        case sqlite3.SQLITE_FULL:
            return disk_full(path)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return read_only(path)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return busy(path)
        case sqlite3.SQLITE_NOTADB:
            return not_a_journal(path)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_ERROR:
            return corrupted(path, str(error))
        case sqlite3.SQLITE_CONSTRAINT:
            return corrupted(path, str(error))
    return _other(error, path)


def _explained_system(error: OSError, path: Path) -> JournalError:
    if error.errno in _FULL:
        return disk_full(path)
    if error.errno in _DENIED:
        return read_only(path)
    return _other(error, path)


def _other(error: Exception, path: Path) -> JournalError:
    detail = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return JournalError(
        JournalProblem.OTHER,
        _("'{path}' cannot be used: {detail}.").format(path=path, detail=detail),
        _("Check the disk and the path, then try again."),
    )
