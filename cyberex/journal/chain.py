"""What makes a change visible: one canonical writing of a row, and the hash that ties it to the
row before. Also the salted digest by which events name a text. Pure."""

import hashlib
import json
import os
from datetime import datetime
from typing import Any, NamedTuple

from cyberex.facts.codec import (
    CodecError,
    event_from_json,
    event_to_json,
    request_from_json,
    request_to_json,
)
from cyberex.facts.model import Batch, Recorded, TextRef

GENESIS = "0" * 64
"""The hash that stands before the first row."""

SALT_BYTES = 16
_PREFIX = "sha256:"


LATEST_MS = 10**13
"""Three centuries either way: no exercise goes there, and dates can still be reckoned."""


class Row(NamedTuple):
    """An event as the table holds it; `body` and `request` are canonical JSON."""

    seq: int
    sim_ms: int
    wall_at: str
    name: str
    version: int
    cause: str
    body: str
    request: str | None
    hash: str


COLUMNS = ", ".join(Row._fields)


class Head(NamedTuple):
    """The last row: its seq (0 before the first) and hash."""

    seq: int
    hash: str


START = Head(0, GENESIS)


def canonical(value: Any) -> str:
    """`value` as JSON in the one way that is hashed. ValueError for NaN and infinities."""
    return json.dumps(
        value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )


def row_hash(previous: str, row: Row) -> str:
    """The hash of every column of `row` but its own hash, tied to the `previous` one."""
    content = canonical(list(row[:-1]))
    return hashlib.sha256((previous + content).encode()).hexdigest()


def follows(previous: str, row: Row) -> bool:
    """True if `row` is what was written after `previous`; False whatever it holds instead."""
    try:
        return row.hash == row_hash(previous, row)
    except (TypeError, ValueError):
        return False


def rows_of(batch: Batch, wall_at: str, head: Head) -> list[Row]:
    """The rows that `batch` adds after `head`."""
    rows = []
    for index, event in enumerate(batch.events):
        first_of_request = index == 0 and batch.request is not None
        row = Row(
            seq=head.seq + 1,
            sim_ms=batch.sim_ms,
            wall_at=wall_at,
            name=event.name,
            version=event.version,
            cause=batch.cause,
            body=canonical(event_to_json(event)),
            request=canonical(request_to_json(batch.request))
            if batch.request is not None and first_of_request
            else None,
            hash="",
        )
        row = row._replace(hash=row_hash(head.hash, row))
        rows.append(row)
        head = Head(row.seq, row.hash)
    return rows


def recorded_from(row: Row) -> Recorded:
    """The event that `row` holds, upcast. CodecError if it holds none that we know."""
    if type(row.version) is not int or type(row.sim_ms) is not int:
        raise CodecError("a number is not a number")
    if abs(row.sim_ms) > LATEST_MS or not is_wall_instant(row.wall_at):
        raise CodecError("its hour is none")
    event = event_from_json(str(row.name), row.version, _object(row.body))
    request = None if row.request is None else request_from_json(_object(row.request))
    return Recorded(row.seq, row.sim_ms, row.wall_at, row.cause, event, request)


def is_wall_instant(text: object) -> bool:
    """True for an instant as the writer writes it: ISO 8601 with its zone."""
    try:
        return isinstance(text, str) and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, TypeError, RecursionError) as error:
        raise CodecError(f"no JSON: {error}") from error
    if not isinstance(value, dict):
        raise CodecError("no JSON object")
    return value


def salted(text: str, salt: bytes | None = None) -> tuple[TextRef, bytes]:
    """The name under which events mention `text`, and the salt to keep beside it."""
    salt = os.urandom(SALT_BYTES) if salt is None else salt
    digest = hashlib.sha256(salt + storable(text).encode()).hexdigest()
    return TextRef(_PREFIX + digest), salt


def storable(text: str) -> str:
    """`text` with what UTF-8 cannot write (half a surrogate, from a broken paste) replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")
