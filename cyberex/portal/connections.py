"""Who is connected to the server, and who has to go?

The files that this process may open are the journal's too, and anybody on the same Wi-Fi may open
connections and never ask for anything. Past what is kept for them, whoever has most gives one up.
"""

import asyncio
import contextlib
import socket
from dataclasses import dataclass
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

MOST_CONNECTIONS, LONGEST_QUEUE = 8_000, 2_048
OTHER_FILES = 128
"""What is kept for the journal, the mail, the console."""
WANTED_FILES = 10_240
SLOWEST_HEAD_S = 15.0
SLOWEST_READER_S = 30.0
UNANSWERED_S = 30
"""A device that left without a word is forgotten after this long (Linux)."""


@dataclass(frozen=True, slots=True)
class Room:
    """How many connections, and how many of them not yet accepted."""

    connections: int = MOST_CONNECTIONS
    queue: int = LONGEST_QUEUE


def room_of(files: int | None) -> Room:
    """For a process that may open so many files (None: any number). A whole queue may be accepted
    twice before anybody is counted."""
    if files is None:
        return Room()
    queue = min(LONGEST_QUEUE, max(16, files // 8))
    return Room(min(MOST_CONNECTIONS, max(32, files - 2 * queue - OTHER_FILES)), queue)


def open_files() -> int | None:
    """How many files this process may open, raised first as far as it may raise it by itself; None
    where there is no such limit."""
    try:
        from resource import RLIM_INFINITY, RLIMIT_NOFILE, getrlimit, setrlimit
    except ImportError:  # Windows
        return None
    soft, hard = getrlimit(RLIMIT_NOFILE)
    if soft != RLIM_INFINITY and soft < WANTED_FILES:
        wanted = WANTED_FILES if hard == RLIM_INFINITY else min(hard, WANTED_FILES)
        with contextlib.suppress(OSError, ValueError):
            setrlimit(RLIMIT_NOFILE, (wanted, hard))
    soft = getrlimit(RLIMIT_NOFILE)[0]
    return None if soft == RLIM_INFINITY else soft


class Connections:
    """Those of one server, by address. Never more than `most`."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._count = 0
        self._of: dict[str, dict[int, Connection]] = {}

    def add(self, connection: "Connection") -> None:
        address, port = connection.client or ("", id(connection))
        self._of.setdefault(address, {})[port] = connection
        self._count += 1
        if self._count > self._most:
            self._cut_one()

    def remove(self, connection: "Connection") -> None:
        address, port = connection.client or ("", id(connection))
        of_address = self._of.get(address, {})
        if of_address.get(port) is connection:
            del of_address[port]
            self._count -= 1
            if not of_address:
                del self._of[address]

    def abort(self, address: str, port: int) -> None:
        """Cut that connection at once, whatever is left to write."""
        found = self._of.get(address, {}).get(port)
        if found is not None:
            found.cut()

    def _cut_one(self) -> None:
        """Of whoever has most: the oldest that asks for nothing, else the newest."""
        most = max(self._of.values(), key=len)
        silent = next((one for one in most.values() if not one.is_served), None)
        (silent or next(reversed(most.values()))).cut()


class Connection(H11Protocol):
    """One connection: cut when it asks for nothing, or takes nothing, for too long.

    Each request has its time, not the first one only: otherwise one good request, then half of
    another, would hold the connection for ever.
    """

    def __init__(
        self,
        known: Connections,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._known = known
        self._asking: asyncio.TimerHandle | None = None
        self._taking: asyncio.TimerHandle | None = None

    @property
    def is_served(self) -> bool:
        """A request was asked that is not answered yet."""
        return self.cycle is not None and not self.cycle.response_complete

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        _forget_the_gone(transport)
        self._wait_for_a_request()
        self._known.add(self)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._wait_for_a_request()

    def connection_lost(self, exc: Exception | None) -> None:
        self._known.remove(self)
        self._has_asked()
        self._takes()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._taking = self.loop.call_later(SLOWEST_READER_S, self.cut)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._takes()

    def cut(self) -> None:
        if self.transport is not None:
            self.transport.abort()

    def _wait_for_a_request(self) -> None:
        if self.is_served:
            self._has_asked()
        elif self._asking is None:
            self._asking = self.loop.call_later(SLOWEST_HEAD_S, self._cut_the_silent)

    def _has_asked(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None

    def _takes(self) -> None:
        if self._taking is not None:
            self._taking.cancel()
            self._taking = None

    def _cut_the_silent(self) -> None:
        self._asking = None
        if not self.is_served:
            self.cut()


def _forget_the_gone(transport: asyncio.BaseTransport) -> None:
    option = getattr(socket, "TCP_USER_TIMEOUT", None)
    connection = transport.get_extra_info("socket")
    if option is not None and connection is not None:
        with contextlib.suppress(OSError):
            connection.setsockopt(socket.IPPROTO_TCP, option, UNANSWERED_S * 1000)
