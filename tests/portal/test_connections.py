"""Connections that ask for nothing, or take nothing, do not keep the others out."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast

import pytest
from starlette.types import Receive, Scope, Send

from cyberex.portal import connections
from cyberex.portal.connections import OTHER_FILES, Connection, Connections, room_of
from cyberex.portal.server import Binding, Server

HERE = "127.0.0.1"
GOOD = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n"
LONG = b"x" * 20_000_000


async def short(_: Scope, __: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def long(_: Scope, __: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": LONG})


@asynccontextmanager
async def connected(
    app: Any = short,
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    server = Server(app, Binding(HERE, 0))
    await server.start()
    reader, writer = await asyncio.open_connection(HERE, server.port)
    try:
        yield reader, writer
    finally:
        writer.close()
        await server.stop()


async def until_cut(reader: asyncio.StreamReader) -> bytes:
    async with asyncio.timeout(5):
        with contextlib.suppress(ConnectionResetError):
            return await reader.read()
        return b""


async def test_whoever_asks_for_nothing_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "SLOWEST_HEAD_S", 0.05)
    async with connected() as (reader, _):
        assert await until_cut(reader) == b""


async def test_half_a_second_request_does_not_hold_a_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connections, "SLOWEST_HEAD_S", 0.05)
    async with connected() as (reader, writer):
        writer.write(GOOD)
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"G")
        assert await until_cut(reader) == b""


async def test_a_body_that_nobody_waits_for_does_not_hold_a_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connections, "SLOWEST_HEAD_S", 0.05)
    async with connected() as (reader, writer):
        writer.write(b"GET / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n")
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"a")
        assert await until_cut(reader) == b""


async def test_whoever_takes_nothing_of_an_answer_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "SLOWEST_READER_S", 0.05)
    async with connected(long) as (reader, writer):
        writer.write(GOOD)
        await reader.readuntil(b"\r\n\r\n")
        transport = cast(asyncio.Transport, writer.transport)
        transport.pause_reading()
        loop = asyncio.get_running_loop()
        waited = loop.create_future()
        loop.call_later(0.2, waited.set_result, None)
        await waited
        transport.resume_reading()
        assert len(await until_cut(reader)) < len(LONG)


@dataclass(eq=False)
class Held:
    """A connection of whom we only want to know whether it was cut."""

    known: Connections
    client: tuple[str, int]
    is_served: bool = False
    was_cut: bool = False

    def cut(self) -> None:
        self.was_cut = True
        self.known.remove(cast(Connection, self))


def held(known: Connections, address: str, port: int, *, served: bool = False) -> Held:
    connection = Held(known, (address, port), served)
    known.add(cast(Connection, connection))
    return connection


def test_when_all_is_taken_whoever_has_most_gives_the_oldest_idle_one_up() -> None:
    known = Connections(4)
    phone = held(known, "10.0.0.2", 1)
    served, idle, later = (held(known, "10.0.0.9", port, served=port == 1) for port in (1, 2, 3))
    newcomer = held(known, "10.0.0.3", 1)
    assert idle.was_cut
    assert not any(one.was_cut for one in (phone, served, later, newcomer))


def test_when_all_its_connections_are_served_the_newest_goes() -> None:
    known = Connections(3)
    old, new = (held(known, "10.0.0.9", port, served=True) for port in (1, 2))
    phone = held(known, "10.0.0.2", 1, served=True)
    other = held(known, "10.0.0.3", 1)
    assert new.was_cut
    assert not any(one.was_cut for one in (old, phone, other))


@pytest.mark.parametrize("files", [256, 1_024, 4_096, 1_000_000, None])
def test_connections_leave_files_to_the_journal_even_when_a_whole_queue_comes_twice(
    files: int | None,
) -> None:
    room = room_of(files)
    assert room.connections >= 32
    if files is not None and files >= 512:
        assert room.connections + 2 * room.queue + OTHER_FILES <= files
