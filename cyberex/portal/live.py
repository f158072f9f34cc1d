"""Live events to every page that is open: exactly once, in order, taken up again after a cut.

One task reads the feed. Each transaction becomes one frame for each audience, kept in that
audience's log; a stream is only a place in such a log, so a slow one holds no memory. A page that
comes back says the last id it saw and goes on from there: nothing is lost, nothing comes twice.
"""

import asyncio
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from math import inf

from starlette.types import Receive, Scope, Send

from cyberex.exercise.clocks import Clocks
from cyberex.exercise.feed import Feed, Transaction
from cyberex.exercise.running import Exercise
from cyberex.facts.delivery_events import AccessRevoked
from cyberex.facts.exercise_events import ExerciseClosed
from cyberex.portal.access import Accesses
from cyberex.portal.audience import Audience, Concerns, audience_of
from cyberex.views.access import Grant

BEAT_S = 15.0
STALLED_S = 10.0
LONGEST_LAG = 500
"""Frames that a stream may be behind while it is being written to."""
MOST_STREAMS = 6
FRAMES_AT_ONCE = 200

BEAT = b"event: beat\ndata:\n\n"
ENDED = b"event: ended\ndata:\n\n"
"""The access is not good any more."""
STALE = b"event: stale\ndata:\n\n"
"""The page is not of this journal, or of a later state than it holds: it loads itself again."""

HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


@dataclass(slots=True)
class AudienceLog:
    """Every frame of one audience so far, and who reads it. `seqs` are their ids, growing."""

    concerns: Concerns
    seqs: list[int] = field(default_factory=list)
    frames: list[bytes] = field(default_factory=list)
    streams: set["Stream"] = field(default_factory=set)

    def add(self, transaction: Transaction, audience: Audience) -> bool:
        """Keep the frame of this transaction; False if it does not concern them."""
        self.concerns.learn(transaction)
        topics = self.concerns.topics(transaction, audience)
        if not topics:
            return False
        seq = transaction[-1].seq
        self.seqs.append(seq)
        self.frames.append(f"id: {seq}\nevent: changed\ndata: {' '.join(topics)}\n\n".encode())
        return True


@dataclass(eq=False, slots=True)
class Stream:
    """One open page. `place` counts the frames of its log that it was given or had seen; `last`, if
    not None, is sent once they are over, and the stream ends."""

    grant: Grant
    log: AudienceLog
    place: int
    address: str
    port: int
    since: datetime
    prelude: bytes = b""
    bell: asyncio.Event = field(default_factory=asyncio.Event)
    beat_due: bool = False
    last: bytes | None = None
    sending_since_s: float = inf


class Hub:
    """Every stream of one portal. `run` until `close`. `abort` cuts the connection of an address
    and port that takes nothing any more; the server gives it."""

    def __init__(self, exercise: Exercise, clocks: Clocks, accesses: Accesses) -> None:
        self._exercise = exercise
        self._clocks = clocks
        self._accesses = accesses
        self._logs: dict[Audience, AudienceLog] = {}
        self._feed: Feed | None = None
        self._open = False
        self.seq = exercise.board.seq
        self.abort: Callable[[str, int], None] = _cut_nobody

    @property
    def streams(self) -> tuple[Stream, ...]:
        return tuple(stream for log in self._logs.values() for stream in log.streams)

    async def run(self) -> None:
        """Follow the exercise until it or the portal closes; then every stream has ended. May be
        run again."""
        self._open = True
        beating = asyncio.ensure_future(self._beat())
        try:
            while self._open:
                self._feed = self._exercise.feed(self.seq)
                async for transaction in self._feed:
                    self._take(transaction)
                if not self._feed.dropped:
                    break
        finally:
            beating.cancel()
            self.close()

    def close(self) -> None:
        """End every stream without a word, so that pages try again; more are refused."""
        self._open = False
        if self._feed is not None:
            self._feed.close()
        for stream in self.streams:
            _end(stream, b"")

    def open(self, grant: Grant, address: str, port: int, after: int | None) -> Stream | None:
        """A new stream, of what comes after seq `after` (None: from now on). None when the hub is
        closed or this access has too many."""
        log = self._log_of(audience_of(grant))
        mine = sum(stream.grant.grant == grant.grant for stream in log.streams)
        if not self._open or mine >= MOST_STREAMS:
            return None
        known = after is None or after <= self.seq
        place = bisect_right(log.seqs, after) if known and after is not None else len(log.seqs)
        prelude = b": open\n\n" if known else STALE
        stream = Stream(grant, log, place, address, port, self._clocks.wall(), prelude)
        log.streams.add(stream)
        return stream

    async def serve(self, stream: Stream, send: Send) -> None:
        """Write frames until the stream ends; the headers have been sent."""
        if stream.prelude:
            await self._send(stream, send, stream.prelude)
        while True:
            frames = stream.log.frames[stream.place : stream.place + FRAMES_AT_ONCE]
            if frames:
                stream.place += len(frames)
                await self._send(stream, send, b"".join(frames))
            elif stream.last is not None:
                await self._send(stream, send, stream.last)
                return
            elif stream.beat_due:
                stream.beat_due = False
                await self._send(stream, send, BEAT)
            else:
                stream.bell.clear()
                await stream.bell.wait()

    def seen_by(self, audience: Audience) -> int:
        """The id of the last frame of theirs, 0 for none: what a page made now has seen. Not the
        last seq of the journal, which tells whoever asks often when the others get something."""
        seqs = self._log_of(audience).seqs
        return seqs[-1] if seqs else 0

    def leave(self, stream: Stream) -> None:
        stream.log.streams.discard(stream)

    async def _send(self, stream: Stream, send: Send, frames: bytes) -> None:
        stream.sending_since_s = self._clocks.monotonic_s()
        await send({"type": "http.response.body", "body": frames, "more_body": True})
        stream.sending_since_s = inf

    def _log_of(self, audience: Audience) -> AudienceLog:
        """Its log; made from the whole history the first time somebody of it comes."""
        log = self._logs.get(audience)
        if log is None:
            log = self._logs[audience] = AudienceLog(Concerns(self._exercise.plan))
            for transaction in self._exercise.history():
                if transaction[-1].seq > self.seq:
                    break
                log.add(transaction, audience)
        return log

    def _take(self, transaction: Transaction) -> None:
        self.seq = transaction[-1].seq
        for audience, log in self._logs.items():
            if log.add(transaction, audience):
                for stream in log.streams:
                    stream.bell.set()
        if any(isinstance(item.event, AccessRevoked | ExerciseClosed) for item in transaction):
            for stream in self.streams:
                if not self._accesses.is_good(stream.grant):
                    _end(stream, ENDED)
        self._drop_stalled()

    def _drop_stalled(self) -> None:
        """Whoever takes nothing any more: it comes back with the last id it saw."""
        now_s = self._clocks.monotonic_s()
        for stream in self.streams:
            behind = len(stream.log.frames) - stream.place
            if stream.sending_since_s < inf and (
                behind > LONGEST_LAG or now_s - stream.sending_since_s > STALLED_S
            ):
                self.abort(stream.address, stream.port)

    async def _beat(self) -> None:
        """A sign of life at fixed instants, whatever happens: it tells nothing."""
        while True:
            await self._clocks.wait(asyncio.Event(), self._clocks.monotonic_s() + BEAT_S)
            self._drop_stalled()
            for stream in self.streams:
                stream.beat_due = True
                stream.bell.set()


class EventStream:
    """The answer to `GET /live`: an ASGI application that writes a stream until either side ends
    it."""

    def __init__(self, hub: Hub, stream: Stream) -> None:
        self._hub = hub
        self._stream = stream

    async def __call__(self, _: Scope, receive: Receive, send: Send) -> None:
        writing = asyncio.ensure_future(self._write(send))
        leaving = asyncio.ensure_future(_until_gone(receive))
        try:
            await asyncio.wait({writing, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._hub.leave(self._stream)
            for task in (writing, leaving):
                task.cancel()
            await asyncio.gather(writing, leaving, return_exceptions=True)

    async def _write(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await self._hub.serve(self._stream, send)
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def _end(stream: Stream, last: bytes) -> None:
    if stream.last is None:
        stream.last = last
    stream.bell.set()


def _cut_nobody(_address: str, _port: int) -> None:
    """Without a server there is no connection to cut."""


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
