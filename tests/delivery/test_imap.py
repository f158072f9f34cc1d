"""Reading the exercise's mailbox."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from cyberex.delivery import imap
from cyberex.delivery.imap import ImapMailbox, MailboxError
from cyberex.delivery.settings import Secret, Security, Server
from tests.delivery.imap_server import Folder, mailbox_open

NINE = datetime(2026, 1, 12, 9, tzinfo=UTC)


@pytest.fixture
async def folder() -> AsyncIterator[Folder]:
    async with mailbox_open(Folder()) as made:
        yield made


def mailbox(folder: Folder, password: str = "secret", name: str = "INBOX") -> ImapMailbox:
    server = Server("127.0.0.1", folder.port, Security.NONE, "exercice", Secret(password))
    return ImapMailbox(server, name, NINE)


async def new(of: ImapMailbox) -> list[bytes]:
    return await asyncio.to_thread(of.new)


async def test_each_message_is_read_once_in_the_order_in_which_it_came(folder: Folder) -> None:
    folder.add(b"one\r\n")
    folder.add(b"two\r\n")
    reading = mailbox(folder)
    assert await new(reading) == [b"one\r\n", b"two\r\n"]
    folder.add(b"three\r\n")
    assert await new(reading) == [b"three\r\n"]
    assert await new(reading) == []


async def test_what_came_before_the_exercise_is_left_alone(folder: Folder) -> None:
    folder.add(b"old\r\n", NINE - timedelta(hours=2))
    folder.add(b"new\r\n", NINE - timedelta(minutes=1))
    assert await new(mailbox(folder)) == [b"new\r\n"]


async def test_a_mailbox_that_is_numbered_anew_is_read_anew(folder: Folder) -> None:
    folder.add(b"one\r\n")
    reading = mailbox(folder)
    await new(reading)
    folder.validity = 2
    assert await new(reading) == [b"one\r\n"]


async def test_nothing_changes_in_the_mailbox_and_little_is_read(folder: Folder) -> None:
    folder.add(b"one\r\n")
    await new(mailbox(folder))
    asked = " ".join(folder.heard)
    assert "EXAMINE" in asked
    assert "BODY.PEEK[]<0." in asked
    assert "SINCE 11-Jan-2026" in asked
    assert not {"SELECT", "STORE", "EXPUNGE", "COPY", "MOVE"} & set(asked.split())


@pytest.mark.parametrize(
    ("password", "name", "code"), [("hunter2", "INBOX", "login"), ("secret", "Nowhere", "folder")]
)
async def test_a_mailbox_that_refuses_says_why_and_shows_no_password(
    folder: Folder, password: str, name: str, code: str
) -> None:
    with pytest.raises(MailboxError) as told:
        await new(mailbox(folder, password, name))
    assert told.value.code == code
    assert "hunter2" not in f"{told.value!r}{told.value.__cause__!r}"


async def test_a_mailbox_that_is_not_there_is_no_bug() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    server = Server("127.0.0.1", port, Security.NONE, "e", Secret(""))
    with pytest.raises(MailboxError) as told:
        await new(ImapMailbox(server, "INBOX", NINE))
    assert told.value.code == "connect"


async def test_what_was_read_before_the_line_was_cut_is_kept_and_the_rest_comes_later(
    folder: Folder,
) -> None:
    for text in (b"one\r\n", b"two\r\n", b"three\r\n"):
        folder.add(text)
    folder.cut_at = 2
    reading = mailbox(folder)
    assert await new(reading) == [b"one\r\n"]
    folder.cut_at = 0
    assert await new(reading) == [b"two\r\n", b"three\r\n"]


async def test_a_server_that_announces_a_message_without_end_is_not_believed(
    folder: Folder,
) -> None:
    folder.add(b"one\r\n")
    folder.announced = 3_000_000_000
    with pytest.raises(MailboxError, match="read"):
        await new(mailbox(folder))


async def test_a_server_that_never_comes_to_the_end_of_its_line_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    over = asyncio.Event()

    async def mumble(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"* OK ")
        with contextlib.suppress(ConnectionError):
            while True:
                writer.write(b"x")
                await writer.drain()
                await asyncio.sleep(0.005)
        writer.close()
        over.set()

    monkeypatch.setattr(imap, "LONGEST_READING_S", 0.1)
    server = await asyncio.start_server(mumble, "127.0.0.1", 0)
    where = Server(
        "127.0.0.1", server.sockets[0].getsockname()[1], Security.NONE, "exercice", Secret("secret")
    )
    with pytest.raises(MailboxError, match="connect"):
        async with asyncio.timeout(5):
            await new(ImapMailbox(where, "INBOX", NINE))
    await over.wait()
    server.close()
